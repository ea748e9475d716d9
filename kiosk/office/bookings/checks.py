"""What has to be so before a slot is anybody's. All of it is asked inside the transaction that takes the slot."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.backend.messages.bookings import BookingState
from kiosk.errors import Refusal
from kiosk.office.bookings.capacity import PlannedSlot
from kiosk.office.bookings.plan import Plan, taken
from kiosk.office.bookings.records import state_of
from kiosk.office.bookings.rules import NO_SHOW_BAR, NO_SHOWS_WITHIN, barred_until, last_day
from kiosk.office.hours import local
from kiosk.office.problems import ProblemError
from kiosk.office.tables import bookings
from kiosk.office.workdays import WorkCalendar

_BOOKED = {BookingState.BOOKED, BookingState.ARRIVED}
_LOOKED_BACK = NO_SHOWS_WITHIN + NO_SHOW_BAR + timedelta(days=1)


def slot_lock(plan: Plan, start: datetime) -> str:
    """The name under which takers of the same slot wait for each other; taken after the names of nonce and person."""
    return f"slot:{plan.hall}:{plan.service}:{start.timestamp():.0f}"


def of_person(connection: Connection, person: str, now: datetime) -> Sequence[Row[Any]]:
    """What the person has booked, as far back as any rule looks, in the order of times."""
    recent = (bookings.c.person == person, bookings.c.check_in_until > now - _LOOKED_BACK)
    return connection.execute(select(bookings).where(*recent).order_by(bookings.c.start)).all()


def checked_slot(plan: Plan, start: datetime, days: WorkCalendar, today: date) -> PlannedSlot:
    """The slot that begins at `start`; ProblemError `not_bookable` where there is none within the horizon."""
    slot = plan.slot_at(start, days) if today < start.date() <= last_day(today, days) else None
    if slot is None:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.NOT_BOOKABLE)
    return slot


def check_place(connection: Connection, plan: Plan, slot: PlannedSlot, now: datetime, *, reserved: bool = False) -> None:
    """ProblemError `slot_taken` where no public (or `reserved`) place is left. The slot's lock is held."""
    gone = taken(connection, plan, slot.start, slot.start, now, reserved=reserved)
    if gone.get(slot.start, 0) >= slot.places(reserved=reserved):
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.SLOT_TAKEN)


def forbid_second(mine: Sequence[Row[Any]], item: str, slot: PlannedSlot, now: datetime, but: str = "") -> None:
    """ProblemError `booked_already` where the person has a booking of the item that day.

    With `but` it is that booking which is to be moved there, and a hold stands in its way too; to another hold it gives way.
    """
    in_the_way = _BOOKED | ({BookingState.HELD} if but else set())
    day = slot.start.date()
    if any(row.item == item and row.day == day and row.id != but and state_of(row, now) in in_the_way for row in mine):
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.BOOKED_ALREADY)


def forbid_barred(mine: Sequence[Row[Any]], days: WorkCalendar, now: datetime) -> None:
    """ProblemError `no_show_limit` for somebody who stayed away too often. A day that became a holiday is nobody's fault."""
    missed = [local(row.start) for row in mine if state_of(row, now) is BookingState.MISSED and days.timetable(row.day) is not None]
    until = barred_until(missed)
    if until is not None and now < until:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.NO_SHOW_LIMIT)
