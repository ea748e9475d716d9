"""What a desk shows, as values: its window, the ticket in hand with what was brought, who waits, is parked, or missed the call."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.backend.messages import Priority, TicketState, Words
from kiosk.office.queue.staffing import WindowState
from kiosk.office.reviews.promises import Promised


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The pre-review of a ticket, which found no fault: what was promised, what is to be brought, what the licence store holds."""

    number: str
    promises: tuple[Promised, ...]
    bring: tuple[Words, ...]
    from_store: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTicket:
    """A ticket as a desk sees it; it names nobody. `since` is when it came into its state, `reason` why staff gave the priority.

    `counter` is the window that has it or, of a waiting one, that it was sent to; `note` is why it was parked.
    """

    id: str
    number: str
    state: TicketState
    service: str
    service_name: Words
    priority: Priority
    reason: str
    item: Words | None
    booked_for: datetime | None
    language: str
    issued: datetime
    since: datetime
    waited_minutes: int
    counter: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """The ticket in hand. `next_call` is when a recall, or noting it as missed, may be next; None where neither comes any more.

    `comes_back` names the service it returns to when it is finished here.
    """

    ticket: DeskTicket
    brought: Brought | None
    recalls_left: int
    next_call: datetime | None
    may_be_missed: bool
    comes_back: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskQueue:
    """One of the window's services: how many wait for it, and how long the first of them has."""

    service: str
    name: Words
    prefix: str
    waiting: int
    longest_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A ticket that missed the call, and until when it can be queued again; None where it cannot."""

    ticket: DeskTicket
    requeue_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A service or window that a ticket can be sent to."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskState:
    """Everything a desk shows. `waiting` is in the order of calling."""

    at: datetime
    hall: str
    hall_name: Words
    clerk: str
    clerk_name: str
    counter: str
    counter_name: Words
    window: WindowState
    break_until: datetime | None
    break_words: str
    current: Current | None
    queues: tuple[DeskQueue, ...]
    waiting: tuple[DeskTicket, ...]
    parked: tuple[DeskTicket, ...]
    missed: tuple[Missed, ...]
    services: tuple[Choice, ...]
    counters: tuple[Choice, ...]
