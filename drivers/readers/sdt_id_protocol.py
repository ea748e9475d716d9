"""Bytes of the ID-card module: frames, commands and result codes of GA/T 467 (vendors call the module SAM_V or SAM_A).

A frame is AA AA AA 96 69, a length of 2 bytes that counts all after it, the body, and the XOR of length and body. A request's
body is CMD PARA data, a reply's is SW1 SW2 SW3 data; SW3 is the module's own result. Pure functions; sources: the public
protocol tables of eastcoms.com, softs.im and yzsam.com, which agree.
"""

from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor
from typing import NamedTuple

from drivers.errors import Action, DeviceError, Reason

PREAMBLE = bytes.fromhex("aaaaaa9669")
_HEAD = 7  # preamble and length
REPLY_MIN = 4  # of a reply: SW1 SW2 SW3 and the checksum
REQUEST_MIN = 3  # CMD, PARA and the checksum
LENGTH_MAX = 0x090A  # a read with 1,024 bytes of fingerprint
DONE, FOUND, NO_CARD, SELECT_FAILED, READ_FAILED = 0x90, 0x9F, 0x80, 0x81, 0x41
UNKNOWN_COMMAND, SELF_TEST_FAILED, NOT_AUTHORISED = 0x21, 0x60, 0x66
UNUSABLE = frozenset({SELF_TEST_FAILED, NOT_AUTHORISED})  # the module itself, whatever it is asked
FINGERPRINT_SIZES = frozenset({0, 512, 1024})
ID_SIZE = 16


class Request(Enum):
    """What the module can be asked here: CMD and PARA."""

    RESET = b"\x10\xff"
    STATUS = b"\x11\xff"
    MODULE_ID = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"
    READ_ALL = b"\x30\x10"  # with the fingerprints
    BAUD_115200 = b"\x60\x00"
    BAUD_57600 = b"\x60\x01"
    BAUD_38400 = b"\x60\x02"
    BAUD_19200 = b"\x60\x03"
    BAUD_9600 = b"\x60\x04"


BAUDS = {int(request.name.removeprefix("BAUD_")): request for request in Request if request.name.startswith("BAUD_")}

# SW3 of success and how many bytes of data come with it (None: as many as its size words say).
_SUCCESS: dict[Request, tuple[int, int | None]] = {
    Request.RESET: (DONE, 0),
    Request.STATUS: (DONE, 0),
    Request.MODULE_ID: (DONE, ID_SIZE),
    Request.FIND: (FOUND, 4),
    Request.SELECT: (DONE, 8),
    Request.READ: (DONE, None),
    Request.READ_ALL: (DONE, None),
    **dict.fromkeys(BAUDS.values(), (DONE, 0)),
}

# Results about a card, and the requests they can answer.
_NO_SUCCESS = {
    Request.FIND: frozenset({NO_CARD}),
    Request.SELECT: frozenset({NO_CARD, SELECT_FAILED}),
    Request.READ: frozenset({NO_CARD, READ_FAILED}),
    Request.READ_ALL: frozenset({NO_CARD, READ_FAILED}),
}

