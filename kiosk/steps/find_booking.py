"""Find a booking: by the card's holder, by the code on its paper or phone, or by its digits. Used by booking and check-in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from drivers.contract import CodeRejected, CodeScanned, Event
from kiosk.backend.messages.bookings import Booking, BookingByCode, BookingByToken, BookingsOfPerson
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Answered, Around, End, Go, Move, Step
from kiosk.receipt import Slip, decode
from kiosk.screens import Choose, Enter, Message, Option, Pad, Present, Spot
from kiosk.steps import too_often, trouble_page, ways_to_find, wrong_code
from kiosk.steps.asking import WithOffice, asking, refused_page
from kiosk.steps.identify import WithCard, by_card, known_or, the_person
from kiosk.texts import Label, on_date, text

CODE_DIGITS, TAIL = 8, 4
MOST_TRIES = 5


@dataclass(frozen=True, kw_only=True, repr=False)
class WithBooking(WithCard, WithOffice):
    """Facts of a flow that finds a booking."""

    booking: Booking | None = None
    bookings: tuple[Booking, ...] = ()
    code: str = field(default="")
    tail: str = field(default="")
    token: str = field(default="")
    tries: int = 0

    @property
    def booked(self) -> Booking:
        """The booking; only called where there is one."""
        assert self.booking is not None  # noqa: S101 - for the type checker
        return self.booking


B = TypeVar("B", bound=WithBooking)


def booking_steps(then: str) -> Mapping[str, Step[B]]:
    """The steps from `find` on; they go on to `then` with the booking."""

    def got(facts: B, reply: object, _: Around) -> Move[B]:
        if not isinstance(reply, Booking):
            return None
        return Go(then, replace(facts, booking=reply, token="", code="", tail="", tries=0))

    def picked(facts: B, event: Event, _: Around) -> Move[B]:
        match event:
            case Answered(action="choose", value=token):
                found = next((one for one in facts.bookings if one.token == token), None)
                return None if found is None else Go(then, replace(facts, booking=found))
            case _:
                return None

    def of_person(facts: B, reply: object, _: Around) -> Move[B]:
        if not isinstance(reply, tuple):
            return None
        found = tuple(one for one in reply if isinstance(one, Booking))
        return Go("bookings" if found else "no_booking", replace(facts, bookings=found))

    return {
        "find": Step(screen=_ways, react=_way, place=1),
        **by_card("of_person", "find"),
        "of_person": asking(text("look-up-busy"), lambda _, a: BookingsOfPerson(person=the_person(a)), of_person, refused="away"),
        "bookings": Step(screen=_list, react=picked, place=1),
        "no_booking": Step(screen=_none, react=_again),
        "scan": Step(screen=_present, react=_scanned, place=1),
        "by_token": asking(text("look-up-busy"), lambda f, _: BookingByToken(token=f.token), got, refused=_not_by_token),
        "digits": Step(screen=_digits, react=_digited, place=1),
        "tail": Step(screen=_tail, react=_tailed, place=1),
        "by_code": asking(text("look-up-busy"), lambda f, _: BookingByCode(code=f.code, number_tail=f.tail), got, refused=_not_by_code),
        "too_often": too_often(),
        "away": refused_page(text("look-up-away"), again="find"),
    }


def booking_option(booking: Booking) -> Option:
    """A booking as a card of a list."""
    return Option(
        value=booking.token,
        title=booking.item_name,
        about=text("mine-booking", hall=booking.hall_name, at=f"{booking.start:%Y-%m-%d %H:%M}"),
        icon="book",
        note=text(f"booking-state-{booking.state}"),
    )


def on_day(day: date) -> Label:
    """A day as one says it, with its weekday."""
    return text("book-date", date=on_date(day), weekday=text(f"weekday-{day.isoweekday()}"))


def at_moment(moment: datetime) -> Label:
    """Day and time as one says them."""
    return text("book-moment", date=on_date(moment), time=f"{moment:%H:%M}")


def booking_woken(event: Event) -> str | None:
    """The token in a booking's code; None for another one."""
    return decode(event.text, Slip.BOOKING) if isinstance(event, CodeScanned) else None


