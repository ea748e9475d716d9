"""A brake on guessing: wrong answers are counted per number asked about and per terminal, known or unknown number alike.

Counts live in the database, so neither a restart nor a second process forgets them; numbers are kept as HMAC only.
"""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from math import ceil

from sqlalchemy import Connection, delete, select, update

from kiosk.office.access import Terminal
from kiosk.office.database import upsert
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.tables import lookup_guards
from kiosk.office.tokens import token


@dataclass(frozen=True, slots=True)
class Limit:
    """So many wrong answers within this time, and no answer is given until the oldest of them is over."""

    wrong: int
    within: timedelta


PER_NUMBER = Limit(5, timedelta(minutes=15))
PER_TERMINAL = Limit(20, timedelta(minutes=10))
_FORGET = timedelta(days=1)


class Guard:
    """The brake for one question; used inside one write transaction, which it makes wait for others about the same number.

    `about` says what the number is of; numbers of different things are counted apart.
    """

    def __init__(self, office: Office, connection: Connection, terminal: Terminal, number: str, *, about: str = "case") -> None:
        self._connection = connection
        self._moment = office.clock()
        self._now = self._moment.timestamp()
        self._limits = {
            f"{about}:{token(office.secret, 'guard', number)}": PER_NUMBER,
            f"terminal:{terminal.code}": PER_TERMINAL,
        }
        self._failures = {key: self._load(key, limit) for key, limit in sorted(self._limits.items())}

    def check(self) -> None:
        """ProblemError `rate_limited` with the seconds to wait, where a limit is reached."""
        waits = [
            failures[-limit.wrong] + limit.within.total_seconds() - self._now
            for key, limit in self._limits.items()
            if len(failures := self._failures[key]) >= limit.wrong
        ]
        if waits:
            raise ProblemError(HTTPStatus.TOO_MANY_REQUESTS, "rate_limited", retry_after=max(1, ceil(max(waits))))

    def wrong(self) -> None:
        """Count a wrong answer, and forget counts long over."""
        # those held by another transaction are left: two that waited for each other would both be given up
        old = select(lookup_guards.c.key).where(lookup_guards.c.used < self._moment - _FORGET).with_for_update(skip_locked=True)
        self._connection.execute(delete(lookup_guards).where(lookup_guards.c.key.in_(old)))
        for key, failures in self._failures.items():
            change = update(lookup_guards).where(lookup_guards.c.key == key)
            self._connection.execute(change.values(failures=[*failures, self._now], used=self._moment))

    def _load(self, key: str, limit: Limit) -> list[float]:
        row = upsert(self._connection, lookup_guards).values(key=key, failures=[], used=self._moment)
        self._connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"used": row.excluded.used}))
        query = select(lookup_guards.c.failures).where(lookup_guards.c.key == key)
        since = self._now - limit.within.total_seconds()
        return [at for at in self._connection.execute(query).scalar_one() if at > since]
