"""Every parser of device bytes."""

from collections.abc import Callable
from functools import reduce
from operator import xor
from typing import Any

from target import Target

from drivers.bench import cards, people
from drivers.printers import escpos_status
from drivers.readers import id_card_text
from drivers.readers import sdt_id_protocol as sdt
from drivers.scanners import serial_code_protocol


def streaming(make: Callable[[], Any], pending: Callable[[Any], int]) -> Callable[[list[bytes]], tuple[list[Any], int]]:
    """A parser with `feed`, made anew for each stream."""

    def accepts(chunks: list[bytes]) -> tuple[list[Any], int]:
        parser = make()
        return [one for chunk in chunks for one in parser.feed(chunk)], pending(parser)

    return accepts


def whole(parse: Callable[[bytes], Any]) -> Callable[[list[bytes]], tuple[list[Any], int]]:
    """A function of a whole block."""

    def accepts(chunks: list[bytes]) -> tuple[list[Any], int]:
        return [parse(b"".join(chunks))], 0

    return accepts


def sdt_frame(status: int, data: bytes = b"") -> bytes:
    body = (len(data) + 4).to_bytes(2) + bytes([0, 0, status]) + data
    return b"\xaa\xaa\xaa\x96\x69" + body + bytes([reduce(xor, body)])


def sdt_sound(accepted: list[Any], stream: bytes) -> bool:
    """Every reply stands somewhere as preamble, length, three status bytes, data, and a checksum that makes the XOR zero."""
    found = set()
    for start in range(len(stream) - 10):
        if stream[start : start + 5] == b"\xaa\xaa\xaa\x96\x69":
            size = int.from_bytes(stream[start + 5 : start + 7])
            frame = stream[start + 5 : start + 7 + size]
            if size >= 4 and len(frame) == size + 2 and reduce(xor, frame) == 0:
                found.add((frame[4], frame[5:-1]))
    return all((reply.sw3, reply.data) in found for reply in accepted)


def sdt_targets() -> list[Target]:
    person = people.PEOPLE[0]
    text, photo = cards.text_block(person), cards.photo(person)
    card = (256).to_bytes(2) + (1024).to_bytes(2) + text + photo
    finger = (256).to_bytes(2) + (1024).to_bytes(2) + (512).to_bytes(2) + text + photo + bytes(512)
    replies = [sdt_frame(0x9F, bytes(4)), sdt_frame(0x80), sdt_frame(0x90, bytes(8)), sdt_frame(0x81), sdt_frame(0x41), sdt_frame(0x90, bytes(16))]
    return [
        Target(
            name="sdt frames",
            seeds=[*replies * 3, sdt_frame(0x90, card), sdt_frame(0x90, finger)],
            accepts=streaming(sdt.Frames, lambda parser: len(parser._pending)),
            sound=sdt_sound,
            hold_limit=sdt.LENGTH_MAX + 7,
        ),
        Target(name="sdt blocks", seeds=[card, finger], accepts=whole(sdt.blocks)),
        Target(
            name="id card text",
            seeds=[cards.text_block(one) for one in people.PEOPLE],
            accepts=whole(lambda data: id_card_text.parse(data, b"")),
            sound=lambda accepted, stream: all(id_sound(card.number) for card in accepted),
        ),
    ]


def id_sound(number: str) -> bool:
    """15 characters of the 2017 layout carry no check digit; 18 must divide by 11 with their weights."""
    if len(number) != 18:
        return len(number) == 15
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1)
    return sum(weight * (10 if digit in "xX" else int(digit)) for weight, digit in zip(weights, number, strict=True)) % 11 == 1


def escpos_targets() -> list[Target]:
    blocks = [b"\x5fTEST PRINTER\x00", b"\x37\x22abcd\x00", b"\x5fCHINA GB18030\x00"]
    return [
        Target(
            name="escpos replies",
            seeds=[b"\x12", b"\x1a", b"\x32", b"\x7e", b"\x10\x00\x00\x00", b"\x18\x00\x0c\x00", b"\x00", *blocks],
            accepts=streaming(escpos_status.Replies, lambda parser: len(parser._pending)),
            sound=lambda accepted, stream: sum(map(escpos_size, accepted)) <= len(stream),
            hold_limit=130,
        )
    ]


def escpos_size(reply: escpos_status.Reply) -> int:
    match reply:
        case escpos_status.Asb():
            return 4
        case escpos_status.Data(text=text):
            return len(text) + 2
        case _:
            return 1


def scanner_targets() -> list[Target]:
    codes = ["LCZC1:abc", "https://example.invalid/票", "6901234567892", "龦" * 40]
    seeds = [code.encode(coding) + b"\r" for code in codes for coding in ("utf-8", "gb18030")]
    return [
        Target(
            name="scanned codes",
            seeds=[*seeds, b"\x00\x01\xfe\r", b"x" * 600 + b"\r"],
            accepts=streaming(lambda: serial_code_protocol.Framer(b"\r", 512), lambda parser: len(parser._pending)),
            sound=code_sound,
            hold_limit=514,
        )
    ]


def code_sound(accepted: list[Any], stream: bytes) -> bool:
    """Every code is what some piece between two suffixes says in one of the two encodings."""
    pieces = stream.split(b"\r")
    said = {piece.decode(coding, "replace").strip() for piece in pieces for coding in ("utf-8", "gb18030")}
    return all(one.text.strip() in said for one in accepted if isinstance(one, serial_code_protocol.Code))


def all_targets() -> list[Target]:
    """Made when asked for: some import what is heavy."""
    return [*sdt_targets(), *escpos_targets(), *scanner_targets()]