_MEANINGS = {
    NO_CARD: (Reason.CARD_MOVED, Action.WAIT, "no card found"),
    SELECT_FAILED: (Reason.CARD_MOVED, Action.WAIT, "select failed"),
    READ_FAILED: (Reason.CARD_MOVED, Action.WAIT, "reading the card failed"),
    0x31: (Reason.CARD_REFUSED, Action.WAIT, "card refused the reader"),
    0x32: (Reason.CARD_REFUSED, Action.WAIT, "reader refused the card"),
    0x40: (Reason.CARD_REFUSED, Action.WAIT, "wrong card"),
    0x33: (Reason.CARD_UNREADABLE, Action.WAIT, "data check failed"),
    0x47: (Reason.CARD_UNREADABLE, Action.WAIT, "no random number"),
    0x91: (Reason.CARD_UNREADABLE, Action.WAIT, "item not on this card"),
    0x10: (Reason.GARBLED, Action.WAIT, "checksum of the request wrong"),
    0x11: (Reason.GARBLED, Action.WAIT, "length of the request wrong"),
    UNKNOWN_COMMAND: (Reason.UNSUPPORTED, Action.CONFIGURATION, "unknown command"),
    0x24: (Reason.HARDWARE, Action.RESET, "unidentifiable error"),
    SELF_TEST_FAILED: (Reason.HARDWARE, Action.MAINTENANCE, "self-test failed"),
    NOT_AUTHORISED: (Reason.NOT_AUTHORISED, Action.MAINTENANCE, "not authorised"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """A reply whose checksum is right. Its repr shows no data."""

    sw3: int
    data: bytes

    def __repr__(self) -> str:
        return f"Reply({self.sw3:02X}, {len(self.data)} bytes)"


def encode(request: Request) -> bytes:
    """The whole frame of a request."""
    return framed(request.value)


def framed(body: bytes) -> bytes:
    """The whole frame around a body: preamble, length, body, checksum."""
    counted = (len(body) + 1).to_bytes(2) + body
    return PREAMBLE + counted + bytes([_checksum(counted)])


class Piece(NamedTuple):
    """Bytes off the line: a whole frame whose checksum is right, or what is none."""

    whole: bool
    raw: bytes

    @property
    def body(self) -> bytes:
        """What stands between length and checksum of a whole frame."""
        return self.raw[_HEAD:-1]


class Cutter:
    """Cuts bytes as they come into frames and what lies between: partial, with noise, and with lengths that lie.

    Every byte comes out once and in order. Holds at most one frame's worth of bytes between two calls.
    """

    def __init__(self, length_min: int) -> None:
        self._length_min = length_min
        self._pending = bytearray()

    def cut(self, data: bytes) -> list[Piece]:
        """What is decided now."""
        self._pending += data
        pieces = []
        while piece := self._next():
            pieces.append(piece)
        return pieces

    def _next(self) -> Piece | None:
        if noise := self._noise():
            return self._take(noise, whole=False)
        if len(self._pending) < _HEAD:
            return None
        length = int.from_bytes(self._pending[5:_HEAD])
        if not self._length_min <= length <= LENGTH_MAX:  # a length that no frame has is noise, and the search goes on
            return self._take(1, whole=False)
        if len(self._pending) < _HEAD + length:
            return None
        whole = _checksum(bytes(self._pending[len(PREAMBLE) : _HEAD + length])) == 0
        return self._take(_HEAD + length if whole else 1, whole=whole)

    def _noise(self) -> int:
        """How many bytes stand before the first preamble, or what may become one."""
        start = self._pending.find(PREAMBLE)
        if start >= 0:
            return start
        keep = next((n for n in range(len(PREAMBLE) - 1, 0, -1) if self._pending.endswith(PREAMBLE[:n])), 0)
        return len(self._pending) - keep

    def _take(self, size: int, *, whole: bool) -> Piece:
        piece = Piece(whole, bytes(self._pending[:size]))
        del self._pending[:size]
        return piece


class Frames(Cutter):
    """Finds replies in bytes as they come. `heard` tells whether anything came at all."""

    def __init__(self) -> None:
        super().__init__(REPLY_MIN)
        self.heard = False

    def feed(self, data: bytes) -> list[Reply]:
        """The replies that are whole now."""
        self.heard = self.heard or bool(data)
        return [Reply(piece.body[2], piece.body[3:]) for piece in self.cut(data) if piece.whole]


def fits(request: Request, reply: Reply) -> bool:
    """Whether `reply` can be the answer to `request`: a late answer to an earlier, other request mostly cannot."""
    size = len(reply.data)
    if reply.sw3 in {DONE, FOUND}:
        expected, data_size = _SUCCESS[request]
        return reply.sw3 == expected and (size == data_size if data_size is not None else size > ID_SIZE)
    if reply.sw3 in {NO_CARD, SELECT_FAILED, READ_FAILED}:
        return size == 0 and reply.sw3 in _NO_SUCCESS.get(request, frozenset())
    return size == 0


def meaning(sw3: int) -> DeviceError:
    """What an SW3 other than success says."""
    reason, action, words = _MEANINGS.get(sw3, (Reason.GARBLED, Action.MAINTENANCE, "not in the table"))
    return DeviceError(reason, action, f"SW3 {sw3:02X}: {words}")


def module_id(data: bytes) -> str:
    """The module's number as it is printed on it: AA.BB-nnnnnnnn-nnnnnnnnnn-nnnnnnnnnn, from 16 bytes."""
    day, serial, check = (int.from_bytes(data[at : at + 4], "little") for at in (4, 8, 12))
    return f"{data[0]:02X}.{data[2]:02X}-{day:08d}-{serial:010d}-{check:010d}"


class Blocks(NamedTuple):
    """What a read brings; `fingerprint` is b"" for a card without, and for a read that did not ask for it."""

    text: bytes
    photo: bytes
    fingerprint: bytes


def blocks(data: bytes) -> Blocks:
    """The blocks of a read's data, by their size words: two of them, or three (command 30 10).

    Raises `DeviceError` (GARBLED) when the sizes do not add up to the data, or no fingerprint block has such a size.
    """
    text, photo, finger = (int.from_bytes(data[at : at + 2]) for at in (0, 2, 4))
    for head, extra in ((4, 0), (6, finger)):
        end = head + text + photo
        if len(data) == end + extra and extra in FINGERPRINT_SIZES:
            return Blocks(data[head : head + text], data[head + text : end], data[end:])
    raise DeviceError(Reason.GARBLED, Action.WAIT, f"block sizes do not add up to {len(data)} bytes")


def _checksum(counted: bytes) -> int:
    return reduce(xor, counted)
