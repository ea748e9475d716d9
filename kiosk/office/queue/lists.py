"""The queues of a hall as terminals offer them."""

from typing import Any

from sqlalchemy import Row

from kiosk.backend.messages import Queue
from kiosk.office.office import Office
from kiosk.office.queue.board import Board, load_board
from kiosk.office.queue.days import looking


def list_queues(office: Office, hall: str) -> tuple[Queue, ...]:
    """The hall's services in their order, each with how many wait and how long."""
    with looking(office, hall) as connection:
        board = load_board(connection, hall, office.now())
    return tuple(_queue(board, service) for service in board.services.values()) if board else ()


def _queue(board: Board, service: Row[Any]) -> Queue:
    ahead = board.lengths.get(service.prefix, 0)
    return Queue(
        code=service.code,
        name=service.name,
        about=service.about,
        prefix=service.prefix,
        where=service.place,
        ahead=ahead,
        wait=board.wait(service.code, ahead),
        open_counters=board.paces[service.code].open_counters,
    )
