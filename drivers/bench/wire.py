"""The device's end of a serial line, on a pty; `DIR/port` always leads to the host's end.

Bytes take the time they would take on a real line: both directions are paced at the baud rate the host has set, which the
master side of a pty can read back.
"""

import os
import select
import termios
import time
import tty
from pathlib import Path
from typing import NoReturn

from drivers.bench.state import bell, quiet

_BAUDS = {getattr(termios, f"B{rate}"): rate for rate in (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)}
_DEFAULT_BAUD = 115200
_BITS = 10  # start, 8 data, stop
_SLICE = 0.003  # s: pieces in which bytes travel; small against any reply time, large against the timer's jitter
_UP_TO_DATE = 0.005  # s: a transfer that begins this soon after the last one ended is taken as its continuation
_REST = 0.05  # s: so soon a device at rest sees what somebody wrote into its state file by hand
_NO_TURN = 0.25  # s: the same for bytes that were there already: a busy machine gives the device no turn, and no line gets slower by that


class Wire:
    """One open pty. Times are in seconds."""

    def __init__(self, folder: Path, parent: int | None = None) -> None:
        """Open it and lay the link; `parent` is a file descriptor whose end of file means that nobody needs the device any more."""
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self._parent = parent
        self._bell = bell(folder)
        self._just_came = False  # bytes that were not there when the device began to rest
        self._received_until = 0.0
        self._sent_until = 0.0
        self.port = folder / "port"
        _point(self.port, os.ttyname(self._slave))

    @property
    def baud(self) -> int:
        """The speed the host has set, in bit/s."""
        return _BAUDS.get(termios.tcgetattr(self._master)[5], _DEFAULT_BAUD)

    def read(self, seconds: float = 0.005) -> bytes:
        """What the host sent, as slowly as a line carries it; empty after `seconds` without a byte."""
        waiting = not self._just_came and self._readable(0.0)
        self._just_came = False
        if not waiting and not self._readable(seconds):
            return b""
        data = os.read(self._master, self._slice_size())
        self._received_until = self._travel(len(data), self._received_until, _NO_TURN if waiting else _UP_TO_DATE)
        return data

    def write(self, data: bytes) -> None:
        """Send to the host, as slowly as a line carries it. Without flow control, what does not fit into the host's buffer is lost."""
        up_to_date = _UP_TO_DATE
        while data:
            piece = data[: self._slice_size()]
            data = data[len(piece) :]
            self._sent_until = self._travel(len(piece), self._sent_until, up_to_date)
            up_to_date = _NO_TURN
            try:
                os.write(self._master, piece)
            except BlockingIOError:
                continue

    def rest(self) -> None:
        """Do nothing until the host sends or somebody changes the state, or for a short while: less work than to look all the time."""
        if self._readable(0.0):
            return
        ready = self._ready([self._master, self._bell], _REST)
        self._just_came = self._master in ready
        if self._bell in ready:
            quiet(self._bell)

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self._parent is None:
                time.sleep(left)
            elif _ready([self._parent], left):
                self._orphaned()

    def close(self) -> None:
        """Pull the plug."""
        self.port.unlink(missing_ok=True)
        os.close(self._bell)
        os.close(self._slave)
        os.close(self._master)

    def _readable(self, seconds: float) -> bool:
        return bool(self._ready([self._master], seconds))

    def _ready(self, fds: list[int], seconds: float) -> list[int]:
        ready = _ready(fds if self._parent is None else [*fds, self._parent], seconds)
        if self._parent in ready:
            self._orphaned()
        return ready

    def _orphaned(self) -> NoReturn:
        raise SystemExit(0)

    def _slice_size(self) -> int:
        return max(1, int(_SLICE * self.baud / _BITS))

    def _travel(self, size: int, last: float, up_to_date: float) -> float:
        now = time.monotonic()
        start = last if now - last < up_to_date else now
        end = start + size * _BITS / self.baud
        if end > now:
            time.sleep(end - now)
        return end


def _ready(fds: list[int], seconds: float) -> list[int]:
    poller = select.poll()
    for fd in fds:
        poller.register(fd, select.POLLIN)
    return [fd for fd, _ in poller.poll(max(0.0, seconds) * 1000)]


def _point(link: Path, target: str) -> None:
    fresh = link.with_name(f".{link.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)
