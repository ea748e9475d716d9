"""The log of what tickets went through, and the one way in which a ticket changes its state.

A span of the log has an end when the next begins; `became` says into what. How long services take is reckoned from it.
"""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, literal, select, update

from kiosk.backend.messages import TicketState
from kiosk.office.problems import ProblemError
from kiosk.office.tables import ticket_periods, tickets

LIVE = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.PARKED, TicketState.MISSED)
ENDS = (TicketState.FINISHED, TicketState.LEFT, TicketState.EXPIRED)
RECENT = 20  # finished tickets of a service whose times make its average
_WIPED = {"park_reason": None}  # what clerks wrote for the time a ticket was open

# Statements of every ticket and look are made once: making them takes longer than the database does.
_BEGIN = ticket_periods.insert()
_SERVING = (
    ticket_periods.c.hall == bindparam("hall"),
    ticket_periods.c.service == bindparam("service"),
    ticket_periods.c.state == TicketState.SERVING,
)
_LAST_FINISHED = (
    select(ticket_periods.c.ticket)
    .where(*_SERVING, ticket_periods.c.became == TicketState.FINISHED)
    .order_by(ticket_periods.c.ended.desc())
    .limit(RECENT)
)
_RECENT_SPANS = select(ticket_periods.c.ticket, ticket_periods.c.began, ticket_periods.c.ended).where(
    *_SERVING, ticket_periods.c.ended.is_not(None), ticket_periods.c.ticket.in_(_LAST_FINISHED.scalar_subquery())
)


def begin(connection: Connection, row: Row[Any], now: datetime) -> None:
    """Log that the ticket has the state of this row from now on."""
    values = {"ticket": row.id, "hall": row.hall, "service": row.service, "state": row.state, "began": now}
    connection.execute(_BEGIN, {**values, "counter": row.counter, "clerk": row.clerk})


def move(
    connection: Connection, row: Row[Any], to: TicketState, now: datetime, *, became: TicketState | None = None, **changes: object
) -> None:
    """Bring the ticket from the state of this row to another, with other changes of its columns.

    `became` is what the log says its span ended as, where that is another state than the next. ProblemError `wrong_state` if the
    ticket is not in the row's state any more: somebody else was faster, and nothing is changed.
    """
    wiped = _WIPED if to in ENDS else {}
    change = update(tickets).where(tickets.c.id == row.id, tickets.c.state == row.state)
    moved = connection.execute(change.values(state=to, **wiped, **changes).returning(tickets)).one_or_none()
    if moved is None:
        raise ProblemError(HTTPStatus.CONFLICT, "wrong_state")
    _end(connection, [row.id], became or to, now)
    if to not in ENDS:
        begin(connection, moved, now)


def move_all(connection: Connection, which: Iterable[str], to: TicketState, now: datetime) -> None:
    """Bring these tickets to another state, whatever theirs is; the caller holds them."""
    ids = list(which)
    if not ids:
        return
    wiped = _WIPED if to in ENDS else {}
    connection.execute(update(tickets).where(tickets.c.id.in_(ids)).values(state=to, counter=None, clerk=None, **wiped))
    _end(connection, ids, to, now)
    if to not in ENDS:
        columns = ("ticket", "hall", "service", "state", "began")
        moved = select(tickets.c.id, tickets.c.hall, tickets.c.service, tickets.c.state, literal(now, ticket_periods.c.began.type))
        connection.execute(insert(ticket_periods).from_select(columns, moved.where(tickets.c.id.in_(ids))))


def average(connection: Connection, hall: str, service: str, expected: float, samples: int) -> tuple[float, int]:
    """Minutes a citizen takes at a window for this service, and over how many citizens that is.

    It is the mean of the last `RECENT` that were finished; as long as there are fewer, the `expected` minutes (which rest on
    `samples` citizens) stand for the missing ones, so that the first long case of a year does not frighten everybody.
    """
    seconds: dict[str, float] = {}
    for ticket, began, ended in connection.execute(_RECENT_SPANS, {"hall": hall, "service": service}):
        seconds[ticket] = seconds.get(ticket, 0.0) + (ended - began).total_seconds()
    missing = max(0, RECENT - len(seconds))
    return (sum(seconds.values()) / 60 + missing * expected) / (missing + len(seconds)), samples + len(seconds)


def spent(connection: Connection, ticket: str, state: TicketState, now: datetime) -> float:
    """Minutes the ticket has been in this state so far, all spans together."""
    query = select(ticket_periods.c.began, func.coalesce(ticket_periods.c.ended, literal(now, ticket_periods.c.began.type)))
    spans = connection.execute(query.where(ticket_periods.c.ticket == ticket, ticket_periods.c.state == state)).all()
    minutes: float = sum(max(0.0, (ended - began).total_seconds()) for began, ended in spans) / 60
    return minutes


def _end(connection: Connection, ids: Iterable[str], became: TicketState, now: datetime) -> None:
    """A clock that was set back makes a span of no length, never one of less."""
    moment = literal(now, ticket_periods.c.began.type)
    latest = func.max if connection.dialect.name == "sqlite" else func.greatest
    still_open = (ticket_periods.c.ticket.in_(list(ids)), ticket_periods.c.ended.is_(None))
    connection.execute(update(ticket_periods).where(*still_open).values(ended=latest(ticket_periods.c.began, moment), became=became))
