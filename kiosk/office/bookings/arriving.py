"""Check-in: in one transaction a booking becomes a ticket, so that a failure leaves either both or the booking as it was."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.backend.messages import Priority, Ticket, TicketState
from kiosk.backend.messages.bookings import BookingState, CheckIn
from kiosk.errors import Refusal
from kiosk.office.access import Terminal
from kiosk.office.bookings import notices, records
from kiosk.office.catalogue import guide
from kiosk.office.database import steadfast
from kiosk.office.locks import lock
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.days import changing
from kiosk.office.queue.issuing import Wish, issue
from kiosk.office.queue.periods import ENDS
from kiosk.office.queue.tickets import service_of, ticket_of
from kiosk.office.reviews import for_ticket, of_person
from kiosk.office.tables import bookings, tickets

_OVER = {TicketState.MISSED, *ENDS}


@steadfast
def check_in(office: Office, terminal: Terminal, request: CheckIn) -> tuple[Ticket, bool]:
    """The booking's ticket, and whether it was made just now; the same booking gets the same one, until that is over.

    Numbers are given before the hall opens too, for who comes early. ProblemError `not_found`, `booking_cancelled`, `hold_expired`,
    `wrong_hall`, `check_in_early`, `check_in_late`, `review_required`, `review_expired`.
    """
    with changing(office, terminal.hall) as connection:
        row = records.find_by_token(connection, request.token)
        lock(connection, f"person:{row.person}")
        row = records.find_again(connection, row.id)
        now = office.now()
        _forbid(row, terminal, now)
        if row.ticket is not None:
            _forbid_over(connection, row.ticket)
            return ticket_of(office, connection, row.ticket), False
        wish = Wish(
            nonce=f"booking-{row.id}",
            language=request.language,
            priority=Priority.BOOKED,
            item=row.item,
            item_name=row.item_name,
            review=_review(connection, office, row, request.review),
            booked_for=row.start,
        )
        ticket = issue(office, connection, terminal, service_of(connection, row.hall, row.service), wish)
        arrived = {"state": BookingState.ARRIVED, "ticket": ticket, "phone": None, "reminder": None}
        connection.execute(update(bookings).where(bookings.c.id == row.id).values(**arrived))
        notices.take_back_reminder(connection, row)
        return ticket_of(office, connection, ticket), True


def _forbid(row: Row[Any], terminal: Terminal, now: datetime) -> None:
    match records.state_of(row, now):
        case BookingState.CANCELLED:
            refusal: Refusal | None = Refusal.BOOKING_CANCELLED
        case BookingState.HELD | BookingState.EXPIRED:
            refusal = Refusal.HOLD_EXPIRED
        case _ if row.hall != terminal.hall:
            refusal = Refusal.WRONG_HALL
        case BookingState.ARRIVED:
            refusal = None if row.day == now.date() else Refusal.CHECK_IN_LATE
        case _ if now < row.check_in_from:
            refusal = Refusal.CHECK_IN_EARLY
        case _:
            refusal = Refusal.CHECK_IN_LATE if now > row.check_in_until else None
    if refusal is not None:
        raise ProblemError(HTTPStatus.CONFLICT, refusal)


def _forbid_over(connection: Connection, ticket: str) -> None:
    """Whoever waited with a number that calls nobody any more would wait for ever."""
    state = connection.execute(select(tickets.c.state).where(tickets.c.id == ticket)).scalar_one()
    if state in _OVER:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.CHECK_IN_LATE)


def _review(connection: Connection, office: Office, row: Row[Any], token: str) -> str:
    """Number of the pre-review the ticket is linked to: the one shown, else the one the person has passed; "" for none."""
    if token:
        return for_ticket(connection, office, token, row.item).number
    passed = of_person(connection, office, row.person, row.item)
    if passed is not None:
        return passed.number
    matter = guide(connection, row.item)
    if matter is not None and matter.review:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.REVIEW_REQUIRED)
    return ""
