"""Frames of motorised card readers: those of the CRT-571 family and those of Sankyo readers differ only in head and checksum.

TEXT is 'C' CM PM data from the host, 'P' CM PM status data or 'N' CM PM error data from the device; its length goes before it as
2 bytes, big-endian. Single bytes outside of frames are ACK, NAK and EOT. Sources: each device's own module.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

STX, ACK, NAK, EOT = 0xF2, 0x06, 0x15, 0x04
ORDER, GOOD = ord("C"), ord("P")
_BAD = b"NE"  # the CRT-591 specification prints both ("N", 45H); units were seen to send 4EH
FROM_DEVICE = bytes([GOOD]) + _BAD
FROM_HOST = bytes([ORDER])
DATA_MAX = 512  # bytes of data in a frame (CRT-591-M001 specification 1.2); an APDU answer has 258 at most
_ERROR_SIZE = 2
_TEXT_MIN = 3  # head, CM, PM


@dataclass(frozen=True, slots=True)
class Framing:
    """What differs: the bytes before the length, how a frame is sealed (2 bytes), and how many bytes a status has."""

    lead: bytes
    seal: Callable[[bytes], bytes]
    status_size: int

    @property
    def text_at(self) -> int:
        """Where TEXT begins."""
        return len(self.lead) + 2

    def frame(self, text: bytes) -> bytes:
        """The whole frame around `text`."""
        begun = self.lead + len(text).to_bytes(2) + text
        return begun + self.seal(begun)

    def text(self, frame: bytes) -> bytes:
        """TEXT of a whole frame."""
        return frame[self.text_at : -2]


@dataclass(frozen=True, slots=True, repr=False)
class Order:
    """What the device is told to do."""

    cm: int
    pm: int
    data: bytes = b""

    @property
    def text(self) -> bytes:
        """As TEXT."""
        return bytes([ORDER, self.cm, self.pm]) + self.data

    def __repr__(self) -> str:
        return f"{self.cm:02X} {self.pm:02X}"


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """A whole reply: `code` is the status where `good`, or else the two characters of the error. Its repr shows no data."""

    good: bool
    cm: int
    pm: int
    code: bytes
    data: bytes = b""

    def __repr__(self) -> str:
        return f"Reply({'P' if self.good else 'N'} {self.cm:02X} {self.pm:02X} {self.code!r}, {len(self.data)} bytes)"

    def answers(self, order: Order) -> bool:
        """Whether it can be the answer to `order`: a late one to an earlier, other order cannot."""
        return (self.cm, self.pm) == (order.cm, order.pm)


def reply(framing: Framing, text: bytes) -> Reply | None:
    """What the TEXT of a frame from the device says; None when it is too short for what it claims to be."""
    size = framing.status_size if text[:1] == bytes([GOOD]) else _ERROR_SIZE
    if len(text) < _TEXT_MIN + size:
        return None
    code, data = text[_TEXT_MIN : _TEXT_MIN + size], text[_TEXT_MIN + size :]
    return Reply(text[0] == GOOD, text[1], text[2], code, data)


class Kind(Enum):
    """What a piece of the stream is."""

    FRAME = "frame"
    SIGN = "sign"  # ACK, NAK or EOT
    DAMAGED = "damaged"  # first byte of what looked like a frame, but its seal is wrong
    NOISE = "noise"


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """A piece of the stream; all pieces together are the stream."""

    kind: Kind
    raw: bytes

    def __repr__(self) -> str:
        return f"Piece({self.kind.value}, {len(self.raw)} bytes)"


class Cutter:
    """Cuts bytes as they come into pieces; `heads` are the first bytes a TEXT can have.

    Holds at most one frame's worth of bytes between two calls, and reads by length, never until an end mark.
    """

    def __init__(self, framing: Framing, heads: bytes) -> None:
        self._framing = framing
        self._heads = heads
        self._held = bytearray()

    @property
    def waiting(self) -> bool:
        """Whether bytes are held that are no whole piece yet."""
        return bool(self._held)

    def feed(self, data: bytes) -> list[Piece]:
        """The pieces that are whole now."""
        self._held += data
        pieces = []
        while self._held and (piece := self._next()) is not None:
            del self._held[: len(piece.raw)]
            pieces.append(piece)
        return pieces

    def give_up(self) -> list[Piece]:
        """Nothing more has come for too long: what is held begins with no frame, but there may be one further on."""
        if not self._held:
            return []
        first = Piece(Kind.NOISE, bytes(self._held[:1]))
        del self._held[:1]
        return [first, *self.feed(b"")]

    def _next(self) -> Piece | None:
        held, at = self._held, self._framing.text_at
        lead = self._framing.lead
        if held[0] in (ACK, NAK, EOT):
            return Piece(Kind.SIGN, bytes(held[:1]))
        if not (lead.startswith(held[:at]) or held.startswith(lead)):
            return Piece(Kind.NOISE, bytes(held[:1]))
        if len(held) <= at:
            return self._lying() if len(held) == at else None
        return self._lying() or self._whole()

    def _lying(self) -> Piece | None:
        """The first byte as noise when the head cannot be that of a frame."""
        at = self._framing.text_at
        size = int.from_bytes(self._held[at - 2 : at])
        possible = _TEXT_MIN <= size <= _TEXT_MIN + self._framing.status_size + DATA_MAX
        if not possible or self._held[at : at + 1] not in (b"", *(bytes([head]) for head in self._heads)):
            return Piece(Kind.NOISE, bytes(self._held[:1]))
        return None

    def _whole(self) -> Piece | None:
        at = self._framing.text_at
        end = at + int.from_bytes(self._held[at - 2 : at]) + 2
        if len(self._held) < end:
            return None
        frame = bytes(self._held[:end])
        if self._framing.seal(frame[:-2]) != frame[-2:]:
            return Piece(Kind.DAMAGED, frame[:1])
        return Piece(Kind.FRAME, frame)
