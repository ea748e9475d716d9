"""Queue tickets: a number that is never given twice or skipped, and what became of its paper.

A number comes from a sequence row per hall, day and prefix that is counted up inside the ticket's own transaction, so a
ticket that fails takes its number back with it.
"""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, CursorResult, Row, select, update
from sqlalchemy.exc import IntegrityError

from kiosk.backend.messages import PrintState, ReportPrint, TakeTicket, Ticket
from kiosk.office.access import Terminal
from kiosk.office.database import upsert
from kiosk.office.halls import WAITING, people_waiting, staffing
from kiosk.office.hours import LOCAL
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.tables import halls, number_sequences, services, ticket_prints, tickets
from kiosk.office.tokens import fingerprint, token
from kiosk.office.waits import wait_range

_FIRST = {PrintState.PRINTED, PrintState.FAILED}
_AGAIN = {PrintState.REPRINTED, PrintState.FAILED}


def take_ticket(office: Office, terminal: Terminal, request: TakeTicket) -> tuple[Ticket, bool]:
    """The ticket of this nonce, and whether it was made just now.

    ProblemError `not_found` for an unknown service, `closed` for one outside its hours, `nonce_reused` for a nonce that belongs
    to another terminal or service. A service in its hours whose counters are all switched off still gives numbers.
    """
    try:
        with office.database.write() as connection:
            found = _of_nonce(office, connection, terminal, request)
            return (found, False) if found else (_new_ticket(office, connection, terminal, request), True)
    except IntegrityError:  # another transaction won with the same nonce (PostgreSQL; SQLite's writers wait for each other)
        with office.database.read() as connection:
            found = _of_nonce(office, connection, terminal, request)
        if found is None:
            raise
        return found, False


def report_print(office: Office, terminal: Terminal, report: ReportPrint) -> Ticket:
    """Note what became of the paper. The same report again changes nothing.

    Attempt 1 is `printed` or `failed`; each further one, taken in order, is `reprinted` or `failed`. A reprint that fails
    leaves the ticket as it was. Anything else is ProblemError `print_conflict`.
    """
    with office.database.write() as connection:
        connection.execute(select(tickets.c.id).where(tickets.c.id == report.ticket).with_for_update())  # others wait here
        row = _find(connection, tickets.c.id == report.ticket)
        if row is None or row.hall != terminal.hall:
            raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
        known = _prints(connection, report.ticket)
        if report.attempt not in known:
            _note_print(office, connection, report, len(known) + 1)
        elif known[report.attempt] != report.state:
            raise ProblemError(HTTPStatus.CONFLICT, "print_conflict")
        return _ticket(office, _rows(connection, tickets.c.id == report.ticket).one())


def _prints(connection: Connection, ticket: str) -> dict[int, str]:
    """State by attempt, as reported so far."""
    query = select(ticket_prints.c.attempt, ticket_prints.c.state).where(ticket_prints.c.ticket == ticket)
    return dict(connection.execute(query).all())


def _note_print(office: Office, connection: Connection, report: ReportPrint, expected: int) -> None:
    allowed = _FIRST if report.attempt == 1 else _AGAIN
    if report.attempt != expected or report.state not in allowed:
        raise ProblemError(HTTPStatus.CONFLICT, "print_conflict")
    connection.execute(
        ticket_prints.insert().values(ticket=report.ticket, attempt=report.attempt, state=report.state, reported=office.now())
    )
    change = update(tickets).where(tickets.c.id == report.ticket)
    if report.state is PrintState.REPRINTED:
        connection.execute(change.values(print_state=report.state, reprints=tickets.c.reprints + 1))
    elif report.attempt == 1:
        connection.execute(change.values(print_state=report.state))


def _of_nonce(office: Office, connection: Connection, terminal: Terminal, request: TakeTicket) -> Ticket | None:
    row = _find(connection, tickets.c.nonce == request.nonce)
    if row is None:
        return None
    if (row.terminal, row.service) != (terminal.code, request.service):
        raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
    return _ticket(office, row)


def _new_ticket(office: Office, connection: Connection, terminal: Terminal, request: TakeTicket) -> Ticket:
    now = office.now()
    service = connection.execute(select(services).where(services.c.hall == terminal.hall, services.c.code == request.service)).one_or_none()
    if service is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    staffed = staffing(connection, terminal.hall, service.code, now)
    if not staffed.in_hours:
        raise ProblemError(HTTPStatus.CONFLICT, "closed")
    seq = _next_number(office, connection, terminal.hall, service.prefix)  # first: its row lock orders the writers on PostgreSQL
    ahead = people_waiting(connection, terminal.hall, service.prefix, now)
    low, high = wait_range(ahead, staffed.open_counters, service.minutes, service.samples) or (None, None)
    ticket = uuid4().hex
    connection.execute(
        tickets.insert().values(
            id=ticket,
            nonce=request.nonce,
            terminal=terminal.code,
            hall=terminal.hall,
            service=service.code,
            day=now.date(),
            prefix=service.prefix,
            seq=seq,
            language=request.language,
            issued=now,
            state=WAITING,
            ahead=ahead,
            wait_low=low,
            wait_high=high,
            follow_hash=fingerprint(_follow_token(office, ticket)),
            print_state=PrintState.PENDING,
            reprints=0,
        )
    )
    return _ticket(office, _rows(connection, tickets.c.id == ticket).one())


def _next_number(office: Office, connection: Connection, hall: str, prefix: str) -> int:
    insert = upsert(connection, number_sequences).values(hall=hall, day=office.today(), prefix=prefix, last=1)
    count_up = insert.on_conflict_do_update(index_elements=["hall", "day", "prefix"], set_={"last": number_sequences.c.last + 1}).returning(
        number_sequences.c.last
    )
    number: int = connection.execute(count_up).scalar_one()
    return number


def _find(connection: Connection, condition: ColumnElement[bool]) -> Row[Any] | None:
    return _rows(connection, condition).one_or_none()


def _rows(connection: Connection, condition: ColumnElement[bool]) -> CursorResult[Any]:
    query = (
        select(tickets, services.c.name.label("service_name"), services.c.place, halls.c.name.label("hall_name"), halls.c.hours)
        .join(services, (services.c.hall == tickets.c.hall) & (services.c.code == tickets.c.service))
        .join(halls, halls.c.code == tickets.c.hall)
        .where(condition)
    )
    return connection.execute(query)


def _follow_token(office: Office, ticket: str) -> str:
    return token(office.secret, "follow", ticket)


def _ticket(office: Office, row: Row[Any]) -> Ticket:
    return Ticket(
        id=row.id,
        number=f"{row.prefix}{row.seq:03d}",
        service=row.service,
        service_name=row.service_name,
        hall_name=row.hall_name,
        where=row.place,
        issued=row.issued.astimezone(LOCAL),
        ahead=row.ahead,
        wait=None if row.wait_low is None else (row.wait_low, row.wait_high),
        hours=row.hours,
        follow=f"{office.public_url}/t/{_follow_token(office, row.id)}",
        print_state=PrintState(row.print_state),
        reprints=row.reprints,
    )
