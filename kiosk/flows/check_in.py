"""Check in (签到): a booking becomes a ticket with priority, by card, by its code or its digits, within its time."""

from dataclasses import dataclass, replace

from drivers.contract import Event
from kiosk.backend.messages.bookings import Booking, BookingState, CheckIn
from kiosk.errors import BackendError, Refusal
from kiosk.flow import Act, Answered, Around, End, Flow, Go, Move, Open, Step, Subject
from kiosk.screens import Message, Question, Tone
from kiosk.steps import trouble_page
from kiosk.steps.asking import asking, refused_page
from kiosk.steps.find_booking import WithBooking, booking_steps, booking_woken
from kiosk.steps.given_ticket import WithTicket, got_ticket, ticket_steps
from kiosk.texts import Label, text


@dataclass(frozen=True, kw_only=True, repr=False)
class Facts(WithBooking, WithTicket):
    """The booking, the pre-review it may need, and the ticket it becomes."""

    review: str = ""


def _time(booking: Booking) -> Label:
    return text("check-in-time", start=f"{booking.check_in_from:%m-%d %H:%M}", end=f"{booking.check_in_until:%H:%M}")


def _sure(facts: Facts, around: Around) -> Question | Message:
    booking = facts.booked
    if booking.state is BookingState.BOOKED and around.time < booking.check_in_from:
        points = (text("refused-check-in-early"), _time(booking))
        return Message(title=text("check-in-early"), points=points, tone=Tone.WAIT, human=around.human, primary=text("button-home"))
    return Question(
        title=text("check-in-sure"),
        points=(booking.item_name, text("book-come-at", at=f"{booking.start:%m-%d %H:%M}"), text("check-in-first")),
        yes=text("check-in-yes"),
        no=text("button-home"),
        icon="check_in",
    )


def _decided(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="yes"):
            return Go("check_in", facts)
        case Answered(action="no" | "primary"):
            return End()
        case _:
            return None


def _request(facts: Facts, around: Around) -> CheckIn:
    return CheckIn(token=facts.booked.token, language=around.language, review=facts.review)


def _refused(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    match error.refusal:
        case Refusal.REVIEW_REQUIRED:
            return Go("review_first", facts)
        case None:
            return Go("unknown", facts)
        case _:
            return Go("refused", facts)


def _review_first(_: Facts, _around: Around) -> Question:
    return Question(
        title=text("ticket-review-first"),
        points=(text("ticket-review-why"), text("ticket-review-how")),
        yes=text("ticket-review-yes"),
        no=text("button-home"),
        icon="review",
    )


def _review(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="yes") if around.offered("review"):
            return Open("review", Subject(item=facts.booked.item, booking=facts.booked.token))
        case Answered(action="yes" | "no"):
            return End()
        case _:
            return None


def _why(facts: Facts, around: Around) -> Message:
    """Why it is not taken, when it would be, and the way that is always open: a number without a booking."""
    page = trouble_page(text("check-in-refused"), facts.why, around, retry=text("check-in-ticket"))
    return replace(page, points=(facts.why, _time(facts.booked)))


def _after(_: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="primary") if around.offered("ticket"):
            return Open("ticket")
        case Answered(action="primary" | "second"):
            return End()
        case _:
            return None


def _opened(subject: Subject, _: Around) -> Go[Facts]:
    """A booking of the person's list elsewhere, or one whose papers were checked just now."""
    return Go("by_token", Facts(token=subject.booking, review=subject.review))


def _woken(event: Event) -> Go[Facts] | None:
    token = booking_woken(event)
    return None if token is None else Go("by_token", Facts(token=token))


FLOW: Flow[Facts] = Flow(
    name="check_in",
    start="find",
    facts=Facts(),
    places=2,
    about=_opened,
    wake=_woken,
    steps={
        **booking_steps("sure"),
        "sure": Step(screen=_sure, react=_decided, place=1),
        "check_in": asking(
            text("check-in-doing"), _request, got_ticket, refused=_refused, act=lambda _: Act(kind="check-in", subject=""), place=2
        ),
        "review_first": Step(screen=_review_first, react=_review, back=False),
        "refused": Step(screen=_why, react=_after, back=False),
        "unknown": refused_page(text("check-in-refused"), again="check_in", back=False),
        **ticket_steps("check_in", place=2),
    },
)
