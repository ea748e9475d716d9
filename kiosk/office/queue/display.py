"""What the displays of a hall show and speak: the newest calls, the windows, how many wait, and why nobody is called."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kiosk.backend.messages import TicketState, Words
from kiosk.office.queue.board import Board, Call
from kiosk.office.queue.staffing import Window, WindowState
from kiosk.office.queue.tickets import number_of
from kiosk.office.queue.words import HALL_CLOSED, NO_WINDOW_OPEN, break_message, call_voice, counter_name


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShown:
    """A call. A display speaks `voice` once for every `id` it has not seen; `call` counts from 1, recalls included."""

    id: int
    number: str
    counter: str
    counter_name: Words
    called: datetime
    call: int
    state: TicketState
    voice: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterShown:
    """A window, the number it has now ("" for none), and what stands on it while it is closed or on a break."""

    code: str
    name: Words
    state: WindowState
    number: str
    number_state: TicketState | None
    message: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueShown:
    """How many wait for a service, and the minutes it takes."""

    code: str
    name: Words
    prefix: str
    where: Words
    waiting: int
    wait: tuple[int, int] | None
    open_counters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayState:
    """Everything a display shows; calls are newest first, `closed` says why nobody is called at all."""

    at: datetime
    hall: str
    hall_name: Words
    hours: Words
    calls: tuple[CallShown, ...]
    counters: tuple[CounterShown, ...]
    queues: tuple[QueueShown, ...]
    closed: Words | None


def display_state(board: Board, only: Collection[str] = ()) -> DisplayState:
    """What a display of the hall shows, or one that stands at the windows `only`."""
    return DisplayState(
        at=board.at,
        hall=board.hall,
        hall_name=board.name,
        hours=board.hours,
        calls=tuple(_call(call) for call in board.calls if not only or call.counter in only),
        counters=tuple(_counter(board, window) for window in board.windows if not only or window.code in only),
        queues=tuple(
            QueueShown(
                code=one.code,
                name=one.name,
                prefix=one.prefix,
                where=one.place,
                waiting=board.waiting.get(one.code, 0),
                wait=board.wait(one.code, board.lengths.get(one.prefix, 0)),
                open_counters=board.paces[one.code].open_counters,
            )
            for one in board.services.values()
        ),
        closed=_closed(board),
    )


def _closed(board: Board) -> Words | None:
    if any(window.open for window in board.windows):
        return None
    return NO_WINDOW_OPEN if board.open_now else HALL_CLOSED


def _call(call: Call) -> CallShown:
    number = number_of(call.prefix, call.seq)
    return CallShown(
        id=call.id,
        number=number,
        counter=call.counter,
        counter_name=counter_name(call.counter),
        called=call.called,
        call=call.call,
        state=TicketState(call.state),
        voice=call_voice(number, call.counter),
    )


def _counter(board: Board, window: Window) -> CounterShown:
    row = board.in_hand.get(window.code)
    return CounterShown(
        code=window.code,
        name=counter_name(window.code),
        state=window.state,
        number=number_of(row.prefix, row.seq) if row else "",
        number_state=TicketState(row.state) if row else None,
        message=break_message(window.row.break_words or "") if window.state is WindowState.BREAK else None,
    )
