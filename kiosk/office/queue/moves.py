"""Putting tickets elsewhere: back into the queue, to another service or window, aside and back, to the front by the green channel."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import Row, select, update

from kiosk.backend.messages import Priority, TicketState
from kiosk.office.database import steadfast
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.calls import call
from kiosk.office.queue.clerks import Seat
from kiosk.office.queue.desk import Desk, at_desk, refuse, serves
from kiosk.office.queue.order import IN_HAND
from kiosk.office.queue.periods import move
from kiosk.office.queue.tickets import service_of
from kiosk.office.tables import counter_services, counters, ticket_periods, tickets

_UNCALLED: Mapping[str, Any] = {"clerk": None, "calls": 0, "called": None}


@steadfast
def requeue(office: Office, seat: Seat, ticket: str) -> None:
    """Queue somebody again who missed the call, once, with the present moment as the time they came.

    ProblemError `not_found`; refused `wrong_state`, `requeued_already`, `requeue_too_late`.
    """
    with at_desk(office, seat) as desk:
        row = _in(desk.ticket(ticket), TicketState.MISSED)
        if row.requeued is not None:
            refuse("requeued_already")
        if desk.now > _missed_since(desk, row.id) + timedelta(minutes=desk.rules.requeue_minutes):
            refuse("requeue_too_late")
        place = desk.rules.place(desk.now, Priority(row.priority))
        move(desk.connection, row, TicketState.WAITING, desk.now, requeued=desk.now, effective=place, counter=None, **_UNCALLED)


@steadfast
def transfer(office: Office, seat: Seat, ticket: str, *, service: str = "", counter: str = "", comes_back: bool = False) -> None:
    """Send a ticket that waits, is parked here or in hand here to another service or window; it keeps its place.

    With `comes_back` it goes back to its present service, and to this window, when the other one is finished. ProblemError
    `not_found`; refused `wrong_state`, `nothing_changed`, `not_served_here` for a service without any window.
    """
    with at_desk(office, seat) as desk:
        row = _in(desk.ticket(ticket), TicketState.WAITING, TicketState.PARKED, *IN_HAND)
        if row.state != TicketState.WAITING and row.counter != seat.counter:
            refuse("wrong_state")
        wanted = _wanted(desk, row, service)
        if counter:
            _must_exist(desk, counter)
        elif wanted == row.service:
            refuse("nothing_changed")
        back = {"returns_service": row.service, "returns_counter": seat.counter} if comes_back else {}
        there: dict[str, Any] = {"service": wanted, "counter": counter or None, "park_reason": None, **_UNCALLED}
        move(desk.connection, row, TicketState.WAITING, desk.now, **there, **back)


@steadfast
def park(office: Office, seat: Seat, ticket: str, reason: str) -> None:
    """Put the ticket in hand aside. ProblemError `not_found`; refused `no_ticket`, `wrong_state`."""
    with at_desk(office, seat) as desk:
        move(desk.connection, desk.held(ticket), TicketState.PARKED, desk.now, park_reason=reason)


@steadfast
def unpark(office: Office, seat: Seat, ticket: str) -> None:
    """Call a parked ticket to this window, whichever parked it.

    ProblemError `not_found`; refused `window_closed`, `ticket_in_hand`, `wrong_state`, `not_served_here`.
    """
    with at_desk(office, seat) as desk:
        desk.must_be_free()
        row = _in(desk.ticket(ticket), TicketState.PARKED)
        if row.counter != seat.counter and row.service not in serves(desk.connection, seat):
            refuse("not_served_here")
        call(desk, row)


@steadfast
def green(office: Office, seat: Seat, ticket: str, reason: str) -> None:
    """Give a waiting ticket the green channel, with the reason and who gave it. ProblemError `not_found`; refused `wrong_state`."""
    with at_desk(office, seat) as desk:
        row = _in(desk.ticket(ticket), TicketState.WAITING)
        place = desk.rules.place(row.requeued or row.issued, Priority.GREEN)
        given = {"priority": Priority.GREEN, "reason": reason, "granted_by": seat.clerk, "effective": place}
        desk.connection.execute(update(tickets).where(tickets.c.id == row.id).values(**given))


def _missed_since(desk: Desk, ticket: str) -> datetime:
    span = (ticket_periods.c.ticket == ticket, ticket_periods.c.state == TicketState.MISSED, ticket_periods.c.ended.is_(None))
    began: datetime = desk.connection.execute(select(ticket_periods.c.began).where(*span)).scalar_one()
    return began


def _in(row: Row[Any], *states: TicketState) -> Row[Any]:
    if row.state not in states:
        refuse("wrong_state")
    return row


def _wanted(desk: Desk, row: Row[Any], service: str) -> str:
    if not service:
        return str(row.service)
    code = str(service_of(desk.connection, desk.seat.hall, service).code)
    here = select(counter_services.c.counter).where(counter_services.c.hall == desk.seat.hall, counter_services.c.service == code)
    if desk.connection.execute(here.limit(1)).first() is None:
        refuse("not_served_here")
    return code


def _must_exist(desk: Desk, counter: str) -> None:
    this = select(counters.c.code).where(counters.c.hall == desk.seat.hall, counters.c.code == counter)
    if desk.connection.execute(this).first() is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