def _ways(_: B, around: Around) -> Choose:
    return Choose(title=text("booking-find"), hint=text("booking-find-hint"), options=ways_to_find(around, texts="booking-by"))


def _way(facts: B, event: Event, around: Around) -> Move[B]:
    match event:
        case Answered(action="choose", value="card"):
            return Go(known_or(around, "of_person"), facts)
        case Answered(action="choose", value="code"):
            return Go("scan", replace(facts, why=""))
        case Answered(action="choose", value="number"):
            return Go("digits", replace(facts, why=""))
        case CodeScanned() | CodeRejected():
            return _scanned(facts, event, around)
        case _:
            return None


def _list(facts: B, _: Around) -> Choose:
    return Choose(title=text("booking-which"), options=tuple(map(booking_option, facts.bookings)))


def _none(_: B, around: Around) -> Message:
    return trouble_page(text("booking-none"), text("booking-none-why"), around, retry=text("button-other-way"))


def _again(facts: B, event: Event, _: Around) -> Move[B]:
    match event:
        case Answered(action="primary"):
            return Go("find", replace(facts, why="", code="", tail=""))
        case Answered(action="second"):
            return End()
        case _:
            return None


def _present(facts: B, _: Around) -> Present:
    hint, other = text("booking-code-hint"), text("button-other-way")
    return Present(title=text("code-present"), hint=hint, spot=Spot.SCANNER, error=facts.why, other=other)


def _scanned(facts: B, event: Event, _: Around) -> Move[B]:
    match event:
        case CodeScanned() if (token := booking_woken(event)) is not None:
            return Go("by_token", replace(facts, token=token, why=""))
        case CodeScanned() | CodeRejected():
            return Go("scan", replace(facts, why=wrong_code(event)))
        case Answered(action="other"):
            return Go("find", replace(facts, why=""))
        case _:
            return None


def _not_by_token(facts: B, error: BackendError, _: Around) -> Move[B]:
    if error.reason is BackendReason.NOT_FOUND:
        return Go("scan", replace(facts, token="", why=text("code-unknown")))
    return Go("away", facts)


def _digits(facts: B, _: Around) -> Enter:
    title, hint = text("booking-digits"), text("booking-digits-hint")
    return Enter(
        title=title, hint=hint, pad=Pad.DIGITS, least=CODE_DIGITS, most=CODE_DIGITS, groups=(4, 4), value=facts.code, error=facts.why
    )


def _digited(facts: B, event: Event, _: Around) -> Move[B]:
    match event:
        case Answered(action="enter", value=code):
            return Go("tail", replace(facts, code=code, why=""))
        case _:
            return None


def _tail(_: B, _around: Around) -> Enter:
    return Enter(title=text("booking-tail"), hint=text("booking-tail-hint"), pad=Pad.ID_NUMBER, least=TAIL, most=TAIL, secret=True)


def _tailed(facts: B, event: Event, _: Around) -> Move[B]:
    match event:
        case Answered(action="enter", value=tail):
            return Go("by_code", replace(facts, tail=tail))
        case _:
            return None


def _not_by_code(facts: B, error: BackendError, _: Around) -> Move[B]:
    """A wrong pair may be corrected a few times; then a person helps better."""
    tries = facts.tries + 1
    if error.reason is BackendReason.NOT_FOUND and tries < MOST_TRIES:
        return Go("digits", replace(facts, tail="", tries=tries, why=text("booking-not-matched", n=MOST_TRIES - tries)))
    if error.reason in {BackendReason.NOT_FOUND, BackendReason.RATE_LIMITED}:
        return Go("too_often", replace(facts, code="", tail=""))
    return Go("away", facts)
