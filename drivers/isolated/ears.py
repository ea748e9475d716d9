"""What the child says, taken apart and not believed."""

from collections.abc import Callable

from drivers.isolated.frames import Beat, Event, Frames, FromChild, from_child
from drivers.isolated.process import Process


class CrashError(Exception):
    """The child is of no more use; says what is known."""


class Ears:
    """For one child; `take` gets each message but the beats, and raises `ValueError` for one that cannot be."""

    def __init__(self, take: Callable[[FromChild], None]) -> None:
        self._take = take
        self._frames = Frames()

    def hear(self, child: Process) -> bool:
        """Take what it says now; whether its device has shown that it goes on. Raises `CrashError` at nonsense and at its end."""
        try:
            data = child.read()
        except BlockingIOError:
            return False
        if not data:
            raise CrashError("it is gone")
        alive = False
        try:
            for frame in self._frames.feed(data):
                message = from_child(frame)
                alive = alive or isinstance(message, Beat | Event)
                if not isinstance(message, Beat):
                    self._take(message)
        except ValueError as error:
            raise CrashError(str(error)) from None
        return alive
