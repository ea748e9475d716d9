"""A booking that exists: shown, printed, moved, given up."""

from dataclasses import replace

from drivers.contract import Align, Event, Feed, Line, Pair, Paper, Qr, Rule
from kiosk.backend.messages.bookings import Booking, BookingState, CancelBooking, ChangeBooking
from kiosk.backend.messages.ratings import Served
from kiosk.flow import Answered, Around, End, Go, Move
from kiosk.flows.book.confirm import when
from kiosk.flows.book.facts import Facts
from kiosk.masks import mask_name
from kiosk.receipt import Slip, encode
from kiosk.screens import Message, Option, Question, Row, Tone
from kiosk.screens.reading import Badge, Page, Section
from kiosk.steps import PRINTER
from kiosk.steps.find_booking import at_moment, on_day
from kiosk.texts import text

_TONES = {BookingState.BOOKED: Tone.DONE, BookingState.MISSED: Tone.WARN, BookingState.CANCELLED: Tone.WARN}


def shown(facts: Facts, around: Around) -> Page:
    """The booking with its code, when one may come, and until when it can be changed."""
    booking = facts.booked
    rows = (
        Row(label=text("book-item"), value=booking.item_name),
        Row(label=text("book-where"), value=booking.hall_name),
        Row(label=text("book-when-label"), value=when(booking)),
        Row(label=text("book-who"), value=mask_name(booking.name)),
    )
    come = text("book-come", start=f"{booking.check_in_from:%H:%M}", end=f"{booking.check_in_until:%H:%M}")
    lines = (come, text("book-code-use"), text("book-change-until", until=at_moment(booking.cancel_until)))
    live = booking.state is BookingState.BOOKED
    return Page(
        title=text("book-yours"),
        number=_digits(booking) if live else "",
        badges=(Badge(label=text(f"booking-state-{booking.state}"), tone=_TONES.get(booking.state, Tone.PLAIN)),),
        sections=(Section(heading=text("book-heading"), rows=rows, lines=(*lines, *((facts.unprinted,) if facts.unprinted else ()))),),
        actions=_actions(facts, around),
        code=encode(booking.token, Slip.BOOKING) if live else "",
        code_hint=text("book-code-hint"),
    )


def _digits(booking: Booking) -> str:
    return f"{booking.code[:4]} {booking.code[4:]}"


def _actions(facts: Facts, around: Around) -> tuple[Option, ...]:
    done = Option(value="done", title=text("button-done"), icon="check")
    if facts.booked.state is not BookingState.BOOKED:
        return (done,)
    trouble = around.trouble(PRINTER)
    print_it = Option(value="print", title=text("book-print"), icon="receipt_printer", enabled=trouble is None, why=trouble or "")
    late = around.time > facts.booked.cancel_until
    why = text("refused-change-too-late") if late else ""
    change = Option(value="change", title=text("book-change"), icon="book", enabled=not late, why=why)
    cancel = Option(value="cancel", title=text("book-cancel"), icon="x-circle", enabled=not late, why=why)
    return (done, print_it, change, cancel)


def seen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """What is done about it."""
    match event:
        case Answered(action="choose", value=value) if not any(one.value == value and one.enabled for one in _actions(facts, around)):
            return None
        case Answered(action="choose", value="print"):
            return Go("print", facts)
        case Answered(action="choose", value="change"):
            booking = facts.booked
            return Go("days", replace(facts, item=booking.item, hall=booking.hall, moving=True, why=""))
        case Answered(action="choose", value="cancel"):
            return Go("cancel_sure", facts)
        case Answered(action="choose", value="done"):
            return End(leave=True, rate=(Served.BOOKING, "book", facts.booked.token))
        case _:
            return None


def move_sure(facts: Facts, _: Around) -> Question:
    """The old time is given up only with the new one."""
    start = at_moment(facts.start) if facts.start else ""
    return Question(
        title=text("book-move-sure", start=start),
        points=(text("book-move-old", when=when(facts.booked)), text("book-move-keep")),
        yes=text("book-move-yes"),
        no=text("book-move-no"),
        icon="book",
    )


def move_decided(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """Move it, or leave it."""
    match event:
        case Answered(action="yes", nonce=nonce):
            return Go("move", replace(facts, nonce=nonce))
        case Answered(action="no"):
            return Go("booking", replace(facts, moving=False))
        case _:
            return None


def move(facts: Facts, _: Around) -> ChangeBooking:
    """To the new time."""
    assert facts.start is not None  # noqa: S101 - `slot_chosen` has put it there
    return ChangeBooking(nonce=facts.nonce, token=facts.booked.token, start=facts.start)


def cancel_sure(facts: Facts, _: Around) -> Question:
    """Somebody else can have the time then."""
    return Question(
        title=text("book-cancel-sure"),
        points=(facts.booked.item_name, when(facts.booked)),
        yes=text("book-cancel-yes"),
        no=text("book-cancel-no"),
        icon="x-circle",
    )


def cancel_decided(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """Give it up, or keep it."""
    match event:
        case Answered(action="yes"):
            return Go("cancel", facts)
        case Answered(action="no"):
            return Go("booking", facts)
        case _:
            return None


def cancel(facts: Facts, _: Around) -> CancelBooking:
    """Give it up."""
    return CancelBooking(token=facts.booked.token)


def cancelled(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """It is given up."""
    return Go("cancelled", replace(facts, booking=reply)) if isinstance(reply, Booking) else None


def gone(facts: Facts, _: Around) -> Message:
    """That it is given up."""
    points = (facts.booked.item_name, when(facts.booked))
    return Message(title=text("book-cancelled"), points=points, tone=Tone.DONE, primary=text("button-done"))


def booking_paper(booking: Booking, around: Around) -> Paper:
    """The slip: when and where, the code that is typed and the one that is scanned; the name is masked."""
    say = around.say
    return Paper(
        (
            Line(say(text("book-yours")), size=2, align=Align.CENTER, bold=True),
            Line(say(booking.item_name), align=Align.CENTER),
            Line(say(on_day(booking.start)), size=2, align=Align.CENTER, bold=True),
            Line(f"{booking.start:%H:%M}–{booking.end:%H:%M}", size=2, align=Align.CENTER, bold=True),
            Rule(),
            Pair(say(text("book-where")), say(booking.hall_name)),
            Pair(say(text("book-who")), mask_name(booking.name)),
            Line(say(text("book-come", start=f"{booking.check_in_from:%H:%M}", end=f"{booking.check_in_until:%H:%M}"))),
            Line(say(text("book-then", where=booking.where))),
            Line(say(text("book-change-until", until=at_moment(booking.cancel_until)))),
            Rule(),
            Line(_digits(booking), size=2, align=Align.CENTER, bold=True),
            Qr(encode(booking.token, Slip.BOOKING)),
            Line(say(text("book-code-use")), align=Align.CENTER),
            Line(say(text("paper-privacy")), align=Align.CENTER),
            Feed(),
        )
    )
