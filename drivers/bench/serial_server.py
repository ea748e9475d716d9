"""The device's end of a serial line that has more than a pty: parity, modem lines, flow control. It is an RFC 2217 server on TCP.

The host opens `rfc2217://host:port`. What it has set is in the state's `line`, and the device can see and drive the modem lines.
Bytes take the time they would take on a real line at the speed that the host has set.
"""

import select
import socket
import time
from collections.abc import Callable
from typing import Any

from serial import rfc2217

from drivers.bench.network import Listener
from drivers.bench.state import State

SERIAL: dict[str, Any] = {"line": {}, "dsr": True}
"""`line` is what the host has set: baud, data bits, parity, stop bits, flow control, DTR, RTS. `dsr` is the device's own wire."""
_FRAME = 2  # start and stop bit
_SLOWEST = 1200  # bit/s: a host that sets less does not stop the bench


class Line:
    """The settings and wires of the port, as `rfc2217.PortManager` wants them."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.baudrate, self.bytesize, self.parity, self.stopbits = 9600, 8, "N", 1
        self.rtscts = self.xonxoff = self.dtr = self.rts = self.break_condition = False
        self.ri = self.cd = False

    @property
    def cts(self) -> bool:
        """The device takes bytes."""
        return bool(self._state.now()["dsr"])

    @property
    def dsr(self) -> bool:
        """The device has power."""
        return bool(self._state.now()["dsr"])

    def reset_input_buffer(self) -> None:
        """Nothing is buffered here."""

    def reset_output_buffer(self) -> None:
        """Nothing is buffered here."""

    def seconds(self, size: int) -> float:
        """How long so many bytes are on the line."""
        return size * (self.bytesize + _FRAME + (self.parity != "N")) / max(self.baudrate, _SLOWEST)

    def told(self) -> dict[str, Any]:
        """As the state has it."""
        names = ("baudrate", "bytesize", "parity", "stopbits", "rtscts", "dtr", "rts")
        return {name: getattr(self, name) for name in names}


class Host:
    """One host that has opened the line."""

    def __init__(self, connection: socket.socket, state: State) -> None:
        self._socket = connection
        self._state = state
        self.line = Line(state)
        self._manager = rfc2217.PortManager(self.line, _Raw(connection))  # type: ignore[arg-type]  # asks for no more than they have

    def read(self, seconds: float = 0.005) -> bytes:
        """What the host sent; empty after `seconds` without a byte. Raises `ConnectionError` when it has gone."""
        self._manager.check_modem_lines()
        ready, _, _ = select.select([self._socket], [], [], seconds)
        if not ready:
            return b""
        data = self._socket.recv(4096)
        if not data:
            raise ConnectionResetError
        bytes_for_device = b"".join(self._manager.filter(data))
        if self._state.now()["line"] != self.line.told():
            self._state.set(line=self.line.told())
        self.wait(self.line.seconds(len(bytes_for_device)))
        return bytes_for_device

    def write(self, data: bytes) -> None:
        """Send to the host."""
        self.wait(self.line.seconds(len(data)))
        self._socket.sendall(b"".join(self._manager.escape(data)))

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""
        time.sleep(max(0.0, seconds))


class _Raw:
    """What the manager writes to."""

    def __init__(self, connection: socket.socket) -> None:
        self.write: Callable[[bytes], None] = connection.sendall


def serve(listener: Listener, state: State, live: Callable[[Host], None]) -> None:
    """Let one host after the other on the line; `live` is the device, and ends with `ConnectionError`."""
    listener.leave_with_parent()
    while True:
        state.now()
        connection = listener.accept(0.05)
        if connection is None:
            continue
        with connection:
            try:
                live(Host(connection, state))
            except OSError:
                continue
