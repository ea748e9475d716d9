"""Bookings (预约): a slot is held while one decides, then booked; at the hall a booking becomes a ticket."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from kiosk.backend.messages.base import Growing, Person, Request, Words
from kiosk.backend.messages.tickets import Ticket


class BookingState(Growing):
    """Where a booking stands; `held` ends by itself after 15 minutes."""

    HELD = "held"
    BOOKED = "booked"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    MISSED = "missed"
    EXPIRED = "expired"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time one can come at; `free` is how many more may."""

    start: datetime
    end: datetime
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingDay:
    """A day within the horizon; one without slots says why (holiday, full, no window)."""

    day: date
    slots: tuple[Slot, ...]
    why: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booking. `code` is typed at a terminal, `token` is in the QR code; both with the paper's holder only."""

    id: str
    state: BookingState
    item: str
    item_name: Words
    hall: str
    hall_name: Words
    where: Words
    start: datetime
    end: datetime
    held_until: datetime | None = None
    cancel_until: datetime
    check_in_from: datetime
    check_in_until: datetime
    code: str = field(repr=False)  # eight digits
    token: str = field(repr=False)  # 128 bits in base64url
    name: str = field(repr=False)  # who comes


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBookingDays(Request):
    """The days of the horizon for an item at a hall. Refused `not_bookable`."""

    METHOD: ClassVar = "GET"
    PATH: ClassVar = "/v1/booking-days"
    REPLY: ClassVar = tuple[BookingDay, ...]

    item: str
    hall: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSlot(Request):
    """Keep a slot for 15 minutes. Refused `slot_taken`, `booked_already`, `no_show_limit`, `not_bookable`."""

    PATH: ClassVar = "/v1/bookings"
    REPLY: ClassVar = Booking

    nonce: str
    item: str
    hall: str
    start: datetime
    person: Person
    agent: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmBooking(Request):
    """Make a held slot a booking; reminders go to `phone` where one is given, in `language`. Idempotent.

    Refused `hold_expired`, `booking_cancelled`.
    """

    PATH: ClassVar = "/v1/bookings/{booking}/confirm"
    REPLY: ClassVar = Booking

    booking: str
    phone: str = field(default="", repr=False)
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingByToken(Request):
    """A booking by the token in its QR code."""

    PATH: ClassVar = "/v1/bookings/by-token"
    REPLY: ClassVar = Booking

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingByCode(Request):
    """A booking by its code and the last four characters of the holder's identity number; rate-limited like a case by number."""

    PATH: ClassVar = "/v1/bookings/by-code"
    REPLY: ClassVar = Booking
    REPEATABLE: ClassVar = False

    code: str = field(repr=False)
    number_tail: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingsOfPerson(Request):
    """The person's bookings, the next one first; asked only with the card on the reader."""

    PATH: ClassVar = "/v1/bookings/of-person"
    REPLY: ClassVar = tuple[Booking, ...]

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBooking(Request):
    """Move a booking to another slot: the old one is given up only with the new one.

    Refused `slot_taken`, `booked_already`, `not_bookable`, `booking_cancelled`, `hold_expired`, `change_too_late`.
    """

    PATH: ClassVar = "/v1/bookings/change"
    REPLY: ClassVar = Booking

    nonce: str
    token: str = field(repr=False)
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelBooking(Request):
    """Give a booking up, until 2 h before. Idempotent; refused `change_too_late`."""

    PATH: ClassVar = "/v1/bookings/cancel"
    REPLY: ClassVar = Booking

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Request):
    """Turn a booking into a ticket with priority, from 60 min before to 20 min after its time, at its hall.

    The same booking gets the same ticket, until that was called in vain or is over. Refused `check_in_early`, `check_in_late`,
    `wrong_hall`, `booking_cancelled`, `hold_expired`, `review_required`, `review_expired`.
    """

    PATH: ClassVar = "/v1/bookings/check-in"
    REPLY: ClassVar = Ticket

    token: str = field(repr=False)
    language: str
    review: str = ""
