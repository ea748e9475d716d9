"""Commands on their way from any thread to a device's own."""

import threading
from collections import deque

from drivers.contract import Command
from drivers.line import Waker


class Stopping(Exception):  # noqa: N818 - not an error: the order to leave
    """The device is being stopped; a driver lets it pass."""


class Inbox:
    """Commands on their way from any thread to the device's own."""

    def __init__(self) -> None:
        self.waker = Waker()
        self._lock = threading.Lock()
        self._commands: deque[Command] = deque()
        self._closed = False
        self._leaving = False

    def put(self, command: Command) -> None:
        """Add a command and wake the device; after `close` it is dropped."""
        with self._lock:
            if not self._closed:
                self._commands.append(command)
                self.waker.set()

    def take(self) -> list[Command]:
        """All that has come since the last time; raises `Stopping` once closed and empty."""
        with self._lock:
            self.waker.clear()
            taken = list(self._commands)
            self._commands.clear()
            if self._closed and not taken and not self._leaving:
                self.waker.set()
                raise Stopping
            return taken

    def close(self) -> None:
        """Take no more commands and wake the device for the last time."""
        with self._lock:
            self._closed = True
            self.waker.set()

    def leave_in_peace(self) -> None:
        """The order to leave has been heard: from now on it ends no wait."""
        with self._lock:
            self._leaving = True
            self.waker.clear()

    def dispose(self) -> None:
        """Give the waker's file descriptor back, once nobody waits any more."""
        with self._lock:
            self._closed = True
            self.waker.close()
