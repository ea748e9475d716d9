"""The boards of halls for those who watch: read once after a change, however many watch."""

import threading
import time
from dataclasses import dataclass, field

from kiosk.office.office import Office
from kiosk.office.queue.board import Board, load_board
from kiosk.office.queue.days import looking

_FRESH_SECONDS = 5  # a board also changes by the clock alone: breaks end, halls close


@dataclass(slots=True)
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    board: Board | None = None
    revision: int = -1
    read: float = 0.0


class Boards:
    """The newest board of each hall; safe to use from several threads."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._kept: dict[str, _Kept] = {}

    def newest(self, hall: str) -> Board:
        """The board of a hall there is, with everything in it that the bus has told of."""
        kept = self._kept.setdefault(hall, _Kept())
        with kept.lock:
            revision = self._office.live.revision(hall)  # before reading, so that what changes meanwhile is read again
            stale = time.monotonic() - kept.read > _FRESH_SECONDS
            if kept.board is None or kept.revision != revision or stale:
                with looking(self._office, hall) as connection:
                    kept.board = load_board(connection, hall, self._office.now())
                kept.revision, kept.read = revision, time.monotonic()
            assert kept.board is not None  # noqa: S101 - the hall exists
            return kept.board
