"""A byte pipe to a device on the network, `socket://host:port`: printers and converters that listen on a raw TCP port (9100 by custom).

Nothing here blocks for longer than a wait may take: connecting waits on the waker too, and a device that has vanished without a
word (cable pulled, power gone) is noticed by keep-alive after about 11 s, or 10 s after bytes that nobody acknowledges (tcp(7)).
"""

import errno
import ipaddress
import select
import socket
import struct
import time
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from drivers.claim import Claim
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Waker

SCHEME = "socket://"

_CONNECT = 3.0  # s: a lost first packet is sent again after 1 s
_GRACE = 0.2  # s that connecting goes on once it is woken: a device that is there takes less, and a stop must not wait longer
_CHUNK = 4096  # bytes per read or write
_DRAIN_LIMIT = 65536  # bytes: a peer that never stops sending must not hold the device for ever
_HANG_UP = select.POLLHUP | select.POLLERR | select.POLLNVAL | select.POLLRDHUP
_OPTIONS = (
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 5),  # s without a word before the first probe
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 2),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
    (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 10_000),  # ms
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
)
_FORGET = struct.pack("ii", 1, 0)  # SO_LINGER: what is not sent when the line is closed is not sent later


class TcpLine:
    """An open connection. All methods raise `DeviceError` (UNPLUGGED) when it breaks; deadlines are `time.monotonic()` seconds."""

    def __init__(self, url: str, waker: Waker) -> None:
        """Connect; raises `DeviceError` (UNPLUGGED where nobody answers, NOT_CONFIGURED where the address is wrong or in use)."""
        self._name = url
        self._waker = waker
        family, address = _address(url)
        with ExitStack() as opening:
            opening.enter_context(Claim(f"{SCHEME}{address[0]}:{address[1]}"))
            self._socket = opening.enter_context(socket.socket(family, socket.SOCK_STREAM | socket.SOCK_CLOEXEC))
            self._socket.settimeout(0)
            for level, option, value in _OPTIONS:
                self._socket.setsockopt(level, option, value)
            self._connect(address)
            self._opened = opening.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def read(self, deadline: float) -> bytes:
        """What has arrived, as soon as there is any; empty when the deadline passed or the waker was set."""
        return self._taken() if self._ready(select.POLLIN, deadline) else b""

    def write(self, data: bytes, deadline: float) -> int:
        """Hand over as much as the line takes now; how many bytes: 0 when the deadline passed or the waker was set first."""
        if not self._ready(select.POLLOUT, deadline):
            return 0
        try:
            return self._socket.send(data[:_CHUNK])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise self._broken(str(error)) from error

    def rest(self, deadline: float) -> None:
        """Wait without reading, until the deadline passed, the waker was set, or the line broke."""
        if self._ready(select.POLLRDHUP, deadline):
            raise self._broken("hung up")

    def drain(self) -> bytes:
        """Take what has arrived so far, without waiting."""
        taken = bytearray()
        while len(taken) < _DRAIN_LIMIT and self._ready(select.POLLIN, 0):
            taken += self._taken()
        return bytes(taken)

    def close(self) -> None:
        """Close it and forget what is not sent yet; a line that is broken already is no error here."""
        with suppress(OSError):  # closed already
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _FORGET)
        self._opened.close()

    def _connect(self, address: tuple[str, int]) -> None:
        code = self._socket.connect_ex(address)
        if code == errno.EINPROGRESS:
            self._until_connected(time.monotonic() + _CONNECT)
            code = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise self._broken(errno.errorcode.get(code, str(code)))

    def _until_connected(self, end: float) -> None:
        """A wake-up may be a command that came early, which can wait, or the order to stop, which cannot: the grace serves both."""
        if not self._ready(select.POLLOUT, end):
            connected = self._waker.wait(0) and self._ready(select.POLLOUT, min(end, time.monotonic() + _GRACE), wakes=False)
            if not connected:
                raise self._broken("nobody answers")

    def _ready(self, events: int, deadline: float, *, wakes: bool = True) -> bool:
        """Whether the socket is ready, or broken, before the deadline passed or the waker was set."""
        poller = select.poll()
        poller.register(self._socket, events)
        if wakes:
            poller.register(self._waker.fileno(), select.POLLIN)
        ready = dict(poller.poll(max(0.0, deadline - time.monotonic()) * 1000))
        return bool(ready.get(self._socket.fileno(), 0) & (events | _HANG_UP))

    def _taken(self) -> bytes:
        try:
            data = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._broken(str(error)) from error
        if not data:
            raise self._broken("closed by the other side")
        return data

    def _broken(self, detail: str) -> DeviceError:
        return DeviceError(Reason.UNPLUGGED, Action.CLEAR, f"{self._name}: {detail}")


def _address(url: str) -> tuple[socket.AddressFamily, tuple[str, int]]:
    """The address in the URL. A name is refused: to look it up would hold the device for as long as a name server is away."""
    try:
        parts = urlsplit(url)
        host = "127.0.0.1" if parts.hostname == "localhost" else ipaddress.ip_address(parts.hostname or "")
        port = parts.port
    except ValueError as error:
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{url}: {error}") from error
    if not port:
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{url}: no port number")
    family = socket.AF_INET6 if isinstance(host, ipaddress.IPv6Address) else socket.AF_INET
    return family, (str(host), port)
