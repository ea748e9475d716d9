"""The days one can book for, each with its free slots or the reason why it has none."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from kiosk.backend.messages.bookings import BookingDay, Slot
from kiosk.office.bookings import plan
from kiosk.office.bookings.capacity import PlannedSlot
from kiosk.office.bookings.rules import last_day
from kiosk.office.bookings.words import why_nothing
from kiosk.office.office import Office, calendar
from kiosk.office.workdays import WorkCalendar

_DAY = timedelta(days=1)


def booking_days(office: Office, item: str, hall: str, *, reserved: bool = False) -> tuple[BookingDay, ...]:
    """Every day from tomorrow to the end of the horizon, days off included; ProblemError `not_bookable`.

    What is free are the public places, or those `reserved` for staff to give.
    """
    now = office.now()
    with office.database.read() as connection:
        days = calendar(connection)
        found = plan.load_plan(connection, item, hall)
        midnight = now.replace(hour=0, minute=0, second=0)
        first, last = now.date() + _DAY, last_day(now.date(), days)
        until = midnight + _DAY * ((last - now.date()).days + 1)
        taken = plan.taken(connection, found, midnight + _DAY, until, now, reserved=reserved)
    every = (first + _DAY * n for n in range((last - first).days + 1))
    return tuple(_day(day, days, [(slot, slot.places(reserved=reserved)) for slot in found.slots(day, days)], taken) for day in every)


def _day(day: date, days: WorkCalendar, planned: Sequence[tuple[PlannedSlot, int]], taken: Mapping[datetime, int]) -> BookingDay:
    slots = tuple(Slot(start=slot.start, end=slot.end, free=max(places - taken.get(slot.start, 0), 0)) for slot, places in planned)
    if any(slot.free for slot in slots):
        return BookingDay(day=day, slots=slots)
    return BookingDay(day=day, slots=(), why=why_nothing(day, days, planned=bool(slots)))
