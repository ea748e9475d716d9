"""The same receipt printer on the network: a raw TCP port, as port 9100 of a printer with Ethernet.

State: that of `drivers.bench.receipt_printer`. One host at a time; the next one's connection waits unheard until the first has
gone. What was received stays in the buffer when the host leaves, as it does in a printer.
"""

import select
import socket
import time

from drivers.bench import receipt_printer
from drivers.bench.network import Listener
from drivers.bench.state import State

DEFAULTS = receipt_printer.DEFAULTS
_CHUNK = 4096
_REST = 0.01  # s


def serve(listener: Listener, state: State) -> None:
    """Print until unplugged."""
    listener.leave_with_parent()
    receipt_printer.live(Connection(listener), state, listener.folder)


class Connection:
    """The host that is connected, if any."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._host: socket.socket | None = None

    def read(self, seconds: float) -> bytes:
        """What the host sent; empty after `seconds` without a byte, and while there is no host."""
        if self._host is None:
            self._host = self._listener.accept(seconds)
            return b""
        ready, _, _ = select.select([self._host], [], [], seconds)
        return self._received(self._host) if ready else b""

    def write(self, data: bytes) -> None:
        """Send to the host; what it does not take is lost."""
        if self._host is None:
            return
        try:
            self._host.send(data, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            self._left(self._host)

    def rest(self) -> None:
        """Do nothing until the host sends, or for a short while."""
        watched = self._listener.socket if self._host is None else self._host
        select.select([watched], [], [], _REST)

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""
        time.sleep(seconds)

    def _received(self, host: socket.socket) -> bytes:
        try:
            data = host.recv(_CHUNK)
        except OSError:
            data = b""
        if not data:
            self._left(host)
        return data

    def _left(self, host: socket.socket) -> None:
        host.close()
        self._host = None
