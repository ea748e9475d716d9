"""A booking is moved or given up, until two hours before its time."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.backend.messages.bookings import Booking, BookingState, CancelBooking, ChangeBooking
from kiosk.errors import Refusal
from kiosk.office.bookings import notices, records
from kiosk.office.bookings.checks import check_place, checked_slot, forbid_second, of_person, slot_lock
from kiosk.office.bookings.plan import load_plan
from kiosk.office.bookings.rules import CHANGE_UNTIL
from kiosk.office.database import steadfast
from kiosk.office.hours import local
from kiosk.office.locks import lock
from kiosk.office.office import Office, calendar
from kiosk.office.problems import ProblemError
from kiosk.office.tables import booking_changes, bookings


@steadfast
def change_booking(office: Office, request: ChangeBooking) -> Booking:
    """The booking at its new time, with the code and token it had; the same nonce moves it once.

    ProblemError `not_found`, `change_too_late`, `booking_cancelled`, `hold_expired`, and those of taking a slot.
    """
    start = local(request.start)
    with office.database.write() as connection:
        row = records.find_by_token(connection, request.token)
        lock(connection, f"booking:{request.nonce}", f"person:{row.person}")
        if not _done(connection, request, row.id, start):
            _change(connection, office, records.find_again(connection, row.id), request)
        return records.booking_of(office, records.find_again(connection, row.id))


@steadfast
def cancel_booking(office: Office, request: CancelBooking) -> Booking:
    """The booking given up; once more, the same. ProblemError `not_found`, `change_too_late`."""
    now = office.now()
    with office.database.write() as connection:
        row = records.find_by_token(connection, request.token)
        lock(connection, f"person:{row.person}")
        row = records.find_again(connection, row.id)
        if records.state_of(row, now) not in {BookingState.CANCELLED, BookingState.EXPIRED}:
            _forbid_late(row, now)
            ended = {"state": BookingState.CANCELLED, "ended": now, "phone": None, "reminder": None}
            connection.execute(update(bookings).where(bookings.c.id == row.id).values(**ended))
            notices.note_cancelled(connection, office, row)
        return records.booking_of(office, records.find_again(connection, row.id))


def _done(connection: Connection, request: ChangeBooking, booking: str, start: datetime) -> bool:
    """Whether this touch has moved the booking already."""
    change = connection.execute(select(booking_changes).where(booking_changes.c.nonce == request.nonce)).one_or_none()
    if change is not None and (change.booking, change.start) != (booking, start):
        raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
    return change is not None


def _change(connection: Connection, office: Office, row: Row[Any], request: ChangeBooking) -> None:
    now = office.now()
    match records.state_of(row, now):
        case BookingState.CANCELLED:
            raise ProblemError(HTTPStatus.CONFLICT, Refusal.BOOKING_CANCELLED)
        case BookingState.EXPIRED:
            raise ProblemError(HTTPStatus.CONFLICT, Refusal.HOLD_EXPIRED)
        case _:
            _forbid_late(row, now)
    plan = load_plan(connection, row.item, row.hall)
    slot = checked_slot(plan, local(request.start), calendar(connection), now.date())
    moved = slot.start != row.start
    if moved:
        forbid_second(of_person(connection, row.person, now), row.item, slot, now, but=row.id)
        lock(connection, slot_lock(plan, slot.start))
        check_place(connection, plan, slot, now)
        connection.execute(update(bookings).where(bookings.c.id == row.id).values(**records.times_of(slot), reserved=False))
        notices.note_moved(connection, office, records.find_again(connection, row.id))
    noted = {"nonce": request.nonce, "booking": row.id, "hall": row.hall, "service": row.service}
    was = row.start if moved and not row.reserved else None
    connection.execute(booking_changes.insert().values(**noted, was=was, start=slot.start, at=now))


def _forbid_late(row: Row[Any], now: datetime) -> None:
    held = records.state_of(row, now) is BookingState.HELD  # nobody counts on it yet
    if not held and (row.state != BookingState.BOOKED or now > row.start - CHANGE_UNTIL):
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.CHANGE_TOO_LATE)
