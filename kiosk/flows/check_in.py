"""Check in (签到): a booking becomes a ticket with priority, by card, by its code or its digits, within its time."""

from dataclasses import dataclass, replace

from drivers.contract import Event
from kiosk.backend.messages.bookings import Booking, BookingState, CheckIn
from kiosk.errors import BackendError, Refusal
from kiosk.flow import Act, Answered, Around, End, Flow, Go, Move, Open, Step, Subject
from kiosk.screens import Message, Question, Tone
from kiosk.steps import trouble_page
from kiosk.steps.asking import asking, refused_page
from kiosk.steps.find_booking import WithBooking, at_moment, booking_steps, booking_woken
from kiosk.steps.given_ticket import WithTicket, got_ticket, ticket_steps
from kiosk.texts import Label, Text, text


@dataclass(frozen=True, kw_only=True, repr=False)
class Facts(WithBooking, WithTicket):
    """The booking, the pre-review it may need, and the ticket it becomes."""

    review: str = ""


def _where_and_when(booking: Booking) -> tuple[Label, ...]:
    """For a booking that stands: its hall, and its time to check in."""
    if booking.state not in {BookingState.BOOKED, BookingState.ARRIVED, BookingState.MISSED}:
        return ()
    time = text("check-in-time", start=at_moment(booking.check_in_from), end=f"{booking.check_in_until:%H:%M}")
    return booking.hall_name, time


def _not_here_yet(booking: Booking, around: Around) -> tuple[Text, Text] | None:
    """What is said without asking the office: the wrong hall first, or they come back to it in time."""
    if booking.state is not BookingState.BOOKED:
        return None
    here = around.catalogue.head.here if around.catalogue.version else ""
    if here not in {"", booking.hall}:
        return text("check-in-refused"), text("refused-wrong-hall")
    if around.time < booking.check_in_from:
        return text("check-in-early"), text("refused-check-in-early")
    return None


def _sure(facts: Facts, around: Around) -> Question | Message:
    booking = facts.booked
    told = _not_here_yet(booking, around)
    if told is not None:
        title, why = told
        points = (why, *_where_and_when(booking))
        return Message(title=title, points=points, tone=Tone.WAIT, human=around.human, primary=text("button-home"))
    return Question(
        title=text("check-in-sure"),
        points=(booking.item_name, text("book-come-at", at=at_moment(booking.start)), text("check-in-first")),
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
    """Why it is not taken, where and when it would be, and the way that is open: a number without a booking."""
    retry = text("check-in-ticket") if around.offered("ticket") else None
    page = trouble_page(text("check-in-refused"), facts.why, around, retry=retry)
    return replace(page, points=(facts.why, *_where_and_when(facts.booked)))


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
