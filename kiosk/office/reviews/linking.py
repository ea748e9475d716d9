"""Passed pre-reviews as the queue uses them: one opens a ticket, and the window sees it."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.backend.messages.reviews import Review
from kiosk.errors import Refusal
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.reviews import promises
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
    """What the window sees of a ticket's pre-review: whose it is, who acts for them, and what it came to."""

    review: Review
    name: str = field(repr=False)
    agent_name: str = field(repr=False)


def for_ticket(connection: Connection, office: Office, token: str, item: str) -> PassedReview:
    """The pre-review this token opens, for a ticket of the item; its promises are owed from now on.

    ProblemError `review_required` where it is none, of another item or not passed, `review_expired` where its time is over.
    """
    row = connection.execute(select(reviews).where(reviews.c.token_hash == fingerprint(token))).one_or_none()
    if row is None or row.item != item or not row.passed:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.REVIEW_REQUIRED)
    if row.valid_until < office.now():
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.REVIEW_EXPIRED)
    return _taken_up(connection, row)


def of_person(connection: Connection, office: Office, person: str, item: str) -> PassedReview | None:
    """The person's newest pre-review of the item that still opens a ticket, as `for_ticket` does; `person` is a `person_key`."""
    mine = (reviews.c.person == person, reviews.c.item == item, reviews.c.passed.is_(True), reviews.c.valid_until >= office.now())
    row = connection.execute(select(reviews).where(*mine).order_by(reviews.c.at.desc(), reviews.c.number.desc()).limit(1)).one_or_none()
    return None if row is None else _taken_up(connection, row)


def at_window(connection: Connection, office: Office, number: str) -> AtWindow | None:
    """The pre-review with this number as the window sees it; None for "" and for an unknown one."""
    row = connection.execute(select(reviews).where(reviews.c.number == number)).one_or_none() if number else None
    if row is None:
        return None
    return AtWindow(review=review_of(office, row), name=row.name, agent_name=row.agent_name or "")


def _taken_up(connection: Connection, row: Row[Any]) -> PassedReview:
    promises.take_up(connection, row.number)
    return PassedReview(number=row.number, item=row.item, name=row.name)
