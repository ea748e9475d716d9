"""The shared requests with the limits under which the office accepts them."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from kiosk.backend.messages import CaseByNumber, CaseByToken, CasesOfPerson, Person, PrintState, Priority, ReportPrint, TakeTicket

STRICT = ConfigDict(extra="forbid", hide_input_in_errors=True)

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Nonce = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,64}$", description="At least 96 random bits, made when the button was touched")]
OptionalCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{0,64}$")]
OptionalToken = Annotated[str, Field(pattern=r"^([A-Za-z0-9_-]{22})?$", description="128 bits in base64url, or empty")]
# What one may say at a terminal; the office gives the other classes.
Claimed = Literal[Priority.NONE, Priority.ELDERLY, Priority.DISABLED, Priority.MILITARY, Priority.PREGNANT]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", description="BCP 47 tag")]
TicketId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Attempt = Annotated[int, Field(ge=1, le=99, strict=True)]
CardNumber = Annotated[str, Field(pattern=r"^[0-9A-Z]{8,18}$")]
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
CaseNumber = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{4,32}$")]
PhoneTail = Annotated[str, Field(pattern=r"^[0-9]{4}$", description="Last four digits of the phone left with the case")]
Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}$", description="128 bits in base64url")]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PersonBody(Person):
    """A citizen in a body."""

    number: CardNumber = Field(repr=False)
    name: Name = Field(repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TakeTicketBody(TakeTicket):
    """Body of takeTicket."""

    nonce: Nonce
    service: Code
    language: Language
    item: OptionalCode = ""
    review: OptionalToken = Field(default="", repr=False)
    priority: Claimed = Priority.NONE


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ReportPrintBody(ReportPrint):
    """Body of reportPrint."""

    ticket: TicketId
    state: PrintState
    attempt: Attempt


@dataclass(frozen=True, kw_only=True, config=STRICT)
class CasesOfPersonBody(CasesOfPerson):
    """Body of casesOfPerson."""

    number: CardNumber = Field(repr=False)
    name: Name = Field(repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class CaseByNumberBody(CaseByNumber):
    """Body of caseByNumber."""

    number: CaseNumber = Field(repr=False)
    phone_tail: PhoneTail = Field(repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class CaseByTokenBody(CaseByToken):
    """Body of caseByToken."""

    token: Token = Field(repr=False)
    person: PersonBody | None = None
