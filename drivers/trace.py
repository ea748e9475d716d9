"""Recording of a device's line, for technicians and for tests: what was said when, without anything about a citizen.

`Recorder` is what the runner tells; `drivers.recordings` writes it to a file and plays such a file to a driver.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Literal, Protocol, Self

from drivers.contract import Command, Event
from drivers.errors import DeviceError
from drivers.line import Line, OpenLine, Tunable, Waker

Direction = Literal["out", "in"]  # to the device, from the device


class Redactor(Protocol):
    """Takes out of a device's bytes what says something about a citizen; one per opening of the line.

    What it returns depends on the bytes alone, not on the pieces they come in, and what it has redacted once it leaves as it is:
    a recording is played to the driver with the bytes that were kept.
    """

    def feed(self, direction: Direction, data: bytes) -> bytes:
        """What may be kept of what has just passed; bytes that cannot be judged yet may be held back until they can."""


class Recorder(Protocol):
    """Where a recording goes; every method is called from the device's own thread."""

    def open(self, opening: OpenLine, waker: Waker, redactor: Redactor) -> Line:
        """Open a line and listen to it; raises what `opening` raises."""

    def command(self, command: Command) -> None:
        """A command has come, to be carried out, refused or to cancel another."""

    def event(self, event: Event) -> None:
        """The device has told something."""

    def random(self, limit: int) -> int:
        """A number from 0 below `limit` that nobody can guess, and that a replay draws again."""

    def close(self) -> None:
        """The device has been stopped; it may be started again."""


class BlankAll:
    """Keeps nothing but how many bytes passed."""

    def feed(self, direction: Direction, data: bytes) -> bytes:  # noqa: ARG002 - as `Redactor` has it
        """As many zero bytes."""
        return bytes(len(data))


class KeepAll:
    """For devices that never hear or tell anything about a citizen."""

    def feed(self, direction: Direction, data: bytes) -> bytes:  # noqa: ARG002 - as `Redactor` has it
        """The same bytes."""
        return data


class Hearer(Protocol):
    """What a traced line tells."""

    def said(self, kept: bytes, *, taken: int, more: bool) -> None:
        """The line took `taken` bytes, of which `kept` may be kept; `more` of them wait."""

    def heard(self, kept: bytes) -> None:
        """Bytes have come."""

    def broken(self, error: DeviceError) -> None:
        """The line broke."""


class TracedLine:
    """A line that is listened to; all it does is what the line in it does."""

    def __init__(self, line: Line, redactor: Redactor, hearer: Hearer) -> None:
        self._line = line
        self._redactor = redactor
        self._hearer = hearer

    def __enter__(self) -> Self:
        self._line.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._line.__exit__(kind, error, trace)

    def read(self, deadline: float) -> bytes:
        """As `Line.read`."""
        with self._watched():
            data = self._line.read(deadline)
        return self._told(data)

    def write(self, data: bytes, deadline: float) -> int:
        """As `Line.write`."""
        with self._watched():
            taken = self._line.write(data, deadline)
        if taken:
            self._hearer.said(self._redactor.feed("out", data[:taken]), taken=taken, more=taken < len(data))
        return taken

    def rest(self, deadline: float) -> None:
        """As `Line.rest`."""
        with self._watched():
            self._line.rest(deadline)

    def drain(self) -> bytes:
        """As `Line.drain`."""
        with self._watched():
            data = self._line.drain()
        return self._told(data)

    def set_baud(self, baud: int) -> bool:
        """As `Tunable.set_baud`."""
        with self._watched():
            return isinstance(self._line, Tunable) and self._line.set_baud(baud)

    def _told(self, data: bytes) -> bytes:
        if data and (kept := self._redactor.feed("in", data)):
            self._hearer.heard(kept)
        return data

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except DeviceError as error:
            self._hearer.broken(error)
            raise
