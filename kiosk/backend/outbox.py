"""Reports that must reach the office in the end: kept on disk until it has answered them, over restarts and black-outs."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from kiosk.backend.messages import PrintState, ReportPrint

_SCHEMA = """
CREATE TABLE IF NOT EXISTS print_reports(
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    state TEXT NOT NULL,
    UNIQUE(ticket, attempt)
) STRICT
"""
_BUSY_MS = 5000


@dataclass(frozen=True, slots=True)
class Kept:
    """A report in the outbox; `place` is its turn."""

    place: int
    report: ReportPrint


class Outbox:
    """A queue of print reports in an SQLite file; safe to use from several threads. apsw.Error when the disk fails."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = apsw.Connection(str(path))
        self._db.set_busy_timeout(_BUSY_MS)
        self._db.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        self._db.execute(_SCHEMA)

    def put(self, report: ReportPrint) -> None:
        """Keep a report; on disk when this returns. The same ticket and attempt is kept once, as it was first said."""
        with self._lock:
            self._db.execute(
                "INSERT OR IGNORE INTO print_reports(ticket, attempt, state) VALUES (?, ?, ?)",
                (report.ticket, report.attempt, str(report.state)),
            )

    def waiting(self) -> tuple[Kept, ...]:
        """All reports in the order they were put."""
        with self._lock:
            rows = self._db.execute("SELECT place, ticket, attempt, state FROM print_reports ORDER BY place").fetchall()
        return tuple(_kept(*row) for row in rows)

    def done(self, kept: Kept) -> None:
        """Forget a report that the office answered."""
        with self._lock:
            self._db.execute("DELETE FROM print_reports WHERE place = ?", (kept.place,))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def _kept(place: Any, ticket: Any, attempt: Any, state: Any) -> Kept:  # noqa: ANN401 the table is STRICT, so they are what it says
    return Kept(place, ReportPrint(ticket=ticket, attempt=attempt, state=PrintState(state)))
