"""The requests about queues, and the acts at a desk, with the limits under which the office accepts them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field
from pydantic.dataclasses import dataclass

from kiosk.backend.messages import FollowTicket, PrintState, Priority, ReportOffline, ReserveNumbers
from kiosk.office.contract import STRICT, Claimed, Code, Language, Nonce, OptionalCode, Token

_EARLIEST, _LATEST = datetime.fromisoformat("2000-01-01T00:00:00Z"), datetime.fromisoformat("2200-01-01T00:00:00Z")

Day = Annotated[date, Field(ge=_EARLIEST.date(), le=_LATEST.date())]
Issued = Annotated[AwareDatetime, Field(ge=_EARLIEST, le=_LATEST, description="ISO 8601 with any offset")]
KeptNumber = Annotated[int, Field(ge=1, le=9999, strict=True)]
Place = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,32}$")]
OptionalPlace = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{0,32}$")]
Pin = Annotated[str, Field(pattern=r"^[0-9]{4,12}$")]
TicketRef = Annotated[str, Field(pattern=r"^([0-9a-f]{32}|[A-Z]{1,4}[0-9]{3,6})$", description="Id of a ticket, or its number of today")]
OptionalTicketRef = Annotated[str, Field(pattern=r"^([0-9a-f]{32}|[A-Z]{1,4}[0-9]{3,6})?$")]
Reason = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$")]
BreakWords = Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]
Minutes = Annotated[int, Field(ge=1, le=240, strict=True)]
Services = Annotated[tuple[Code, ...], Field(max_length=50)]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class FollowTicketBody(FollowTicket):
    """Body of followTicket."""

    token: Token = Field(repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ReserveNumbersBody(ReserveNumbers):
    """Body of reserveNumbers: nothing; the asking terminal says it all."""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ReportOfflineBody(ReportOffline):
    """Body of reportOffline."""

    nonce: Nonce
    service: Code
    language: Language
    day: Day
    number: KeptNumber
    issued: Issued
    printed: PrintState
    priority: Claimed = Priority.NONE


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SignInBody:
    """A clerk sits down at a window."""

    hall: Place
    clerk: Place
    pin: Pin = Field(repr=False)
    counter: Place


@dataclass(frozen=True, kw_only=True, config=STRICT)
class CallNextBody:
    """Call the next ticket, of these services only where any are named."""

    services: Services = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class InHandBody:
    """An act on the ticket in hand; where `ticket` is named, it must be that one."""

    ticket: OptionalTicketRef = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TicketBody:
    """An act on a ticket."""

    ticket: TicketRef


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TransferBody:
    """Send a ticket to another service, or window, or both."""

    ticket: TicketRef
    service: OptionalCode = ""
    counter: OptionalPlace = ""
    comes_back: bool = False


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ReasonBody:
    """An act on a ticket that says why; the reason names nobody."""

    ticket: TicketRef
    reason: Reason


@dataclass(frozen=True, kw_only=True, config=STRICT)
class BreakBody:
    """A break; `words` stand on the displays meanwhile."""

    minutes: Minutes
    words: BreakWords = ""
