"""What parent and child of an isolated device say to each other, and how it is cut into frames.

A frame is a length of 4 bytes, big-endian, and as many bytes of MessagePack. Frames from the child are never believed: what is too
long, too many or no message at all is a `ValueError`.
"""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from drivers import codec

HEAD = 4  # bytes of a frame's length
MOST_BYTES = 32 << 20  # of one frame: an A4 document for the printer, a picture of a page
MOST_FRAMES = 2000  # within a second; a busy device tells some tens
_SECOND = 1.0


class Setup(Struct, frozen=True, kw_only=True):
    """The first frame to the child: which device it is; `keep` is the folder of its counters, "" for none."""

    role: str
    driver: str
    settings: Mapping[str, Any]
    keep: str = ""
    trace_to: str = ""


class Event(Struct, frozen=True, tag="event"):
    """The device has told something."""

    event: codec.AnyEvent


class Counts(Struct, frozen=True, tag="counts"):
    """What the device has counted so far."""

    values: Mapping[str, int]


class Beat(Struct, frozen=True, tag="beat"):
    """The device's own thread goes on."""


class Note(Struct, frozen=True, tag="note"):
    """A line for the log, from our own code only."""

    level: int
    name: str
    text: str


FromChild = Event | Counts | Beat | Note


def pack(message: object) -> bytes:
    """A frame; raises `ValueError` when it would be too long."""
    data = codec.to_bytes(message)
    if len(data) > MOST_BYTES:
        wrong = f"a frame of {len(data)} bytes is too long"
        raise ValueError(wrong)
    return len(data).to_bytes(HEAD) + data


def from_child(frame: bytes) -> FromChild:
    """The message in a frame; raises `ValueError` for anything else."""
    try:
        message: FromChild = codec.from_bytes(frame, FromChild)  # type: ignore[arg-type]  # a union is no type for mypy
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        wrong = f"a frame that is no message ({type(error).__name__})"
        raise ValueError(wrong) from None
    return message


class Frames:
    """Cuts bytes into frames; holds at most one frame that is not whole yet."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._since = 0.0
        self._count = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Frames that are whole now; raises `ValueError` when one is announced too long or they come too fast."""
        self._pending += data
        while len(self._pending) >= HEAD:
            size = int.from_bytes(self._pending[:HEAD])
            if size > MOST_BYTES:
                message = f"a frame of {size} bytes"
                raise ValueError(message)
            if len(self._pending) < HEAD + size:
                return
            frame = bytes(self._pending[HEAD : HEAD + size])
            del self._pending[: HEAD + size]
            self._limit()
            yield frame

    def _limit(self) -> None:
        now = time.monotonic()
        if now - self._since >= _SECOND:
            self._since, self._count = now, 0
        self._count += 1
        if self._count > MOST_FRAMES:
            message = f"more than {MOST_FRAMES} frames within a second"
            raise ValueError(message)
