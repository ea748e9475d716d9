"""A byte pipe to a device, opened by URL.

`socket://host:port` is `drivers.tcp`, `usb://vid:pid` is `drivers.usb_line`; all else goes to pyserial: a port or pty path,
`loop://`, `spy://path`, `rfc2217://host:port`. 8 data bits, 1 stop bit.

A port is opened exclusively (flock, and for what is no file of its own a `Claim`), so a second program cannot open it. Every
failure of the line leaves this module as a `DeviceError`; every wait can be ended through a `Waker`.
"""

import errno
import os
import select
import termios
import time
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import Literal, Self

import serial

from drivers.claim import Claim
from drivers.context import DeviceSettings
from drivers.errors import HELD, Action, DeviceError, Reason
from drivers.line import OpenLine, Waker
from drivers.tcp import SCHEME as TCP
from drivers.tcp import TcpLine
from drivers.usb_line import SCHEME as USB
from drivers.usb_line import UsbLine

# What pyserial raises when the line breaks: a pty whose owner died also gives raw OSError (in_waiting) and termios.error (flush).
BROKEN = (serial.SerialException, OSError, termios.error)

_CHUNK = 4096  # bytes per read or write: the size of the kernel's tty buffers
_DRAIN_LIMIT = 65536  # bytes: a socket peer that never stops sending must not hold the device for ever
_SLICE = 0.02  # s: how often pipes without a file descriptor (loop://) are looked at
_HANG_UP = select.POLLHUP | select.POLLERR | select.POLLNVAL | select.POLLRDHUP
_PARITIES = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}
_NOT_SHARED = "rfc2217://"  # what the kernel does not lock
_IN_USE = {errno.EAGAIN, errno.EBUSY}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.ENOTTY, errno.EISDIR}


class SerialSettings(DeviceSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Settings that every device on a byte pipe has: `port` is a path or URL, `baud` in bit/s.

    With `rts_cts` the device says by a wire of its own when it takes bytes. Lines that are not serial ignore all but `port`.
    """

    port: str
    baud: int = 115200
    parity: Literal["none", "even", "odd"] = "none"
    rts_cts: bool = False


def serial_line(settings: SerialSettings) -> OpenLine:
    """How a runner opens the line of these settings."""
    if settings.port.startswith(TCP):
        return partial(TcpLine, settings.port)
    if settings.port.startswith(USB):
        return partial(UsbLine, settings.port)
    return partial(Port, settings)


def _open_error(error: Exception, port: str) -> DeviceError:
    """What a failure to open `port` means."""
    code = _code(error)
    words = os.strerror(code) if code else str(error)
    if code in _IN_USE:
        return DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{port} {HELD}")
    if code in _NOT_ALLOWED or isinstance(error, ValueError):
        return DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{port}: {words}")
    return DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{port}: {words}")


class Port:
    """A byte pipe by pyserial. All methods raise `DeviceError` (UNPLUGGED) when it breaks; deadlines are `time.monotonic()` seconds."""

    def __init__(self, settings: SerialSettings, waker: Waker) -> None:
        """Open it; raises `DeviceError` (UNPLUGGED where there is no such port, NOT_CONFIGURED where it is in use or not allowed)."""
        self._name = settings.port
        self._waker = waker
        with ExitStack() as opening:
            if settings.port.startswith(_NOT_SHARED):
                opening.enter_context(Claim(settings.port))
            self._serial = _open(settings)
            self._fd = _fileno(self._serial)
            if self._fd is None:
                self._serial.timeout = _SLICE
            else:
                self._serial.write_timeout = 0
            self._claims = opening.pop_all()

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

    def set_baud(self, baud: int) -> bool:
        """Talk at another speed, in bit/s, from now on."""
        try:
            self._serial.baudrate = baud
        except BROKEN as error:
            raise self._broken(error) from error
        return True

    def modem(self, name: Literal["cts", "dsr", "cd", "ri"]) -> bool | None:
        """State of a modem line; None where the port has none (a pty, TCP)."""
        try:
            return bool(getattr(self._serial, name))
        except BROKEN:
            return None

    def close(self) -> None:
        """Close it and forget what is not sent yet; a line that is broken already is no error here."""
        beneath = getattr(self._serial, "_socket", None)  # pyserial lets go of it unclosed when the peer of rfc2217:// has gone
        # Without the flush the kernel may hold the close for 30 s while it waits for a device that takes no bytes.
        for step in (self._serial.reset_output_buffer, self._serial.close):
            try:
                step()
            except BROKEN:
                continue
        if beneath is not None:
            beneath.close()
        self._claims.close()

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


def _open(settings: SerialSettings) -> serial.Serial:
    try:
        return serial.serial_for_url(
            settings.port,
            baudrate=settings.baud,
            parity=_PARITIES[settings.parity],
            rtscts=settings.rts_cts,
            timeout=0,
            exclusive=True,
        )
    except (*BROKEN, ValueError) as error:
        raise _open_error(error, settings.port) from error


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
