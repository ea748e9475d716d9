"""A clerk's hand on their window: every act at a desk is one short transaction that holds the window first, then a ticket.

So two acts at one window wait for each other, and of two clerks who reach for one ticket the second gets the next one, or is told
that it has changed. Nobody skips a ticket that is held for a moment: it might be the one who waits longest. Windows are held before
tickets everywhere, hence nobody waits in a circle.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Never

from sqlalchemy import Connection, Row, select

from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.clerks import Seat
from kiosk.office.queue.days import changing
from kiosk.office.queue.order import IN_HAND
from kiosk.office.queue.rules import Rules, rules_of
from kiosk.office.tables import counter_services, counters, ticket_calls, tickets

_NUMBER = re.compile(r"([A-Z]{1,4})([0-9]{3,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A window that is held by this transaction; `row` is the window's."""

    office: Office
    connection: Connection
    seat: Seat
    row: Row[Any]
    now: datetime
    rules: Rules

    @property
    def is_open(self) -> bool:
        """Whether the window calls tickets."""
        return self.row.switched_on and not (self.row.break_until is not None and self.row.break_until > self.now)

    def in_hand(self) -> Row[Any] | None:
        """The ticket that was called to this window or is served at it."""
        today = (tickets.c.hall == self.seat.hall, tickets.c.day == self.now.date())
        here = (tickets.c.counter == self.seat.counter, tickets.c.state.in_(IN_HAND))
        return self.connection.execute(select(tickets).where(*today, *here)).one_or_none()

    def held(self, ticket: str = "") -> Row[Any]:
        """The ticket in hand; refused `no_ticket` where there is none, `wrong_state` where it is not the `ticket` that is meant."""
        row = self.in_hand()
        if row is None:
            refuse("no_ticket")
        if ticket and row.id != self.ticket(ticket).id:
            refuse("wrong_state")
        return row

    def ticket(self, ticket: str) -> Row[Any]:
        """A ticket of the hall's day by id or number, held; ProblemError `not_found`."""
        number = _NUMBER.fullmatch(ticket)
        named = (tickets.c.prefix == number[1], tickets.c.seq == int(number[2])) if number else (tickets.c.id == ticket,)
        today = (tickets.c.hall == self.seat.hall, tickets.c.day == self.now.date())
        row = self.connection.execute(select(tickets).where(*today, *named).with_for_update()).one_or_none()
        if row is None:
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
        return row

    def must_be_free(self) -> None:
        """Refused `window_closed` or `ticket_in_hand` where nobody may be called now."""
        if not self.is_open:
            refuse("window_closed")
        if self.in_hand() is not None:
            refuse("ticket_in_hand")

    def log_call(self, ticket: str, call: int) -> None:
        """Have the displays call the ticket to this window, the first time or again."""
        values = {"ticket": ticket, "hall": self.seat.hall, "day": self.now.date(), "counter": self.seat.counter}
        self.connection.execute(ticket_calls.insert().values(**values, clerk=self.seat.clerk, called=self.now, call=call))


@contextmanager
def at_desk(office: Office, seat: Seat) -> Iterator[Desk]:
    """Hold the window of the seat for one act; ProblemError `unauthorised` where somebody else sits there by now."""
    with changing(office, seat.hall) as connection:
        this = (counters.c.hall == seat.hall, counters.c.code == seat.counter)
        row = connection.execute(select(counters).where(*this).with_for_update()).one()
        if row.clerk != seat.clerk:
            raise ProblemError(HTTPStatus.UNAUTHORIZED, "unauthorised")
        rules = rules_of(connection, seat.hall)
        yield Desk(office=office, connection=connection, seat=seat, row=row, now=office.now(), rules=rules)


def serves(connection: Connection, seat: Seat) -> tuple[str, ...]:
    """Codes of the services the window has and the clerk may serve."""
    here = (counter_services.c.hall == seat.hall, counter_services.c.counter == seat.counter)
    codes = connection.execute(select(counter_services.c.service).where(*here).order_by(counter_services.c.service)).scalars()
    return tuple(code for code in codes if not seat.allowed or code in seat.allowed)


def refuse(code: str, *, retry_after: int | None = None) -> Never:
    """Refuse an act as it stands against how things are: 409."""
    raise ProblemError(HTTPStatus.CONFLICT, code, retry_after=retry_after)
