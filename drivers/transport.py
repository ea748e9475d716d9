"""A byte pipe to a device, opened by URL with pyserial: a port or pty path, `socket://host:port`, `loop://`, `spy://path`.

8 data bits, no parity, 1 stop bit. A port is opened exclusively (flock), so a second program cannot open it. Every failure of
the line leaves this module as a `DeviceError`; every wait can be ended from another thread through a `Waker`.
"""

import errno
import os
import select
import termios
import time
from types import TracebackType
from typing import Self

import msgspec
import serial

from drivers.errors import Action, DeviceError, Reason

# What pyserial raises when the line breaks: a pty whose owner died also gives raw OSError (in_waiting) and termios.error (flush).
BROKEN = (serial.SerialException, OSError, termios.error)

_CHUNK = 4096  # bytes per read or write: the size of the kernel's tty buffers
_DRAIN_LIMIT = 65536  # bytes: a socket peer that never stops sending must not hold the device for ever
_SLICE = 0.02  # s: how often pipes without a file descriptor (loop://) are looked at
_HANG_UP = select.POLLHUP | select.POLLERR | select.POLLNVAL | select.POLLRDHUP
_IN_USE = {errno.EAGAIN, errno.EBUSY}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.ENOTTY, errno.EISDIR}


class SerialSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Settings that every device on a byte pipe has: `port` is a path or pyserial URL, `baud` in bit/s."""

    port: str
    baud: int = 115200


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
        return bool(_poll({self._fd: select.POLLIN}, seconds))

    def close(self) -> None:
        """Give the file descriptor back."""
        os.close(self._fd)


def _open_error(error: Exception, port: str) -> DeviceError:
    """What a failure to open `port` means."""
    code = _code(error)
    if code in _IN_USE:
        return DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{port} is held by another program")
    if code in _NOT_ALLOWED or isinstance(error, ValueError):
        return DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{port}: {error}")
    return DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{port}: {error}")


class Port:
    """An open byte pipe. All methods raise `DeviceError` (UNPLUGGED) when the line breaks; deadlines are `time.monotonic()` seconds."""

    def __init__(self, settings: SerialSettings, waker: Waker) -> None:
        """Open it; raises `DeviceError` (UNPLUGGED where there is no such port, NOT_CONFIGURED where it is in use or not allowed)."""
        self._name = settings.port
        self._waker = waker
        try:
            self._serial = serial.serial_for_url(settings.port, baudrate=settings.baud, timeout=0, exclusive=True)
            self._fd = _fileno(self._serial)
            if self._fd is None:
                self._serial.timeout = _SLICE
            else:
                self._serial.write_timeout = 0
        except (*BROKEN, ValueError) as error:
            raise _open_error(error, self._name) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def read(self, deadline: float) -> bytes:
        """What has arrived, as soon as there is any; empty when the deadline passed or the waker was set."""
        try:
            if self._fd is None:
                return self._read_slices(deadline)
            ready = _poll({self._fd: select.POLLIN, self._waker.fileno(): select.POLLIN}, deadline - time.monotonic())
            return self._serial.read(_CHUNK) if self._fd in ready else b""
        except BROKEN as error:
            raise self._broken(error) from error

    def write(self, data: bytes, deadline: float) -> int:
        """Hand over as much as the line takes now; how many bytes: 0 when the deadline passed or the waker was set first."""
        try:
            if self._fd is None:
                return self._serial.write(data[:_CHUNK]) or 0
            ready = _poll({self._fd: select.POLLOUT, self._waker.fileno(): select.POLLIN}, deadline - time.monotonic())
            return (self._serial.write(data[:_CHUNK]) or 0) if self._fd in ready else 0
        except BROKEN as error:
            raise self._broken(error) from error

    def rest(self, deadline: float) -> None:
        """Wait without reading, until the deadline passed, the waker was set, or the line broke."""
        if self._fd is None:
            self._waker.wait(deadline - time.monotonic())
            return
        ready = _poll({self._fd: select.POLLRDHUP, self._waker.fileno(): select.POLLIN}, deadline - time.monotonic())
        if self._fd in ready:
            raise DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{self._name}: hung up")

    def drain(self) -> bytes:
        """Take what has arrived so far, without waiting."""
        taken = bytearray()
        try:
            while len(taken) < _DRAIN_LIMIT and (data := self._read_now()):
                taken += data
        except BROKEN as error:
            raise self._broken(error) from error
        return bytes(taken)

    def close(self) -> None:
        """Close it and forget what is not sent yet; a line that is broken already is no error here."""
        # Without the flush the kernel may hold the close for 30 s while it waits for a device that takes no bytes.
        for step in (self._serial.reset_output_buffer, self._serial.close):
            try:
                step()
            except BROKEN:
                continue

    def _broken(self, error: Exception) -> DeviceError:
        return DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{self._name}: {error}")

    def _read_now(self) -> bytes:
        if self._fd is None:
            return self._serial.read(self._serial.in_waiting) if self._serial.in_waiting else b""
        return self._serial.read(_CHUNK)

    def _read_slices(self, deadline: float) -> bytes:
        while True:
            if data := self._serial.read(max(1, self._serial.in_waiting)):
                return data
            if self._waker.wait(0) or time.monotonic() >= deadline:
                return b""


def _code(error: BaseException) -> int | None:
    """The errno behind what pyserial raised; termios.error, which it wraps, has it as its first argument only."""
    cause = error.__context__ if isinstance(error.__context__, termios.error) else error
    code = cause.args[0] if isinstance(cause, termios.error) and cause.args else getattr(cause, "errno", None)
    return code if isinstance(code, int) else None


def _fileno(port: serial.Serial) -> int | None:
    try:
        return port.fileno()
    except (AttributeError, OSError):
        return None


def _poll(wanted: dict[int, int], seconds: float) -> dict[int, int]:
    poller = select.poll()
    for fd, events in wanted.items():
        poller.register(fd, events)
    return {fd: events for fd, events in poller.poll(max(0.0, seconds) * 1000) if events & (wanted[fd] | _HANG_UP)}
