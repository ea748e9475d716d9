"""What clerks do with the applications of their hall: look, ask for what is missing, decide, hand out.

Every act holds the case; the same act again changes nothing, and one that no longer fits is refused `wrong_state`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, tuple_, update

from kiosk.backend.messages import CaseState, DeliveryKind, Words
from kiosk.backend.messages.documents import Fact
from kiosk.office import sms
from kiosk.office.applications.opening import next_step
from kiosk.office.cases import CLOSED
from kiosk.office.database import steadfast
from kiosk.office.documents import Content
from kiosk.office.office import Office
from kiosk.office.paper_numbers import next_number
from kiosk.office.problems import ProblemError
from kiosk.office.queue.clerks import Seat
from kiosk.office.results import words
from kiosk.office.results.deciding import close, hand_out
from kiosk.office.results.staff_views import CasePage, StaffCase, of_hall, staff_case, summary
from kiosk.office.results.urging import note_answer
from kiosk.office.reviews.promises import made_about
from kiosk.office.tables import applications, case_suspensions, cases, upload_files, uploads, urges

PREFIX = "JD"
_DECIDED = (CaseState.APPROVED, CaseState.REJECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A case that is held by this transaction."""

    office: Office
    connection: Connection
    seat: Seat
    row: Row[Any]

    def change(self, **values: object) -> None:
        """Change the case's row."""
        self.connection.execute(update(cases).where(cases.c.number == self.row.number).values(**values))

    def tell(self, said: Words) -> None:
        """Short message to the phone that was left. Neither name nor item: a phone may be in other hands."""
        message = words.message(self.row.number, said)
        sms.put(self.connection, self.row.reach, message, "case-news", at=self.office.now(), language=self.row.language)

    def refuse_unless(self, allowed: bool) -> None:  # noqa: FBT001 it reads as a sentence
        """ProblemError `wrong_state`, unless the act is allowed."""
        if not allowed:
            raise ProblemError(HTTPStatus.CONFLICT, "wrong_state")


def list_waiting(office: Office, seat: Seat, after: str, limit: int, *, granted: bool = False) -> CasePage:
    """The hall's undecided applications, those due first before others; `after` is the number after which to go on.

    With `granted` those that are granted and whose results are to be handed out or posted. ProblemError `not_found` for an `after`
    that the hall has not.
    """
    way = func.coalesce(cases.c.delivery["kind"].as_string(), DeliveryKind.COUNTER)
    here = (cases.c.state == CaseState.APPROVED, cases.c.sent.is_(None), way != DeliveryKind.ELECTRONIC)
    query = of_hall(seat.hall).where(*here if granted else (cases.c.state.not_in(CLOSED),))
    place = (applications.c.promised, cases.c.number)
    with office.database.read() as connection:
        if after:
            last = _find(connection, seat, after)
            query = query.where(tuple_(*place) > tuple_(last.promised, last.number))
        rows = connection.execute(query.order_by(*place).limit(limit + 1)).all()
    found = tuple(summary(row) for row in rows[:limit])
    return CasePage(cases=found, next=found[-1].number if len(rows) > limit else None)


def look_at(office: Office, seat: Seat, number: str) -> StaffCase:
    """One application of the clerk's hall, also a decided one; ProblemError `not_found`."""
    with office.database.read() as connection:
        return staff_case(connection, office, _find(connection, seat, number))


def picture(office: Office, seat: Seat, number: str, upload: str) -> bytes:
    """A picture of a material, as JPEG; ProblemError `not_found`."""
    with office.database.read() as connection:
        this = (uploads.c.id == upload, uploads.c.case == _find(connection, seat, number).number)
        query = select(upload_files.c.jpeg).join(uploads, uploads.c.id == upload_files.c.upload).where(*this)
        found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return bytes(found)


@steadfast
def ask_for(office: Office, seat: Seat, number: str, missing: tuple[str, ...]) -> StaffCase:
    """Tell all that is missing at once (补正); the clock stands still until it has come. ProblemError `not_found`, `wrong_state`."""
    with _held(office, seat, number) as held:
        wanted = [words.as_said(one) for one in missing]
        if held.row.state != CaseState.NEEDS_MATERIAL or held.row.missing != wanted:
            held.refuse_unless(held.row.state not in (*CLOSED, CaseState.NEEDS_MATERIAL))
            held.change(state=CaseState.NEEDS_MATERIAL, missing=wanted, next_step=dict(words.BRING))
            mine = case_suspensions.c.case == number
            place = held.connection.execute(select(func.count()).select_from(case_suspensions).where(mine)).scalar_one()
            pause = {"case": number, "position": place, "reason": dict(words.AWAITED), "since": office.today(), "until": None}
            held.connection.execute(case_suspensions.insert().values(**pause))
            held.tell(words.missing(missing))
        return _after(held)


