"""Recording of a device's line, for technicians and for tests: what was said when, without anything about a citizen."""

from typing import Literal, Protocol

from drivers.contract import Command, Event
from drivers.line import Line

Direction = Literal["out", "in"]  # to the device, from the device


class Redactor(Protocol):
    """Takes out of a device's bytes what says something about a citizen; one per opening of the line."""

    def feed(self, direction: Direction, data: bytes) -> bytes:
        """What may be kept of what has just passed; bytes that cannot be judged yet may be held back until they can."""


class Recorder(Protocol):
    """Where a recording goes; every method is called from the device's own thread."""

    def line(self, line: Line, redactor: Redactor) -> Line:
        """A line has been opened: the same line, listened to."""

    def command(self, command: Command) -> None:
        """A command begins."""

    def event(self, event: Event) -> None:
        """The device has told something."""


class BlankAll:
    """Keeps nothing but how many bytes passed."""

    def feed(self, direction: Direction, data: bytes) -> bytes:  # noqa: ARG002 - as `Redactor` has it
        """As many zero bytes."""
        return bytes(len(data))
