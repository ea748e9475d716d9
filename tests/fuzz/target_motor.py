"""Motorised card readers: frames and answers of `crt571_protocol` and `ict3k5_protocol` (`motor_protocol`), and `motor_trace`."""

from collections.abc import Callable
from functools import reduce
from operator import xor
from typing import Any, NamedTuple

import mutate
from feeding import Wire, in_order, nothing_left, one_of, redacting
from target import Target

from drivers.bench import motor_reader, people
from drivers.bench.motor_mechanism import MECHANISM
from drivers.bench.social_chip import ATR, Chip
from drivers.readers import crt571_protocol, ict3k5_protocol, motor_protocol
from drivers.readers.motor_protocol import FROM_DEVICE, Cutter, Framing, Kind, Order
from drivers.readers.motor_talk import Talk
from drivers.readers.motor_trace import MotorRedactor

_FLUSH = bytes(16)
_SELECT, _CARD, _HOLDER = "00a404000f" + b"sx1.sh.\xc9\xe7\xbb\xe1\xb1\xa3\xd5\xcf".hex(), "00a4020002ef05", "00a4020002ef06"
_RECORDS = (_SELECT, _CARD, "00b2070000", "00b2050000", _HOLDER, "00b2080000", "00b2090000", "00b24e0000")
# CM of initialise, status, moves, shutter, lights, contacts, and of who the reader is; what a chip, a stripe or an aerial says is not here.
_PLAIN = bytes.fromhex("303132333435 3a 4041 a2a4a5")
_MADE_UP = [b"X99999999", b"999999199001010016", "测试甲".encode("gbk"), bytes.fromhex("2020010120300101")]


class _Reader(NamedTuple):
    """What differs between the two, by their documents."""

    name: str
    framing: Framing
    seal: Callable[[bytes], bytes]  # the whole frame around a TEXT
    text_at: int
    tail: int  # bytes after TEXT
    chip: bytes  # CM of the chip's orders
    status: bytes
    orders: tuple[Order, ...]
    meant: Callable[[motor_protocol.Reply], object]


def motor_targets() -> list[Target]:
    crt, ict = crt571_protocol, ict3k5_protocol
    crt_orders = (crt.INIT_STAY, crt.TO_CHIP, crt.CHIP_ON, Order(0x51, 0x39), crt.BIN_COUNT, crt.SERIAL)
    ict_orders = (ict.INIT_STAY, ict.EJECT, ict.CHIP_ON, Order(0x49, 0x39), ict.REVISION)
    readers = (
        _Reader("crt571", crt.framing(0), _crt, 4, 2, b"\x51", b"220", crt_orders, _crt_meant),
        _Reader("ict3k5", ict.FRAMING, _ict, 3, 2, b"\x49", b"02", ict_orders, _ict_meant),
    )
    return [target for reader in readers for target in _targets(reader)]


def _crt(text: bytes) -> bytes:
    begun = b"\xf2\x00" + len(text).to_bytes(2) + text + b"\x03"
    return begun + bytes([reduce(xor, begun)])


def _ict(text: bytes) -> bytes:
    begun = b"\xf2" + len(text).to_bytes(2) + text
    return begun + motor_reader._crc(begun)


def _crt_meant(reply: motor_protocol.Reply) -> object:
    if not reply.good:
        return crt571_protocol.meaning(reply.code)
    found = crt571_protocol.look(reply.code), crt571_protocol.serial(reply.data), crt571_protocol.count(reply.data)
    return (*found, crt571_protocol.path_blocked(reply.data), crt571_protocol.text(reply.data))


def _ict_meant(reply: motor_protocol.Reply) -> object:
    return ict3k5_protocol.look(reply.code) if reply.good else ict3k5_protocol.meaning(reply.code)


def _answers(reader: _Reader) -> list[bytes]:
    """TEXT of what such a reader says: to each order, to earlier ones, and errors."""
    good = [b"P" + bytes([order.cm, order.pm]) + reader.status for order in reader.orders]
    bad = [mark + bytes([order.cm, order.pm]) + code for order, mark, code in zip(reader.orders, (b"N", b"E") * 3, (b"10", b"A0", b"02") * 2, strict=False)]
    told = [good[-2] + b"\x09TEST00001", good[-2] + b"042", good[0] + b"0" * 17]
    return [*good, *bad, *told, *_of_a_card(reader)]


def _of_a_card(reader: _Reader) -> list[bytes]:
    """What the chip of somebody's card says."""
    head = b"P" + reader.chip
    chip = Chip({**MECHANISM, "card": people.PEOPLE[1].key})
    return [head + b"\x30" + reader.status + b"0" + ATR, *(head + b"\x39" + reader.status + chip.answer(bytes.fromhex(apdu)) for apdu in _RECORDS)]


