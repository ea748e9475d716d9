"""HTTP POST to a printer or a print queue (RFC 8010, 4): each request on a connection of its own.

The bytes travel through the runner's link, so a stop ends every wait at once, the time for an answer is a limit for all of it and
not for each byte, and a recording keeps nothing but lengths. What HTTP says is read by the standard library.
"""

import io
import ipaddress
import select
import socket
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse, RemoteDisconnected
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from drivers.claim import Claim
from drivers.errors import Action, DeviceError, Reason
from drivers.line import Waker
from drivers.link import Link

_PORT = 631
_CHUNK = 65536  # bytes per read or write
_MOST = 1 << 20  # bytes of a reply: a queue with hundreds of jobs stays far below
_ALL = _MOST + (1 << 18)  # bytes with all that HTTP says around it
_HANG_UP = select.POLLHUP | select.POLLERR | select.POLLNVAL
_TYPE = "application/ipp"
_REFUSALS = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.UPGRADE_REQUIRED,  # only with TLS
}


class Place(NamedTuple):
    """Where a printer or a queue listens."""

    url: str
    host: str
    port: int
    path: str


Post = Callable[[Place, Sequence[bytes]], bytes]


def place(url: str) -> Place:
    """What the URL says; raises `DeviceError` (NOT_CONFIGURED).

    A name other than `localhost` is refused: to look it up would hold the device for as long as a name server is away.
    """
    try:
        parts = urlsplit(url)
        host = "127.0.0.1" if parts.hostname == "localhost" else str(ipaddress.ip_address(parts.hostname or ""))
        port = parts.port or _PORT
    except ValueError as error:
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{url}: {error}") from error
    if parts.scheme != "ipp":
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"{url}: only ipp://")
    path = parts.path or "/"
    return Place(f"ipp://{parts.netloc}{path}", host, port, path)


