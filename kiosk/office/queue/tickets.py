"""Queue tickets as terminals take them."""

from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.exc import IntegrityError

from kiosk.backend.messages import PrintState, Priority, TakeTicket, Ticket
from kiosk.office.access import Terminal
from kiosk.office.database import steadfast
from kiosk.office.hours import LOCAL
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.days import changing
from kiosk.office.queue.issuing import Wish, follow_token, issue
from kiosk.office.queue.matters import matter_of
from kiosk.office.queue.staffing import service_staffing
from kiosk.office.tables import halls, services, ticket_periods, tickets

# Statements of every ticket are made once: making them takes longer than the database does.
_SERVICE = select(services).where(services.c.hall == bindparam("hall"), services.c.code == bindparam("code"))
_TICKETS = (
    select(tickets, services.c.name.label("service_name"), services.c.place, halls.c.name.label("hall_name"), halls.c.hours)
    .join(services, (services.c.hall == tickets.c.hall) & (services.c.code == tickets.c.service))
    .join(halls, halls.c.code == tickets.c.hall)
)
_BY_ID = _TICKETS.where(tickets.c.id == bindparam("id"))
_BY_NONCE = _TICKETS.where(tickets.c.nonce == bindparam("nonce"))


@steadfast
def take_ticket(office: Office, terminal: Terminal, request: TakeTicket) -> tuple[Ticket, bool]:
    """The ticket of this nonce, and whether it was made just now.

    ProblemError `not_found` for an unknown service or item, `closed` for a service outside its hours, `review_required` for an item
    that wants a pre-review, `nonce_reused` for a nonce that belongs to another terminal or service. A service in its hours whose
    counters are all switched off still gives numbers.
    """
    try:
        with changing(office, terminal.hall) as connection:
            found = _of_nonce(office, connection, terminal, request)
            return (found, False) if found else (_take(office, connection, terminal, request), True)
    except IntegrityError:  # another transaction won with the same nonce (PostgreSQL; SQLite's writers wait for each other)
        with office.database.read() as connection:
            found = _of_nonce(office, connection, terminal, request)
        if found is None:
            raise
        return found, False


def service_of(connection: Connection, hall: str, code: str) -> Row[Any]:
    """The row of a service; ProblemError `not_found`."""
    row = connection.execute(_SERVICE, {"hall": hall, "code": code}).one_or_none()
    if row is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return row


def ticket_of(office: Office, connection: Connection, ticket: str) -> Ticket:
    """The ticket with this id, which exists."""
    return _ticket(office, connection.execute(_BY_ID, {"id": ticket}).one())


def number_of(prefix: str, seq: int) -> str:
    """What is called: "A005"."""
    return f"{prefix}{seq:03d}"


def find_by_nonce(connection: Connection, nonce: str) -> Row[Any] | None:
    """The row of the ticket that was taken with this nonce."""
    return connection.execute(_BY_NONCE, {"nonce": nonce}).one_or_none()


def _take(office: Office, connection: Connection, terminal: Terminal, request: TakeTicket) -> Ticket:
    service = service_of(connection, terminal.hall, request.service)
    if not service_staffing(connection, terminal.hall, service.code, office.now()).in_hours:
        raise ProblemError(HTTPStatus.CONFLICT, "closed")
    matter = matter_of(office, connection, request.item, request.review)
    wish = Wish(
        nonce=request.nonce,
        language=request.language,
        priority=request.priority,
        item=request.item,
        item_name=matter.name,
        review=matter.review,
    )
    return ticket_of(office, connection, issue(office, connection, terminal, service, wish))


def _of_nonce(office: Office, connection: Connection, terminal: Terminal, request: TakeTicket) -> Ticket | None:
    row = find_by_nonce(connection, request.nonce)
    if row is None:
        return None
    if row.terminal != terminal.code or request.service not in (row.service, _taken_for(connection, row.id)):
        raise ProblemError(HTTPStatus.CONFLICT, "nonce_reused")
    return _ticket(office, row)


def _taken_for(connection: Connection, ticket: str) -> str | None:
    """The service it was first taken for: a window may have sent it to another since."""
    first = select(ticket_periods.c.service).where(ticket_periods.c.ticket == ticket).order_by(ticket_periods.c.id).limit(1)
    return connection.execute(first).scalar_one_or_none()


def _ticket(office: Office, row: Row[Any]) -> Ticket:
    return Ticket(
        id=row.id,
        number=number_of(row.prefix, row.seq),
        service=row.service,
        service_name=row.service_name,
        hall_name=row.hall_name,
        where=row.place,
        issued=row.issued.astimezone(LOCAL),
        ahead=row.ahead,
        wait=None if row.wait_low is None else (row.wait_low, row.wait_high),
        hours=row.hours,
        follow=f"{office.public_url}/t/{follow_token(office, row.id, (row.hall, row.day, row.prefix, row.seq))}",
        print_state=PrintState(row.print_state),
        reprints=row.reprints,
        priority=Priority(row.priority),
        item=row.item_name,
        review=row.review,
    )