def _targets(reader: _Reader) -> list[Target]:
    answers = _answers(reader)
    seeds = [b"\x06" + reader.seal(text) for text in answers] + [b"\x15", b"\x04"]
    source = mutate.noisy(seeds, mutate.sealed(answers, lambda text: b"\x06" + reader.seal(text)))
    limit = reader.text_at + 3 + len(reader.status) + 512 + 2
    person = people.PEOPLE[1]
    secrets = [person.number.encode(), person.name.encode("gb18030"), ATR[3:], b"T" + person.number[-8:].encode()]
    orders = [b"C" + reader.chip + b"\x39" + bytes.fromhex("00200000083939313233343536"), b"C" + reader.chip + b"\x39" + bytes.fromhex("00b2080014"), b"C\x30\x33"]
    return [
        Target(name=f"{reader.name} frames", seeds=seeds, source=source, accepts=_cut(reader), sound=_cut_sound(reader), hold_limit=limit),
        Target(name=f"{reader.name} answers", seeds=seeds, source=source, accepts=_ask(reader), sound=_ask_sound(reader)),
        Target(
            name=f"{reader.name} redacted",
            seeds=seeds,
            source=source,
            accepts=redacting(lambda: MotorRedactor(reader.framing), "in", _FLUSH),
            sound=nothing_left(secrets, 6, _MADE_UP, _without_plain(reader)),
            hold_limit=limit,
        ),
        Target(
            name=f"{reader.name} orders redacted",
            seeds=[reader.seal(order) for order in orders],
            source=mutate.spoken([reader.seal(order) for order in orders]),
            accepts=redacting(lambda: MotorRedactor(reader.framing), "out", _FLUSH),
            sound=nothing_left([b"99123456"], 4),
            hold_limit=limit,
            ours=True,
        ),
    ]


def _cut(reader: _Reader) -> Callable[[list[bytes]], tuple[list[Any], int]]:
    def accepts(chunks: list[bytes]) -> tuple[list[Any], int]:
        cutter = Cutter(reader.framing, FROM_DEVICE)
        pieces, held = [], 0
        for chunk in chunks:
            pieces += cutter.feed(chunk)
            held = max(held, len(cutter._held))
        while cutter.waiting:
            pieces += cutter.give_up()
        return pieces, held

    return accepts


def _cut_sound(reader: _Reader) -> Callable[[list[Any], bytes], bool]:
    """All pieces together are the stream, and every frame is as it is made anew from its own TEXT."""

    def sound(pieces: list[Any], stream: bytes) -> bool:
        frames = [piece.raw for piece in pieces if piece.kind is Kind.FRAME]
        whole = b"".join(piece.raw for piece in pieces) == stream
        return whole and all(frame == reader.seal(frame[reader.text_at : len(frame) - reader.tail]) for frame in frames)

    return sound


def _without_plain(reader: _Reader) -> Callable[[bytes], bytes]:
    """Blanks the answers to orders that have nothing to do with a card's content: what these say may stay."""

    def blanked(kept: bytes) -> bytes:
        cutter = Cutter(reader.framing, b"PNE")
        frames = [piece.raw for piece in [*cutter.feed(kept), *cutter.feed(_FLUSH * 40)] if piece.kind is Kind.FRAME]
        for frame in frames:
            if frame[reader.text_at + 1] in _PLAIN:
                kept = kept.replace(frame, bytes(len(frame)))
        return kept

    return blanked


def _ask(reader: _Reader) -> Callable[[list[bytes]], tuple[list[Any], int]]:
    def accepts(chunks: list[bytes]) -> tuple[list[Any], int]:
        order = one_of(reader.orders, chunks)
        reply = Talk(reader.framing).ask(Wire(chunks), order, 1.0)
        return [(order, reply, reader.meant(reply))], 0

    return accepts


def _ask_sound(reader: _Reader) -> Callable[[list[Any], bytes], bool]:
    """A frame with this order's CM and PM, and with what was understood, stands in the stream."""

    def sound(accepted: list[Any], stream: bytes) -> bool:
        ((order, reply, _),) = accepted
        marks = (b"P",) if reply.good else (b"N", b"E")
        size = len(reader.status) if reply.good else 2
        texts = [mark + bytes([order.cm, order.pm]) + reply.code + reply.data for mark in marks]
        return len(reply.code) == size and any(in_order([reader.seal(text)], stream) for text in texts)

    return sound
