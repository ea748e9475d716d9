"""Reminders (催办) of overdue cases: on record for supervision (电子监察), to be answered within three working days."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.backend.messages import CaseState, Urge, UrgeCase, Words
from kiosk.errors import Refusal
from kiosk.office.access import Terminal
from kiosk.office.cases import case_of, row_of_token
from kiosk.office.database import steadfast
from kiosk.office.hours import LOCAL
from kiosk.office.locks import lock
from kiosk.office.office import Office, calendar
from kiosk.office.paper_numbers import next_number
from kiosk.office.problems import ProblemError
from kiosk.office.results.acts import open_urge
from kiosk.office.tables import cases, urges
from kiosk.office.tokens import fingerprint

PREFIX = "CB"
ANSWER_DAYS = 3  # working days


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """An unanswered reminder as supervision sees it; `late`: its answer is overdue itself."""

    number: str
    case: str
    office: Words
    days_late: int  # of the case, when it was reminded of
    due: date
    late: bool


@steadfast
def urge_case(office: Office, terminal: Terminal, request: UrgeCase) -> tuple[Urge, bool]:
    """The reminder of this nonce, and whether it was made just now.

    ProblemError `not_found`, `not_overdue`, `urged_already`; `nonce_reused` for a nonce of another case.
    """
    with office.database.write() as connection:
        lock(connection, f"urge:{request.nonce}", f"urge:{fingerprint(request.token)}")
        row = row_of_token(connection, request.token, hold=True)
        found = connection.execute(select(urges).where(urges.c.nonce == request.nonce)).one_or_none()
        if found is None:
            return _urge(_new(office, connection, terminal, request.nonce, row)), True
        if found.case != row.number:
            raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
        return _urge(found), False


def answer_urge(office: Office, number: str, answer: Words) -> None:
    """Note what the department in charge says; the case shows it as its next step. ProblemError `not_found` for no open reminder."""
    with office.database.write() as connection:
        if not note_answer(connection, office, number, answer):
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")


def note_answer(connection: Connection, office: Office, number: str, answer: Words) -> bool:
    """The same within a transaction; False for no open reminder of this number."""
    change = update(urges).where(urges.c.number == number, urges.c.answered.is_(None))
    answered = change.values(answered=office.now(), answer=dict(answer)).returning(urges.c.case)
    case = connection.execute(answered).scalar_one_or_none()
    if case is not None:
        connection.execute(update(cases).where(cases.c.number == case).values(next_step=dict(answer)))
    return case is not None


def open_reminders(office: Office) -> tuple[Reminder, ...]:
    """The unanswered ones, those due first before others."""
    query = select(urges).where(urges.c.answered.is_(None)).order_by(urges.c.due, urges.c.number)
    with office.database.read() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Reminder(number=row.number, case=row.case, office=row.office, days_late=row.days_late, due=row.due, late=row.due < office.today())
        for row in rows
    )


def _new(office: Office, connection: Connection, terminal: Terminal, nonce: str, row: Row[Any]) -> Row[Any]:
    case = case_of(office, connection, row)
    if case.state is not CaseState.OVERDUE:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.NOT_OVERDUE)
    if open_urge(connection, case.number):
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.URGED_ALREADY)
    today = office.today()
    insert = urges.insert().values(
        number=next_number(connection, PREFIX, today),
        nonce=nonce,
        case=case.number,
        terminal=terminal.code,
        office=dict(case.office),
        days_late=-case.deadline.left_days,
        at=office.now(),
        due=calendar(connection).shift(today, ANSWER_DAYS),
    )
    return connection.execute(insert.returning(urges)).one()


def _urge(row: Row[Any]) -> Urge:
    return Urge(number=row.number, case=row.case, at=row.at.astimezone(LOCAL), due=row.due)
