"""Hours, all halls and stations from the city down to the village, and notices."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.catalogue import Site
from kiosk.flow import Answered, Around, End, Go
from kiosk.flows.hall_info.facts import Facts, Move, below, notice_of
from kiosk.screens import Choose, Option, Row, Screen, Tone
from kiosk.screens.reading import Badge, Page, Section
from kiosk.steps import trouble_page
from kiosk.texts import Label, text
from kiosk.views import hours


def start(_: Facts, around: Around) -> Screen:
    """What one may want to know of halls; without a catalogue, what the terminal knows itself."""
    site = around.catalogue.here
    if not around.catalogue.version:
        return trouble_page(text("hall-none-yet"), text("hall-none-yet-why"), around)
    notices = len(around.catalogue.notices(around.time.date()))
    there = {
        "hours": (site is not None, hours.state(site.bands, around.time) if site else ""),
        "map": (site is not None and bool(site.floors), text("hall-map-about")),
        "windows": (site is not None and bool(site.floors), text("hall-windows-about")),
        "sites": (bool(around.catalogue.head.sites), text("hall-sites-about", n=len(around.catalogue.head.sites))),
        "notices": (notices > 0, text("hall-notices-about", n=notices)),
    }
    icons = {"hours": "hours", "map": "map", "windows": "list", "sites": "place", "notices": "notice"}
    options = tuple(
        Option(value=name, title=text(f"hall-{name}"), about=about, icon=icons[name]) for name, (shown, about) in there.items() if shown
    )
    return Choose(title=text("hall-start"), hint=site.name if site else around.hall, options=options)


def started(facts: Facts, event: Event, around: Around) -> Move:
    """Go there."""
    here = around.catalogue.here
    match event:
        case Answered(action="choose", value="hours") if here is not None:
            return Go("site", replace(facts, site=here.code))
        case Answered(action="choose", value="map" | "windows" as where) if here is not None and here.floors:
            return Go(where, replace(facts, floor=_floor_here(here), marked=""))
        case Answered(action="choose", value="sites" | "notices" as where) if around.catalogue.version:
            return Go(where, replace(facts, above=""))
        case Answered(action="primary") if not around.catalogue.version:
            return End()
        case _:
            return None


def _floor_here(site: Site) -> str:
    """The floor this terminal stands on, else the first."""
    return next((floor.code for floor in site.floors if floor.here is not None), site.floors[0].code)


def sites(facts: Facts, around: Around) -> Choose:
    """The sites of one level, each with whether it is open."""
    above = around.catalogue.site(facts.above)
    options = tuple(_option(site, around) for site in below(facts.above, around))
    return Choose(title=text("hall-below", name=above.name) if above else text("hall-sites"), options=options)


def _option(site: Site, around: Around) -> Option:
    return Option(
        value=site.code,
        title=site.name,
        about=site.address,
        icon="place",
        note=text("hall-here") if site.code == around.catalogue.head.here else hours.state(site.bands, around.time, brief=True),
        tone=hours.tone(site.bands, around.time),
    )


def site_chosen(facts: Facts, event: Event, around: Around) -> Move:
    """Open one."""
    match event:
        case Answered(action="choose", value=code) if around.catalogue.site(code) is not None:
            return Go("site", replace(facts, site=code))
        case _:
            return None


def site(facts: Facts, around: Around) -> Page:
    """A hall or station: open or not, hours, address, phone; then what is below it, and its map where one stands in it."""
    found = _site(facts, around)
    level = text(f"hall-level-{found.level}")
    contact = [Row(label=text("hall-address"), value=found.address), Row(label=text("hall-phone"), value=found.phone)]
    above = around.catalogue.site(found.parent)
    belongs = [Row(label=text("hall-above"), value=above.name)] if above else []
    where = Section(heading=text("hall-where"), rows=(*contact, Row(label=text("hall-level"), value=level), *belongs))
    return Page(
        title=found.name,
        badges=(Badge(label=hours.state(found.bands, around.time), tone=hours.tone(found.bands, around.time)),),
        sections=(hours.section(found.bands, around.time, found.hours, found.weekend), where),
        actions=_site_actions(found, around),
    )


def _site(facts: Facts, around: Around) -> Site:
    found = around.catalogue.site(facts.site)
    assert found is not None  # noqa: S101 - one comes here with a site of this catalogue, which stays for the visit
    return found


def _site_actions(found: Site, around: Around) -> tuple[Option, ...]:
    """The way down first; else home."""
    stations = len(below(found.code, around))
    down: Label = text("hall-below-n", n=stations)
    on_map = found.code == around.catalogue.head.here and bool(found.floors)
    return (
        *((Option(value="map", title=text("hall-map"), icon="map"),) if on_map else ()),
        *((Option(value="below", title=down, icon="place"),) if stations else ()),
        Option(value="home", title=text("button-home"), icon="house"),
    )


def in_site(facts: Facts, event: Event, around: Around) -> Move:
    """Down, onto the map, or home."""
    found = _site(facts, around)
    match event:
        case Answered(action="choose", value="below") if below(facts.site, around):
            return Go("sites", replace(facts, above=facts.site))
        case Answered(action="choose", value="map") if facts.site == around.catalogue.head.here and found.floors:
            return Go("map", replace(facts, floor=_floor_here(found), marked=""))
        case Answered(action="choose", value="home"):
            return End()
        case _:
            return None


def notices(_: Facts, around: Around) -> Choose:
    """The notices in sight today, the newest first."""
    options = tuple(
        Option(value=one.code, title=one.title, about=text("notice-since", since=f"{one.since:%Y-%m-%d}"), icon="notice")
        for one in around.catalogue.notices(around.time.date())
    )
    return Choose(title=text("hall-notices"), hint="" if options else text("notice-none"), options=options)


def notice_chosen(facts: Facts, event: Event, around: Around) -> Move:
    """Read one."""
    match event:
        case Answered(action="choose", value=code) if notice_of(code, around) is not None:
            return Go("notice", replace(facts, notice=code))
        case _:
            return None


def notice(facts: Facts, around: Around) -> Screen:
    """Its full text; one whose time ends at midnight, while it is read, says that."""
    found = notice_of(facts.notice, around)
    if found is None:
        return trouble_page(text("notice-over"), text("notice-over-why"), around)
    span = text("notice-span", since=f"{found.since:%Y-%m-%d}", until=f"{found.until:%Y-%m-%d}")
    home = Option(value="home", title=text("button-home"), icon="house")
    return Page(title=found.title, sections=(Section(heading=span, lines=found.text, tone=Tone.PLAIN),), actions=(home,))


def in_notice(_: Facts, event: Event, _around: Around) -> Move:
    """Home."""
    match event:
        case Answered(action="choose", value="home") | Answered(action="primary"):
            return End()
        case _:
            return None
