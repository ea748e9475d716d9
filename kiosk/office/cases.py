"""Cases: found by the person's card, by number and phone, or by the token on a slip; deadlines reckoned when asked."""

from datetime import date
from http import HTTPStatus
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.backend.messages import (
    Case,
    CaseByNumber,
    CaseByToken,
    CasesOfPerson,
    CaseState,
    CaseSummary,
    Deadline,
    Delivery,
    DeliveryKind,
    Person,
    Stage,
    StageState,
)
from kiosk.errors import Refusal
from kiosk.office.access import Terminal
from kiosk.office.applicants import owns, perhaps_of
from kiosk.office.deadlines import Pause, Promise, deadline
from kiosk.office.guard import Guard
from kiosk.office.office import Office, calendar
from kiosk.office.problems import ProblemError
from kiosk.office.results.acts import acts
from kiosk.office.tables import case_stages, case_suspensions, cases
from kiosk.office.tokens import fingerprint, phone_proof, same, token
from kiosk.office.workdays import WorkCalendar

_MOST = 200  # of one person: who hands in for a company has thousands, more than a terminal takes in a reply
CLOSED = {CaseState.APPROVED, CaseState.REJECTED, CaseState.WITHDRAWN}


def case_token(office: Office, number: str) -> str:
    """The token that opens this case."""
    return token(office.secret, "case", number)


def cases_of_person(office: Office, request: CasesOfPerson) -> tuple[CaseSummary, ...]:
    """The person's newest cases, the newest first; none when number and name do not belong together."""
    query = select(cases).where(perhaps_of(request.number)).order_by(cases.c.accepted.desc(), cases.c.number.desc())
    with office.database.read() as connection:
        days = calendar(connection)
        mine = (row for row in connection.execute(query).all() if owns(row, request.number, request.name))
        return tuple(_summary(office, connection, row, days) for row in islice(mine, _MOST))


def case_by_number(office: Office, terminal: Terminal, request: CaseByNumber) -> Case:
    """The case with this number, if the phone fits. ProblemError `not_found` says not which of the two is wrong; `rate_limited`."""
    with office.database.write() as connection:
        guard = Guard(office, connection, terminal, request.number)
        guard.check()
        row = connection.execute(select(cases).where(cases.c.number == request.number)).one_or_none()
        proof = phone_proof(office.secret, request.number, request.phone_tail)
        right = same(row.phone_proof if row else "0" * len(proof), proof)
        if row is None or not right:
            guard.wrong()
            row = None
    if row is None:  # outside the transaction, which must keep the count
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    with office.database.read() as connection:
        return case_of(office, connection, row)


def case_by_token(office: Office, request: CaseByToken) -> Case:
    """The case this token opens; ProblemError `not_found`, and `not_the_applicant` for another person than whose case it is."""
    with office.database.read() as connection:
        if request.person is None:
            return case_of(office, connection, row_of_token(connection, request.token))
        return case_of(office, connection, row_of_applicant(connection, request.token, request.person))


def row_of_token(connection: Connection, opened_by: str, *, hold: bool = False) -> Row[Any]:
    """The row of the case that the token opens, with `hold` for this transaction alone; ProblemError `not_found`."""
    query = select(cases).where(cases.c.token_hash == fingerprint(opened_by))
    row = connection.execute(query.with_for_update() if hold else query).one_or_none()
    if row is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return row


def row_of_applicant(connection: Connection, opened_by: str, person: Person, *, hold: bool = False) -> Row[Any]:
    """The row of the case that the token opens, if it is this person's (see `owns`); ProblemError `not_found`, `not_the_applicant`."""
    row = row_of_token(connection, opened_by, hold=hold)
    if not owns(row, person.number, person.name):
        raise ProblemError(HTTPStatus.FORBIDDEN, Refusal.NOT_THE_APPLICANT)
    return row


def _summary(office: Office, connection: Connection, row: Row[Any], days: WorkCalendar) -> CaseSummary:
    pauses = _pauses(connection, row.number)
    return CaseSummary(
        number=row.number,
        item=row.item,
        state=_state(row, pauses, _deadline(row, pauses, office.today(), days), office.today()),
        accepted=row.accepted,
        token=case_token(office, row.number),
    )


def case_of(office: Office, connection: Connection, row: Row[Any]) -> Case:
    """The case as its holder sees it."""
    pauses = _pauses(connection, row.number)
    today = office.today()
    limit = _deadline(row, pauses, today, calendar(connection))
    state = _state(row, pauses, limit, today)
    return Case(
        number=row.number,
        item=row.item,
        state=state,
        applicant=row.applicant,
        applicant_number=row.applicant_number,
        accepted=row.accepted,
        office=row.office,
        window=row.window,
        phone=row.phone,
        stages=_stages(connection, row.number),
        deadline=limit,
        missing=tuple(row.missing),
        next_step=row.next_step,
        token=case_token(office, row.number),
        acts=acts(connection, office, row, state, case_token(office, row.number)),
        delivery=Delivery(**{**row.delivery, "kind": DeliveryKind(row.delivery["kind"])}) if row.delivery else None,
        agent=row.agent or "",
        sent=row.sent,
        waybill=row.waybill or "",
    )


def _deadline(row: Row[Any], pauses: tuple[Pause, ...], today: date, days: WorkCalendar) -> Deadline:
    promise = Promise(accepted=row.accepted, statutory_days=row.statutory_days, promised_days=row.promised_days, pauses=pauses)
    return deadline(promise, row.closed or today, days)


def _state(row: Row[Any], pauses: tuple[Pause, ...], limit: Deadline, today: date) -> CaseState:
    """Suspended and overdue are not stored: they follow from the dates."""
    stored = CaseState(row.state)
    if stored in CLOSED or stored is CaseState.NEEDS_MATERIAL:
        return stored
    if any(pause.covers(today, today) for pause in pauses):
        return CaseState.SUSPENDED
    return CaseState.OVERDUE if limit.left_days < 0 else stored


def _pauses(connection: Connection, number: str) -> tuple[Pause, ...]:
    query = select(case_suspensions).where(case_suspensions.c.case == number).order_by(case_suspensions.c.position)
    return tuple(Pause(reason=row.reason, since=row.since, until=row.until) for row in connection.execute(query))


def _stages(connection: Connection, number: str) -> tuple[Stage, ...]:
    query = select(case_stages).where(case_stages.c.case == number).order_by(case_stages.c.position)
    return tuple(
        Stage(
            step=row.step,
            lane=row.lane,
            name=row.name,
            state=StageState(row.state),
            office=row.office,
            since=row.since,
            until=row.until,
            suspends_clock=row.suspends_clock,
        )
        for row in connection.execute(query)
    )
