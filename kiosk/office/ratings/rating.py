"""To rate: once for each thing, with reasons the office has published; what was bad is looked into."""

from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, func, select

from kiosk.backend.messages.catalogue import RatingForm
from kiosk.backend.messages.forms import Choice
from kiosk.backend.messages.ratings import Rate, Rated
from kiosk.errors import Refusal
from kiosk.office import catalogue
from kiosk.office.access import Terminal
from kiosk.office.catalogue import Kind
from kiosk.office.database import steadfast
from kiosk.office.locks import lock
from kiosk.office.matters.filing import file_follow_up
from kiosk.office.office import Office, calendar
from kiosk.office.paper_numbers import next_number
from kiosk.office.problems import ProblemError
from kiosk.office.proofs import request_proof
from kiosk.office.ratings.subjects import can_be_rated, digest
from kiosk.office.ratings.words import FOLLOW_UP, task
from kiosk.office.tables import catalogue_parts, ratings

PREFIX = "PJ"
BAD = 2  # this level and below is looked into
FOLLOW_UP_DAYS = 15  # working days


@steadfast
def rate(office: Office, terminal: Terminal, request: Rate) -> tuple[Rated, bool]:
    """What is on record for this nonce, and whether it was put there just now.

    ProblemError `nonce_reused`, `rated_already`, `not_rateable`, `stale_catalogue`, and `invalid` for reasons that are not of the level.
    """
    proof, subject = request_proof(office, terminal, request), digest(office, request.served, request.subject)
    with office.database.write() as connection:
        lock(connection, f"rating:{request.nonce}", f"rated:{subject}")
        row = connection.execute(select(ratings).where(ratings.c.nonce == request.nonce)).one_or_none()
        if row is not None and row.request_hash != proof:
            raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
        new = row is None
        if row is None:
            row = _put(connection, office, terminal, request, proof, subject)
        return Rated(number=row.number, follow_up=row.follow_up), new


def _put(connection: Connection, office: Office, terminal: Terminal, request: Rate, proof: str, subject: str) -> Row[Any]:
    this = (ratings.c.served == request.served, ratings.c.subject == subject)
    if connection.execute(select(ratings.c.number).where(*this)).first() is not None:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.RATED_ALREADY)
    if not can_be_rated(connection, terminal, request.served, request.subject):
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.NOT_RATEABLE)
    reasons = _reasons(connection, request)
    number = next_number(connection, PREFIX, office.today())
    values = {
        "number": number,
        "nonce": request.nonce,
        "request_hash": proof,
        "hall": terminal.hall,
        "served": request.served,
        "subject": subject,
        "service": request.service,
        "level": request.level,
        "version": request.version,
        "reasons": list(request.reasons),
        "remark": request.remark,
        "day": office.today(),
        "follow_up": calendar(connection).shift(office.today(), FOLLOW_UP_DAYS) if request.level <= BAD else None,
    }
    connection.execute(ratings.insert().values(**values))
    row = connection.execute(select(ratings).where(ratings.c.number == number)).one()
    if row.follow_up is not None:
        file_follow_up(connection, office, row, FOLLOW_UP, task(row, reasons))
    return row


def _reasons(connection: Connection, request: Rate) -> tuple[Choice, ...]:
    """What the given reasons say. ProblemError `stale_catalogue`, `invalid`."""
    if not request.reasons:
        return ()
    form = _accepted(connection, request.version)
    if form is None:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.STALE_CATALOGUE)
    known = {one.code: one for one in form.reasons.get(request.level, ())}
    if len(set(request.reasons)) < len(request.reasons) or not known.keys() >= set(request.reasons):
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", fields=("body.reasons",))
    return tuple(known[code] for code in request.reasons)


def _accepted(connection: Connection, version: int) -> RatingForm | None:
    """The form of this version, where it is the one in force or the one before."""
    now = catalogue.rating(connection)
    if now is None or version == now.version:
        return now
    parts = catalogue_parts.c
    before = select(func.max(parts.version)).where(parts.kind == Kind.RATING, parts.version < now.version)
    return catalogue.rating(connection, version) if version == connection.execute(before).scalar_one() else None
