"""Hand-overs: for ten minutes a phone may send pictures to the terminal that shows it the code."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, select, update

from kiosk.backend.messages.applications import HandOver, OpenHandOver, Upload
from kiosk.errors import Refusal
from kiosk.office.access import Terminal
from kiosk.office.hours import LOCAL
from kiosk.office.locks import lock
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.tables import hand_overs, uploads
from kiosk.office.tokens import fingerprint, token
from kiosk.office.uploads.store import Sender, forget_old, keep, of_hand_over

LASTS = timedelta(minutes=10)
MOST_PICTURES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ForPhone:
    """A hand-over as the phone sees it. `over`: closed, or its time is."""

    id: str
    terminal: str
    what: str = field(repr=False)
    language: str
    expires: datetime
    received: int
    over: bool


def open_hand_over(office: Office, terminal: Terminal, request: OpenHandOver) -> tuple[HandOver, bool]:
    """The hand-over of this nonce, and whether it was made just now. ProblemError `nonce_reused` for another terminal's nonce."""
    with office.database.write() as connection:
        lock(connection, f"hand-over:{request.nonce}")
        row = connection.execute(select(hand_overs).where(hand_overs.c.nonce == request.nonce)).one_or_none()
        if row is not None and row.terminal != terminal.code:
            raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
        new = row is None
        if row is None:
            forget_old(office, connection)
            row = _new(office, connection, terminal, request)
        return _hand_over(office, connection, row), new


def hand_over(office: Office, terminal: Terminal, number: str) -> HandOver:
    """How the terminal's hand-over stands; ProblemError `not_found`."""
    with office.database.read() as connection:
        ours = (hand_overs.c.id == number, hand_overs.c.terminal == terminal.code)
        row = connection.execute(select(hand_overs).where(*ours)).one_or_none()
        if row is None:
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
        return _hand_over(office, connection, row)


def for_phone(office: Office, secret: str) -> ForPhone | None:
    """The hand-over that the token in an address opens."""
    count = select(func.count()).where(uploads.c.hand_over == hand_overs.c.id).scalar_subquery()
    query = select(hand_overs, count.label("received")).where(hand_overs.c.token_hash == fingerprint(secret))
    with office.database.read() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return ForPhone(
        id=row.id,
        terminal=row.terminal,
        what=row.what,
        language=row.language,
        expires=row.expires.astimezone(LOCAL),
        received=row.received,
        over=_is_over(office, row),
    )


def take_in(office: Office, phone: ForPhone, nonce: str, sent: bytes) -> Upload:
    """Keep a picture of the phone. ProblemError `hand_over_expired`, `too_many`, and those of `store.keep`."""

    def admit(connection: Connection) -> None:
        row = connection.execute(select(hand_overs).where(hand_overs.c.id == phone.id)).one_or_none()
        if row is None or _is_over(office, row):
            raise ProblemError(HTTPStatus.CONFLICT, Refusal.HAND_OVER_EXPIRED)
        if len(of_hand_over(connection, phone.id)) >= MOST_PICTURES:
            raise ProblemError(HTTPStatus.CONFLICT, "too_many")

    return keep(office, Sender(terminal=phone.terminal, hand_over=phone.id), nonce, sent, admit)[0]


def count(office: Office, phone: ForPhone) -> int:
    """How many pictures there are now."""
    with office.database.read() as connection:
        return len(of_hand_over(connection, phone.id))


def close(office: Office, phone: ForPhone) -> None:
    """The phone has said that this was all; saying so again changes nothing."""
    with office.database.write() as connection:
        lock(connection, f"hand-over:{phone.id}")
        open_one = (hand_overs.c.id == phone.id, hand_overs.c.closed.is_(None))
        connection.execute(update(hand_overs).where(*open_one).values(closed=office.now()))


def _new(office: Office, connection: Connection, terminal: Terminal, request: OpenHandOver) -> Row[Any]:
    number, now = uuid4().hex, office.now()
    insert = hand_overs.insert().values(
        id=number,
        nonce=request.nonce,
        terminal=terminal.code,
        token_hash=fingerprint(_secret(office, number)),
        what=request.what,
        language=request.language,
        opened=now,
        expires=now + LASTS,
    )
    connection.execute(insert)
    return connection.execute(select(hand_overs).where(hand_overs.c.id == number)).one()


def _hand_over(office: Office, connection: Connection, row: Row[Any]) -> HandOver:
    return HandOver(
        id=row.id,
        url=f"{office.public_url}/p/{_secret(office, row.id)}",
        expires=row.expires.astimezone(LOCAL),
        received=of_hand_over(connection, row.id),
        closed=_is_over(office, row),
    )


def _secret(office: Office, number: str) -> str:
    return token(office.secret, "hand-over", number)


def _is_over(office: Office, row: Row[Any]) -> bool:
    return row.closed is not None or office.now() >= row.expires
