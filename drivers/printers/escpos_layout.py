"""Text for a receipt printer: made harmless, measured in columns, broken into lines. Pure.

A column is 12 dots at size 1. ASCII takes one column, a combining mark none, everything else two: printers with a Chinese ROM
print every two-byte code in a 24-dot cell, Latin letters with accents included (SPRT SP manual, p. 45).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

CONTROL_MARK = "□"  # U+25A1 is in GB2312 row 1, so every Chinese ROM has it
_NEWLINE = re.compile(r"\r\n|[\r\u2028\u2029]")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Signs that mean the same on paper as one every ROM has; a drawn line costs a hundred times the bytes.
_SAME_ON_PAPER = {"¥": "￥", "–": "-", "‐": "-", "‑": "-", "−": "-", "‒": "-", "•": "·"}
_NEVER_FIRST = frozenset("，。、；：？！）》」』】〉”’…％℃·,.;:?!)]}%")
_NEVER_LAST = frozenset("（《「『【〈“‘￥([{")


class Charset(StrEnum):
    """Character sets of Chinese printer ROMs, as GS I 69 names them."""

    GB2312 = "gb2312"
    GB18030 = "gb18030"


@dataclass(frozen=True, slots=True)
class Rom:
    """Which characters a printer has.

    GS I 69 tells the character set but not its edition. The two-byte part of GB18030 is assumed complete, the four-byte part
    absent unless `four_byte` is set: an inference from ROM sizes, on the safe side, because what is not in ROM is drawn.
    """

    charset: Charset = Charset.GB2312
    four_byte: bool = False

    def code(self, char: str) -> bytes | None:
        """The bytes that make the printer print this character; None if its ROM lacks it."""
        if " " <= char <= "~":
            return char.encode("ascii")
        if unicodedata.category(char) == "Co":
            return None  # the codec maps private-use characters to user-defined cells, which are empty
        try:
            code = char.encode("gb18030")
            if self.charset is Charset.GB2312:
                code.decode("gb2312")  # a part of GB18030; encoding by that name would miss · and —, which Python maps otherwise
        except UnicodeError:
            return None
        return code if len(code) == 2 or (self.four_byte and len(code) == 4) else None  # noqa: PLR2004 - lengths of a GB code

    def has(self, text: str) -> bool:
        """Whether every character of the text is in ROM."""
        return all(self.code(char) for char in text)


def clean(text: str) -> str:
    """The text as it will be read on paper: nothing in it can be a printer command, and nothing hides.

    Line ends become a newline, a tab and every kind of blank a space, ￥ stands for ¥ and a hyphen for its longer relatives.
    Other control characters and lone surrogates become CONTROL_MARK, so that the operator sees that something was there.
    Format characters (bidi controls, joiners, soft hyphens) and variation selectors are dropped: they have no ink, and bidi
    controls could reorder an amount.
    """
    text = _VARIATION.sub("", _NEWLINE.sub("\n", text))
    return "".join(map(_harmless, unicodedata.normalize("NFC", text)))


def _harmless(char: str) -> str:
    if char == "\n" or " " <= char <= "~":
        return char
    match unicodedata.category(char):
        case "Cc":
            return " " if char == "\t" else CONTROL_MARK
        case "Cs":
            return CONTROL_MARK
        case "Cf":
            return ""
        case "Zs":
            return char if char == "\u3000" else " "
        case _:
            return _SAME_ON_PAPER.get(char, char)


def width(text: str) -> int:
    """Columns the text takes at size 1."""
    if text.isascii():
        return len(text)
    return sum(1 if char.isascii() else 0 if unicodedata.category(char) in {"Mn", "Me"} else 2 for char in text)


def clusters(text: str) -> Iterator[str]:
    """Each character together with the combining marks that follow it."""
    cluster = ""
    for char in text:
        if cluster and width(char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` (2 or more): newlines kept, words whole where they fit, Chinese breaking anywhere.

    A closing mark does not begin a line and an opening one does not end it, as long as the pair fits on one line.
    """
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, columns)]


def _wrap_paragraph(text: str, columns: int) -> Iterator[str]:
    line, used = "", 0
    for word in _words(text):
        if line and used + width(word) > columns:
            yield line.rstrip(" ")
            line, used = "", 0
            if word == " ":
                continue
        *full, last = _pieces(word, columns)
        yield from full
        line += last
        used += width(last)
    yield line.rstrip(" ")


def _words(text: str) -> Iterator[str]:
    """Words, single blanks and single Chinese characters; marks stay with the character they belong to."""
    word = ""
    for cluster in clusters(text):
        if word and not _joined(word[-1], cluster[0]):
            yield word
            word = ""
        word += cluster
    if word:
        yield word


def _joined(left: str, right: str) -> bool:
    if " " in (left, right):
        return False
    return (left.isascii() and right.isascii()) or right in _NEVER_FIRST or left in _NEVER_LAST


def _pieces(word: str, columns: int) -> list[str]:
    if width(word) <= columns:
        return [word]
    pieces, used = [""], 0
    for cluster in clusters(word):
        if used + width(cluster) > columns:
            pieces.append("")
            used = 0
        pieces[-1] += cluster
        used += width(cluster)
    return pieces
