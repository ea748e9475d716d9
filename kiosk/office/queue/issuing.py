"""Numbers: never given twice, never skipped.

A number comes from a sequence row per hall, day and prefix that is counted up inside the ticket's own transaction, so a ticket
that fails takes its number back with it. 801 to 999 are kept for terminals without an office: after 800 comes 1000.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, case
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.backend.messages import PrintState, Priority, TicketState, Words
from kiosk.office.access import Terminal
from kiosk.office.office import Office
from kiosk.office.queue.order import Place, count_before
from kiosk.office.queue.periods import average, begin
from kiosk.office.queue.rules import rules_of
from kiosk.office.queue.staffing import service_staffing
from kiosk.office.queue.waits import wait_range
from kiosk.office.tables import number_sequences, tickets
from kiosk.office.tokens import fingerprint, token

FIRST_KEPT, LAST_KEPT = 801, 999  # of each prefix and day

_INSERT = tickets.insert().returning(tickets)
_SEQUENCE = ["hall", "day", "prefix"]
_LAST = number_sequences.c.last
_FOLLOWING = {"last": case((_LAST == FIRST_KEPT - 1, LAST_KEPT + 1), else_=_LAST + 1)}
_COUNT_UP_SQLITE = sqlite.insert(number_sequences).on_conflict_do_update(index_elements=_SEQUENCE, set_=_FOLLOWING).returning(_LAST)
_COUNT_UP_POSTGRESQL = postgresql.insert(number_sequences).on_conflict_do_update(index_elements=_SEQUENCE, set_=_FOLLOWING).returning(_LAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a ticket is taken for. `review` is the number of a pre-review, `booked_for` the time of a booking."""

    nonce: str
    language: str
    priority: Priority = Priority.NONE
    item: str = ""
    item_name: Words | None = None
    review: str = ""
    booked_for: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A number of a day and the moment it was given; `state` is the ticket's first."""

    day: date
    seq: int
    issued: datetime
    state: TicketState = TicketState.WAITING


def issue(office: Office, connection: Connection, terminal: Terminal, service: Row[Any], wish: Wish) -> str:
    """Give the next number of the service, a row of `services` of the terminal's hall; the id of the new ticket.

    For use in `changing`. The caller has looked at whether the service is open and what the ticket is linked to; see
    `ticket_of` for the ticket itself.
    """
    now = office.now()
    seq = _next_number(connection, terminal.hall, now, service.prefix)  # first: its row lock orders the writers on PostgreSQL
    return put_in(office, connection, terminal, service, wish, Given(day=now.date(), seq=seq, issued=now))


def put_in(office: Office, connection: Connection, terminal: Terminal, service: Row[Any], wish: Wish, given: Given) -> str:
    """Put a ticket that has its number into the queue, at the place of the moment it was given; its id."""
    ticket = uuid4().hex
    effective = rules_of(connection, terminal.hall).place(given.issued, wish.priority)
    place = Place(hall=terminal.hall, prefix=service.prefix, effective=effective, issued=given.issued, seq=given.seq)
    ahead, low, high = _estimate(connection, service, place, office.now())
    linked = {name: getattr(wish, name) for name in ("nonce", "language", "priority", "item", "item_name", "review", "booked_for")}
    numbered = {"day": given.day, "prefix": service.prefix, "seq": given.seq, "issued": given.issued, "state": given.state}
    promised = {"ahead": ahead, "wait_low": low, "wait_high": high, "effective": effective}
    blank = {"print_state": PrintState.PENDING, "reprints": 0, "reason": "", "calls": 0}
    whose = {"id": ticket, "terminal": terminal.code, "hall": terminal.hall, "service": service.code}
    follow = {"follow_hash": fingerprint(follow_token(office, ticket, (terminal.hall, given.day, service.prefix, given.seq)))}
    row = connection.execute(_INSERT, {**whose, **numbered, **linked, **promised, **blank, **follow}).one()
    if given.state is TicketState.WAITING:
        begin(connection, row, given.issued)
    return ticket


def follow_token(office: Office, ticket: str, number: tuple[str, date, str, int]) -> str:
    """The last part of the URL behind the QR code of the ticket's paper; `number` is its hall, day, prefix and number.

    A number that is kept for the time without an office has its token before there is a ticket.
    """
    return kept_token(office, number) if FIRST_KEPT <= number[-1] <= LAST_KEPT else token(office.secret, "follow", ticket)


def kept_token(office: Office, number: tuple[str, date, str, int]) -> str:
    """The same of a number that a terminal keeps."""
    return token(office.secret, "follow-kept", ":".join(map(str, number)))


def _estimate(connection: Connection, service: Row[Any], place: Place, now: datetime) -> tuple[int, int | None, int | None]:
    """How many are before the place, and the minutes one waits there."""
    ahead = count_before(connection, place, now)
    open_counters = service_staffing(connection, place.hall, service.code, now).open_counters
    minutes, samples = average(connection, place.hall, service.code, service.minutes, service.samples)
    low, high = wait_range(ahead, open_counters, minutes, samples) or (None, None)
    return ahead, low, high


def _next_number(connection: Connection, hall: str, now: datetime, prefix: str) -> int:
    first = {"hall": hall, "day": now.date(), "prefix": prefix, "last": 1, "reserved": FIRST_KEPT - 1}
    count_up = _COUNT_UP_SQLITE if connection.dialect.name == "sqlite" else _COUNT_UP_POSTGRESQL
    number: int = connection.execute(count_up, first).scalar_one()
    return number
