"""Numbers for the time without an office: ranges reserved while it was there, given out once each, reported when it is back."""

import threading
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import apsw
import msgspec

from kiosk.backend.messages import NumberRange, PrintState, Priority, Queue, ReportOffline, TakeTicket, Ticket

_SCHEMA = """
CREATE TABLE IF NOT EXISTS ranges(
    day TEXT NOT NULL, service TEXT NOT NULL, next INTEGER NOT NULL, last INTEGER NOT NULL, range TEXT NOT NULL,
    PRIMARY KEY (day, service)
) STRICT;
CREATE TABLE IF NOT EXISTS given(
    nonce TEXT PRIMARY KEY, service TEXT NOT NULL, language TEXT NOT NULL, day TEXT NOT NULL, number INTEGER NOT NULL,
    issued TEXT NOT NULL, printed TEXT NOT NULL, reported TEXT, priority TEXT NOT NULL DEFAULT 'none',
    UNIQUE (day, service, number)
) STRICT
"""
_BUSY_MS = 5000
PREFIX = "offline-"  # of the ids of tickets the office does not know


class Numbers:
    """Reserved ranges and the tickets given from them, in an SQLite file; safe to use from several threads.

    A number is on disk before the ticket is shown, and never given twice, whatever crashes. apsw.Error when the disk fails.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = apsw.Connection(str(path))
        self._db.set_busy_timeout(_BUSY_MS)
        self._db.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        self._db.execute(_SCHEMA)
        if not any(row[1] == "priority" for row in self._db.execute("PRAGMA table_info(given)")):  # a file of before there was one
            self._db.execute("ALTER TABLE given ADD COLUMN priority TEXT NOT NULL DEFAULT 'none'")

    def keep(self, ranges: tuple[NumberRange, ...]) -> None:
        """Keep the day's ranges. One that is known already stays as it is, with what was given from it.

        What was given on days before and is settled is forgotten.
        """
        with self._lock, self._db:
            for one in ranges:
                self._db.execute(
                    "INSERT INTO ranges(day, service, next, last, range) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (one.day.isoformat(), one.service, one.first, one.last, msgspec.json.encode(asdict(one)).decode()),
                )
                self._db.execute("DELETE FROM ranges WHERE day < ?", (one.day.isoformat(),))
                self._db.execute("DELETE FROM given WHERE day < ? AND reported IS NOT NULL", (one.day.isoformat(),))

    def queues(self, day: date) -> tuple[Queue, ...]:
        """The queues that still have numbers for `day`. Nobody knows how many wait."""
        with self._lock:
            rows = self._db.execute("SELECT range FROM ranges WHERE day = ? AND next <= last ORDER BY rowid", (day.isoformat(),)).fetchall()
        return tuple(_queue(_range(str(text))) for (text,) in rows)

    def take(self, request: TakeTicket, now: datetime) -> Ticket | None:
        """The ticket of this nonce, a new one where it has none; None where no number is left for the queue today."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                ticket = self._take(request, now)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        return ticket

    def _take(self, request: TakeTicket, now: datetime) -> Ticket | None:
        day = now.date().isoformat()
        row = self._db.execute("SELECT next, last, range FROM ranges WHERE day = ? AND service = ?", (day, request.service)).fetchone()
        if row is None:
            return None
        number, last, kept = int(str(row[0])), int(str(row[1])), _range(str(row[2]))
        known = self._db.execute("SELECT number, issued FROM given WHERE nonce = ?", (request.nonce,)).fetchone()
        if known is not None:
            return _ticket(kept, request, int(str(known[0])), datetime.fromisoformat(str(known[1])))
        if number > last:
            return None
        self._db.execute("UPDATE ranges SET next = next + 1 WHERE day = ? AND service = ?", (day, request.service))
        self._db.execute(
            "INSERT INTO given(nonce, service, language, day, number, issued, printed, priority) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (request.nonce, request.service, request.language, day, number, now.isoformat(), PrintState.PENDING, request.priority),
        )
        return _ticket(kept, request, number, now)

    def printed(self, ticket: str, state: PrintState) -> str:
        """Note what became of the paper of a ticket of ours; the id the office has given it meanwhile, "" where it has not."""
        with self._lock, self._db:
            nonce = ticket.removeprefix(PREFIX)
            self._db.execute("UPDATE given SET printed = ? WHERE nonce = ?", (state, nonce))
            row = self._db.execute("SELECT reported FROM given WHERE nonce = ?", (nonce,)).fetchone()
        return str(row[0] or "") if row else ""

    def unreported(self) -> tuple[ReportOffline, ...]:
        """What the office does not know yet, oldest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT nonce, service, language, day, number, issued, printed, priority FROM given WHERE reported IS NULL ORDER BY rowid"
            ).fetchall()
        return tuple(_report(*map(str, row)) for row in rows)

    def reported(self, nonce: str, ticket: str) -> None:
        """The office has taken it as `ticket`, or ("") has said for good that it does not."""
        with self._lock:
            self._db.execute("UPDATE given SET reported = ? WHERE nonce = ?", (ticket, nonce))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def is_ours(ticket: str) -> bool:
    """Whether a ticket of this id was given without the office."""
    return ticket.startswith(PREFIX)


def _range(text: str) -> NumberRange:
    return msgspec.json.decode(text.encode(), type=NumberRange)


def _queue(one: NumberRange) -> Queue:
    return Queue(
        code=one.service, name=one.service_name, about={}, prefix=one.prefix, where=one.where, ahead=None, wait=None, open_counters=0
    )


def _ticket(one: NumberRange, request: TakeTicket, number: int, issued: datetime) -> Ticket:
    return Ticket(
        id=PREFIX + request.nonce,
        number=f"{one.prefix}{number:03d}",
        service=one.service,
        service_name=one.service_name,
        hall_name=one.hall_name,
        where=one.where,
        issued=issued,
        ahead=0,
        wait=None,
        hours=one.hours,
        follow=one.follows[number - one.first] if number - one.first < len(one.follows) else "",
        priority=request.priority,
        offline=True,
    )


def _report(nonce: str, service: str, language: str, day: str, number: str, issued: str, printed: str, priority: str) -> ReportOffline:
    return ReportOffline(
        nonce=nonce,
        service=service,
        language=language,
        day=date.fromisoformat(day),
        number=int(number),
        issued=datetime.fromisoformat(issued),
        printed=PrintState(printed),
        priority=Priority(priority),
    )
