"""Agent mode (代办): a helper acts for somebody; both show their cards, both are recorded with everything that is done."""

from dataclasses import dataclass, replace

from drivers.contract import CardFound, CardRead, Command, Event, Failed, ReadCard
from kiosk.backend.messages import Person
from kiosk.flow import ActFor, Answered, Around, End, Flow, Go, Move, Pace, Stay, Step
from kiosk.masks import mask_name, mask_number
from kiosk.screens import Message, Present, Question, Spot
from kiosk.screens.entry import AnswerRow, CheckAnswers
from kiosk.steps import ID_READER, failure, trouble_page
from kiosk.texts import Label, text


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Facts:
    """The two people, as their cards are read; `why` is the last trouble."""

    agent: Person | None = None
    person: Person | None = None
    reading: bool = False
    why: Label = ""


def _begin(_: Facts, around: Around) -> Question | Message:
    if around.agent is not None:
        return Message(title=text("agent-on"), points=(text("agent-on-about"),), primary=text("agent-end"), second=text("button-home"))
    if (trouble := around.trouble(ID_READER)) is not None:
        return trouble_page(text("agent-no-reader"), trouble, around)
    return Question(
        title=text("agent-begin"),
        points=(text("agent-both"), text("agent-recorded"), text("consent-card-kept")),
        yes=text("agent-yes"),
        no=text("button-home"),
        icon="people",
    )


def _begun(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="yes") if around.trouble(ID_READER) is None:
            return Go("agent", facts)
        case Answered(action="primary") if around.agent is not None:
            return ActFor(None, None)
        case Answered(action="no" | "primary" | "second"):
            return End()
        case _:
            return None


def _read(_: Facts, around: Around) -> Command:
    return ReadCard(role=ID_READER, id=around.command_id)


def _present(whose: str) -> Step[Facts]:
    """Lay the card of the helper, then of whom they act for, on the reader."""

    def screen(facts: Facts, _: Around) -> Present:
        title = text("card-reading") if facts.reading else text(f"agent-card-{whose}")
        hint = text("card-keep") if facts.reading else text(f"agent-card-{whose}-hint")
        return Present(title=title, hint=hint, spot=Spot.ID_READER, busy=facts.reading, error=facts.why, other=text("button-home"))

    def react(facts: Facts, event: Event, _: Around) -> Move[Facts]:
        match event:
            case CardFound():
                return Stay(replace(facts, reading=True, why=""))
            case CardRead(card=card):
                return _next(replace(facts, reading=False, why=""), whose, Person(number=card.number, name=card.name))
            case Failed():
                return Go(f"{whose}_failed", replace(facts, reading=False, why=failure(event)))
            case Answered(action="other"):
                return End()
            case _:
                return None

    return Step(screen=screen, enter=_read, react=react, pace=Pace.ENTRY, passing=True, place=1 if whose == "agent" else 2)


def _next(facts: Facts, whose: str, person: Person) -> Move[Facts]:
    """The second card must be another one: it may still lie there from before."""
    if whose == "agent":
        return Go("person", replace(facts, agent=person))
    if facts.agent is not None and person.number == facts.agent.number:
        return Go("person_failed", replace(facts, why=text("agent-same-card")))
    return Go("check", replace(facts, person=person))


def _card_failed(whose: str) -> Step[Facts]:
    def screen(facts: Facts, around: Around) -> Message:
        return trouble_page(text("card-failed"), facts.why, around, retry=text("button-again"))

    def react(facts: Facts, event: Event, _: Around) -> Move[Facts]:
        match event:
            case Answered(action="primary"):
                return Go(whose, replace(facts, why=""))
            case Answered(action="second"):
                return End()
            case _:
                return None

    return Step(screen=screen, react=react, passing=True)


def _check(facts: Facts, _: Around) -> CheckAnswers:
    def row(key: str, person: Person | None) -> AnswerRow:
        value = text("agent-who", name=mask_name(person.name), number=mask_number(person.number)) if person else ""
        return AnswerRow(key=key, label=text(f"agent-{key}"), value=value)

    return CheckAnswers(
        title=text("agent-check"),
        rows=(row("agent", facts.agent), row("person", facts.person)),
        declaration=text("agent-declare"),
        submit=text("agent-start"),
        second=text("button-home"),
    )


def _checked(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="change", value="agent" | "person" as whose):
            return Go(whose, facts)
        case Answered(action="submit") if facts.agent and facts.person:
            return ActFor(facts.person, facts.agent)
        case Answered(action="second"):
            return End()
        case _:
            return None


FLOW = Flow(
    name="agent",
    start="begin",
    facts=Facts(),
    places=3,
    steps={
        "begin": Step(screen=_begin, react=_begun),
        "agent": _present("agent"),
        "agent_failed": _card_failed("agent"),
        "person": _present("person"),
        "person_failed": _card_failed("person"),
        "check": Step(screen=_check, react=_checked, place=3),
    },
)
