"""My affairs (我的): with the card, everything of one person: cases, bookings, licences, questions."""

from dataclasses import dataclass, replace

from drivers.contract import Event
from kiosk.backend.messages import CasesOfPerson, CaseSummary, Request
from kiosk.backend.messages.bookings import Booking, BookingsOfPerson, BookingState
from kiosk.backend.messages.matters import Matter, MattersOfPerson
from kiosk.case_view import summary_option
from kiosk.flow import Answered, Around, End, Flow, Go, Move, Open, Step, Subject
from kiosk.screens import Choose, Message, Option, Tone
from kiosk.steps import trouble_page
from kiosk.steps.asking import WithOffice, asking, refused_page
from kiosk.steps.find_booking import booking_option
from kiosk.steps.identify import WithCard, by_card, known_or, the_person
from kiosk.texts import text

KINDS = ("cases", "bookings", "matters")


@dataclass(frozen=True, kw_only=True, repr=False)
class Facts(WithCard, WithOffice):
    """What was asked for, and what there is."""

    kind: str = ""
    cases: tuple[CaseSummary, ...] = ()
    bookings: tuple[Booking, ...] = ()
    matters: tuple[Matter, ...] = ()


def _menu(_: Facts, around: Around) -> Choose:
    options = tuple(Option(value=kind, title=text(f"mine-{kind}"), about=text(f"mine-{kind}-about"), icon=kind) for kind in KINDS)
    trouble = around.trouble("a4_printer")
    licences = Option(value="documents", title=text("mine-documents"), about=text("mine-documents-about"), icon="card", note=trouble or "")
    return Choose(title=text("mine-what"), options=(*options, *((licences,) if around.offered("documents") else ())))


def _chosen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value=kind) if kind in KINDS:
            return Go(known_or(around, "ask"), replace(facts, kind=kind))
        case Answered(action="choose", value="documents"):
            return Open("documents")
        case _:
            return None


def _request(facts: Facts, around: Around) -> Request:
    person = the_person(around)
    match facts.kind:
        case "bookings":
            return BookingsOfPerson(person=person)
        case "matters":
            return MattersOfPerson(person=person)
        case _:
            return CasesOfPerson(number=person.number, name=person.name)


def _got(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    if not isinstance(reply, tuple):
        return None
    new = replace(
        facts,
        cases=tuple(one for one in reply if isinstance(one, CaseSummary)),
        bookings=tuple(one for one in reply if isinstance(one, Booking)),
        matters=tuple(one for one in reply if isinstance(one, Matter)),
    )
    return Go("list" if reply else "none", new)


def _listed(facts: Facts, around: Around) -> Choose:
    options = (
        *map(summary_option, facts.cases),
        *(_booking(one, around) for one in facts.bookings),
        *map(_matter, facts.matters),
    )
    return Choose(title=text(f"mine-{facts.kind}"), hint=text("mine-hint", n=len(options)), options=options)


def _booking(booking: Booking, around: Around) -> Option:
    live = booking.state is BookingState.BOOKED and around.offered("book")
    return replace(booking_option(booking), enabled=live, why="" if live else text(f"booking-state-{booking.state}"))


def _matter(matter: Matter) -> Option:
    return Option(
        value=matter.token,
        title=matter.about or text(f"matter-{matter.kind}"),
        about=text("matter-summary", number=matter.number, at=f"{matter.stages[0].at:%Y-%m-%d}" if matter.stages else ""),
        icon="entrance-ask",
        note=text(f"matter-state-{matter.state}"),
        tone=Tone.WARN if matter.late else Tone.PLAIN,
    )


def _picked(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value=token) if any(one.token == token for one in facts.cases):
            return Open("look_up", Subject(case=token))
        case Answered(action="choose", value=token) if any(one.token == token and _booking(one, around).enabled for one in facts.bookings):
            return Open("book", Subject(booking=token))
        case Answered(action="choose", value=token) if any(one.token == token for one in facts.matters):
            return Open("question", Subject(matter=token))
        case _:
            return None


def _none(_: Facts, around: Around) -> Message:
    return trouble_page(text("mine-none"), text("mine-none-why"), around, retry=text("button-other-way"))


def _none_seen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="primary"):
            return Go("menu", facts)
        case Answered(action="second"):
            return End()
        case _:
            return None


FLOW = Flow(
    name="mine",
    start="menu",
    facts=Facts(),
    steps={
        "menu": Step(screen=_menu, react=_chosen),
        **by_card("ask", "menu"),
        "ask": asking(text("look-up-busy"), _request, _got, refused="away"),
        "list": Step(screen=_listed, react=_picked),
        "none": Step(screen=_none, react=_none_seen),
        "away": refused_page(text("look-up-away"), again="ask"),
    },
)
