"""The device's end of a network line: a TCP port on loopback that stays the same over every re-plug.

A model that has `serve(listener, state)` in place of `run(wire, state)` lives on one. The address stands in `DIR/address`.
"""

import os
import select
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from drivers.bench.state import bell, quiet


class Listener:
    """A listening socket; `parent` is a file descriptor whose end of file means that nobody needs the device any more."""

    def __init__(self, folder: Path, parent: int | None = None) -> None:
        """Bind the port of the last time, or any, and write it down; raises `OSError` when somebody else has taken it."""
        self.folder = folder
        self._parent = parent
        self._bell = bell(folder)
        self._file = folder / "address"
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", _port(self._file)))
        self.socket.listen(8)
        host, port = self.socket.getsockname()
        self._file.write_text(f"{host}:{port}", encoding="ascii")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def accept(self, seconds: float) -> socket.socket | None:
        """The next host that connects; None when none came in time, or somebody changed the state meanwhile.

        Raises `SystemExit` when the device is not needed any more.
        """
        watched: list[Any] = [self.socket, self._bell] if self._parent is None else [self.socket, self._bell, self._parent]
        ready, _, _ = select.select(watched, [], [], seconds)
        if self._parent in ready:
            raise SystemExit(0)
        if self._bell in ready:
            quiet(self._bell)
        if self.socket not in ready:
            return None
        connection, _ = self.socket.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def leave_with_parent(self) -> None:
        """For models that wait elsewhere: end this process, in whatever it does, once it is not needed any more."""
        if self._parent is not None:
            threading.Thread(target=self._watch, args=(self._parent,), name="parent-watch", daemon=True).start()

    def close(self) -> None:
        """Pull the plug."""
        os.close(self._bell)
        self.socket.close()

    def _watch(self, parent: int) -> None:
        select.select([parent], [], [])
        os._exit(0)


def _port(file: Path) -> int:
    try:
        return int(file.read_text(encoding="ascii").rpartition(":")[2])
    except FileNotFoundError:
        return 0
