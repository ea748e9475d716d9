"""Handing an application in: everything is looked at, then all of it is kept, or none."""

from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.backend.messages.applications import Receipt, Submit
from kiosk.backend.messages.catalogue import Guide
from kiosk.backend.messages.forms import Form
from kiosk.errors import Refusal
from kiosk.office.access import Terminal
from kiosk.office.applications.filled import cleaned, delivery_faults, signature_faults
from kiosk.office.applications.materials import Checker, plain_materials, promised, take_pictures
from kiosk.office.applications.opening import next_number, open_case
from kiosk.office.cases import CLOSED, case_token
from kiosk.office.catalogue import Kind, form, guide, is_current
from kiosk.office.database import steadfast
from kiosk.office.deadlines import Promise, deadline
from kiosk.office.hours import LOCAL
from kiosk.office.locks import lock
from kiosk.office.office import Office, calendar
from kiosk.office.people import person_key
from kiosk.office.problems import ProblemError
from kiosk.office.proofs import request_proof
from kiosk.office.reviews import promises
from kiosk.office.tables import applications, cases


@steadfast
def submit(office: Office, terminal: Terminal, request: Submit) -> tuple[Receipt, bool]:
    """The receipt of this nonce, and whether its case was opened just now.

    ProblemError as `Submit` says, with the keys of fields and the codes of materials that are wrong; `nonce_reused` for a nonce
    under which something else was handed in.
    """
    person = person_key(office, request.person)
    with office.database.write() as connection:
        lock(connection, f"application:{request.nonce}", f"applicant:{person}:{request.item}", f"applications:{office.today()}")
        row = _of_nonce(connection, office, terminal, request)
        if row is not None:
            return _receipt(office, row), False
        _keep(connection, office, terminal, request)
        row = _of_nonce(connection, office, terminal, request)
    assert row is not None  # noqa: S101 - for the type checker
    return _receipt(office, row), True


def _keep(connection: Connection, office: Office, terminal: Terminal, request: Submit) -> None:
    matter, sheet = _shown(connection, office, request)
    if request.agent and request.agent.number == request.person.number:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", fields=("body.agent",))
    _refuse_second(connection, request)
    answers, wrong = cleaned(sheet, request.answers)
    if wrong := (*wrong, *signature_faults(sheet, request.signature), *delivery_faults(request.delivery)):
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, Refusal.FORM_INVALID, fields=wrong)
    Checker(connection, office, terminal, request).check(matter)
    days = calendar(connection)
    later = promised(matter, request.materials, office, days)
    number, seq = next_number(connection, office.today())
    open_case(connection, office, terminal, request, matter, number, later)
    promises.make(connection, number, person_key(office, request.person), later, owed=True)
    take_pictures(connection, number, request.materials)
    time = Promise(accepted=office.today(), statutory_days=matter.statutory_days, promised_days=matter.promised_days)
    connection.execute(
        applications.insert().values(
            case=number,
            nonce=request.nonce,
            request_hash=request_proof(office, terminal, request),
            terminal=terminal.code,
            day=office.today(),
            seq=seq,
            at=office.now(),
            promised=deadline(time, office.today(), days).promised_date,
            item=matter.code,
            item_version=matter.version,
            form=sheet.code,
            form_version=sheet.version,
            phone=request.phone,
            agent=request.agent.number if request.agent else None,
            answers=answers,
            materials=plain_materials(connection, office, request.materials),
            signature=request.signature,
            language=request.language,
        )
    )


def _shown(connection: Connection, office: Office, request: Submit) -> tuple[Guide, Form]:
    """The guide and the form that the citizen was shown, while they hold."""
    matter, sheet = guide(connection, request.item, request.item_version), form(connection, request.form, request.form_version)
    if (
        matter is None
        or sheet is None
        or matter.form != sheet.code
        or not is_current(connection, matter.code, matter.version, office.now())
        or not is_current(connection, sheet.code, sheet.version, office.now(), Kind.FORM)
    ):
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.STALE_CATALOGUE)
    return matter, sheet


def _refuse_second(connection: Connection, request: Submit) -> None:
    """One open case of an item a person: the same matter is not taken in twice (两头受理)."""
    same = (cases.c.applicant_number == request.person.number, cases.c.item_code == request.item, cases.c.state.not_in(CLOSED))
    if connection.execute(select(cases.c.number).where(*same)).first() is not None:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.DUPLICATE_CASE)


def _of_nonce(connection: Connection, office: Office, terminal: Terminal, request: Submit) -> Row[*tuple[Any, ...]] | None:
    columns = (applications.c.case, applications.c.at, applications.c.promised, applications.c.request_hash)
    query = select(*columns, cases.c.item, cases.c.office, cases.c.phone).join(cases, cases.c.number == applications.c.case)
    row = connection.execute(query.where(applications.c.nonce == request.nonce)).one_or_none()
    if row is not None and row.request_hash != request_proof(office, terminal, request):
        raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
    return row


def _receipt(office: Office, row: Row[*tuple[Any, ...]]) -> Receipt:
    return Receipt(
        number=row.case,
        item_name=row.item,
        accepted=row.at.astimezone(LOCAL),
        promised_date=row.promised,
        office=row.office,
        phone=row.phone,
        token=case_token(office, row.case),
    )
