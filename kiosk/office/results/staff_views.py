"""Applications as the clerks of the hall see them in which they were handed in: all that was given, and how the case stands."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from kiosk.answers import SEPARATOR
from kiosk.backend.messages import Case, CaseState, Delivery, Words
from kiosk.backend.messages.documents import Fact
from kiosk.backend.messages.forms import Field
from kiosk.backend.messages.reviews import MaterialAnswer
from kiosk.office.cases import case_of
from kiosk.office.catalogue import form, guide
from kiosk.office.hours import LOCAL
from kiosk.office.office import Office
from kiosk.office.reviews.promises import Promised, made_about
from kiosk.office.tables import applications, case_results, cases, terminals, uploads, urges


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMaterial:
    """A material as it was given: `pictures` are ids in their order, `licence` the number of the electronic licence."""

    name: Words
    answer: MaterialAnswer
    licence: str = field(repr=False)
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenUrge:
    """A reminder that waits for its answer, which is due on `due`."""

    number: str
    at: datetime
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCase:
    """An application at a desk. `decided` says what was decided and by whom (hall/clerk); `signature` is as in Submit."""

    number: str
    item: Words
    state: CaseState
    accepted: date
    due: date
    applicant: str = field(repr=False)
    applicant_number: str = field(repr=False)
    agent: str = field(repr=False)
    phone: str = field(repr=False)
    answers: tuple[Fact, ...]
    materials: tuple[StaffMaterial, ...]
    signature: str = field(repr=False)
    promises: tuple[Promised, ...]
    missing: tuple[Words, ...]
    next_step: Words
    delivery: Delivery | None
    sent: date | None
    decided: tuple[Words, ...]
    decided_by: str
    urge: OpenUrge | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSummary:
    """An open application in a list, without names; `urged`: the day a reminder of it is to be answered by."""

    number: str
    item: Words
    accepted: date
    due: date
    urged: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Applications, those due first before others; `next` is the number after which to go on, None at the end."""

    cases: tuple[StaffSummary, ...]
    next: str | None


def of_hall(hall: str) -> "Select[Any]":
    """Query for the applications handed in at the hall's terminals, with their cases."""
    own = (applications.c.promised, applications.c.phone.label("reach"), applications.c.answers, applications.c.materials)
    more = (*own, applications.c.signature, applications.c.form, applications.c.form_version, applications.c.item_version)
    urged = select(urges.c.due).where(urges.c.case == cases.c.number, urges.c.answered.is_(None)).scalar_subquery().label("urged")
    joined = select(cases, *more, applications.c.language, urged).join(applications, applications.c.case == cases.c.number)
    return joined.join(terminals, terminals.c.code == applications.c.terminal).where(terminals.c.hall == hall)


def summary(row: Row[Any]) -> StaffSummary:
    """The application of a row of `of_hall` in a list."""
    return StaffSummary(number=row.number, item=row.item, accepted=row.accepted, due=row.promised, urged=row.urged)


def staff_case(connection: Connection, office: Office, row: Row[Any]) -> StaffCase:
    """The whole of it."""
    case = case_of(office, connection, row)
    result = connection.execute(select(case_results).where(case_results.c.case == row.number)).one_or_none()
    return StaffCase(
        number=case.number,
        item=case.item,
        state=case.state,
        accepted=case.accepted,
        due=case.deadline.promised_date,
        applicant=case.applicant,
        applicant_number=case.applicant_number,
        agent=case.agent,
        phone=row.reach,
        answers=_answers(connection, row),
        materials=_materials(connection, row, case),
        signature=row.signature,
        promises=made_about(connection, row.number),
        missing=case.missing,
        next_step=case.next_step,
        delivery=case.delivery,
        sent=case.sent,
        decided=tuple(result.text) if result else (),
        decided_by=(result.decided_by or "") if result else "",
        urge=_urge(connection, row.number),
    )


def _urge(connection: Connection, case: str) -> OpenUrge | None:
    row = connection.execute(select(urges).where(urges.c.case == case, urges.c.answered.is_(None))).one_or_none()
    return None if row is None else OpenUrge(number=row.number, at=row.at.astimezone(LOCAL), due=row.due)


def _answers(connection: Connection, row: Row[Any]) -> tuple[Fact, ...]:
    sheet = form(connection, row.form, row.form_version)
    fields = {one.key: one for one in sheet.fields} if sheet else {}
    return tuple(_answer(fields.get(key), key, value) for key, value in row.answers.items())


def _answer(asked: Field | None, key: str, value: str) -> Fact:
    """The answer with what was chosen by its name."""
    if asked is None:
        return Fact(label={"zh-CN": key}, value=value)
    names = {one.code: one.name.get("zh-CN", one.code) for one in asked.choices}
    chosen = "、".join(names.get(code, code) for code in value.split(SEPARATOR)) if names else value
    return Fact(label=asked.label, value=chosen)


def _materials(connection: Connection, row: Row[Any], case: Case) -> tuple[StaffMaterial, ...]:
    matter = guide(connection, row.item_code, row.item_version)
    names = {one.code: one.name for one in matter.materials} if matter else {}
    mine = select(uploads.c.id, uploads.c.material).where(uploads.c.case == case.number).order_by(uploads.c.position)
    pictures = connection.execute(mine).all()
    return tuple(
        StaffMaterial(
            name=names.get(code, {"zh-CN": code}),
            answer=MaterialAnswer(given["answer"]),
            licence=given.get("number", ""),
            pictures=tuple(one.id for one in pictures if one.material == code),
        )
        for code, given in row.materials.items()
    )
