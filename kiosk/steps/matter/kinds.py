"""What a work order or complaint may be about: picked from the office's list."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.forms import Choice
from kiosk.flow import Answered, Around, Go, Move, Step
from kiosk.screens import Choose, Option
from kiosk.steps.matter.facts import MatterFacts
from kiosk.texts import Label, Text

Facts = MatterFacts
Kinds = Callable[[Around], tuple[Choice, ...]]


def kind_steps(title: Text, kinds: Kinds, *, icon: str) -> Mapping[str, Step[Facts]]:
    """The step `about`: one of the office's kinds."""

    def screen(_: Facts, around: Around) -> Choose:
        return Choose(title=title, options=tuple(Option(value=one.code, title=one.name, icon=icon) for one in kinds(around)))

    def chosen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
        match event:
            case Answered(action="choose", value=code) if any(one.code == code for one in kinds(around)):
                return Go("check" if facts.checking else "said", replace(facts, about=code))
            case _:
                return None

    return {"about": Step(screen=screen, react=chosen, place=1)}


def named(kinds: Kinds) -> Callable[[Facts, Around], Label]:
    """The chosen kind's name."""

    def name(facts: Facts, around: Around) -> Label:
        return next((one.name for one in kinds(around) if one.code == facts.about), facts.about)

    return name
