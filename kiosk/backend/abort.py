"""Ending an HTTP request from outside: at its total deadline, or because nobody wants the answer any more.

A read time-out alone would not do: a server that sends a byte now and then never runs into it. So the request's sockets
are shut down. They are held as duplicates, because TLS takes the original over.
"""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self


class Deadline:
    """One try's limit of `seconds`; used as a context around it."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(max(seconds, 0), self._expire)
        self._timer.name = "office-deadline"
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._over = False
        self.expired = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()
        self._timer.join()
        with self._lock:
            for one in self._sockets:
                one.close()
            self._sockets.clear()

    def watch(self, connected: socket.socket) -> None:
        """Take a new socket of the request under the limit."""
        with self._lock:
            self._sockets.append(connected.dup())
        if self._over:
            self.abort()

    def abort(self) -> None:
        """End the request now, from any thread."""
        self._over = True
        with self._lock:
            for one in self._sockets:
                with suppress(OSError):  # the other side was quicker
                    one.shutdown(socket.SHUT_RDWR)

    def _expire(self) -> None:
        self.expired = True
        self.abort()


class Abort:
    """Handle to give a request up from another thread, whichever of its tries is running."""

    def __init__(self) -> None:
        self.aborted = threading.Event()
        self._lock = threading.Lock()
        self._deadline: Deadline | None = None

    def abort(self) -> None:
        """End the request; it raises BackendError soon."""
        with self._lock:
            self.aborted.set()
            if self._deadline:
                self._deadline.abort()

    def begin(self, deadline: Deadline | None) -> None:
        """Name the try now running, or that none is."""
        with self._lock:
            self._deadline = deadline
            if deadline and self.aborted.is_set():
                deadline.abort()
