"""Bookings as rows: found by what opens them, and read as what they are now, for a hold or a missed time ends by itself."""

import hmac
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from sqlalchemy import ColumnElement, Connection, CursorResult, Row, select

from kiosk.backend.messages.bookings import Booking, BookingState
from kiosk.office.bookings.capacity import PlannedSlot
from kiosk.office.bookings.rules import CHANGE_UNTIL, check_in_window
from kiosk.office.hours import LOCAL
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.tables import bookings, halls, services
from kiosk.office.tokens import fingerprint, token

CODE_DIGITS = 8
LIVE = (BookingState.HELD, BookingState.BOOKED, BookingState.ARRIVED)  # as stored; a code is unique among these


def find(connection: Connection, *conditions: ColumnElement[bool]) -> Row[Any] | None:
    """The booking with the names of its hall and the place of its service; None where there is none."""
    return rows(connection, *conditions).one_or_none()


def find_by_token(connection: Connection, token: str) -> Row[Any]:
    """The booking this token opens; ProblemError `not_found`."""
    row = find(connection, bookings.c.token_hash == fingerprint(token))
    if row is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return row


def find_again(connection: Connection, booking: str) -> Row[Any]:
    """The booking with this id, which is known to be there."""
    return rows(connection, bookings.c.id == booking).one()


def rows(connection: Connection, *conditions: ColumnElement[bool]) -> CursorResult[Any]:
    """All bookings that meet the conditions, in the order of their times."""
    query = (
        select(bookings, halls.c.name.label("hall_name"), services.c.place)
        .join(halls, halls.c.code == bookings.c.hall)
        .join(services, (services.c.hall == bookings.c.hall) & (services.c.code == bookings.c.service))
        .where(*conditions)
        .order_by(bookings.c.start, bookings.c.id)
    )
    return connection.execute(query)


def state_of(row: Row[Any], now: datetime) -> BookingState:
    """What the booking is at `now`."""
    stored = BookingState(row.state)
    if stored is BookingState.HELD and row.held_until <= now:
        return BookingState.EXPIRED
    if stored is BookingState.BOOKED and row.check_in_until < now:
        return BookingState.MISSED
    return stored


def booking_of(office: Office, row: Row[Any]) -> Booking:
    """The booking as its holder sees it."""
    state = state_of(row, office.now())
    return Booking(
        id=row.id,
        state=state,
        item=row.item,
        item_name=row.item_name,
        hall=row.hall,
        hall_name=row.hall_name,
        where=row.place,
        start=row.start.astimezone(LOCAL),
        end=row.end.astimezone(LOCAL),
        held_until=row.held_until.astimezone(LOCAL) if state is BookingState.HELD else None,
        cancel_until=row.start.astimezone(LOCAL) - CHANGE_UNTIL,
        check_in_from=row.check_in_from.astimezone(LOCAL),
        check_in_until=row.check_in_until.astimezone(LOCAL),
        code=code_of(office, row.id, row.draw),
        token=token_of(office, row.id),
        name=row.name,
    )


def times_of(slot: PlannedSlot) -> dict[str, date | datetime]:
    """What a booking of the slot has of it, by column."""
    check_in_from, check_in_until = check_in_window(slot.start)
    times = {"day": slot.start.date(), "start": slot.start, "end": slot.end}
    return {**times, "check_in_from": check_in_from, "check_in_until": check_in_until}


def token_of(office: Office, booking: str) -> str:
    """The token in the booking's QR code."""
    return token(office.secret, "booking", booking)


def code_of(office: Office, booking: str, draw: int) -> str:
    """The eight digits of a booking; each `draw` is another try at ones that no live booking has."""
    digest = hmac.digest(office.secret, f"booking-code:{booking}:{draw}".encode(), "sha256")
    return f"{int.from_bytes(digest) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def code_proof(office: Office, code: str) -> str:
    """What is stored of a code: with no more than 27 bits of its own, a plain hash would hide nothing."""
    return hmac.new(office.secret, f"booking-code:{code}".encode(), "sha256").hexdigest()