@steadfast
def came_in(office: Office, seat: Seat, number: str) -> StaffCase:
    """What was missing has come, and the clock goes on; promised materials stay awaited. ProblemError `not_found`, `wrong_state`."""
    with _held(office, seat, number) as held:
        if held.row.state != CaseState.IN_PROGRESS:
            held.refuse_unless(held.row.state == CaseState.NEEDS_MATERIAL)
            awaited = [one for one in made_about(held.connection, number) if one.kept is None]
            said = next_step([one.due for one in awaited])
            held.change(state=CaseState.IN_PROGRESS, missing=[dict(one.name) for one in awaited], next_step=dict(said))
            pauses = (case_suspensions.c.case == number, case_suspensions.c.until.is_(None))
            held.connection.execute(delete(case_suspensions).where(*pauses, case_suspensions.c.since == office.today()))
            held.connection.execute(update(case_suspensions).where(*pauses).values(until=office.today() - timedelta(days=1)))
        return _after(held)


@steadfast
def answer_urge(office: Office, seat: Seat, number: str, urge: str, text: str) -> StaffCase:
    """Answer the reminder `urge` of the case; the case says so as its next step. ProblemError `not_found`, `wrong_state`."""
    with _held(office, seat, number) as held:
        found = held.connection.execute(select(urges).where(urges.c.number == urge, urges.c.case == number)).one_or_none()
        if found is None:
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
        if found.answered is None:
            note_answer(held.connection, office, urge, words.as_said(text))
            held.tell(words.urge_answered(text))
        else:
            held.refuse_unless(found.answer == words.as_said(text))
        return _after(held)


@steadfast
def decide(office: Office, seat: Seat, number: str, *, granted: bool, text: str) -> StaffCase:
    """Grant or refuse it in these words; the decision gets a number of its own. ProblemError `not_found`, `wrong_state`."""
    with _held(office, seat, number) as held:
        if held.row.state in _DECIDED:
            before = staff_case(held.connection, office, held.row)
            held.refuse_unless((before.state is CaseState.APPROVED, before.decided) == (granted, (words.as_said(text),)))
            return before
        held.refuse_unless(held.row.state not in CLOSED)
        by = f"{seat.hall}/{seat.clerk}"
        said = close(held.connection, office, held.row, _decision(held, granted=granted, text=text), granted=granted, by=by)
        held.tell(said)
        return _after(held)


@steadfast
def send(office: Office, seat: Seat, number: str, waybill: str) -> StaffCase:
    """Note that the result was handed out, or posted under this number. ProblemError `not_found`, `wrong_state`."""
    with _held(office, seat, number) as held:
        if held.row.sent is None or (held.row.waybill or "") != waybill:
            held.refuse_unless(hand_out(held.connection, office, number, waybill))
        return _after(held)


def _decision(held: _Held, *, granted: bool, text: str) -> Content:
    row = held.row
    return Content(
        title=words.GRANTED_TITLE if granted else words.REFUSED_TITLE,
        number=next_number(held.connection, PREFIX, held.office.today()),
        issuer=row.office,
        issued=held.office.today(),
        facts=(
            Fact(label=words.ITEM, value=row.item.get("zh-CN", "")),
            Fact(label=words.APPLICANT, value=row.applicant),
            Fact(label=words.CASE, value=row.number),
        ),
        text=(words.as_said(text),),
        holder=row.applicant,
    )


@contextmanager
def _held(office: Office, seat: Seat, number: str) -> Iterator[_Held]:
    with office.database.write() as connection:
        yield _Held(office=office, connection=connection, seat=seat, row=_find(connection, seat, number, hold=True))


def _find(connection: Connection, seat: Seat, number: str, *, hold: bool = False) -> Row[Any]:
    query = of_hall(seat.hall).where(cases.c.number == number)
    row = connection.execute(query.with_for_update(of=cases) if hold else query).one_or_none()
    if row is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return row


def _after(held: _Held) -> StaffCase:
    return staff_case(held.connection, held.office, _find(held.connection, held.seat, held.row.number))
