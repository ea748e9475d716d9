"""Bookings of the made-up people, one of them for right now."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete

from kiosk.backend.messages import Person
from kiosk.backend.messages.bookings import BookingState
from kiosk.office.bookings import records
from kiosk.office.bookings.capacity import PlannedSlot
from kiosk.office.bookings.holding import insert_with_code, row_of
from kiosk.office.bookings.plan import Plan, load_plan
from kiosk.office.office import Office, calendar
from kiosk.office.tables import booking_changes, bookings
from kiosk.office.tokens import fingerprint
from kiosk.office.workdays import WorkCalendar


def seed_bookings(connection: Connection, office: Office, people: Mapping[str, Mapping[str, str]], data: Mapping[str, Any]) -> None:
    """Bring the bookings of `people` (by key) up to date with the office's day; those still to come are left as they are."""
    days = calendar(connection)
    for number, one in enumerate(data["booking"]):
        booking = fingerprint(f"seed-booking-{number}")[:32]
        known = records.find(connection, bookings.c.id == booking)
        if known is not None and known.check_in_until >= office.now():
            continue
        connection.execute(delete(booking_changes).where(booking_changes.c.booking == booking))
        connection.execute(delete(bookings).where(bookings.c.id == booking))
        plan = load_plan(connection, one["item"], one["hall"])
        slot = _slot(office, plan, one, days)
        person = people[one["person"]]
        row = row_of(office, booking, plan, slot, Person(number=person["number"], name=person["name"]))
        insert_with_code(connection, office, row | {"nonce": f"seed-{booking}", "state": BookingState.BOOKED})


def _slot(office: Office, plan: Plan, one: Mapping[str, Any], days: WorkCalendar) -> PlannedSlot:
    """Its slot; where the day has none that fits, the first of the next working day."""
    today = office.today()
    soon = [slot for slot in plan.slots(today, days) if slot.start > office.now()]
    match one:
        case {"missed": int(ago)}:
            return plan.slots(days.shift(today, -ago), days)[0]
        case {"ahead": 0}:
            return (soon or plan.slots(days.shift(today, 1), days))[0]
        case _:
            return plan.slots(days.shift(today, int(one["ahead"])), days)[int(one["slot"]) - 1]
