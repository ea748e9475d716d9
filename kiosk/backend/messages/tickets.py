"""Queue tickets: taken, printed, followed; and the numbers a terminal keeps for the time without an office."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from kiosk.backend.messages.base import Growing, Request, Words


class PrintState(StrEnum):
    """Print state of a ticket."""

    PENDING = "pending"
    PRINTED = "printed"
    FAILED = "failed"
    REPRINTED = "reprinted"


class Priority(StrEnum):
    """Why a ticket is called earlier. What is claimed by word is looked at by the window."""

    NONE = "none"
    BOOKED = "booked"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    MILITARY = "military"
    PREGNANT = "pregnant"
    GREEN = "green"  # 绿色通道: given by staff


class TicketState(Growing):
    """Where a ticket stands. `missed` may be queued again once; `left`, `finished` and `expired` are ends."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    FINISHED = "finished"
    LEFT = "left"
    EXPIRED = "expired"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A queue ticket. `number` is what is called ("A005"), `follow` the URL behind the paper's QR code.

    `offline`: given by the terminal itself from its reserved numbers; the office does not know of it yet.
    """

    id: str
    number: str
    service: str
    service_name: Words
    hall_name: Words
    where: Words
    issued: datetime
    ahead: int
    wait: tuple[int, int] | None
    hours: Words
    follow: str
    print_state: PrintState = PrintState.PENDING
    reprints: int = 0
    priority: Priority = Priority.NONE
    item: Words | None = None  # the matter it was taken for, where one was named
    review: str = ""  # number of the pre-review it is linked to
    offline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A ticket as its holder follows it. `counter` names the window once it was called."""

    number: str
    state: TicketState
    service_name: Words
    hall_name: Words
    where: Words
    ahead: int
    wait: tuple[int, int] | None
    counter: Words | None = None
    called: datetime | None = None
    booked_first: bool  # people with a booking may be called before


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRange:
    """Numbers `first` to `last` of a queue that only this terminal may give on `day` while the office cannot be reached.

    `follows` are the URLs behind the QR codes of their papers, in order: they open once the office knows of the ticket.
    """

    service: str
    prefix: str
    day: date
    first: int
    last: int
    service_name: Words
    hall_name: Words
    where: Words
    hours: Words
    follows: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTicket(Request):
    """Take a ticket; the same `nonce` (made when the button was touched) always gets the same ticket.

    `item` and `review` link it to the matter and the passed pre-review. Refused `review_required` where the item wants one first,
    `review_expired` where its time is over.
    """

    PATH: ClassVar = "/v1/tickets"
    REPLY: ClassVar = Ticket

    nonce: str
    service: str
    language: str
    item: str = ""
    review: str = ""
    priority: Priority = Priority.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPrint(Request):
    """What became of a ticket's paper: attempt 1 is the first print, higher ones reprints. Idempotent."""

    METHOD: ClassVar = "PUT"
    PATH: ClassVar = "/v1/tickets/{ticket}/print"
    REPLY: ClassVar = Ticket

    ticket: str
    state: PrintState
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowTicket(Request):
    """Where the ticket stands whose follow token this is (the last part of its `follow` URL)."""

    PATH: ClassVar = "/v1/tickets/position"
    REPLY: ClassVar = Position

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveNumbers(Request):
    """The day's ranges of this terminal, one a queue; asked again, the same ones."""

    PATH: ClassVar = "/v1/number-ranges"
    REPLY: ClassVar = tuple[NumberRange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOffline(Request):
    """A ticket given from a reserved range; idempotent by `nonce`. The office takes it into the queue at its `issued` time.

    Refused `expired` when its day is over; the ticket is then only kept for the record.
    """

    PATH: ClassVar = "/v1/tickets/offline"
    REPLY: ClassVar = Ticket

    nonce: str
    service: str
    language: str
    day: date
    number: int  # within the range
    issued: datetime
    printed: PrintState
    priority: Priority = Priority.NONE
