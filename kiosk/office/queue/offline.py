"""Numbers for the time without an office: ranges that terminals keep, and the tickets they gave from them."""

from collections.abc import Mapping
from datetime import datetime, time
from http import HTTPStatus
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from kiosk.backend.messages import NumberRange, PrintState, ReportOffline, ReportPrint, Ticket, TicketState
from kiosk.errors import Refusal
from kiosk.office.access import Terminal
from kiosk.office.database import steadfast, upsert
from kiosk.office.hours import LOCAL
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.days import changing
from kiosk.office.queue.issuing import FIRST_KEPT, LAST_KEPT, Given, Wish, kept_token, put_in
from kiosk.office.queue.prints import note_print
from kiosk.office.queue.rules import rules_of
from kiosk.office.queue.tickets import find_by_nonce, service_of, ticket_of
from kiosk.office.tables import halls, number_ranges, number_sequences, services

_LAST_SECOND = time(23, 59, 59)
_PAPERS: Mapping[PrintState, tuple[PrintState, ...]] = {  # what was tried, as far as its end tells
    PrintState.PENDING: (),
    PrintState.PRINTED: (PrintState.PRINTED,),
    PrintState.FAILED: (PrintState.FAILED,),
    PrintState.REPRINTED: (PrintState.FAILED, PrintState.REPRINTED),
}


@steadfast
def reserve(office: Office, terminal: Terminal) -> tuple[NumberRange, ...]:
    """The day's ranges of the terminal, one a queue; asked again, the same ones.

    A queue whose kept numbers are used up by other terminals is left out; ProblemError `numbers_used_up` where that are all.
    """
    with changing(office, terminal.hall) as connection:
        now, block = office.now(), rules_of(connection, terminal.hall).block
        offered = select(services).where(services.c.hall == terminal.hall).order_by(services.c.prefix, services.c.position)
        for prefix, group in groupby(connection.execute(offered).all(), key=lambda row: str(row.prefix)):
            _reserve_group(connection, terminal, now, prefix, [row.code for row in group], block)
        rows = _kept(connection, terminal, now)
    if not rows:
        raise ProblemError(HTTPStatus.CONFLICT, Refusal.NUMBERS_USED_UP)
    return tuple(_range(office, row) for row in rows)


@steadfast
def report_offline(office: Office, terminal: Terminal, report: ReportOffline) -> tuple[Ticket, bool]:
    """Take a ticket that the terminal gave by itself into the queue, and whether that was done just now.

    Its place is that of the moment it was given, which lies between the reserving of its range and now, whatever the terminal's
    clock says. ProblemError `not_reserved` for a number the terminal does not keep, `number_taken` for one it has reported before
    with another nonce, `nonce_reused`, and `expired` for one of another day, which is kept for the record all the same.
    """
    try:
        with changing(office, terminal.hall) as connection:
            new = _record(office, connection, terminal, report)
    except IntegrityError:  # another transaction won with the same nonce
        new = False
    with office.database.read() as connection:
        row = find_by_nonce(connection, report.nonce)
        if row is None or (row.terminal, row.day, row.seq) != (terminal.code, report.day, report.number):
            raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused" if row else "number_taken")
        if row.day < office.today():
            raise ProblemError(HTTPStatus.CONFLICT, Refusal.EXPIRED)
        return ticket_of(office, connection, row.id), new


def _reserve_group(connection: Connection, terminal: Terminal, now: datetime, prefix: str, codes: list[str], block: int) -> None:
    """Reserve a block of the prefix for each of the services that has none yet. The sequence's row orders the terminals."""
    key = {"hall": terminal.hall, "day": now.date(), "prefix": prefix}
    start = upsert(connection, number_sequences).values(**key, last=0, reserved=FIRST_KEPT - 1)
    held = start.on_conflict_do_update(index_elements=list(key), set_={"last": number_sequences.c.last})
    reserved: int = connection.execute(held.returning(number_sequences.c.reserved)).scalar_one()
    known = {row.service for row in _kept(connection, terminal, now)}
    first = reserved + 1
    for code in codes:
        if code in known or first > LAST_KEPT:
            continue
        last = min(first + block - 1, LAST_KEPT)
        whose = {"terminal": terminal.code, "service": code, "first": first, "last": last, "reserved": now}
        connection.execute(number_ranges.insert().values(**key, **whose))
        first = last + 1
    this = (getattr(number_sequences.c, name) == value for name, value in key.items())
    connection.execute(number_sequences.update().where(*this).values(reserved=first - 1))


def _kept(connection: Connection, terminal: Terminal, now: datetime) -> list[Row[Any]]:
    query = (
        select(number_ranges, services.c.name.label("service_name"), services.c.place, halls.c.name.label("hall_name"), halls.c.hours)
        .join(services, (services.c.hall == number_ranges.c.hall) & (services.c.code == number_ranges.c.service))
        .join(halls, halls.c.code == number_ranges.c.hall)
        .where(number_ranges.c.terminal == terminal.code, number_ranges.c.hall == terminal.hall, number_ranges.c.day == now.date())
        .order_by(services.c.position)
    )
    return list(connection.execute(query))


def _range(office: Office, row: Row[Any]) -> NumberRange:
    tokens = (kept_token(office, (row.hall, row.day, row.prefix, number)) for number in range(row.first, row.last + 1))
    return NumberRange(
        service=row.service,
        prefix=row.prefix,
        day=row.day,
        first=row.first,
        last=row.last,
        service_name=row.service_name,
        hall_name=row.hall_name,
        where=row.place,
        hours=row.hours,
        follows=tuple(f"{office.public_url}/t/{token}" for token in tokens),
    )


def _record(office: Office, connection: Connection, terminal: Terminal, report: ReportOffline) -> bool:
    if find_by_nonce(connection, report.nonce) is not None:
        return False
    service = service_of(connection, terminal.hall, report.service)
    kept = _range_of(connection, terminal, report)
    now = office.now()
    latest = min(now, datetime.combine(report.day, _LAST_SECOND, LOCAL))
    given = Given(
        day=report.day,
        seq=report.number,
        issued=min(max(report.issued.astimezone(LOCAL), kept.reserved.astimezone(LOCAL)), latest).replace(microsecond=0),
        state=TicketState.EXPIRED if report.day < now.date() else TicketState.WAITING,
    )
    wish = Wish(nonce=report.nonce, language=report.language, priority=report.priority)
    ticket = put_in(office, connection, terminal, service, wish, given)
    for attempt, state in enumerate(_PAPERS[report.printed], 1):
        note_print(office, connection, ReportPrint(ticket=ticket, state=state, attempt=attempt), attempt)
    return True


def _range_of(connection: Connection, terminal: Terminal, report: ReportOffline) -> Row[Any]:
    whose = (number_ranges.c.terminal == terminal.code, number_ranges.c.hall == terminal.hall)
    which = (number_ranges.c.service == report.service, number_ranges.c.day == report.day)
    kept = connection.execute(select(number_ranges).where(*whose, *which)).one_or_none()
    if kept is None or not kept.first <= report.number <= kept.last:
        raise ProblemError(HTTPStatus.CONFLICT, "not_reserved")
    return kept
