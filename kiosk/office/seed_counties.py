"""Halls of the made-up city's counties, in the shape of `seed_data/halls.toml`: each queue has two counters, one of them open over noon."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kiosk.office.seed_hours import AFTERNOON, HALL_BANDS, MORNING, SATURDAY, SATURDAY_HOURS
from kiosk.office.seed_words import both, words

_ON_SATURDAYS = {"social", "help"}


def all_halls(written: Sequence[Mapping[str, Any]], cities: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The halls of halls.toml, and those that sites.toml gives queues to."""
    return (*written, *(_hall(county, cities["queue"]) for county in cities["county"] if "queues" in county))


def _hall(county: Mapping[str, Any], queues: Mapping[str, Any]) -> Mapping[str, Any]:
    chinese, english = county["name"]
    street, english_street = county["street"]
    extra = {"bands": (*HALL_BANDS, SATURDAY), "hours": SATURDAY_HOURS} if county.get("saturday") else {}
    return {
        "code": county["code"],
        "name": both(f"{chinese}政务服务中心", f"{english} Service Hall"),
        "address": both(f"{chinese}{street}", f"{english_street}, {english}"),
        "phone": county["phone"],
        "notices": [both("24小时自助服务区在大门左侧。", "The 24-hour zone is left of the main door.")],
        "service": [_service(code, queues[code], n) for n, code in enumerate(county["queues"])],
        "counter": list(_counters(county)),
        **extra,
    }


def _service(code: str, row: Sequence[Any], n: int) -> Mapping[str, Any]:
    prefix, minutes, samples, name, about = row
    first = 2 * n + 1
    where = both(f"一楼{first}至{first + 1}号窗口", f"Floor 1, counters {first}–{first + 1}")
    plain = {"code": code, "prefix": prefix, "minutes": minutes, "samples": samples}
    return {**plain, "name": words(name), "about": words(about), "where": where}


def _counters(county: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for n, service in enumerate(county["queues"]):
        bands = (MORNING, AFTERNOON, *((SATURDAY,) if county.get("saturday") and service in _ON_SATURDAYS else ()))
        yield {"code": str(2 * n + 1), "services": [service], "noon": True, "bands": (*HALL_BANDS, *bands[2:])}
        yield {"code": str(2 * n + 2), "services": [service], "bands": bands}
