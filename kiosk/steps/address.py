"""An address in China: picked from province down to village as far as the office lists divisions, then the rest typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from drivers.contract import Event
from kiosk.backend.messages.forms import Choice
from kiosk.flow import Answered, Around, Go, Move, Step
from kiosk.screens import Choose, Enter, Option, Pad
from kiosk.texts import Label, text

LONGEST = 100  # characters of what is typed after the divisions
_LEAST = 2


@dataclass(frozen=True, kw_only=True, repr=False)
class WithAddress:
    """Facts of a flow that asks for an address: the divisions picked so far, from the largest; `asked` is what it is for."""

    picked: tuple[Choice, ...] = ()
    asked: Label = ""


A = TypeVar("A", bound=WithAddress)


def divisions(facts: WithAddress, around: Around) -> tuple[Choice, ...]:
    """What can be picked next; nothing where the rest is typed."""
    inside = facts.picked[-1].code if facts.picked else ""
    return around.catalogue.head.divisions.get(inside, ()) if around.catalogue.version else ()


def written(facts: WithAddress, rest: str) -> str:
    """The whole address as it is sent: names of divisions in Chinese, then the rest."""
    return "".join((*(one.name.get("zh-CN", "") for one in facts.picked), rest.strip()))


def _so_far(facts: WithAddress, around: Around) -> str:
    """The names of the divisions as the citizen reads them: Chinese is written without gaps."""
    return ("" if around.language.startswith("zh") else ", ").join(around.say(one.name) for one in facts.picked)


def address_steps(then: str, name: str = "division", *, place: int = 0) -> Mapping[str, Step[A]]:
    """The step `name`: picks one after the other, then goes on to `then`, where `street` asks for the rest."""

    def division(facts: A, around: Around) -> Choose:
        so_far = _so_far(facts, around)
        options = tuple(Option(value=one.code, title=one.name, icon="hall") for one in divisions(facts, around))
        other = Option(value="", title=text("address-rest"), about=text("address-rest-about"), icon="number")
        return Choose(title=facts.asked or text("address-title"), hint=so_far or text("address-hint"), options=(*options, other))

    def picked(facts: A, event: Event, around: Around) -> Move[A]:
        match event:
            case Answered(action="choose", value=""):
                return Go(then, facts)
            case Answered(action="choose", value=code):
                found = next((one for one in divisions(facts, around) if one.code == code), None)
                if found is None:
                    return None
                new = replace(facts, picked=(*facts.picked, found))
                return Go(name if divisions(new, around) else then, new)
            case _:
                return None

    return {name: Step(screen=division, react=picked, place=place)}


def street(facts: WithAddress, around: Around, error: Label, typed: str = "") -> Enter:
    """The rest of the address; `typed` is what was wrong with it and stands there to be corrected."""
    so_far = _so_far(facts, around)
    return Enter(
        title=facts.asked or text("address-title"),
        hint=text("address-street", so_far=so_far) if so_far else text("address-whole"),
        pad=Pad.TEXT,
        least=_LEAST,
        most=LONGEST,
        lines=3,
        value=typed,
        error=error,
    )
