"""What a driver's bytes travel on, whatever it is made of, and how a wait on it is ended from another thread."""

import os
import select
import time
from collections.abc import Callable
from types import TracebackType
from typing import NoReturn, Protocol, Self, runtime_checkable


class Waker:
    """Ends a wait from another thread; stays set until cleared."""

    def __init__(self) -> None:
        self._fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def fileno(self) -> int:
        """Readable while set."""
        return self._fd

    def set(self) -> None:
        """End the wait that is under way, or else the next one."""
        os.eventfd_write(self._fd, 1)

    def clear(self) -> None:
        """Forget all wake-ups so far."""
        try:
            os.eventfd_read(self._fd)
        except BlockingIOError:
            return

    def wait(self, seconds: float) -> bool:
        """Wait until set, at most `seconds`; whether it is set."""
        poller = select.poll()
        poller.register(self._fd, select.POLLIN)
        return bool(poller.poll(max(0.0, seconds) * 1000))

    def close(self) -> None:
        """Give the file descriptor back."""
        os.close(self._fd)


class Line(Protocol):
    """An open byte pipe. All methods raise `DeviceError` (UNPLUGGED) when it breaks; deadlines are `time.monotonic()` seconds."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def read(self, deadline: float) -> bytes:
        """What has arrived, as soon as there is any; empty when the deadline passed or the waker was set."""

    def write(self, data: bytes, deadline: float) -> int:
        """Hand over as much as the line takes now; how many bytes: 0 when the deadline passed or the waker was set first."""

    def rest(self, deadline: float) -> None:
        """Wait without reading, until the deadline passed, the waker was set, or the line broke."""

    def drain(self) -> bytes:
        """Take what has arrived so far, without waiting."""


@runtime_checkable
class Tunable(Protocol):
    """A line whose speed can be changed while it is open: a serial port, and what wraps one."""

    def set_baud(self, baud: int) -> bool:
        """Talk at another speed, in bit/s, until it is closed; False where there is no speed. Raises as all methods of a `Line`."""


OpenLine = Callable[[Waker], Line]


class NoLine:
    """The line of a device that a library talks to: it carries no bytes, but a driver can wait on it."""

    def __init__(self, waker: Waker) -> None:
        self._waker = waker

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return

    def read(self, deadline: float) -> bytes:  # noqa: ARG002 - as `Line` has it
        """There are no bytes."""
        self._no_bytes()

    def write(self, data: bytes, deadline: float) -> int:  # noqa: ARG002 - as `Line` has it
        """There are no bytes."""
        self._no_bytes()

    def rest(self, deadline: float) -> None:
        """Wait until the deadline passed or the waker was set."""
        self._waker.wait(deadline - time.monotonic())

    def drain(self) -> bytes:
        """There are no bytes."""
        return b""

    def _no_bytes(self) -> NoReturn:
        message = "this device has no line of bytes"
        raise RuntimeError(message)
