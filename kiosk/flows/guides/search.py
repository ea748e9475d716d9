"""Where one begins: search with every key, ways to narrow, and ways to look without typing."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.catalogue import ListTag, Neighbour
from kiosk.catalogue.found import EVERYTHING, Found, Narrowing
from kiosk.flow import Answered, Around, End, Go, Open, Stay, Subject, Typed
from kiosk.flows.guides.facts import Facts, Move
from kiosk.screens import Option, Screen, Tone
from kiosk.screens.reading import Search
from kiosk.steps import trouble_page
from kiosk.texts import Label, text
from kiosk.views.guide_facts import note

MOST = 30  # results that can be leafed through
_MACHINES = "neighbours"
_LEAST_TYPED = 2  # characters before machines nearby are looked for
_MOST_MACHINES = 2


def searching(facts: Facts, narrowing: Narrowing) -> Go[Facts]:
    """To the search within `narrowing`, with nothing typed yet."""
    return Go("search", replace(facts, typed="", narrowing=narrowing))


def search(facts: Facts, around: Around) -> Screen:
    """What was found, and while nothing is asked the other ways first; without a catalogue, that there is none yet."""
    if not around.catalogue.version:
        return trouble_page(text("guide-none-yet"), text("guide-none-yet-why"), around)
    machines = tuple(map(_machine, _machines(facts, around)))
    found = facts.found if facts.typed.strip() else around.catalogue.find("", facts.narrowing, most=MOST)
    return Search(
        title=_title(facts.narrowing, around),
        hint=text("guide-search-hint"),
        typed=facts.typed,
        chips=_chips(facts.narrowing, around),
        results=(*machines, *_ways(facts, found, around), *_results(found, around)),
        found=_count(facts, found, len(machines), around),
    )


def searched(facts: Facts, event: Event, around: Around) -> Move:
    """Each key searches anew; a chip narrows or widens; a result is opened."""
    match event:
        case Answered(action=action) if not around.catalogue.version:
            return End() if action == "primary" else None
        case Typed(text=typed):
            return Stay(_again(replace(facts, typed=typed), around))
        case Answered(action="narrow", value=chip):
            return Stay(_again(replace(facts, narrowing=_narrowed(facts.narrowing, chip)), around))
        case Answered(action="choose", value=value):
            return _chosen(facts, value, around)
        case _:
            return None


def _chosen(facts: Facts, value: str, around: Around) -> Move:
    match value.split(":", 1):
        case ["way", "person" | "business" as who]:
            return Go("themes", replace(facts, business=who == "business"))
        case ["way", "department"]:
            return Go("departments", facts)
        case ["ask"] if around.offered("question"):
            return Open("question")
        case ["item", code] if (guide := around.catalogue.guide(code)) is not None:
            return Go("guide", replace(facts, guide=guide))
        case ["machine", code] if around.offered(_MACHINES):
            return Open(_MACHINES, Subject(item=code))
        case _:
            return None


def _again(facts: Facts, around: Around) -> Facts:
    return replace(facts, found=around.catalogue.find(facts.typed, facts.narrowing, most=MOST))


def _ways(facts: Facts, found: Found, around: Around) -> tuple[Option, ...]:
    """The ways that need no typing, where nothing was typed, or nothing found; then one may ask as well."""
    if found.total and (facts.typed.strip() or facts.narrowing != EVERYTHING):
        return ()
    ask = Option(value="ask", title=text("guide-way-question"), about=text("guide-way-question-about"), icon="ask")
    business = {theme.business for theme in around.catalogue.head.themes}
    ways = (("person", "theme", False in business), ("business", "storefront", True in business), ("department", "department", True))
    browse = tuple(
        Option(value=f"way:{way}", title=text(f"guide-by-{way}"), about=text(f"guide-by-{way}-about"), icon=icon)
        for way, icon, there in ways
        if there
    )
    return browse if found.total or not around.offered("question") else (ask, *browse)


def _title(narrowing: Narrowing, around: Around) -> Label:
    if narrowing.department:
        return next((one.name for one in around.catalogue.head.departments if one.code == narrowing.department), text("guide-search"))
    return text("guide-search")


def _chips(narrowing: Narrowing, around: Around) -> tuple[Option, ...]:
    """The department first, which can be given up; then the lists."""
    names = {one.code: one.name for one in around.catalogue.head.departments}
    department = [Option(value="all", title=names.get(narrowing.department, ""), tone=Tone.DONE)] if narrowing.department else []
    lists = (
        Option(value=tag, title=text(f"guide-list-{tag}"), tone=Tone.DONE if tag is narrowing.tag else Tone.PLAIN) for tag in ListTag
    )
    return (*department, *lists)


def _narrowed(narrowing: Narrowing, chip: str) -> Narrowing:
    if chip == "all":
        return replace(narrowing, department="")
    tag = ListTag(chip) if chip in tuple(ListTag) else None
    return replace(narrowing, tag=None if tag is narrowing.tag else tag)


def _machines(facts: Facts, around: Around) -> tuple[Neighbour, ...]:
    """Machines of other agencies, where nothing narrows."""
    if facts.narrowing != EVERYTHING or len(facts.typed) < _LEAST_TYPED or not around.offered(_MACHINES):
        return ()
    return around.catalogue.neighbours(facts.typed)[:_MOST_MACHINES]


def _machine(one: Neighbour) -> Option:
    return Option(value=f"machine:{one.code}", title=one.name, about=one.where, icon=one.icon or _MACHINES, note=text("guide-machine"))


def _results(found: Found, around: Around) -> tuple[Option, ...]:
    names = {one.code: one.name for one in around.catalogue.head.departments}
    return tuple(
        Option(value=f"item:{item.code}", title=item.name, about=names.get(item.department, ""), icon="guide", note=note(item))
        for item in found.items
    )


def _count(facts: Facts, found: Found, machines: int, around: Around) -> Label:
    if not facts.typed.strip() and facts.narrowing == EVERYTHING:
        return text("guide-all", n=found.total, date=f"{around.catalogue.head.published:%Y-%m-%d}")
    if found.total == 0:
        return text("guide-machines-only", n=machines) if machines else text("guide-nothing", human=around.human)
    if found.near:
        return text("guide-near")
    return text("guide-found-many", n=found.total, shown=str(MOST)) if found.total > MOST else text("guide-found", n=found.total)
