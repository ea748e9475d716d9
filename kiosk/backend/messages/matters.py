"""What a citizen says to the office: a question, a 12345 work order, a complaint. Each has a number, a state and a due date."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from kiosk.backend.messages.base import Growing, Person, Request, Words


class MatterKind(StrEnum):
    """What kind it is."""

    QUESTION = "question"
    ORDER = "order"  # 12345
    COMPLAINT = "complaint"


class MatterState(Growing):
    """受理 派单 办理 答复 办结."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    HANDLING = "handling"
    ANSWERED = "answered"
    CLOSED = "closed"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterStage:
    """A state it has reached, and when."""

    state: MatterState
    at: datetime
    by: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A question, work order or complaint. Who knows `number` and `code` may read it."""

    number: str
    code: str = field(repr=False)  # six digits
    kind: MatterKind
    about: Words | None
    text: str = field(repr=False)
    state: MatterState
    stages: tuple[MatterStage, ...]
    due: date
    answer: str = field(default="", repr=False)
    late: bool = False
    token: str = field(repr=False)  # in the QR code of its paper
    can_rate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMatter(Request):
    """Ask, report or complain; the same `nonce` is the same matter. The answer also goes to `phone` by SMS where one is given.

    `about` is a code: of a guide for a question, of an `order_kinds` or `complaint_kinds` choice for the others. Complaints may be
    nameless.
    """

    PATH: ClassVar = "/v1/matters"
    REPLY: ClassVar = Matter

    nonce: str
    kind: MatterKind
    about: str
    text: str = field(repr=False)
    person: Person | None = None
    agent: Person | None = None
    phone: str = field(default="", repr=False)
    case: str = field(default="", repr=False)  # token of the case it is about
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterByNumber(Request):
    """A matter by two secrets, its number and code; rate-limited like a case by number."""

    PATH: ClassVar = "/v1/matters/by-number"
    REPLY: ClassVar = Matter
    REPEATABLE: ClassVar = False

    number: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterByToken(Request):
    """A matter by the code on its paper."""

    PATH: ClassVar = "/v1/matters/by-token"
    REPLY: ClassVar = Matter

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MattersOfPerson(Request):
    """The person's matters, newest first; asked only with the card on the reader."""

    PATH: ClassVar = "/v1/matters/of-person"
    REPLY: ClassVar = tuple[Matter, ...]

    person: Person
