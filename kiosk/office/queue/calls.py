"""Calling tickets to a window and serving them: call next, recall, start, finish, missed."""

from collections.abc import Collection
from datetime import datetime
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, update

from kiosk.backend.messages import TicketState
from kiosk.office.database import steadfast
from kiosk.office.office import Office
from kiosk.office.queue.clerks import Seat
from kiosk.office.queue.desk import Desk, at_desk, refuse, serves
from kiosk.office.queue.order import ORDER, waiting
from kiosk.office.queue.periods import move
from kiosk.office.queue.rules import Rules
from kiosk.office.queue.staffing import windows
from kiosk.office.reviews import promises
from kiosk.office.tables import tickets


@steadfast
def call_next(office: Office, seat: Seat, services: Collection[str] = ()) -> None:
    """Call the next ticket of the window's services, or of those chosen among them.

    Refused `window_closed`, `ticket_in_hand`, `not_served_here` for a service that is not the window's, `nobody_waiting`.
    """
    with at_desk(office, seat) as desk:
        desk.must_be_free()
        served = serves(desk.connection, seat)
        if not set(services) <= set(served):
            refuse("not_served_here")
        first = waiting(select(tickets), seat.hall, desk.now).where(_may_call(desk, services or served, only=bool(services)))
        row = desk.connection.execute(first.order_by(*ORDER).limit(1).with_for_update()).one_or_none()
        if row is None:
            refuse("nobody_waiting")
        call(desk, row)


@steadfast
def recall(office: Office, seat: Seat, ticket: str = "") -> None:
    """Call the called ticket again. Refused `no_ticket`, `wrong_state`, `recalls_used_up`, `recall_too_soon` with Retry-After."""
    with at_desk(office, seat) as desk:
        row = _in_state(desk, ticket, TicketState.CALLED)
        if row.calls > desk.rules.recalls:
            refuse("recalls_used_up")
        _must_have_waited(desk, row)
        this = update(tickets).where(tickets.c.id == row.id)
        desk.connection.execute(this.values(calls=row.calls + 1, called=desk.now))
        desk.log_call(row.id, row.calls + 1)


@steadfast
def start(office: Office, seat: Seat, ticket: str = "") -> None:
    """The one who was called has come. Refused `no_ticket`, `wrong_state`."""
    with at_desk(office, seat) as desk:
        move(desk.connection, _in_state(desk, ticket, TicketState.CALLED), TicketState.SERVING, desk.now)


@steadfast
def finish(office: Office, seat: Seat, ticket: str = "") -> None:
    """The service is finished; who was sent here from another one goes back to it. Refused `no_ticket`, `wrong_state`.

    With the service the window has taken the matter up, so what was promised in its pre-review is owed from now on.
    """
    with at_desk(office, seat) as desk:
        row = _in_state(desk, ticket, TicketState.SERVING)
        if row.returns_service is None:
            move(desk.connection, row, TicketState.FINISHED, desk.now)
            promises.take_up(desk.connection, row.review)
            return
        back = {"service": row.returns_service, "counter": row.returns_counter, "clerk": None, "calls": 0, "called": None}
        there: dict[str, Any] = {"returns_service": None, "returns_counter": None, **back}
        move(desk.connection, row, TicketState.WAITING, desk.now, became=TicketState.FINISHED, **there)


@steadfast
def missed(office: Office, seat: Seat, ticket: str = "") -> None:
    """The one who was called has not come. Refused `no_ticket`, `wrong_state`, `recall_first`, `recall_too_soon`."""
    with at_desk(office, seat) as desk:
        row = _in_state(desk, ticket, TicketState.CALLED)
        if row.calls <= desk.rules.least_recalls:
            refuse("recall_first")
        _must_have_waited(desk, row)
        move(desk.connection, row, TicketState.MISSED, desk.now)


def call(desk: Desk, row: Row[Any]) -> None:
    """Call a ticket that the desk holds to its window."""
    now, seat = desk.now, desk.seat
    move(desk.connection, row, TicketState.CALLED, now, counter=seat.counter, clerk=seat.clerk, calls=1, called=now)
    desk.log_call(row.id, 1)


def seconds_to_next_call(row: Row[Any], rules: Rules, now: datetime) -> int:
    """Seconds until the ticket may be called again, 0 when it may be now. A clock that was set back keeps nobody waiting."""
    gone = (now - row.called).total_seconds() if row.called else rules.recall_seconds
    return ceil(rules.recall_seconds - gone) if 0 <= gone < rules.recall_seconds else 0


def _must_have_waited(desk: Desk, row: Row[Any]) -> None:
    if seconds := seconds_to_next_call(row, desk.rules, desk.now):
        refuse("recall_too_soon", retry_after=seconds)


def _in_state(desk: Desk, ticket: str, state: TicketState) -> Row[Any]:
    row = desk.held(ticket)
    if row.state != state:
        refuse("wrong_state")
    return row


def _may_call(desk: Desk, services: Collection[str], *, only: bool) -> ColumnElement[bool]:
    """Tickets of these services, and whoever was sent to this very window.

    Those who were sent to another window are left to it while it is open.
    """
    others = [one.code for one in windows(desk.connection, desk.seat.hall, desk.now) if one.open and one.code != desk.seat.counter]
    free = and_(tickets.c.service.in_(services), or_(tickets.c.counter.is_(None), tickets.c.counter.not_in(others)))
    return free if only else or_(free, tickets.c.counter == desk.seat.counter)
