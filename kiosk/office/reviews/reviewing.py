"""A pre-review is judged, numbered and kept, with the promises made in it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from kiosk.backend.messages.catalogue import Guide
from kiosk.backend.messages.reviews import MaterialAnswer, Review, ReviewByToken, SubmitReview
from kiosk.errors import Refusal
from kiosk.office.access import Terminal
from kiosk.office.catalogue import guide, is_current
from kiosk.office.database import steadfast
from kiosk.office.hours import LOCAL
from kiosk.office.licences.store import valid_kinds
from kiosk.office.locks import lock
from kiosk.office.office import Office, calendar
from kiosk.office.paper_numbers import next_number
from kiosk.office.people import person_key
from kiosk.office.problems import ProblemError
from kiosk.office.reviews import promises
from kiosk.office.reviews.judging import Judgement, judge
from kiosk.office.reviews.records import review_of, token_of
from kiosk.office.tables import reviews
from kiosk.office.tokens import fingerprint
from kiosk.office.workdays import WorkCalendar

VALID_DAYS = 5  # working days after the one it was made on
KEPT = timedelta(days=60)  # after its time is over
_LAST_SECOND = time(23, 59, 59)
_AT_ONCE = 50


@steadfast
def submit_review(office: Office, terminal: Terminal, request: SubmitReview) -> tuple[Review, bool]:
    """The pre-review of this nonce, and whether it was made just now.

    ProblemError `stale_catalogue`, `promise_barred`, `nonce_reused`; `invalid` for a material the item does not have.
    """
    person = person_key(office, request.person)
    with office.database.write() as connection:
        row = _of_nonce(connection, request, person)
        if row is not None:
            return review_of(office, row), False
        lock(connection, f"review:{request.nonce}")
        row = _of_nonce(connection, request, person)
        if row is not None:
            return review_of(office, row), False
        matter, days = _matter(connection, office, request), calendar(connection)
        licences = valid_kinds(connection, office, request.person)
        judgement = judge(matter, request.answers, licences.keys(), office.today(), days)
        if judgement.promises and promises.barred(connection, person, office.today()):
            raise ProblemError(HTTPStatus.CONFLICT, Refusal.PROMISE_BARRED)
        return _keep(connection, office, terminal, request, matter, judgement, days), True


def review_by_token(office: Office, request: ReviewByToken) -> Review:
    """The pre-review this token opens; ProblemError `not_found`."""
    with office.database.read() as connection:
        row = connection.execute(select(reviews).where(reviews.c.token_hash == fingerprint(request.token))).one_or_none()
    if row is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return review_of(office, row)


def forget_old(connection: Connection, now: datetime) -> None:
    """Let go of some pre-reviews whose time was over long ago; promises made in them stay until they are kept."""
    old = select(reviews.c.number).where(reviews.c.valid_until < now - KEPT).limit(_AT_ONCE).with_for_update(skip_locked=True)
    if numbers := connection.execute(old).scalars().all():
        connection.execute(delete(reviews).where(reviews.c.number.in_(numbers)))


def _of_nonce(connection: Connection, request: SubmitReview, person: str) -> Row[Any] | None:
    row = connection.execute(select(reviews).where(reviews.c.nonce == request.nonce)).one_or_none()
    if row is not None and (row.person, row.item, row.item_version) != (person, request.item, request.item_version):
        raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
    return row


def _matter(connection: Connection, office: Office, request: SubmitReview) -> Guide:
    """The guide that the citizen was shown, while it holds."""
    found = guide(connection, request.item, request.item_version)
    if found is None or not is_current(connection, request.item, request.item_version, office.now()):
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.STALE_CATALOGUE)
    if not request.answers.keys() <= {material.code for material in found.materials}:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", fields=("body.answers",))
    return found


def _keep(
    connection: Connection,
    office: Office,
    terminal: Terminal,
    request: SubmitReview,
    matter: Guide,
    judgement: Judgement,
    days: WorkCalendar,
) -> Review:
    today = office.today()
    number = next_number(connection, "YS", today)
    agent = request.agent
    insert = reviews.insert().values(
        number=number,
        nonce=request.nonce,
        token_hash=fingerprint(token_of(office, number)),
        terminal=terminal.code,
        hall=terminal.hall,
        item=matter.code,
        item_version=matter.version,
        item_name=dict(matter.name),
        person=person_key(office, request.person),
        name=request.person.name,
        agent=person_key(office, agent) if agent else None,
        agent_name=agent.name if agent else None,
        answers=_plain(request.answers),
        passed=not judgement.faults,
        at=office.now(),
        valid_until=_valid_until(today, days),
        **_said(judgement),
        queue=next((place.queue for place in matter.places if place.hall == terminal.hall), ""),
    )
    row = connection.execute(insert.returning(reviews)).one()
    if row.passed:
        promises.make(connection, number, row.person, judgement.promises, owed=False)
    forget_old(connection, office.now())
    return review_of(office, row)


def _plain(answers: Mapping[str, MaterialAnswer]) -> dict[str, str]:
    return {code: str(answer) for code, answer in answers.items()}


def _said(judgement: Judgement) -> dict[str, list[Any]]:
    """Its parts as JSON."""
    return {
        "faults": [{"material": one.material, "what": dict(one.what)} for one in judgement.faults],
        "promises": [{**asdict(one), "due": one.due.isoformat()} for one in judgement.promises],
        "from_store": [dict(one) for one in judgement.from_store],
        "bring": [dict(one) for one in judgement.bring],
    }


def _valid_until(today: date, days: WorkCalendar) -> datetime:
    return datetime.combine(days.shift(today, VALID_DAYS), _LAST_SECOND, LOCAL)
