"""The days one can book for, each with its free slots or the reason why it has none."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from kiosk.backend.messages.bookings import BookingDay, Slot
from kiosk.office.bookings import plan
from kiosk.office.bookings.rules import last_day
from kiosk.office.bookings.words import why_nothing
from kiosk.office.office import Office, calendar
from kiosk.office.workdays import WorkCalendar

_DAY = timedelta(days=1)


def booking_days(office: Office, item: str, hall: str) -> tuple[BookingDay, ...]:
    """Every day from tomorrow to the end of the horizon, days off included; ProblemError `not_bookable`."""
    now = office.now()
    with office.database.read() as connection:
        days = calendar(connection)
        found = plan.load_plan(connection, item, hall)
        midnight = now.replace(hour=0, minute=0, second=0)
        first, last = now.date() + _DAY, last_day(now.date(), days)
        taken = plan.taken(connection, found, midnight + _DAY, midnight + _DAY * ((last - now.date()).days + 1), now)
    span = (last - first).days + 1
    return tuple(_day(found, first + _DAY * n, days, taken) for n in range(span))


def _day(found: plan.Plan, day: date, days: WorkCalendar, taken: Mapping[datetime, int]) -> BookingDay:
    slots = tuple(
        Slot(start=slot.start, end=slot.end, free=max(slot.public - taken.get(slot.start, 0), 0)) for slot in found.slots(day, days)
    )
    if any(slot.free for slot in slots):
        return BookingDay(day=day, slots=slots)
    return BookingDay(day=day, slots=(), why=why_nothing(day, days, planned=bool(slots)))