class HttpLine:
    """The line under the link: one connection at a time, or none. All methods but `dial` are those of `drivers.line.Line`."""

    def __init__(self, url: str, waker: Waker) -> None:
        self._claim = Claim(url)
        self._waker = waker
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.hang_up()
        self._claim.close()

    def dial(self, to: Place) -> None:
        """Begin a new connection in place of the old one; the first write waits until it is there."""
        self.hang_up()
        family = socket.AF_INET6 if ":" in to.host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.connect_ex((to.host, to.port))  # what is wrong shows at the first write

    def hang_up(self) -> None:
        """End the connection, if there is one."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def read(self, deadline: float) -> bytes:
        """What has arrived; raises also when the other side has closed the connection."""
        if (connected := self._ready(select.POLLIN, deadline)) is None:
            return b""
        try:
            data = connected.recv(_CHUNK)
        except OSError as error:
            raise _broken(error) from error
        if not data:
            raise DeviceError(Reason.UNPLUGGED, Action.CLEAR, "hung up")
        return data

    def write(self, data: bytes, deadline: float) -> int:
        """Hand over as much as the connection takes now."""
        if (connected := self._ready(select.POLLOUT, deadline)) is None:
            return 0
        try:
            return connected.send(data[:_CHUNK])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise _broken(error) from error

    def rest(self, deadline: float) -> None:
        """Wait until the deadline passed or the waker was set."""
        self._waker.wait(deadline - time.monotonic())

    def drain(self) -> bytes:
        """Nothing comes that was not asked for."""
        return b""

    def _ready(self, events: int, deadline: float) -> socket.socket | None:
        if self._socket is None:
            raise DeviceError(Reason.UNPLUGGED, Action.CLEAR, "not connected")
        poller = select.poll()
        poller.register(self._socket, events)
        poller.register(self._waker.fileno(), select.POLLIN)
        ready = dict(poller.poll(max(0.0, deadline - time.monotonic()) * 1000))
        return self._socket if ready.get(self._socket.fileno(), 0) & (events | _HANG_UP) else None


class LinkPost:
    """Posts over a link; every reply has to be there within `seconds`, and every `seconds` some of the request has to be taken."""

    def __init__(self, link: Link, line: HttpLine, seconds: float) -> None:
        self._link = link
        self._line = line
        self._seconds = seconds

    def __call__(self, to: Place, body: Sequence[bytes]) -> bytes:
        """The body of the reply.

        Raises `DeviceError`: UNPLUGGED, SILENT or GARBLED, NOT_CONFIGURED where the printer wants something else of HTTP, CANCELED
        when the running command was cancelled before all was sent.
        """
        self._line.dial(to)
        try:
            for part in (_head(to, sum(map(len, body))), *body):
                self._send(memoryview(part))
            return _answer(_Stream(self._link, time.monotonic() + self._seconds))
        finally:
            self._line.hang_up()

    def _send(self, data: memoryview) -> None:
        """A Cancel ends the sending of a document; what is short goes out whole, for it may be the Cancel."""
        document = len(data) > _CHUNK
        end = time.monotonic() + self._seconds
        while data:
            taken = self._link.send_some(data[:_CHUNK].tobytes(), max(0.0, end - time.monotonic()))
            if document:
                self._link.check()
            if taken:
                data, end = data[taken:], time.monotonic() + self._seconds
            elif time.monotonic() >= end:
                raise DeviceError(Reason.SILENT, Action.CLEAR, f"takes no bytes, {len(data)} left")


class _Stream(io.RawIOBase):
    """What comes over the link until the deadline, as a file for the standard library."""

    def __init__(self, link: Link, deadline: float) -> None:
        super().__init__()
        self._link = link
        self._deadline = deadline
        self._left = b""
        self._room = _ALL

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002 - as a socket has it
        """Itself, buffered."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as there are bytes; 0 once the other side has hung up."""
        if not self._left:
            try:
                self._left = self._link.receive(max(0.0, self._deadline - time.monotonic()))
            except DeviceError as error:
                if error.reason is Reason.UNPLUGGED:
                    return 0
                raise
            if not self._left:
                raise DeviceError(Reason.SILENT, Action.CLEAR, "no answer")
            self._room -= len(self._left)
            if self._room < 0:  # the standard library takes the chunk length -1 for "until the end"
                raise DeviceError(Reason.GARBLED, Action.CLEAR, f"HTTP: more than {_ALL} bytes")
        taken = min(len(buffer), len(self._left))
        buffer[:taken] = self._left[:taken]
        self._left = self._left[taken:]
        return taken


def _head(to: Place, length: int) -> bytes:
    host = f"[{to.host}]" if ":" in to.host else to.host
    fields = {"Host": f"{host}:{to.port}", "Content-Type": _TYPE, "Content-Length": str(length), "Connection": "close"}
    lines = [f"POST {to.path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join((*lines, "", "")).encode()


def _answer(stream: _Stream) -> bytes:
    response = HTTPResponse(stream, method="POST")  # type: ignore[arg-type]
    try:
        response.begin()
        data = response.read(_MOST + 1)
    except RemoteDisconnected as error:
        raise DeviceError(Reason.UNPLUGGED, Action.CLEAR, "hung up before an answer") from error
    except (HTTPException, ValueError) as error:
        raise DeviceError(Reason.GARBLED, Action.CLEAR, f"HTTP: {type(error).__name__}") from error
    if response.status in _REFUSALS:
        raise DeviceError(Reason.NOT_CONFIGURED, Action.CONFIGURATION, f"HTTP {response.status}")
    if response.status != HTTPStatus.OK or len(data) > _MOST or response.length:  # what is left of the promised length
        raise DeviceError(Reason.GARBLED, Action.CLEAR, f"HTTP {response.status}, {len(data)} bytes, {response.length or 0} missing")
    return data


def _broken(error: OSError) -> DeviceError:
    return DeviceError(Reason.UNPLUGGED, Action.CLEAR, error.strerror or type(error).__name__)
