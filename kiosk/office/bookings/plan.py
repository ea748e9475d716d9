"""What can be booked where: an item's place at a hall, the slots its windows make, and how many of them are taken."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from http import HTTPStatus

from sqlalchemy import Connection, and_, func, or_, select, union_all

from kiosk.backend.messages import Words
from kiosk.backend.messages.bookings import BookingState
from kiosk.errors import Refusal
from kiosk.office.bookings.capacity import Load, PlannedSlot, Window, slots_of_day
from kiosk.office.bookings.rules import PAUSE
from kiosk.office.catalogue import guide
from kiosk.office.problems import ProblemError
from kiosk.office.tables import booking_changes, booking_quotas, bookings, counter_services, counters, services
from kiosk.office.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An item at a hall: the service of its tickets, with the windows and the load that make its slots."""

    item: str
    item_name: Words
    hall: str
    service: str
    windows: tuple[Window, ...]
    load: Load

    def slots(self, day: date, days: WorkCalendar) -> tuple[PlannedSlot, ...]:
        """The slots of the day."""
        return slots_of_day(self.windows, day, days.timetable(day), self.load)

    def slot_at(self, start: datetime, days: WorkCalendar) -> PlannedSlot | None:
        """The slot that begins then (by the hall's clock); None where none does."""
        return next((slot for slot in self.slots(start.date(), days) if slot.start == start), None)


def load_plan(connection: Connection, item: str, hall: str) -> Plan:
    """The plan for an item at a hall; ProblemError `not_bookable` where the item is not booked, or not there."""
    found = guide(connection, item)
    places = found.places if found and found.bookable else ()
    service = next((place.queue for place in places if place.hall == hall and place.queue), None)
    query = (
        select(services.c.minutes, booking_quotas.c.slot_minutes, booking_quotas.c.public_percent)
        .outerjoin(booking_quotas, (booking_quotas.c.hall == services.c.hall) & (booking_quotas.c.service == services.c.code))
        .where(services.c.hall == hall, services.c.code == service)
    )
    row = connection.execute(query).one_or_none() if service else None
    if found is None or service is None or row is None:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.NOT_BOOKABLE)
    load = Load(minutes=row.minutes)
    if row.slot_minutes is not None:
        load = Load(minutes=row.minutes, slot_minutes=row.slot_minutes, public_percent=row.public_percent)
    windows = _windows(connection, hall, service)
    return Plan(item=item, item_name=found.name, hall=hall, service=service, windows=windows, load=load)


def taken(
    connection: Connection, plan: Plan, since: datetime, until: datetime, now: datetime, *, reserved: bool = False
) -> Mapping[datetime, int]:
    """How many public places (or `reserved` ones) are gone of slots that start from `since` to `until`, by start.

    Compare moments, not offsets. A place that was given up counts until a quarter of an hour later, also one whose hold ran out.
    """
    counted = or_(
        bookings.c.state.in_([BookingState.BOOKED, BookingState.ARRIVED, BookingState.MISSED]),
        and_(bookings.c.state == BookingState.HELD, bookings.c.held_until > now - PAUSE),
        and_(bookings.c.state.in_([BookingState.CANCELLED, BookingState.EXPIRED]), bookings.c.ended > now - PAUSE),
    )
    here = (bookings.c.hall == plan.hall, bookings.c.service == plan.service, bookings.c.reserved == reserved)
    of_bookings = select(bookings.c.start, func.count()).where(*here, bookings.c.start.between(since, until), counted)
    left = booking_changes  # of public places only
    of_changes = select(left.c.was, func.count()).where(
        left.c.hall == plan.hall, left.c.service == plan.service, left.c.was.between(since, until), left.c.at > now - PAUSE
    )
    gone = Counter[datetime]()
    counts = [of_bookings.group_by(bookings.c.start)]
    if not reserved:
        counts.append(of_changes.group_by(left.c.was))
    for start, count in connection.execute(union_all(*counts)):
        gone[start] += count
    return gone


def _windows(connection: Connection, hall: str, service: str) -> tuple[Window, ...]:
    """The windows that serve it, each with the part of its time that is left for it beside the other services it has."""
    query = (
        select(counters.c.code, counters.c.bands, counter_services.c.service)
        .join(counter_services, (counter_services.c.hall == counters.c.hall) & (counter_services.c.counter == counters.c.code))
        .where(counters.c.hall == hall)
    )
    rows = connection.execute(query).all()
    loads = Counter(row.code for row in rows)
    return tuple(Window(row.bands, Fraction(1, loads[row.code])) for row in rows if row.service == service)
