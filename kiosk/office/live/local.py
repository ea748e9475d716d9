"""Changes between the office's processes over one SQLite file, which are on one machine: each listens at a socket beside the file."""

import logging
import socket
import threading
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

_PATIENCE_SECONDS = 0.05  # with a neighbour whose socket is full
_LONGEST = 64  # bytes of a hall's code
_log = logging.getLogger("kiosk.office.live")


class LocalRelay:
    """Carries changes to the other processes of the office, and has theirs `heard`. What one cannot take, its heartbeat brings."""

    def __init__(self, database: Path, heard: Callable[[str | None], None]) -> None:
        self._folder = database.with_name(f"{database.name}-live")
        self._mine = self._folder / uuid.uuid4().hex[:8]  # short, as the path of a socket has 108 bytes at the most
        self._heard = heard
        self._thread: threading.Thread | None = None

    def tell(self, hall: str) -> None:
        """Tell the other processes; returns at once."""
        for other in self._folder.glob("*"):
            if other != self._mine:
                _send(other, hall.encode())

    def start(self) -> None:
        """Begin to listen."""
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            listening.bind(str(self._mine))
        except OSError as error:
            listening.close()
            _log.warning("no live news from other processes: %s", type(error).__name__)
            return
        self._thread = threading.Thread(target=self._listen, args=(listening,), name="office-live")
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        if self._thread is not None:
            _send(self._mine, b"", None)
            self._thread.join()
            self._thread = None
            self._mine.unlink(missing_ok=True)

    def _listen(self, listening: socket.socket) -> None:
        with closing(listening):
            while hall := listening.recv(_LONGEST):
                self._heard(hall.decode(errors="replace"))


def _send(to: Path, said: bytes, seconds: float | None = _PATIENCE_SECONDS) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender, suppress(OSError):
        sender.settimeout(seconds)
        try:
            sender.sendto(said, str(to))
        except ConnectionRefusedError:  # its process ended without a word
            to.unlink(missing_ok=True)
