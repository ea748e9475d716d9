"""The durable record of acts on the world: written before the act, closed by its outcome, looked through after a crash.

SQLite through apsw, WAL with synchronous=FULL: what `begin` returned from is on the disk. One thread uses a Journal.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import apsw

from kiosk.flow import Act

# What may be written of each kind of act: numbers and codes, never anything about the citizen.
_NOTHING: Final[frozenset[str]] = frozenset()
_ATTEMPT: Final = frozenset({"attempt"})
FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "ticket": frozenset({"service"}),
    "ticket-print": frozenset({"number", "attempt"}),
    "application": frozenset({"item"}),
    **dict.fromkeys(("booking", "booking-hold", "booking-move", "booking-cancel", "check-in", "review"), _NOTHING),
    **dict.fromkeys(("copy", "urge", "delivery", "rating", "matter-question", "matter-order", "matter-complaint"), _NOTHING),
    **dict.fromkeys(("slip-print", "booking-print", "receipt-print", "matter-print"), _ATTEMPT),
    **dict.fromkeys(("copy-print", "review-print", "guide-print"), _ATTEMPT),
}

_SCHEMA = """
CREATE TABLE IF NOT EXISTS acts (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    begun TEXT NOT NULL,
    outcome TEXT,
    ended TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS acts_open ON acts (id) WHERE outcome IS NULL;
"""


class Outcome(StrEnum):
    """What an act came to. INTERRUPTED: the terminal stopped in between and nobody knows."""

    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row: the act under its command's id."""

    id: str
    act: Act
    begun: datetime
    outcome: Outcome | None


class Journal:
    """Opens or makes the file; apsw.Error for a disk that is full, read-only or broken is the caller's to handle."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = apsw.Connection(str(path))
        self._db.set_busy_timeout(2000)
        self._db.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        self._db.execute(_SCHEMA)

    def begin(self, id_: str, act: Act, time: datetime) -> None:
        """Put the act on the disk before it is done. ValueError for a kind that is not declared, or a field that it may not keep."""
        if act.kind not in FIELDS:
            raise ValueError(f"the journal knows no act of kind {act.kind}")
        undeclared = {name for name, _ in act.detail} - FIELDS[act.kind]
        if undeclared:
            raise ValueError(f"the journal does not keep {sorted(undeclared)} of {act.kind}")
        row = (id_, act.kind, act.subject, json.dumps(dict(act.detail)), time.isoformat())
        self._db.execute("INSERT INTO acts (id, kind, subject, detail, begun) VALUES (?, ?, ?, ?, ?)", row)

    def end(self, id_: str, outcome: Outcome, time: datetime) -> None:
        """Write what the act came to; an act that has an outcome keeps it."""
        self._db.execute(
            "UPDATE acts SET outcome = ?, ended = ? WHERE id = ? AND outcome IS NULL", (outcome, time.isoformat(), id_)
        )

    def unfinished(self) -> tuple[Entry, ...]:
        """Acts without an outcome, oldest first."""
        return self._entries("WHERE outcome IS NULL")

    def entries(self) -> tuple[Entry, ...]:
        """All acts, oldest first."""
        return self._entries("")

    def _entries(self, where: str) -> tuple[Entry, ...]:
        rows = self._db.execute(f"SELECT id, kind, subject, detail, begun, outcome FROM acts {where} ORDER BY begun, rowid")  # noqa: S608
        return tuple(
            Entry(
                id=str(id_),
                act=Act(kind=str(kind), subject=str(subject), detail=tuple(json.loads(str(detail)).items())),
                begun=datetime.fromisoformat(str(begun)),
                outcome=Outcome(str(outcome)) if outcome else None,
            )
            for id_, kind, subject, detail, begun, outcome in rows
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()
