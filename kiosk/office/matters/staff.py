"""What staff do with matters: 受理 → 派单 → 办理 → 答复 → 办结. Every act holds the matter; the same act again changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select, tuple_

from kiosk.backend.messages import Words
from kiosk.backend.messages.matters import MatterKind, MatterState
from kiosk.office import catalogue, sms
from kiosk.office.database import steadfast
from kiosk.office.matters import words
from kiosk.office.matters.records import find, move
from kiosk.office.matters.rules import ANSWERED, ASSIGNABLE, TAKEABLE
from kiosk.office.matters.views import MatterPage, StaffMatter, seen_by
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.clerks import Seat
from kiosk.office.tables import matters


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A matter that is held by this transaction."""

    office: Office
    connection: Connection
    seat: Seat
    row: Row[Any]

    @property
    def state(self) -> MatterState:
        """Where it stands."""
        return MatterState(self.row.state)

    @property
    def mine(self) -> bool:
        """Whether this clerk has taken it."""
        return bool(self.row.clerk == self.seat.clerk)

    def move(self, state: MatterState, by: Words | None, **changed: object) -> None:
        """Bring it to a state; the log keeps who did."""
        move(self.connection, self.office, self.row.number, state, by, **{"clerk": self.seat.clerk, **changed})

    def refuse_unless(self, allowed: bool, code: str = "wrong_state") -> None:  # noqa: FBT001 it reads as a sentence
        """ProblemError with this code, unless the act is allowed."""
        if not allowed:
            raise ProblemError(HTTPStatus.CONFLICT, code)


def list_open(office: Office, seat: Seat, kind: MatterKind | None, after: str, limit: int) -> MatterPage:
    """The hall's matters that are not closed, the most urgent first; `after` is the number after which to go on.

    ProblemError `not_found` for an `after` that the hall has not.
    """
    query = select(matters).where(matters.c.hall == seat.hall, matters.c.state != MatterState.CLOSED)
    if kind is not None:
        query = query.where(matters.c.kind == kind)
    with office.database.read() as connection:
        if after:
            last = _find(connection, seat, after)
            query = query.where(tuple_(matters.c.due, matters.c.number) > tuple_(last.due, last.number))
        rows = connection.execute(query.order_by(matters.c.due, matters.c.number).limit(limit + 1)).all()
        found = tuple(seen_by(connection, office, seat, row) for row in rows[:limit])
    return MatterPage(matters=found, next=found[-1].number if len(rows) > limit else None)


def look_at(office: Office, seat: Seat, number: str) -> StaffMatter:
    """One matter of the clerk's hall; ProblemError `not_found`."""
    with office.database.read() as connection:
        return seen_by(connection, office, seat, _find(connection, seat, number))


@steadfast
def assign(office: Office, seat: Seat, number: str, department: str) -> StaffMatter:
    """Give it to a department (派单), also from one to another. ProblemError `not_found`, `invalid`, `wrong_state`."""
    with _held(office, seat, number) as held:
        name = _department(held.connection, seat, department)
        if held.state is not MatterState.ASSIGNED or held.row.department != department:
            held.refuse_unless(held.state in ASSIGNABLE)
            held.move(MatterState.ASSIGNED, name, department=department, clerk=None)
        return _after(held)


@steadfast
def take(office: Office, seat: Seat, number: str) -> StaffMatter:
    """Begin to handle it (办理), or take it over from a colleague. ProblemError `not_found`, `wrong_state`."""
    with _held(office, seat, number) as held:
        if held.state is not MatterState.HANDLING or not held.mine:
            held.refuse_unless(held.state in TAKEABLE)
            held.move(MatterState.HANDLING, _department(held.connection, seat, held.row.department))
        return _after(held)


@steadfast
def answer(office: Office, seat: Seat, number: str, text: str) -> StaffMatter:
    """Answer it (答复); whoever left a phone gets the answer there. ProblemError `not_found`, `wrong_state`, `not_yours`."""
    with _held(office, seat, number) as held:
        if held.state is not MatterState.ANSWERED or held.row.answer != text:
            held.refuse_unless(held.state is MatterState.HANDLING)
            held.refuse_unless(held.mine, "not_yours")
            by = _department(held.connection, seat, held.row.department)
            held.move(MatterState.ANSWERED, by, answer=text, answered=office.today(), phone="")
            said = words.answered(number, text)
            sms.put(held.connection, held.row.phone, said, "matter-answered", at=office.now(), language=held.row.language)
        return _after(held)


@steadfast
def close(office: Office, seat: Seat, number: str) -> StaffMatter:
    """Close it once it is answered (办结). ProblemError `not_found`, `wrong_state`."""
    with _held(office, seat, number) as held:
        if held.state is not MatterState.CLOSED:
            held.refuse_unless(held.state in ANSWERED)
            held.move(MatterState.CLOSED, _department(held.connection, seat, held.row.department), clerk=held.row.clerk)
        return _after(held)


@contextmanager
def _held(office: Office, seat: Seat, number: str) -> Iterator[_Held]:
    with office.database.write() as connection:
        yield _Held(office=office, connection=connection, seat=seat, row=_find(connection, seat, number, hold=True))


def _find(connection: Connection, seat: Seat, number: str, *, hold: bool = False) -> Row[Any]:
    row = find(connection, matters.c.number == number, matters.c.hall == seat.hall, hold=hold)
    if row is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return row


def _after(held: _Held) -> StaffMatter:
    return seen_by(held.connection, held.office, held.seat, _find(held.connection, held.seat, held.row.number))


def _department(connection: Connection, seat: Seat, code: str) -> Words:
    head = catalogue.head(connection, seat.hall)
    name = next((one.name for one in head.departments if one.code == code), None) if head else None
    if name is None:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", fields=("body.department",))
    return name
