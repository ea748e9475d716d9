"""Cases (办件): how they stand, what is due, and what their holder may still do: urge, delivery."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from kiosk.backend.messages.base import Growing, Person, Request, Words


class StageState(Growing):
    """Where a stage of a case stands."""

    DONE = "done"
    ACTIVE = "inProgress"
    WAITING = "waiting"
    REJECTED = "rejected"
    OTHER = "other"


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


class CaseState(Growing):
    """State of a case as a whole."""

    ACCEPTED = "accepted"
    IN_PROGRESS = "inProgress"
    SUSPENDED = "suspended"
    OVERDUE = "overdue"
    NEEDS_MATERIAL = "needsMaterial"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    OTHER = "other"


class CaseAct(Growing):
    """What the holder of a case can do now."""

    RESULT = "result"  # print what was decided
    URGE = "urge"  # 催办
    RATE = "rate"
    DELIVERY = "delivery"  # say how the result is to come
    OTHER = "other"


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


class DeliveryKind(Growing):
    """How a result comes to its owner."""

    COUNTER = "counter"
    POST = "post"
    ELECTRONIC = "electronic"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """By post needs receiver, phone and address; the others need nothing."""

    kind: DeliveryKind
    receiver: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


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
    acts: tuple[CaseAct, ...] = ()
    delivery: Delivery | None = None
    agent: str = field(default="", repr=False)  # name of who acted for the applicant
    sent: date | None = None  # day the result was handed out or posted
    waybill: str = field(default="", repr=False)  # number of the parcel, where it was posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Urge:
    """A reminder on record: an answer is due by `due`."""

    number: str
    case: str
    at: datetime
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesOfPerson(Request):
    """The person's cases, newest first; asked only with the card on the reader."""

    PATH: ClassVar = "/v1/cases/of-person"
    REPLY: ClassVar = tuple[CaseSummary, ...]

    number: str = field(repr=False)
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseByNumber(Request):
    """A case by two secrets, rate-limited by the office: each wrong pair counts, so it is never repeated."""

    PATH: ClassVar = "/v1/cases/by-number"
    REPLY: ClassVar = Case
    REPEATABLE: ClassVar = False

    number: str = field(repr=False)
    phone_tail: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseByToken(Request):
    """A case by the token in the QR code of a receipt. With `person` refused `not_the_applicant` where it is another one's case."""

    PATH: ClassVar = "/v1/cases/by-token"
    REPLY: ClassVar = Case

    token: str = field(repr=False)
    person: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgeCase(Request):
    """Remind the office of an overdue case. Refused `not_overdue`; `urged_already` while an earlier one is unanswered."""

    PATH: ClassVar = "/v1/cases/urge"
    REPLY: ClassVar = Urge

    nonce: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDelivery(Request):
    """Who applied says how the result is to come.

    Refused `not_the_applicant`, `delivery_closed` once it is on its way, `form_invalid` where the address is not whole.
    """

    METHOD: ClassVar = "PUT"
    PATH: ClassVar = "/v1/cases/delivery"
    REPLY: ClassVar = Case

    token: str = field(repr=False)
    person: Person
    delivery: Delivery
