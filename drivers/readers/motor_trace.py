"""Takes the person out of a recording of a motorised reader's line, and leaves frames that can be replayed.

What a chip answers is replaced by as many bytes about a made-up person, in the records of a social security card; the answer to
reset, which is one card's own, and what is not understood become zero. The checksum is put right.
"""

from drivers.readers.motor_protocol import FROM_DEVICE, FROM_HOST, Cutter, Framing, Kind, Order, Piece, Reply, reply
from drivers.trace import Direction

_CHIP_ON = {(0x51, 0x30), (0x51, 0x38), (0x49, 0x30), (0x49, 0x38)}
_APDU = {(cm, pm) for cm in (0x51, 0x49) for pm in (0x33, 0x34, 0x39)}
_AERIAL = {(0x60, pm) for pm in range(0x30, 0x40)}
# Initialise, status, moves, shutter, lights, contacts, and who the reader is: what is said to these says nothing of a card's content.
_PLAIN = frozenset({0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x3A, 0x40, 0x41, 0xA2, 0xA4, 0xA5})
_HARMLESS = frozenset({0xA4, 0xB0, 0xB2, 0xC0})  # SELECT, READ BINARY, READ RECORD, GET RESPONSE carry nothing of a person
_ATR_KEPT = 3  # protocol, TS and T0
# By the tag of a record: issue and expiry, numbers, name (GBK), sex, ethnicity of somebody who does not exist.
_MADE_UP = {
    0x05: bytes.fromhex("20200101"),
    0x06: bytes.fromhex("20300101"),
    0x07: b"X99999999",
    0x08: b"999999199001010016",
    0x09: "测试甲".encode("gbk"),
    0x0A: b"1",
    0x0B: b"\x01",
}


class MotorRedactor:
    """One per opening of the line. Bytes of a frame that is not whole yet are held back."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing
        self._cutters = {"in": Cutter(framing, FROM_DEVICE), "out": Cutter(framing, FROM_HOST)}

    def feed(self, direction: Direction, data: bytes) -> bytes:
        """What may be kept."""
        return b"".join(self._kept(piece) for piece in self._cutters[direction].feed(data))

    def _kept(self, piece: Piece) -> bytes:
        match piece.kind:
            case Kind.FRAME:
                text = self._framing.text(piece.raw)
                return self._framing.frame(order(text) if text[:1] == FROM_HOST else answer(self._framing, text))
            case Kind.SIGN:
                return piece.raw
            case _:
                return bytes(len(piece.raw))


def order(text: bytes) -> bytes:
    """TEXT of an order without what was sent to a card besides the question."""
    told = Order(text[1], text[2], text[3:])
    if (told.cm, told.pm) not in _APDU | _AERIAL or told.data[1:2] in {bytes([ins]) for ins in _HARMLESS}:
        return text
    return text[:3] + told.data[:4] + bytes(len(told.data[4:]))


def answer(framing: Framing, text: bytes) -> bytes:
    """TEXT of an answer without what a card said of its owner."""
    said = reply(framing, text)
    if said is None:
        return text[:3] + bytes(len(text) - 3)
    return text[: len(text) - len(said.data)] + _data(said)


def _data(said: Reply) -> bytes:
    where = (said.cm, said.pm)
    if where in _APDU:
        return _records(said.data[:-2]) + said.data[-2:]
    if where in _CHIP_ON:
        return said.data[:_ATR_KEPT] + bytes(len(said.data[_ATR_KEPT:]))
    return said.data if said.cm in _PLAIN else bytes(len(said.data))


def _records(data: bytes) -> bytes:
    """As many bytes: records of tag, length and value with other values; what is no record is zero."""
    made = bytearray()
    while len(made) + 2 <= len(data) and data[len(made)]:
        tag, size = data[len(made)], data[len(made) + 1]
        if len(made) + 2 + size > len(data):
            break
        made += bytes([tag, size]) + _MADE_UP.get(tag, b"")[:size].ljust(size, b"\0")
    return bytes(made) + bytes(len(data) - len(made))
