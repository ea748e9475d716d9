"""A slot is held for a quarter of an hour while its taker decides, then it is a booking or free again."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, select, update

from kiosk.backend.messages.bookings import Booking, BookingState, ConfirmBooking, HoldSlot
from kiosk.errors import Refusal
from kiosk.office.access import Terminal
from kiosk.office.bookings import notices, records
from kiosk.office.bookings.capacity import PlannedSlot
from kiosk.office.bookings.checks import check_place, checked_slot, forbid_barred, forbid_second, of_person, slot_lock
from kiosk.office.bookings.forgetting import forget_old
from kiosk.office.bookings.plan import Plan, load_plan
from kiosk.office.bookings.rules import HOLD
from kiosk.office.database import steadfast, upsert
from kiosk.office.hours import local
from kiosk.office.locks import lock
from kiosk.office.office import Office, calendar
from kiosk.office.people import person_key, tail_proof
from kiosk.office.problems import ProblemError
from kiosk.office.tables import bookings
from kiosk.office.tokens import fingerprint

_DRAWS = 20


@steadfast
def hold_slot(office: Office, terminal: Terminal, request: HoldSlot) -> tuple[Booking, bool]:
    """The booking of this nonce, and whether it was made just now.

    Somebody who holds a slot of the item already lets go of it with this. ProblemError `not_bookable` (also for a time that is no
    slot, or out of the horizon), `no_show_limit`, `booked_already`, `slot_taken`, `nonce_reused`.
    """
    person, start, now = person_key(office, request.person), local(request.start), office.now()
    with office.database.write() as connection:
        lock(connection, f"booking:{request.nonce}", f"person:{person}")
        known = _of_nonce(connection, request, person, start)
        if known is None:
            plan, days = load_plan(connection, request.item, request.hall), calendar(connection)
            slot, mine = checked_slot(plan, start, days, now.date()), of_person(connection, person, now)
            forbid_barred(mine, days, now)
            forbid_second(mine, request.item, slot, now)
            known = _let_go(connection, mine, plan, slot, now)
        if known is not None:
            return records.booking_of(office, records.find_again(connection, known)), False
        lock(connection, slot_lock(plan, start))
        check_place(connection, plan, slot, now)
        forget_old(connection, now)
        booking = _insert(connection, office, terminal, request, plan, slot)
        return records.booking_of(office, records.find_again(connection, booking)), True


@steadfast
def confirm_booking(office: Office, request: ConfirmBooking) -> Booking:
    """The held slot as a booking; once more, the same. ProblemError `not_found`, `hold_expired`, `booking_cancelled`."""
    with office.database.write() as connection:
        row = records.find(connection, bookings.c.id == request.booking)
        if row is None:
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
        lock(connection, f"person:{row.person}")
        row = records.find_again(connection, request.booking)
        match records.state_of(row, office.now()):
            case BookingState.HELD:
                kept = {"state": BookingState.BOOKED, "held_until": None, "phone": request.phone or None}
                connection.execute(update(bookings).where(bookings.c.id == row.id).values(**kept))
                row = records.find_again(connection, row.id)
                notices.note_booked(connection, office, row)
            case BookingState.EXPIRED:
                raise ProblemError(HTTPStatus.CONFLICT, Refusal.HOLD_EXPIRED)
            case BookingState.CANCELLED:
                raise ProblemError(HTTPStatus.CONFLICT, Refusal.BOOKING_CANCELLED)
            case _:
                pass
        return records.booking_of(office, row)


def _of_nonce(connection: Connection, request: HoldSlot, person: str, start: datetime) -> str | None:
    row = connection.execute(select(bookings).where(bookings.c.nonce == request.nonce)).one_or_none()
    if row is None:
        return None
    if (row.person, row.item, row.hall, row.asked) != (person, request.item, request.hall, start):
        raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
    return str(row.id)


def _let_go(connection: Connection, mine: Sequence[Row[Any]], plan: Plan, slot: PlannedSlot, now: datetime) -> str | None:
    """End what the person holds of the item; the hold itself where it is of this very slot, which goes on."""
    for row in mine:
        if row.item == plan.item and records.state_of(row, now) is BookingState.HELD:
            if (row.hall, row.start) == (plan.hall, slot.start):
                return str(row.id)
            connection.execute(update(bookings).where(bookings.c.id == row.id).values(state=BookingState.EXPIRED, ended=now))
    return None


def _insert(connection: Connection, office: Office, terminal: Terminal, request: HoldSlot, plan: Plan, slot: PlannedSlot) -> str:
    booking, now = uuid4().hex, office.now()
    row = {
        "id": booking,
        "nonce": request.nonce,
        "terminal": terminal.code,
        "item": plan.item,
        "item_name": dict(plan.item_name),
        "hall": plan.hall,
        "service": plan.service,
        "asked": slot.start,
        **records.times_of(slot),
        "state": BookingState.HELD,
        "made": now,
        "held_until": now + HOLD,
        "token_hash": fingerprint(records.token_of(office, booking)),
        "tail_proof": tail_proof(office, booking, request.person.number),
        "person": person_key(office, request.person),
        "name": request.person.name,
        "agent": person_key(office, request.agent) if request.agent else None,
        "agent_name": request.agent.name if request.agent else None,
    }
    insert_with_code(connection, office, row)
    return booking


def insert_with_code(connection: Connection, office: Office, row: dict[str, Any]) -> None:
    """Store the booking under the first of its codes that no live booking has."""
    for draw in range(_DRAWS):
        code = records.code_proof(office, records.code_of(office, row["id"], draw))
        insert = upsert(connection, bookings).values(**row, draw=draw, code_hash=code)
        if connection.execute(insert.on_conflict_do_nothing().returning(bookings.c.id)).first():
            return
    raise RuntimeError("no code is left")
