"""Bytes of the ID-card module: frames, commands and result codes of GA/T 467 (vendors call the module SAM_V or SAM_A).

A frame is AA AA AA 96 69, a length of 2 bytes that counts all after it, the body, and the XOR of length and body. A request's
body is CMD PARA data, a reply's is SW1 SW2 SW3 data; SW3 is the module's own result. Pure functions; sources: the public
protocol tables of eastcoms.com, softs.im and yzsam.com, which agree.
"""

from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

from drivers.errors import Action, DeviceError, Reason

PREAMBLE = bytes.fromhex("aaaaaa9669")
_HEAD = 7  # preamble and length
_LENGTH_MIN = 4  # SW1 SW2 SW3 and the checksum
LENGTH_MAX = 0x090A  # a read with 1,024 bytes of fingerprint
DONE, FOUND, NO_CARD, SELECT_FAILED, READ_FAILED = 0x90, 0x9F, 0x80, 0x81, 0x41
_ID_SIZE = 16


class Request(Enum):
    """What the module can be asked here: CMD and PARA."""

    RESET = b"\x10\xff"
    STATUS = b"\x11\xff"
    MODULE_ID = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"


# SW3 of success and how many bytes of data come with it (None: as many as its size words say).
_SUCCESS: dict[Request, tuple[int, int | None]] = {
    Request.RESET: (DONE, 0),
    Request.STATUS: (DONE, 0),
    Request.MODULE_ID: (DONE, _ID_SIZE),
    Request.FIND: (FOUND, 4),
    Request.SELECT: (DONE, 8),
    Request.READ: (DONE, None),
}

# Results about a card, and the requests they can answer.
_NO_SUCCESS = {
    Request.FIND: frozenset({NO_CARD}),
    Request.SELECT: frozenset({NO_CARD, SELECT_FAILED}),
    Request.READ: frozenset({NO_CARD, READ_FAILED}),
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
    0x21: (Reason.UNSUPPORTED, Action.CONFIGURATION, "unknown command"),
    0x24: (Reason.HARDWARE, Action.RESET, "unidentifiable error"),
    0x60: (Reason.HARDWARE, Action.MAINTENANCE, "self-test failed"),
    0x66: (Reason.NOT_AUTHORISED, Action.MAINTENANCE, "not authorised"),
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
    counted = (len(request.value) + 1).to_bytes(2) + request.value
    return PREAMBLE + counted + bytes([_checksum(counted)])


class Frames:
    """Finds replies in bytes as they come: partial, with noise between, and with lengths that lie.

    Holds at most one frame's worth of bytes between two calls. `heard` tells whether anything came at all.
    """

    def __init__(self) -> None:
        self._pending = bytearray()
        self.heard = False

    def feed(self, data: bytes) -> list[Reply]:
        """The replies that are whole now."""
        self.heard = self.heard or bool(data)
        self._pending += data
        replies = []
        while self._to_preamble() and (size := self._frame_size()) is not None:
            if len(self._pending) < size:
                break
            frame = bytes(self._pending[:size])
            if _checksum(frame[len(PREAMBLE) :]) != 0:
                del self._pending[0]
                continue
            del self._pending[:size]
            replies.append(Reply(frame[9], frame[10:-1]))
        return replies

    def _to_preamble(self) -> bool:
        """Drop what comes before the first preamble; whether a whole head is there."""
        start = self._pending.find(PREAMBLE)
        if start < 0:
            keep = next((n for n in range(len(PREAMBLE) - 1, 0, -1) if self._pending.endswith(PREAMBLE[:n])), 0)
            start = len(self._pending) - keep
        del self._pending[:start]
        return len(self._pending) >= _HEAD

    def _frame_size(self) -> int | None:
        """Size of the frame at the start; a length that no reply has is noise, and the search goes on (None: no head is left)."""
        while not _LENGTH_MIN <= (length := int.from_bytes(self._pending[5:_HEAD])) <= LENGTH_MAX:
            del self._pending[0]
            if not self._to_preamble():
                return None
        return _HEAD + length



def fits(request: Request, reply: Reply) -> bool:
    """Whether `reply` can be the answer to `request`: a late answer to an earlier, other request mostly cannot."""
    size = len(reply.data)
    if reply.sw3 in {DONE, FOUND}:
        expected, data_size = _SUCCESS[request]
        return reply.sw3 == expected and (size == data_size if data_size is not None else size > _ID_SIZE)
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


def blocks(data: bytes) -> tuple[bytes, bytes]:
    """Text and photo block of a read's data, by their size words; a fingerprint block (command 30 10) is left out.

    Raises `DeviceError` (GARBLED) when the sizes do not add up to the data.
    """
    text, photo, finger = (int.from_bytes(data[at : at + 2]) for at in (0, 2, 4))
    for head, total in ((4, 4 + text + photo), (6, 6 + text + photo + finger)):
        if len(data) == total:
            return data[head : head + text], data[head + text : head + text + photo]
    raise DeviceError(Reason.GARBLED, Action.WAIT, f"block sizes do not add up to {len(data)} bytes")


def _checksum(counted: bytes) -> int:
    return reduce(xor, counted)
