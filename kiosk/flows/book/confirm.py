"""A slot is held: a phone for reminders, everything once more, and it is booked."""

from collections.abc import Callable
from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.bookings import Booking, ConfirmBooking, HoldSlot
from kiosk.flow import Answered, Around, End, Go, Move
from kiosk.flows.book.facts import Facts
from kiosk.masks import mask_name
from kiosk.screens import Message
from kiosk.screens.entry import AnswerRow, CheckAnswers
from kiosk.steps import PRINTER, trouble_page
from kiosk.steps.find_booking import at_moment, on_day
from kiosk.steps.identify import the_person
from kiosk.steps.phone import hidden
from kiosk.texts import Label, Text, text


def when(booking: Booking) -> Label:
    """Day and time of a booking."""
    return text("book-when", day=on_day(booking.start), start=f"{booking.start:%H:%M}", end=f"{booking.end:%H:%M}")


def hold(facts: Facts, around: Around) -> HoldSlot:
    """Keep the slot for 15 minutes."""
    assert facts.start is not None  # noqa: S101 - `slot_chosen` has put it there
    return HoldSlot(nonce=facts.nonce, item=facts.item, hall=facts.hall, start=facts.start, person=the_person(around), agent=around.agent)


def held(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """On to the phone."""
    return Go("phone", replace(facts, booking=reply)) if isinstance(reply, Booking) else None


def check(facts: Facts, _: Around) -> CheckAnswers:
    """Everything once more, and until when the time is kept."""
    booking = facts.booked
    until = f"{booking.held_until:%H:%M}" if booking.held_until else ""
    return CheckAnswers(
        title=text("book-check"),
        hint=text("book-held-until", until=until),
        rows=(
            AnswerRow(key="", label=text("book-item"), value=booking.item_name),
            AnswerRow(key="", label=text("book-where"), value=booking.hall_name),
            AnswerRow(key="time", label=text("book-when-label"), value=when(booking)),
            AnswerRow(key="", label=text("book-who"), value=mask_name(booking.name)),
            AnswerRow(key="phone", label=text("book-phone-label"), value=hidden(facts.phone)),
        ),
        declaration=text("book-rules", until=at_moment(booking.cancel_until)),
        submit=text("book-submit"),
    )


def checked(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """Book it, or change something: another time is another hold, and the old one ends by itself."""
    match event:
        case Answered(action="change", value="phone"):
            return Go("phone", facts)
        case Answered(action="change", value="time"):
            return Go("days", facts)
        case Answered(action="submit"):
            return Go("confirm", facts)
        case _:
            return None


def confirm(facts: Facts, around: Around) -> ConfirmBooking:
    """Make it a booking."""
    return ConfirmBooking(booking=facts.booked.id, phone=facts.phone, language=around.language)


def confirmed(facts: Facts, reply: object, around: Around) -> Move[Facts]:
    """Booked: its paper, where there can be one."""
    if not isinstance(reply, Booking):
        return None
    new = replace(facts, booking=reply, phone="", moving=False)
    return Go("print" if around.trouble(PRINTER) is None else "done", new)


def refused(title: Text) -> Callable[[Facts, Around], Message]:
    """The page that says what was not done, and why; trying again would not help."""
    return lambda facts, around: trouble_page(title, facts.why, around)


def left(_: Facts, event: Event, _around: Around) -> Move[Facts]:
    """Out."""
    match event:
        case Answered(action="primary"):
            return End(leave=True)
        case _:
            return None


def after_refusal(_: Facts, event: Event, _around: Around) -> Move[Facts]:
    """Home."""
    match event:
        case Answered(action="primary" | "second"):
            return End()
        case _:
            return None
