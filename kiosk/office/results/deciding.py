"""What a department tells the office about a case: that it is decided, and that the result has left."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.backend.messages import CaseState, StageState, Words
from kiosk.office.cases import CLOSED
from kiosk.office.documents import Content
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.results import words
from kiosk.office.tables import case_results, case_stages, case_suspensions, cases, promises, urges


def decide(office: Office, number: str, decision: Content, *, granted: bool) -> None:
    """Close the case with this decision; its holder of `decision` is the applicant. ProblemError `not_found` for no open case."""
    with office.database.write() as connection:
        row = _locked(connection, number)
        if row is None or row.state in CLOSED:
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
        close(connection, office, row, decision, granted=granted)


def close(connection: Connection, office: Office, row: Row[Any], decision: Content, *, granted: bool, by: str = "") -> Words:
    """Close the open case in this row, which the caller holds; `by` is the clerk (hall/clerk). What its holder is told now."""
    number, today = row.number, office.today()
    said = words.ready(row.delivery) if granted else words.REFUSED
    state = CaseState.APPROVED if granted else CaseState.REJECTED
    change = update(cases).where(cases.c.number == number)
    connection.execute(change.values(state=state, closed=today, missing=[], next_step=dict(said)))
    pauses = update(case_suspensions).where(case_suspensions.c.case == number, case_suspensions.c.until.is_(None))
    connection.execute(pauses.values(until=today))
    _end_stages(connection, office, number, granted=granted)
    connection.execute(case_results.insert().values(case=number, **_plain(decision), decided_by=by or None))
    _answer_reminders(connection, office, number, said)
    if granted:  # so whatever was promised has come in
        owed = update(promises).where(promises.c.about == number, promises.c.kept.is_(None))
        connection.execute(owed.values(kept=today))
    return said


def send(office: Office, number: str, waybill: str = "") -> None:
    """The result was handed out, or posted under this number. ProblemError `not_found` for no granted case whose result is still here."""
    with office.database.write() as connection:
        if not hand_out(connection, office, number, waybill):
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")


def hand_out(connection: Connection, office: Office, number: str, waybill: str) -> bool:
    """Note that the result left, without a `waybill` over the counter; False where there is none, or it has left before."""
    here = (cases.c.number == number, cases.c.state == CaseState.APPROVED, cases.c.sent.is_(None))
    said = dict(words.POSTED if waybill else words.COLLECTED)
    change = update(cases).where(*here).values(sent=office.today(), waybill=waybill or None, next_step=said)
    return connection.execute(change).rowcount == 1


def _locked(connection: Connection, number: str) -> Row[Any] | None:
    return connection.execute(select(cases).where(cases.c.number == number).with_for_update()).one_or_none()


def _end_stages(connection: Connection, office: Office, number: str, *, granted: bool) -> None:
    ours = update(case_stages).where(case_stages.c.case == number)
    active = ours.where(case_stages.c.state == StageState.ACTIVE)
    connection.execute(active.values(state=StageState.DONE if granted else StageState.REJECTED, until=office.today()))
    if granted:
        waiting = ours.where(case_stages.c.state == StageState.WAITING)
        connection.execute(waiting.values(state=StageState.DONE, since=office.today(), until=office.today()))


def _plain(decision: Content) -> dict[str, Any]:
    return {name: value for name, value in asdict(decision).items() if name != "holder"}


def _answer_reminders(connection: Connection, office: Office, number: str, said: Words) -> None:
    """The decision answers them."""
    ours = update(urges).where(urges.c.case == number, urges.c.answered.is_(None))
    connection.execute(ours.values(answered=office.now(), answer=dict(said)))
