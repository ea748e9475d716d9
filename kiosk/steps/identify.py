"""Who is this: consent, the card on the reader, and what to do when it could not be read. Used by every service that asks it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from drivers.contract import CardFound, CardRead, Command, Event, Failed, IdCard, ReadCard
from kiosk.backend.messages import Person
from kiosk.flow import Answered, Around, Go, Pace, Stay, Step
from kiosk.screens import Message, Present, Question, Spot, Tone
from kiosk.steps import ID_READER, failure
from kiosk.texts import Label, Text, text


@dataclass(frozen=True, kw_only=True, repr=False)  # without slots: facts of a flow join several of these
class WithCard:
    """Facts of a flow that identifies its citizen: the card once read, whether it is being read, and the last trouble."""

    card: IdCard | None = None
    reading: bool = False
    why: Label = ""


C = TypeVar("C", bound=WithCard)


def by_card(then: str, other: str, *, prefix: str = "", why: Text | None = None, leave: Text | None = None) -> Mapping[str, Step[C]]:
    """The steps `consent`, `card` and `card_failed`; they go on to `then` with the card, or to `other` for another way.

    A flow that asks for the card at two places names those of the second with a `prefix`. `why` says what the card is read for, `leave`
    what the buttons to `other` say, where it is not to find one's cases or by another way.
    """
    card = f"{prefix}card"

    def card_event(facts: C, event: Event, _: Around) -> Go[C] | Stay[C] | None:
        match event:
            case CardFound():
                return Stay(replace(facts, reading=True, why=""))
            case CardRead(card=card):
                return Go(then, replace(facts, card=card, reading=False, why=""))
            case Failed():
                return Go(f"{prefix}card_failed", replace(facts, reading=False, why=failure(event)))
            case Answered(action="other"):
                return Go(other, _again(facts))
            case _:
                return None

    return {
        f"{prefix}consent": Step(screen=lambda _f, _a: _consent(why, leave), react=_choice("yes", "no", card, other)),
        card: Step(screen=lambda facts, _: _present(facts, leave), react=card_event, enter=_read, pace=Pace.ENTRY, passing=True),
        f"{prefix}card_failed": Step(
            screen=lambda facts, around: _failed(facts, around, leave), react=_choice("primary", "second", card, other), passing=True
        ),
    }


def known_or(around: Around, then: str, ask: str = "consent") -> str:
    """The step that follows where the citizen has to be known: `then` where they are already, else the one that asks for the card."""
    return then if around.person is not None else ask


def the_person(around: Around) -> Person:
    """Who it is; only called behind the steps that find it out."""
    assert around.person is not None  # noqa: S101 - for the type checker
    return around.person


def _choice(read: str, leave: str, card: str, other: str) -> Callable[[C, Event, Around], Go[C] | None]:
    """React to two buttons: one leads to the reader, one to the other way."""

    def react(facts: C, event: Event, _: Around) -> Go[C] | None:
        match event:
            case Answered(action=action) if action == read:
                return Go(card, _again(facts))
            case Answered(action=action) if action == leave:
                return Go(other, _again(facts))
            case _:
                return None

    return react


def _again(facts: C) -> C:
    return replace(facts, reading=False, why="")


def _consent(why: Text | None, leave: Text | None) -> Question:
    return Question(
        title=text("consent-card"),
        points=(text("consent-card-what"), why or text("consent-card-why"), text("consent-card-kept")),
        yes=text("consent-yes"),
        no=leave or text("consent-no"),
        icon="card",
    )


def _read(_: WithCard, around: Around) -> Command:
    return ReadCard(role=ID_READER, id=around.command_id)


def _present(facts: WithCard, leave: Text | None) -> Present:
    return Present(
        title=text("card-reading" if facts.reading else "card-present"),
        hint=text("card-keep" if facts.reading else "card-present-hint"),
        spot=Spot.ID_READER,
        busy=facts.reading,
        other=leave or text("button-other-way"),
    )


def _failed(facts: WithCard, around: Around, leave: Text | None) -> Message:
    return Message(
        title=text("card-failed"),
        points=(facts.why,),
        tone=Tone.WARN,
        human=around.human,
        primary=text("button-again"),
        second=leave or text("button-other-way"),
    )
