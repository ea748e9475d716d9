"""The requests about bookings with the limits under which the office accepts them."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field
from pydantic.dataclasses import dataclass

from kiosk.backend.messages.bookings import (
    BookingByCode,
    BookingByToken,
    BookingsOfPerson,
    CancelBooking,
    ChangeBooking,
    CheckIn,
    ConfirmBooking,
    HoldSlot,
)
from kiosk.office.contract import STRICT, Code, Language, Nonce, PersonBody, TicketId, Token

_EARLIEST, _LATEST = datetime.fromisoformat("2000-01-01T00:00:00Z"), datetime.fromisoformat("2200-01-01T00:00:00Z")

Start = Annotated[AwareDatetime, Field(ge=_EARLIEST, le=_LATEST, description="ISO 8601 with any offset")]
Phone = Annotated[str, Field(pattern=r"^(\+?[0-9][0-9-]{5,19})?$", description="Empty where no reminder is wanted")]
NumberTail = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{4}$", description="Last four characters of the holder's identity number")]
BookingCode = Annotated[str, Field(pattern=r"^[0-9]{8}$")]
ReviewToken = Annotated[str, Field(pattern=r"^([A-Za-z0-9_-]{22})?$", description="Token of a passed pre-review, or empty")]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class HoldSlotBody(HoldSlot):
    """Body of holdSlot."""

    nonce: Nonce
    item: Code
    hall: Code
    start: Start
    person: PersonBody
    agent: PersonBody | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ConfirmBookingBody(ConfirmBooking):
    """Body of confirmBooking."""

    booking: TicketId
    phone: Phone = Field(default="", repr=False)
    language: Language = "zh-CN"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ArrangeBookingBody:
    """A clerk books at their hall for somebody who stands there or has called, from the places kept for that."""

    nonce: Nonce
    item: Code
    start: Start
    person: PersonBody
    phone: Phone = Field(default="", repr=False)
    language: Language


@dataclass(frozen=True, kw_only=True, config=STRICT)
class BookingByTokenBody(BookingByToken):
    """Body of bookingByToken."""

    token: Token = Field(repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class BookingByCodeBody(BookingByCode):
    """Body of bookingByCode."""

    code: BookingCode = Field(repr=False)
    number_tail: NumberTail = Field(repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class BookingsOfPersonBody(BookingsOfPerson):
    """Body of bookingsOfPerson."""

    person: PersonBody


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ChangeBookingBody(ChangeBooking):
    """Body of changeBooking."""

    nonce: Nonce
    token: Token = Field(repr=False)
    start: Start


@dataclass(frozen=True, kw_only=True, config=STRICT)
class CancelBookingBody(CancelBooking):
    """Body of cancelBooking."""

    token: Token = Field(repr=False)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class CheckInBody(CheckIn):
    """Body of checkIn."""

    token: Token = Field(repr=False)
    language: Language
    review: ReviewToken = ""
