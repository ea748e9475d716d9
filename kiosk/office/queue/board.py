"""A hall's queue as a whole at one moment: who waits in which order, how long it takes, which windows are open, who was called."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from kiosk.backend.messages import TicketState, Words
from kiosk.office.hours import LOCAL, is_open
from kiosk.office.queue.order import IN_HAND, OF_DAY, ORDER
from kiosk.office.queue.periods import LIVE, average
from kiosk.office.queue.rules import Rules, rules_of
from kiosk.office.queue.staffing import UNSTAFFED, Window, day_calendar, staffing, windows
from kiosk.office.queue.waits import wait_range
from kiosk.office.tables import halls, services, ticket_calls, tickets

CALLS = 8  # tickets, of those called last, that displays show
_HALL = select(halls.c.name, halls.c.hours, halls.c.bands).where(halls.c.code == bindparam("hall"))
_SERVICES = select(services).where(services.c.hall == bindparam("hall")).order_by(services.c.position)
_LIVE = OF_DAY.where(tickets.c.state.in_(LIVE)).order_by(*ORDER)
_CALLS = (
    select(ticket_calls, tickets.c.prefix, tickets.c.seq, tickets.c.state)
    .join(tickets, tickets.c.id == ticket_calls.c.ticket)
    .where(ticket_calls.c.hall == bindparam("hall"), ticket_calls.c.day == bindparam("day"))
    .order_by(ticket_calls.c.id.desc())
    .limit(4 * CALLS)  # as one may be called several times
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a service goes now: its open windows, and the minutes it takes, over so many citizens."""

    open_counters: int
    minutes: float
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as displays show it; `call` is 1 for the first, then counts the recalls. `state` is the ticket's by now."""

    id: int
    ticket: str
    prefix: str
    seq: int
    counter: str
    called: datetime
    call: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """`tickets` are the rows of all that are not over, by id, those with the earliest place first.

    `line` are those that wait; `before` says of each how many are before it in its queue.
    """

    hall: str
    name: Words
    hours: Words
    open_now: bool
    at: datetime
    rules: Rules
    services: Mapping[str, Row[Any]]  # by code, in their order
    paces: Mapping[str, Pace]  # by service; none where they were not asked for
    windows: tuple[Window, ...]
    tickets: Mapping[str, Row[Any]]
    line: tuple[Row[Any], ...]
    before: Mapping[str, int]
    lengths: Mapping[str, int]  # how many wait, by prefix
    waiting: Mapping[str, int]  # how many wait, by service
    in_hand: Mapping[str, Row[Any]]  # what was called or is served, by window
    calls: tuple[Call, ...]  # newest first

    def wait(self, service: str, ahead: int) -> tuple[int, int] | None:
        """Minutes one waits for the service with so many before one; None when no window is open. KeyError without paces."""
        pace = self.paces[service]
        return wait_range(ahead, pace.open_counters, pace.minutes, pace.samples)


def load_board(connection: Connection, hall: str, now: datetime, *, paces: bool = True) -> Board | None:
    """The hall's queue; None for a hall there is not. `paces` are half the work, and a desk needs none."""
    place = connection.execute(_HALL, {"hall": hall}).one_or_none()
    if place is None:
        return None
    standing = windows(connection, hall, now)
    offered = {row.code: row for row in connection.execute(_SERVICES, {"hall": hall})}
    live = {row.id: row for row in connection.execute(_LIVE, {"hall": hall, "day": now.date()})}
    line = tuple(row for row in live.values() if row.state == TicketState.WAITING)
    before: dict[str, int] = {}
    lengths: dict[str, int] = {}
    for row in line:
        prefix = offered[row.service].prefix
        before[row.id] = lengths.get(prefix, 0)
        lengths[prefix] = before[row.id] + 1
    return Board(
        hall=hall,
        name=place.name,
        hours=place.hours,
        open_now=is_open(place.bands, now, day_calendar(connection, now)),
        at=now,
        rules=rules_of(connection, hall),
        services=offered,
        paces=_paces(connection, hall, standing, offered) if paces else {},
        windows=standing,
        tickets=live,
        line=line,
        before=before,
        lengths=lengths,
        waiting=Counter(row.service for row in line),
        in_hand={row.counter: row for row in live.values() if row.state in IN_HAND},
        calls=_calls(connection, hall, now),
    )


def _paces(connection: Connection, hall: str, standing: tuple[Window, ...], offered: Mapping[str, Row[Any]]) -> Mapping[str, Pace]:
    staffed = staffing(connection, hall, standing)
    return {
        code: Pace(staffed.get(code, UNSTAFFED).open_counters, *average(connection, hall, code, row.minutes, row.samples))
        for code, row in offered.items()
    }


def _calls(connection: Connection, hall: str, now: datetime) -> tuple[Call, ...]:
    """The newest call of each ticket, so that nobody's number is crowded out by the recalls of another."""
    newest: dict[str, Row[Any]] = {}
    for row in connection.execute(_CALLS, {"hall": hall, "day": now.date()}):
        newest.setdefault(row.ticket, row)
    return tuple(
        Call(
            id=row.id,
            ticket=row.ticket,
            prefix=row.prefix,
            seq=row.seq,
            counter=row.counter,
            called=row.called.astimezone(LOCAL),
            call=row.call,
            state=row.state,
        )
        for row in islice(newest.values(), CALLS)
    )
