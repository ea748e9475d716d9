"""Passed pre-reviews as the queue uses them: one opens a ticket, and the window sees it."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.backend.messages.reviews import Review
from kiosk.errors import Refusal
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.reviews.promises import Promised, made_about
from kiosk.office.reviews.records import review_of
from kiosk.office.tables import reviews
from kiosk.office.tokens import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedReview:
    """A pre-review that opens a ticket."""

    number: str
    item: str
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWindow:
    """What the window sees of a ticket's pre-review: whose it is, who acts for them, what it came to, and what came in since."""

    review: Review
    promises: tuple[Promised, ...]
    name: str = field(repr=False)
    agent_name: str = field(repr=False)


def for_ticket(connection: Connection, office: Office, token: str, item: str) -> PassedReview:
    """The pre-review this token opens, for a ticket of the item.

    ProblemError `review_required` where it is none, of another item or not passed, `review_expired` where its time is over.
    """
    row = connection.execute(select(reviews).where(reviews.c.token_hash == fingerprint(token))).one_or_none()
    if row is None or row.item != item or not row.passed:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.REVIEW_REQUIRED)
    if row.valid_until < office.now():
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.REVIEW_EXPIRED)
    return _passed(row)


def of_person(connection: Connection, office: Office, person: str, item: str) -> PassedReview | None:
    """The person's newest pre-review of the item that still opens a ticket, as `for_ticket` does; `person` is a `person_key`."""
    mine = (reviews.c.person == person, reviews.c.item == item, reviews.c.passed.is_(True), reviews.c.valid_until >= office.now())
    row = connection.execute(select(reviews).where(*mine).order_by(reviews.c.at.desc(), reviews.c.number.desc()).limit(1)).one_or_none()
    return None if row is None else _passed(row)


def at_window(connection: Connection, office: Office, number: str) -> AtWindow | None:
    """The pre-review with this number as the window sees it; None for "" and for an unknown one."""
    row = connection.execute(select(reviews).where(reviews.c.number == number)).one_or_none() if number else None
    if row is None:
        return None
    owed = made_about(connection, row.number)
    return AtWindow(review=review_of(office, row), promises=owed, name=row.name, agent_name=row.agent_name or "")


def _passed(row: Row[Any]) -> PassedReview:
    return PassedReview(number=row.number, item=row.item, name=row.name)
