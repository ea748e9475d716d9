"""Where a ticket stands, for whoever holds its paper."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from sqlalchemy import Row, select

from kiosk.backend.messages import Position, Priority, TicketState
from kiosk.office.hours import LOCAL
from kiosk.office.office import Office
from kiosk.office.problems import ProblemError
from kiosk.office.queue.board import Board, load_board
from kiosk.office.queue.days import looking
from kiosk.office.queue.periods import ENDS
from kiosk.office.queue.tickets import number_of
from kiosk.office.queue.words import counter_name
from kiosk.office.tables import tickets
from kiosk.office.tokens import fingerprint

_CALLED = (TicketState.CALLED, TicketState.SERVING)


def follow(office: Office, token: str) -> Position:
    """The position of the ticket with this follow token; ProblemError `not_found`."""
    ticket, hall = ticket_of(office, token)
    with looking(office, hall) as connection:
        board = load_board(connection, hall, office.now())
    assert board is not None  # noqa: S101 - the hall of a ticket exists
    return position_of(office, board, ticket)


def ticket_of(office: Office, token: str) -> tuple[str, str]:
    """The id of the ticket with this follow token, and its hall; ProblemError `not_found`."""
    query = select(tickets.c.id, tickets.c.hall).where(tickets.c.follow_hash == fingerprint(token))
    with office.database.read() as connection:
        found = connection.execute(query).one_or_none()
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found")
    return found.id, found.hall


def hall_of(office: Office, token: str) -> str:
    """The hall in which the ticket with this follow token was taken; ProblemError `not_found`."""
    return ticket_of(office, token)[1]


def position_of(office: Office, board: Board, ticket: str) -> Position:
    """Where a ticket there is stands on its hall's board; the database is asked for those that are over."""
    row = board.tickets.get(ticket)
    if row is None:
        with office.database.read() as connection:
            row = connection.execute(select(tickets).where(tickets.c.id == ticket)).one()
    return position(board, row)


def position(board: Board, row: Row[Any]) -> Position:
    """Where the ticket of this row (of `tickets`) stands on its hall's board."""
    state = _state(row, board.at)
    waits = state is TicketState.WAITING
    service = board.services[row.service]
    ahead = board.before.get(row.id, 0) if waits else 0
    return Position(
        number=number_of(row.prefix, row.seq),
        state=state,
        service_name=service.name,
        hall_name=board.name,
        where=service.place,
        ahead=ahead,
        wait=board.wait(row.service, ahead) if waits else None,
        counter=counter_name(row.counter) if row.counter and not waits else None,
        called=row.called.astimezone(LOCAL) if row.called and state in _CALLED else None,
        booked_first=waits and board.rules.passes(Priority.BOOKED, Priority(row.priority)),
    )


def is_over(found: Position) -> bool:
    """Whether nothing more will happen to the ticket."""
    return found.state in ENDS


def _state(row: Row[Any], now: datetime) -> TicketState:
    """The stored state, but nothing waits longer than its day."""
    state = TicketState(row.state)
    if state in ENDS or row.day >= now.date():
        return state
    return TicketState.LEFT if state is TicketState.MISSED else TicketState.EXPIRED
