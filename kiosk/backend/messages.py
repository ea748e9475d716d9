"""What terminal and office say to each other: plain values, shared by the office's API and the terminal's client.

Times are ISO 8601 with offset, durations in minutes, days are working days. Texts for citizens come in every language the
office has, by BCP 47 tag. The HTTP paths are in `kiosk/office/api.py` and in the OpenAPI document.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from drivers.contract import Answer, Command
from kiosk.errors import BackendError

OFFICE = "office"  # the role of the line to the office

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBand:
    """One band of opening hours on the days `weekdays` (1 Monday .. 7 Sunday); a band of the noon service says so."""

    weekdays: tuple[int, ...]
    opens: str  # "09:00"
    closes: str
    noon: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """A service hall as its terminals present it."""

    code: str
    name: Words
    address: Words
    phone: str
    bands: tuple[OpenBand, ...]
    hours: Words  # the same as a sentence, noon service included
    notices: tuple[Words, ...] = ()
    open_now: bool
    privacy: Words  # short line for papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A service one can take a ticket for. `wait` is (optimistic, pessimistic) minutes, None when no counter is open."""

    code: str
    name: Words
    about: Words
    prefix: str
    where: Words
    ahead: int
    wait: tuple[int, int] | None
    open_counters: int


class PrintState(StrEnum):
    """Print state of a ticket."""

    PENDING = "pending"
    PRINTED = "printed"
    FAILED = "failed"
    REPRINTED = "reprinted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A queue ticket. `number` is what is called ("A005"), `follow` the URL behind the paper's QR code."""

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


class StageState(StrEnum):
    """Where a stage of a case stands."""

    DONE = "done"
    ACTIVE = "inProgress"
    WAITING = "waiting"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a case. Stages of one `step` number run side by side, each in its own `lane`."""

    step: int
    lane: Words | None = None
    name: Words
    state: StageState
    office: Words
    since: date | None = None
    until: date | None = None
    suspends_clock: bool = False


class CaseState(StrEnum):
    """State of a case as a whole."""

    ACCEPTED = "accepted"
    IN_PROGRESS = "inProgress"
    SUSPENDED = "suspended"
    OVERDUE = "overdue"
    NEEDS_MATERIAL = "needsMaterial"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A span in which the working-day clock stands still; `until` None: it still does."""

    reason: Words
    since: date
    until: date | None = None
    working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Legal and promised time of a case in working days, suspended days not counted."""

    statutory_days: int
    statutory_date: date
    promised_days: int
    promised_date: date
    used_days: int
    left_days: int  # against the promise; negative when overdue
    suspensions: tuple[Suspension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """A case in a list; `token` opens it."""

    number: str
    item: Words
    state: CaseState
    accepted: date
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case with its stages. `applicant` and `applicant_number` are personal and shown masked."""

    number: str
    item: Words
    state: CaseState
    applicant: str = field(repr=False)
    applicant_number: str = field(repr=False)
    accepted: date
    office: Words
    window: Words
    phone: str
    stages: tuple[Stage, ...]
    deadline: Deadline
    missing: tuple[Words, ...] = ()
    next_step: Words
    token: str = field(repr=False)  # opaque, 128 bits in base64url


@dataclass(frozen=True, slots=True, kw_only=True)
class GetHall:
    """Answered by Hall."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQueues:
    """Answered by tuple[Queue, ...]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTicket:
    """Answered by Ticket; the same `nonce` (made when the button was touched) always gets the same ticket."""

    nonce: str
    service: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPrint:
    """What became of a ticket's paper: attempt 1 is the first print, higher ones reprints. Idempotent; answered by Ticket."""

    ticket: str
    state: PrintState
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesOfPerson:
    """Answered by tuple[CaseSummary, ...], newest first; asked only with the card on the reader."""

    number: str = field(repr=False)
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseByNumber:
    """Answered by Case; two secrets, rate-limited by the office."""

    number: str = field(repr=False)
    phone_tail: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseByToken:
    """Answered by Case; the token is the one in the QR code of a receipt."""

    token: str = field(repr=False)


Request = GetHall | ListQueues | TakeTicket | ReportPrint | CasesOfPerson | CaseByNumber | CaseByToken
Reply = Hall | tuple[Queue, ...] | Ticket | tuple[CaseSummary, ...] | Case


class Ask(Command, frozen=True, kw_only=True):
    """Put a request to the office."""

    role: str = OFFICE
    request: Request


class Replied(Answer, frozen=True, kw_only=True):
    """The office's answer; its type is the one the request's docstring names."""

    personal: ClassVar[frozenset[str]] = frozenset({"reply"})

    role: str = OFFICE
    reply: Reply


class Refused(Answer, frozen=True, kw_only=True):
    """The office did not answer as hoped."""

    role: str = OFFICE
    error: BackendError
