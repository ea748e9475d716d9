"""The made-up city's sites in four levels, the maps of its halls, and the divisions of addresses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kiosk.backend.messages import Words
from kiosk.backend.messages.catalogue import Area, Floor, Level, Site
from kiosk.backend.messages.forms import Choice
from kiosk.office.seed_hours import (
    HALL_BANDS,
    HALL_HOURS,
    SATURDAY,
    SATURDAY_WORDS,
    TOWN_BANDS,
    TOWN_HOURS,
    TOWN_NOON,
    TOWN_NOON_HOURS,
    TOWN_SATURDAY_WORDS,
    VILLAGE_BANDS,
    VILLAGE_HOURS,
)
from kiosk.office.seed_words import both, place_code, place_name, words

_CITY = "city"
_PROVINCE, _CITY_DIVISION = "990000", "999900"
_FIRST_PHONE = 4000  # of the stations, after 0999-555


def sites(halls: Sequence[Mapping[str, Any]], cities: Mapping[str, Any], maps: Mapping[str, Any]) -> tuple[Site, ...]:
    """Halls first, then stations: townships before villages."""
    stations = [*_towns(cities), *_villages(cities)][: cities["stations"]]
    numbered = (_station(n, *station) for n, station in enumerate(stations))
    return (*(_hall(hall, maps.get(hall["code"], {})) for hall in halls), *numbered)


def divisions(cities: Mapping[str, Any]) -> Mapping[str, tuple[Choice, ...]]:
    """Divisions by the code of what they are in: the made-up province down to its villages, other provinces by name only."""
    made_up = Choice(code=_PROVINCE, name=both("样例省", "Yangli Province"))
    others = (Choice(code=code, name=words(name)) for code, name in cities["provinces"].items())
    found: dict[str, tuple[Choice, ...]] = {
        "": (made_up, *others),
        _PROVINCE: (Choice(code=_CITY_DIVISION, name=both("鹿城市", "Lucheng")),),
        _CITY_DIVISION: tuple(Choice(code=str(999901 + n), name=words(one["name"])) for n, one in enumerate(cities["county"])),
    }
    for n, county in enumerate(cities["county"]):
        found[str(999901 + n)] = tuple(_division(f"{999901 + n}{m:03d}", town) for m, (town, _) in enumerate(county["towns"], 1))
        for m, (_, villages) in enumerate(county["towns"], 1):
            town = f"{999901 + n}{m:03d}"
            found[town] = tuple(_division(f"{town}{k:03d}", village) for k, village in enumerate(villages, 1))
    return found


def areas_of_queues(maps: Mapping[str, Any]) -> Mapping[tuple[str, str], str]:
    """Area of the map by hall and queue."""
    return {(hall, queue): area for hall, one in maps.items() for queue, area in one["queues"].items()}


def _division(code: str, name: str) -> Choice:
    return Choice(code=code, name=place_name(name))


def _towns(cities: Mapping[str, Any]) -> Iterator[tuple[Level, str, str, Words, Words]]:
    """Level, code, code of the site above, name and address."""
    for county in cities["county"]:
        of, english = county["name"]
        for town, _ in county["towns"]:
            name = place_name(town)
            station = both(f"{town}便民服务中心", f"{name['en']} Service Station")
            office = "办事处" if town.endswith("街道") else "政府"
            address = both(f"{of}{town}{office}一楼", f"Floor 1 of the {name['en']} office, {english}")
            yield Level.TOWNSHIP, f"{county['code']}-{place_code(town)}", county["code"], station, address


def _villages(cities: Mapping[str, Any]) -> Iterator[tuple[Level, str, str, Words, Words]]:
    """The first of every township, then the second of every township, and so on."""
    for n in range(max(len(villages) for county in cities["county"] for _, villages in county["towns"])):
        for county in cities["county"]:
            of, english = county["name"]
            for town, villages in county["towns"]:
                above, village = f"{county['code']}-{place_code(town)}", villages[n]
                name, parent = place_name(village), place_name(town)
                station = both(f"{village}便民服务站", f"{name['en']} Service Point")
                committee = "居委会" if village.endswith("社区") else "村委会"
                address = both(f"{of}{town}{village}{committee}院内", f"At the committee of {name['en']}, {parent['en']}, {english}")
                yield Level.VILLAGE, f"{above}-{place_code(village)}", above, station, address


def _station(n: int, level: Level, code: str, parent: str, name: Words, address: Words) -> Site:
    noon, saturday = level is Level.TOWNSHIP and n % 3 == 0, level is Level.TOWNSHIP and n % 4 == 0
    bands, hours = (TOWN_NOON, TOWN_NOON_HOURS) if noon else (TOWN_BANDS, TOWN_HOURS)
    if level is Level.VILLAGE:
        bands, hours = VILLAGE_BANDS, VILLAGE_HOURS
    return Site(
        code=code,
        level=level,
        parent=parent,
        name=name,
        address=address,
        phone=f"0999-555{_FIRST_PHONE + n}",
        bands=(*bands, SATURDAY) if saturday else bands,
        hours=hours,
        weekend=TOWN_SATURDAY_WORDS if saturday else None,
    )


def _hall(hall: Mapping[str, Any], its_map: Mapping[str, Any]) -> Site:
    bands = hall.get("bands", HALL_BANDS)
    return Site(
        code=hall["code"],
        level=Level.CITY if hall["code"] == _CITY else Level.COUNTY,
        parent="" if hall["code"] == _CITY else _CITY,
        name=hall["name"],
        address=hall["address"],
        phone=hall["phone"],
        bands=bands,
        hours=hall.get("hours", HALL_HOURS),
        weekend=SATURDAY_WORDS if SATURDAY in bands else None,
        floors=tuple(_floor(floor) for floor in its_map.get("floor", ())),
    )


def _floor(floor: Mapping[str, Any]) -> Floor:
    here = floor.get("here")
    return Floor(
        code=floor["code"],
        name=words(floor["name"]),
        areas=tuple(_area(*row) for row in floor["areas"]),
        here=tuple(here) if here else None,
    )


def _area(code: str, chinese: str, english: str, x: float, y: float, width: float, height: float, *about: str) -> Area:
    return Area(code=code, name=both(chinese, english), x=x, y=y, width=width, height=height, about=words(about) if about else None)
