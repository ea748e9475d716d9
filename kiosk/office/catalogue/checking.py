"""The check before publishing, as a guide editor has it: faults that forbid it, and notes on what is merely missing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import msgspec

from kiosk.backend.messages import OpenBand
from kiosk.backend.messages.catalogue import Floor, Level, Site
from kiosk.backend.messages.forms import Choice
from kiosk.office.catalogue.check_forms import check_form
from kiosk.office.catalogue.check_guides import References, check_guide
from kiosk.office.catalogue.findings import Finding, bad_codes, bad_version, bad_words
from kiosk.office.catalogue.source import CatalogueSource

__all__ = ["Finding", "check"]

LARGEST_HEAD = 900 * 1024  # bytes of JSON
LONGEST_LIST = 5000
MOST_GUIDES = 20_000  # terminals take no more
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_LEVELS = tuple(Level)
_RATINGS = {1, 2, 3, 4, 5}


def check(source: CatalogueSource, queues: frozenset[tuple[str, str]] | None = None) -> tuple[Finding, ...]:
    """All there is to say about a source; `queues` are pairs of hall and service, None where they are not known."""
    return tuple(_findings(source, queues))


def _findings(source: CatalogueSource, queues: frozenset[tuple[str, str]] | None) -> Iterator[Finding]:
    yield from _check_lists(source)
    yield from _check_themes(source)
    yield from _check_sites(source)
    yield from _check_divisions(source.divisions)
    yield from _check_rating(source)
    for form in source.forms:
        yield from check_form(form)
    known = References(
        schema=source.schema,
        departments=frozenset(one.code for one in source.departments),
        forms=frozenset(one.code for one in source.forms),
        areas={site.code: frozenset(area.code for floor in site.floors for area in floor.areas) for site in source.sites},
        queues=queues,
    )
    for guide in source.guides:
        yield from check_guide(guide, known)


def _check_lists(source: CatalogueSource) -> Iterator[Finding]:
    """Every list's codes and names, and the size of all but the guides."""
    coded = ("departments", "themes", "sites", "notices", "neighbours", "forms", "order_kinds", "complaint_kinds", "guides")
    for name in coded:
        yield from bad_codes(name, (one.code for one in getattr(source, name)))
    for name in ("departments", "themes", "sites", "neighbours", "order_kinds", "complaint_kinds"):
        yield from bad_words(name, (one.name for one in getattr(source, name)))
    yield from bad_codes("schema", (element.key for element in source.schema.elements))
    yield from bad_words("themes", (one.about for one in source.themes))
    for one in source.neighbours:
        yield from bad_words(f"neighbour {one.code}", (*one.does, *one.needs, one.where, one.hours))
    yield from bad_words("schema", (element.title for element in source.schema.elements))
    for notice in source.notices:
        yield from bad_words(f"notice {notice.code}", (notice.title, *notice.text))
        if notice.since > notice.until:
            yield Finding(f"notice {notice.code}", "ends before it begins")
    if len(source.guides) > MOST_GUIDES:
        yield Finding("catalogue", f"has more than {MOST_GUIDES} guides")
    if len(msgspec.json.encode(replace(source, guides=()))) > LARGEST_HEAD:
        yield Finding("catalogue", f"all but the guides is larger than {LARGEST_HEAD // 1024} KiB")


def _check_themes(source: CatalogueSource) -> Iterator[Finding]:
    items = {guide.code for guide in source.guides}
    for theme in source.themes:
        yield from (Finding(f"theme {theme.code}", f"names the missing item {item}") for item in theme.items if item not in items)
        if not theme.items:
            yield Finding(f"theme {theme.code}", "has no items", fault=False)


def _check_sites(source: CatalogueSource) -> Iterator[Finding]:
    levels = {site.code: site.level for site in source.sites}
    for site in source.sites:
        where = f"site {site.code}"
        above = levels.get(site.parent)
        if site.parent and above is None:
            yield Finding(where, f"stands under the unknown site {site.parent}")
        if above is not None and _LEVELS.index(above) >= _LEVELS.index(site.level):
            yield Finding(where, f"of level {site.level} stands under one of level {above}")
        yield from bad_words(where, (site.address, site.hours, *((site.weekend,) if site.weekend else ())))
        yield from (Finding(where, f"{band.opens}-{band.closes} are no opening hours") for band in site.bands if not _makes_sense(band))
        yield from _check_floors(where, site)


def _makes_sense(band: OpenBand) -> bool:
    times = _TIME.fullmatch(band.opens) and _TIME.fullmatch(band.closes) and band.opens < band.closes
    return bool(times and band.weekdays and set(band.weekdays) <= set(range(1, 8)))


def _check_floors(where: str, site: Site) -> Iterator[Finding]:
    areas = [area for floor in site.floors for area in floor.areas]
    names = (*(floor.name for floor in site.floors), *(area.name for area in areas), *(area.about for area in areas if area.about))
    yield from bad_words(f"{where}, floors", names)
    yield from bad_codes(f"{where}, floors", (floor.code for floor in site.floors))
    yield from bad_codes(f"{where}, areas", (area.code for area in areas))
    yield from (Finding(where, f"floor {floor.code} has something outside of it") for floor in site.floors if not _inside(floor))


def _inside(floor: Floor) -> bool:
    areas = (
        min(area.x, area.y) >= 0 and min(area.width, area.height) > 0 and max(area.x + area.width, area.y + area.height) <= 1
        for area in floor.areas
    )
    return all(areas) and (floor.here is None or all(0 <= part <= 1 for part in floor.here))


def _check_divisions(divisions: Mapping[str, tuple[Choice, ...]]) -> Iterator[Finding]:
    choices = [choice for inside in divisions.values() for choice in inside]
    yield from bad_codes("divisions", (choice.code for choice in choices))
    yield from bad_words("divisions", (choice.name for choice in choices))
    known = {choice.code for choice in choices} | {""}
    yield from (Finding("divisions", f"nothing is called {code}, and yet it has parts") for code in divisions if code not in known)
    if max(map(len, divisions.values()), default=0) > LONGEST_LIST:
        yield Finding("divisions", f"a list is longer than {LONGEST_LIST}")


def _check_rating(source: CatalogueSource) -> Iterator[Finding]:
    yield from bad_version("rating", source.rating.version)
    if set(source.rating.reasons) != _RATINGS:
        yield Finding("rating", "has not the levels 1 to 5")
    for level, reasons in source.rating.reasons.items():
        yield from bad_codes(f"rating, level {level}", (one.code for one in reasons))
        yield from bad_words(f"rating, level {level}", (one.name for one in reasons))
