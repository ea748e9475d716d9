"""Clerks: who may sit at a window, how they sign in, and who sits where.

A PIN is short, so it is kept as scrypt and wrong ones are counted per clerk and per address. A session is a random token, of which
the office keeps the SHA-256; it ends after a working day, when its clerk signs in elsewhere, or when somebody else takes the window.
"""

import hashlib
import hmac
import secrets
import threading
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, or_, select, update

from kiosk.backend.messages import TicketState
from kiosk.office.access import Terminal
from kiosk.office.database import steadfast, upsert
from kiosk.office.guard import Guard
from kiosk.office.locks import lock
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.days import changing
from kiosk.office.queue.periods import move
from kiosk.office.queue.staffing import log_staff
from kiosk.office.tables import clerks, counters, desk_sessions, tickets
from kiosk.office.tokens import fingerprint

SESSION = timedelta(hours=10)
_COST = {"n": 2**14, "r": 8, "p": 1}
_DERIVING = threading.BoundedSemaphore(2)  # as each takes 16 MiB
_NOBODY = "scrypt$AAAAAAAAAAAAAAAAAAAAAA==$AAAA"  # fits no PIN, in the same time


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who wants to sit down at which window."""

    hall: str
    clerk: str
    pin: str = field(repr=False)
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A clerk at a window; `allowed` are the services they may serve, none meaning all of the window's."""

    hall: str
    clerk: str
    name: str
    counter: str
    allowed: tuple[str, ...]
    session: str = field(repr=False)  # SHA-256 of its token


def hash_pin(pin: str) -> str:
    """What is kept in place of a PIN."""
    salt = secrets.token_bytes(16)
    return "$".join(("scrypt", b64encode(salt).decode(), b64encode(_derive(pin, salt)).decode()))


def enrol_clerk(connection: Connection, hall: str, code: str, *, name: str, pin: str, services: tuple[str, ...] = ()) -> None:
    """Let a clerk in with this PIN, unless there is one with this code already."""
    known = connection.execute(select(clerks.c.code).where(clerks.c.hall == hall, clerks.c.code == code)).first()
    if known is None:
        row = {"hall": hall, "code": code, "name": name, "pin_hash": hash_pin(pin), "services": list(services), "active": True}
        connection.execute(upsert(connection, clerks).values(**row).on_conflict_do_nothing())


def sign_in(office: Office, claim: Claim, address: str) -> str:
    """The token of a new session.

    ProblemError `wrong_pin` (an unknown clerk or hall looks the same), `rate_limited` after too many of them, `not_found` for a
    window the hall has not. What another clerk has in hand at the window stays in hand there.
    """
    with office.database.write() as connection:
        _guard(office, connection, claim, address).check()
        this = (clerks.c.hall == claim.hall, clerks.c.code == claim.clerk, clerks.c.active)
        row = connection.execute(select(clerks).where(*this)).one_or_none()
    good = _fits(claim.pin, row.pin_hash if row else _NOBODY)  # takes its time, so nobody waits for a lock meanwhile
    with office.database.write() as connection:
        guard = _guard(office, connection, claim, address)
        guard.check()
        if not good:
            guard.wrong()
    if not good:
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "wrong_pin")
    return _sit_down(office, claim)


def seat_of(office: Office, token: str) -> Seat:
    """Who has this session; ProblemError `unauthorised` where it is none or has ended."""
    query = (
        select(desk_sessions, clerks.c.name, clerks.c.services)
        .join(clerks, (clerks.c.hall == desk_sessions.c.hall) & (clerks.c.code == desk_sessions.c.clerk))
        .where(desk_sessions.c.token_hash == fingerprint(token), desk_sessions.c.ended.is_(None), clerks.c.active)
    )
    with office.database.read() as connection:
        row = connection.execute(query).one_or_none()
    if row is None or row.expires <= office.now():
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "unauthorised")
    return Seat(
        hall=row.hall,
        clerk=row.clerk,
        name=row.name,
        counter=row.counter,
        allowed=tuple(row.services),
        session=row.token_hash,
    )


@steadfast
def sign_out(office: Office, seat: Seat) -> None:
    """End the session and leave the window. Whoever was called but has not come goes back to their place in the queue."""
    with changing(office, seat.hall) as connection:
        now = office.now()
        this = (counters.c.hall == seat.hall, counters.c.code == seat.counter)
        row = connection.execute(select(counters).where(*this).with_for_update()).one()  # first, as whoever sits down does
        connection.execute(update(desk_sessions).where(desk_sessions.c.token_hash == seat.session).values(ended=now))
        if row.clerk == seat.clerk:
            _leave(connection, row, now)


def _derive(pin: str, salt: bytes) -> bytes:
    with _DERIVING:
        return hashlib.scrypt(pin.encode(), salt=salt, maxmem=64 * 1024 * 1024, dklen=32, **_COST)


def _fits(pin: str, stored: str) -> bool:
    _, salt, digest = stored.split("$")
    return hmac.compare_digest(_derive(pin, b64decode(salt)), b64decode(digest))


def _guard(office: Office, connection: Connection, claim: Claim, address: str) -> Guard:
    asking = Terminal(code=f"desk:{address}", hall=claim.hall)
    return Guard(office, connection, asking, f"{claim.hall}/{claim.clerk}", about="clerk")


@steadfast
def _sit_down(office: Office, claim: Claim) -> str:
    with changing(office, claim.hall) as connection:
        lock(connection, f"clerk:{claim.hall}/{claim.clerk}")  # one who signs in twice at once sits down in turn
        return _take_window(connection, claim, office.now())


def _take_window(connection: Connection, claim: Claim, now: datetime) -> str:
    """Take the window, and leave the one where the clerk sat before; windows are held in the order of their codes."""
    theirs = or_(counters.c.code == claim.counter, counters.c.clerk == claim.clerk)
    held = select(counters).where(counters.c.hall == claim.hall, theirs).order_by(counters.c.code).with_for_update()
    rows = {row.code: row for row in connection.execute(held)}
    if claim.counter not in rows:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    ended = or_(desk_sessions.c.counter == claim.counter, desk_sessions.c.clerk == claim.clerk)
    others = update(desk_sessions).where(desk_sessions.c.hall == claim.hall, desk_sessions.c.ended.is_(None), ended)
    connection.execute(others.values(ended=now))
    for code, row in rows.items():
        if code != claim.counter:
            _leave(connection, row, now)
    here = update(counters).where(counters.c.hall == claim.hall, counters.c.code == claim.counter)
    connection.execute(here.values(clerk=claim.clerk))
    token = secrets.token_urlsafe(32)
    whose = {"hall": claim.hall, "clerk": claim.clerk, "counter": claim.counter}
    session = {"token_hash": fingerprint(token), "began": now, "expires": now + SESSION}
    connection.execute(desk_sessions.insert().values(**whose, **session))
    return token


def _leave(connection: Connection, row: Row[Any], now: datetime) -> None:
    """Close the window, which is held; nobody may walk up to it in vain."""
    this = update(counters).where(counters.c.hall == row.hall, counters.c.code == row.code)
    connection.execute(this.values(switched_on=False, clerk=None, break_until=None, break_words=None))
    called = (tickets.c.hall == row.hall, tickets.c.day == now.date(), tickets.c.counter == row.code, tickets.c.state == TicketState.CALLED)
    for ticket in connection.execute(select(tickets).where(*called).with_for_update()).all():
        move(connection, ticket, TicketState.WAITING, now, counter=None, clerk=None, calls=0, called=None)
    if row.switched_on:
        log_staff(connection, row, now, "close")
