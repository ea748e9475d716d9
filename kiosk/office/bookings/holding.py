"""A slot is held for a quarter of an hour while its taker decides, then it is a booking or free again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, select, update

from kiosk.backend.messages import Person
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

OFFICE_LANGUAGE = "zh-CN"
_DRAWS = 20


@steadfast
def hold_slot(office: Office, terminal: Terminal, request: HoldSlot) -> tuple[Booking, bool]:
    """The booking of this nonce, and whether it was made just now.

    Somebody who holds a slot of the item already lets go of it with this. ProblemError `not_bookable` (also for a time that is no
    slot, or out of the horizon), `no_show_limit`, `booked_already`, `slot_taken`, `nonce_reused`.
    """
    person, now = person_key(office, request.person), office.now()
    with office.database.write() as connection:
        known = of_nonce(connection, request, person)
        if known is None:
            wanted = wanted_slot(connection, request, person, now)
            known = _held_already(wanted, now)
        if known is not None:
            return records.booking_of(office, records.find_again(connection, known)), False
        take_place(connection, wanted, now)
        helper = request.agent
        booking = insert_with_code(
            connection,
            office,
            row_of(office, uuid4().hex, wanted.plan, wanted.slot, request.person)
            | {
                "nonce": request.nonce,
                "terminal": terminal.code,
                "state": BookingState.HELD,
                "held_until": now + HOLD,
                "agent": person_key(office, helper) if helper else None,
                "agent_name": helper.name if helper else None,
            },
        )
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
                told = {"phone": request.phone or None, "language": request.language}
                kept = {"state": BookingState.BOOKED, "held_until": None, **told}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A slot that somebody may have, and what they have booked so far."""

    plan: Plan
    slot: PlannedSlot
    mine: Sequence[Row[Any]] = field(repr=False)


def of_nonce(connection: Connection, request: HoldSlot, person: str, clerk: str | None = None) -> str | None:
    """Id of the booking this nonce has made, None where it has made none; nonce and person stay locked.

    ProblemError `nonce_reused` where it was for something else.
    """
    lock(connection, f"booking:{request.nonce}", f"person:{person}")
    row = connection.execute(select(bookings).where(bookings.c.nonce == request.nonce)).one_or_none()
    if row is None:
        return None
    if (row.person, row.item, row.hall, row.asked, row.clerk) != (person, request.item, request.hall, local(request.start), clerk):
        raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
    return str(row.id)


def wanted_slot(connection: Connection, request: HoldSlot, person: str, now: datetime) -> Wanted:
    """The slot, where the rules let this person have it. ProblemError `not_bookable`, `no_show_limit`, `booked_already`."""
    plan, days = load_plan(connection, request.item, request.hall), calendar(connection)
    slot, mine = checked_slot(plan, local(request.start), days, now.date()), of_person(connection, person, now)
    forbid_barred(mine, days, now)
    forbid_second(mine, request.item, slot, now)
    return Wanted(plan=plan, slot=slot, mine=mine)


def take_place(connection: Connection, wanted: Wanted, now: datetime, *, reserved: bool = False) -> None:
    """Make sure that there is a place, and let go of what the person holds of the item. ProblemError `slot_taken`."""
    held = [row.id for row in wanted.mine if _holds(row, wanted.plan, now)]
    connection.execute(update(bookings).where(bookings.c.id.in_(held)).values(state=BookingState.EXPIRED, ended=now))
    lock(connection, slot_lock(wanted.plan, wanted.slot.start))
    check_place(connection, wanted.plan, wanted.slot, now, reserved=reserved)
    forget_old(connection, now)


def row_of(office: Office, booking: str, plan: Plan, slot: PlannedSlot, person: Person) -> dict[str, Any]:
    """What every booking of the slot has, by column; `nonce`, `state` and whatever is special about it come besides."""
    return {
        "id": booking,
        "item": plan.item,
        "item_name": dict(plan.item_name),
        "hall": plan.hall,
        "service": plan.service,
        "asked": slot.start,
        **records.times_of(slot),
        "made": office.now(),
        "token_hash": fingerprint(records.token_of(office, booking)),
        "tail_proof": tail_proof(office, booking, person.number),
        "person": person_key(office, person),
        "name": person.name,
        "language": OFFICE_LANGUAGE,
        "reserved": False,
    }


def insert_with_code(connection: Connection, office: Office, row: dict[str, Any]) -> str:
    """Store the booking under the first of its codes that no live booking has; its id."""
    for draw in range(_DRAWS):
        code = records.code_proof(office, records.code_of(office, row["id"], draw))
        insert = upsert(connection, bookings).values(**row, draw=draw, code_hash=code)
        if connection.execute(insert.on_conflict_do_nothing().returning(bookings.c.id)).first():
            return str(row["id"])
    raise RuntimeError("no code is left")


def _held_already(wanted: Wanted, now: datetime) -> str | None:
    """Id of the hold the person has of this very slot, which goes on."""
    here = (wanted.plan.hall, wanted.slot.start)
    return next((str(row.id) for row in wanted.mine if _holds(row, wanted.plan, now) and (row.hall, row.start) == here), None)


def _holds(row: Row[Any], plan: Plan, now: datetime) -> bool:
    return bool(row.item == plan.item) and records.state_of(row, now) is BookingState.HELD
