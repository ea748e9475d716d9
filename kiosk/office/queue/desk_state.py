"""The state of a desk, read whole at one moment."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from kiosk.backend.messages import Priority, TicketState
from kiosk.office.hours import LOCAL
from kiosk.office.office import Office
from kiosk.office.queue.board import Board, load_board
from kiosk.office.queue.calls import seconds_to_next_call
from kiosk.office.queue.clerks import Seat
from kiosk.office.queue.days import looking
from kiosk.office.queue.desk import serves
from kiosk.office.queue.desk_views import Brought, Choice, Current, DeskQueue, DeskState, DeskTicket, Missed
from kiosk.office.queue.periods import spent
from kiosk.office.queue.staffing import WindowState
from kiosk.office.queue.tickets import number_of
from kiosk.office.queue.words import counter_name
from kiosk.office.reviews.linking import at_window

_SHOWN = 30  # tickets of a list
_ASIDE = (TicketState.PARKED, TicketState.MISSED)


def desk_state(office: Office, seat: Seat) -> DeskState:
    """The state of the seat's desk."""
    with looking(office, seat.hall) as connection:
        board = load_board(connection, seat.hall, office.now(), paces=False)
        assert board is not None  # noqa: S101 - the hall of a clerk exists
        return _state(office, connection, seat, board)


def _state(office: Office, connection: Connection, seat: Seat, board: Board) -> DeskState:
    served = serves(connection, seat)
    window = next(one for one in board.windows if one.code == seat.counter)
    counter, paused = window.row, window.state is WindowState.BREAK
    mine = [row for row in board.line if row.service in served or row.counter == seat.counter]
    hand, aside = board.in_hand.get(seat.counter), _aside(seat, served, board)
    return DeskState(
        at=board.at,
        hall=seat.hall,
        hall_name=board.name,
        clerk=seat.clerk,
        clerk_name=seat.name,
        counter=seat.counter,
        counter_name=counter_name(seat.counter),
        window=window.state,
        break_until=counter.break_until.astimezone(LOCAL) if paused else None,
        break_words=counter.break_words or "" if paused else "",
        current=_current(office, connection, board, hand) if hand else None,
        queues=tuple(_queue(board, code, mine) for code in board.services if code in served),
        waiting=tuple(_ticket(board, row) for row in mine[:_SHOWN]),
        parked=tuple(_ticket(board, row) for row in aside if row.state == TicketState.PARKED),
        missed=tuple(_missed(board, row) for row in aside if row.state == TicketState.MISSED),
        services=tuple(Choice(code=one.code, name=one.name) for one in board.services.values()),
        counters=tuple(Choice(code=one.code, name=counter_name(one.code)) for one in board.windows),
    )


def _aside(seat: Seat, served: Collection[str], board: Board) -> list[Row[Any]]:
    """Those parked, or who missed their call, the newest first."""
    ours = (row for row in board.tickets.values() if row.counter == seat.counter or row.service in served)
    return sorted((row for row in ours if row.state in _ASIDE), key=lambda row: row.since or row.issued, reverse=True)[:_SHOWN]


def _current(office: Office, connection: Connection, board: Board, row: Row[Any]) -> Current:
    left = max(0, board.rules.recalls + 1 - row.calls) if row.state == TicketState.CALLED else 0
    may_be_missed = row.state == TicketState.CALLED and row.calls > board.rules.least_recalls
    seconds = seconds_to_next_call(row, board.rules, board.at)
    review = at_window(connection, office, row.review)
    return Current(
        ticket=_ticket(board, row, waited=spent(connection, row.id, TicketState.WAITING, board.at)),
        brought=Brought(
            number=review.review.number,
            promises=review.promises,
            bring=review.review.bring,
            from_store=review.review.from_store,
        )
        if review
        else None,
        recalls_left=left,
        next_call=board.at + timedelta(seconds=seconds) if left or may_be_missed else None,
        may_be_missed=may_be_missed,
        comes_back=board.services[row.returns_service].name if row.returns_service else None,
    )


def _queue(board: Board, code: str, mine: list[Row[Any]]) -> DeskQueue:
    waiting = [row for row in mine if row.service == code]
    service = board.services[code]
    longest = max((_waited(row, board.at) for row in waiting), default=0)
    return DeskQueue(service=code, name=service.name, prefix=service.prefix, waiting=len(waiting), longest_minutes=int(longest))


def _missed(board: Board, row: Row[Any]) -> Missed:
    until = (row.since or row.called) + timedelta(minutes=board.rules.requeue_minutes)
    again = row.requeued is None and until >= board.at
    return Missed(ticket=_ticket(board, row), requeue_until=until.astimezone(LOCAL) if again else None)


def _ticket(board: Board, row: Row[Any], *, waited: float | None = None) -> DeskTicket:
    issued = row.issued.astimezone(LOCAL)
    return DeskTicket(
        id=row.id,
        number=number_of(row.prefix, row.seq),
        state=TicketState(row.state),
        service=row.service,
        service_name=board.services[row.service].name,
        priority=Priority(row.priority),
        reason=row.reason,
        item=row.item_name,
        booked_for=row.booked_for.astimezone(LOCAL) if row.booked_for else None,
        language=row.language,
        issued=issued,
        since=row.since.astimezone(LOCAL) if row.since else issued,
        waited_minutes=int(_waited(row, board.at) if waited is None else waited),
        counter=row.counter or "",
        note=row.park_reason or "",
    )


def _waited(row: Row[Any], now: datetime) -> float:
    """Minutes since they came, or were queued again."""
    waited: timedelta = now - (row.requeued or row.issued)
    return max(0.0, waited.total_seconds() / 60)
