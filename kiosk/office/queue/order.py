"""The order of a queue: by place, then by who came first.

Services with one prefix are one queue for whoever waits, as they share windows; a ticket that was sent to another service stands
in that one's queue with its old number.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, tuple_

from kiosk.backend.messages import TicketState
from kiosk.office.tables import services, ticket_periods, tickets

IN_HAND = (TicketState.CALLED, TicketState.SERVING)
ORDER = (tickets.c.effective, tickets.c.issued, tickets.c.seq, tickets.c.id)
_SINCE = (ticket_periods.c.ticket == tickets.c.id) & ticket_periods.c.ended.is_(None)

# The tickets of "hall" and "day", each with the moment `since` when it is in its state.
OF_DAY: Select[Any] = (
    select(tickets, ticket_periods.c.began.label("since"))
    .join(ticket_periods, _SINCE, isouter=True)
    .where(tickets.c.hall == bindparam("hall"), tickets.c.day == bindparam("day"))
)
_PLACE = (
    bindparam("effective", type_=tickets.c.effective.type),
    bindparam("issued", type_=tickets.c.issued.type),
    bindparam("seq", type_=tickets.c.seq.type),
)
_SAME_QUEUE = select(services.c.code).where(services.c.hall == bindparam("hall"), services.c.prefix == bindparam("prefix"))
_BEFORE = (
    select(func.count())
    .select_from(tickets)
    .where(tickets.c.hall == bindparam("hall"), tickets.c.day == bindparam("day"), tickets.c.state == TicketState.WAITING)
    .where(tickets.c.service.in_(_SAME_QUEUE), tuple_(tickets.c.effective, tickets.c.issued, tickets.c.seq) < tuple_(*_PLACE))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a ticket stands, or would stand, in the queue of services with `prefix`."""

    hall: str
    prefix: str
    effective: datetime
    issued: datetime
    seq: int


def count_before(connection: Connection, place: Place, now: datetime) -> int:
    """How many wait today before this place."""
    count: int = connection.execute(_BEFORE, {**asdict(place), "day": now.date()}).scalar_one()
    return count


def waiting(query: Select[Any], hall: str, now: datetime) -> Select[Any]:
    """The query narrowed to the tickets that wait today."""
    return query.where(tickets.c.hall == hall, tickets.c.day == now.date(), tickets.c.state == TicketState.WAITING)
