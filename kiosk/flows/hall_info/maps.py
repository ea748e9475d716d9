"""The hall as a map: where one stands, where an item or a queue is served, and an index of the windows."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.catalogue import Area, Floor, Site
from kiosk.flow import Answered, Around, End, Go, Stay, Subject
from kiosk.flows.hall_info.facts import Facts, Move
from kiosk.screens import Choose, Option, Screen, Tone
from kiosk.screens.reading import HallMap, MapArea
from kiosk.steps import trouble_page
from kiosk.texts import Label, text
from kiosk.views.guide_page import place_here, where


def about(subject: Subject, around: Around) -> Go[Facts]:
    """The map with the place of an item or a queue marked; where it has none here, that is said."""
    area, sought = _sought(subject, around)
    found = _find(area, around)
    if found is not None:
        floor, _ = found
        return Go("map", Facts(floor=floor.code, marked=area, sought=sought))
    return Go("not_on_map", Facts(sought=subject.item))


def _sought(subject: Subject, around: Around) -> tuple[str, str]:
    """Code of the area, and of the item where it is one."""
    guide = around.catalogue.guide(subject.item) if subject.item else None
    if guide is not None:
        place = place_here(guide, around.catalogue)
        return (place.area if place else "", guide.code)
    return (around.catalogue.area_of(subject.queue) if subject.queue else "", "")


def _find(area: str, around: Around) -> tuple[Floor, Area] | None:
    here = around.catalogue.here
    floors = here.floors if here else ()
    return next(((floor, one) for floor in floors for one in floor.areas if one.code == area), None)


def hall_map(facts: Facts, around: Around) -> HallMap:
    """A floor, its areas, where one stands, and more of the marked area."""
    here = _here(around)
    floor = next((one for one in here.floors if one.code == facts.floor), here.floors[0])
    return HallMap(
        title=here.name,
        floors=tuple(Option(value=one.code, title=one.name, icon="map") for one in here.floors),
        floor=floor.code,
        areas=tuple(_area(one, marked=one.code == facts.marked) for one in floor.areas),
        here=floor.here,
        about=_about_marked(facts, around),
    )


def _here(around: Around) -> Site:
    here = around.catalogue.here
    assert here is not None  # noqa: S101 - the map is only opened where there is one
    return here


def _area(area: Area, *, marked: bool) -> MapArea:
    return MapArea(value=area.code, label=area.name, x=area.x, y=area.y, width=area.width, height=area.height, marked=marked)


def _about_marked(facts: Facts, around: Around) -> Label:
    """What is there, on which floor; for an item its window."""
    found = _find(facts.marked, around)
    if found is None:
        return ""
    floor, area = found
    guide = around.catalogue.guide(facts.sought) if facts.sought else None
    place = place_here(guide, around.catalogue) if guide else None
    if guide is not None and place is not None and place.area == facts.marked:
        return text("map-item", item=guide.name, floor=floor.name, area=area.name, window=place.window)
    if area.about:
        return text("map-area", floor=floor.name, area=area.name, about=area.about)
    return text("map-plain", floor=floor.name, area=area.name)


def on_map(facts: Facts, event: Event, around: Around) -> Move:
    """Another floor, another area; done leads home."""
    match event:
        case Answered(action="floor", value=floor) if any(one.code == floor for one in _here(around).floors):
            return Stay(replace(facts, floor=floor))
        case Answered(action="choose", value=area) if _find(area, around) is not None:
            return Stay(replace(facts, marked=area))
        case Answered(action="done"):
            return End()
        case _:
            return None


def windows(_: Facts, around: Around) -> Choose:
    """Every area of every floor, with what is done there."""
    options = tuple(
        Option(value=area.code, title=area.name, about=area.about or "", icon="place", note=floor.name, tone=Tone.PLAIN)
        for floor in _here(around).floors
        for area in floor.areas
    )
    return Choose(title=text("hall-windows"), hint=text("hall-windows-hint"), options=options)


def window_chosen(facts: Facts, event: Event, around: Around) -> Move:
    """Show it on the map."""
    match event:
        case Answered(action="choose", value=code) if (found := _find(code, around)) is not None:
            return Go("map", replace(facts, floor=found[0].code, marked=code, sought=""))
        case _:
            return None


def not_on_map(facts: Facts, around: Around) -> Screen:
    """What is sought is not in this hall, or nobody drew where: who knows, and where it is instead."""
    guide = around.catalogue.guide(facts.sought) if facts.sought else None
    why = where(guide, around.catalogue) if guide else text("map-unknown-why")
    retry = text("hall-start") if around.catalogue.version else None
    return trouble_page(text("map-unknown"), why, around, retry=retry)


def from_not_on_map(facts: Facts, event: Event, around: Around) -> Move:
    """To everything about halls, or home."""
    match event:
        case Answered(action="primary") if around.catalogue.version:
            return Go("start", replace(facts, sought=""))
        case Answered(action="primary" | "second"):
            return End()
        case _:
            return None
