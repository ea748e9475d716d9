"""The printer's side of HTTP: one request, one answer, then the connection is closed (RFC 9112)."""

import select
import socket
from typing import NamedTuple

_PATIENCE = 2.0  # s for a host to go on with what it has begun
_MOST = 64 << 20  # bytes of a request
_CHUNK = 65536


class Request(NamedTuple):
    """What was posted."""

    path: str
    body: bytes


class Connection:
    """A host that has connected."""

    def __init__(self, host: socket.socket) -> None:
        self.host = host
        self._data = b""

    def request(self) -> Request | None:
        """The host's request; None when it does not send a whole one."""
        self.host.settimeout(_PATIENCE)
        try:
            head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
            fields = {name.strip().lower(): value.strip().lower() for name, _, value in (line.partition(":") for line in head[1:])}
            if fields.get("expect") == "100-continue":
                self.host.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            body = self._chunks() if fields.get("transfer-encoding") == "chunked" else self._exactly(int(fields.get("content-length", "0")))
            return Request(head[0].split(" ")[1], body)
        except (OSError, ValueError, IndexError):
            return None

    def write(self, data: bytes) -> None:
        """Send to the host; what it does not take is lost."""
        try:
            self.host.sendall(data)
        except OSError:
            return

    def wait(self, seconds: float) -> None:
        """Do nothing for a while, unless the host leaves."""
        select.select([self.host], [], [], seconds)

    @property
    def left(self) -> bool:
        """Whether the host has hung up."""
        ready, _, _ = select.select([self.host], [], [], 0)
        try:
            return bool(ready) and not self.host.recv(1)
        except OSError:
            return True

    def close(self) -> None:
        """Hang up."""
        self.host.close()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._data:
            self._more()
        taken, _, self._data = self._data.partition(mark)
        return taken

    def _exactly(self, size: int) -> bytes:
        if size > _MOST:
            raise ValueError
        parts = [self._data]
        have = len(self._data)
        while have < size:
            self._data = b""
            self._more()
            parts.append(self._data)
            have += len(self._data)
        data = b"".join(parts)
        self._data = data[size:]
        return data[:size]

    def _chunks(self) -> bytes:
        parts: list[bytes] = []
        while size := int(self._until(b"\r\n"), 16):
            parts.append(self._exactly(size))
            self._until(b"\r\n")
        return b"".join(parts)

    def _more(self) -> None:
        if not (data := self.host.recv(_CHUNK)):
            raise OSError
        self._data += data


def answer(status: str, body: bytes = b"", kind: str = "application/ipp") -> bytes:
    """An answer as bytes."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode("ascii") + body
