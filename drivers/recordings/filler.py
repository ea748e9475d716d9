"""What a recording keeps of what was to be printed: its shape, in letters that say nothing."""

import unicodedata
from typing import Any

import msgspec

from drivers import codec
from drivers.contract import Block, Command, Line, Pair, Paper, Print, PrintDocument, Qr

_PDF = b"%PDF-1.4\n"


def shape(command: Command) -> dict[str, Any]:
    """As plain values: personal fields are left out, what is printed is filler of the same shape."""
    plain = codec.shown(command)
    match command:
        case Print(paper=paper):
            return plain | {"paper": msgspec.to_builtins(filled(paper))}
        case PrintDocument(document=document):
            kept = {name: getattr(document, name) for name in document.__struct_fields__ if name != "pdf"}
            return plain | {"document": {"bytes": len(document.pdf), **kept}}
        case _:
            return plain


def command(plain: dict[str, Any]) -> Command:
    """The command of a shape; raises `msgspec.ValidationError` where it is none."""
    rest = {name: value for name, value in plain.items() if name != "left_out"}
    match rest.get("document"):
        case {"bytes": int(size), **kept} if 0 <= size <= 1 << 26:
            rest["document"] = {**kept, "pdf": (_PDF + bytes(size))[:size]}
    made: Command = msgspec.convert(rest, codec.AnyCommand)
    return made


def filled(paper: Paper) -> Paper:
    """A paper of the same shape: as many blocks, each as wide and as long, and where a ROM has no such letter still none."""
    return Paper(tuple(_block(block) for block in paper.blocks))


def text(words: str) -> str:
    """Filler for `words`: each letter and digit is another of its kind and width; blanks and punctuation stay."""
    return "".join(_letter(char) for char in words)


def _block(block: Block) -> Block:
    match block:
        case Line():
            return msgspec.structs.replace(block, text=text(block.text))
        case Pair(label=label, value=value):
            return Pair(text(label), text(value))
        case Qr():
            return msgspec.structs.replace(block, data=text(block.data))
        case _:
            return block


def _letter(char: str) -> str:
    match unicodedata.category(char):
        case "Nd" if char.isascii():
            return "0"
        case "Lu" if char.isascii():
            return "A"
        case "Ll" if char.isascii():
            return "a"
        case kind if kind[0] in "LN":
            return _wide(char)
        case "Co":  # private use, as rare characters of names are: none is in any ROM
            return "\ue000"
        case _:
            return char


def _wide(char: str) -> str:
    """Another letter that is in the same character sets."""
    for charset, filler in (("gb2312", "中"), ("gbk", "镕")):
        try:
            char.encode(charset)
        except UnicodeEncodeError:
            continue
        return filler
    return "㐀" if ord(char) <= 0xFFFF else "\U00020000"  # noqa: PLR2004 - the four-byte part of GB18030, in and above the BMP
