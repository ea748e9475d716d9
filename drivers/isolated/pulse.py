"""How a device's own thread proves that it goes on: by coming back to its line again and again."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from drivers.line import Line, OpenLine, Tunable, Waker

BEAT = 0.25  # s: a wait on the line is cut into pieces of this length


def beating(opening: OpenLine, beat: Callable[[], None]) -> OpenLine:
    """Opens lines that beat, and beats with every try to open one."""

    def opened(waker: Waker) -> Line:
        beat()
        return BeatingLine(opening(waker), beat)

    return opened


class BeatingLine:
    """A line that beats before and after all that is done with it. Waits end early: a driver's `Link` goes on waiting by itself."""

    def __init__(self, line: Line, beat: Callable[[], None]) -> None:
        self._line = line
        self._beat = beat

    def __enter__(self) -> Self:
        self._beat()
        self._line.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._line.__exit__(kind, error, trace)
        self._beat()

    def read(self, deadline: float) -> bytes:
        """As `Line.read`, a piece of the time."""
        self._beat()
        return self._line.read(_piece(deadline))

    def write(self, data: bytes, deadline: float) -> int:
        """As `Line.write`, a piece of the time."""
        self._beat()
        return self._line.write(data, _piece(deadline))

    def rest(self, deadline: float) -> None:
        """As `Line.rest`, a piece of the time."""
        self._beat()
        self._line.rest(_piece(deadline))

    def drain(self) -> bytes:
        """As `Line.drain`."""
        self._beat()
        return self._line.drain()

    def set_baud(self, baud: int) -> bool:
        """As `Tunable.set_baud`."""
        self._beat()
        return isinstance(self._line, Tunable) and self._line.set_baud(baud)


def _piece(deadline: float) -> float:
    return min(deadline, time.monotonic() + BEAT)
