"""Which matter (事项): found by typing, shown as it is typed. Used by every service that begins with one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from drivers.contract import Event
from kiosk.backend.messages.catalogue import Guide
from kiosk.catalogue.found import Narrowing
from kiosk.flow import Answered, Around, Go, Move, Stay, Step, Typed
from kiosk.screens import Option
from kiosk.screens.reading import Search
from kiosk.texts import Label, Text, text

MOST = 30


@dataclass(frozen=True, kw_only=True)
class WithItem:
    """Facts of a flow about an item: its guide as it was when it was chosen, so that a newer catalogue changes nothing meanwhile."""

    typed: str = field(default="", repr=False)
    item: str = ""
    guide: Guide | None = None

    @property
    def chosen_guide(self) -> Guide:
        """The guide; only called after an item was chosen."""
        assert self.guide is not None  # noqa: S101 - for the type checker
        return self.guide


I = TypeVar("I", bound=WithItem)  # noqa: E741 - a type variable's name


def item_step(title: Text, fits: Callable[[Guide, Around], Label], then: str, *, place: int = 1) -> Mapping[str, Step[I]]:
    """The steps `item` (search) and `item_gone`; they go on to `then` with the guide.

    `fits` says of a guide why it cannot be had here, "" where it can: those come first, the others are shown with the reason.
    """

    def screen(facts: I, around: Around) -> Search:
        found = around.catalogue.find(facts.typed, Narrowing(), most=MOST)
        guides = (guide for item in found.items if (guide := around.catalogue.guide(item.code)) is not None)
        ranked = sorted(guides, key=lambda guide: bool(fits(guide, around)))
        results = tuple(_option(guide, fits(guide, around)) for guide in ranked)
        hint = text("item-hint") if facts.typed else text("item-hint-first")
        return Search(title=title, hint=hint, typed=facts.typed, results=results, found=text("item-found", n=found.total))

    def react(facts: I, event: Event, around: Around) -> Move[I]:
        match event:
            case Typed(text=typed):
                return Stay(replace(facts, typed=typed))
            case Answered(action="choose", value=code):
                guide = around.catalogue.guide(code)
                if guide is None or fits(guide, around):
                    return None
                return Go(then, replace(facts, item=code, guide=guide))
            case _:
                return None

    return {"item": Step(screen=screen, react=react, place=place)}


def _option(guide: Guide, why: Label) -> Option:
    return Option(value=guide.code, title=guide.name, icon="entrance-look", enabled=not why, why=why)
