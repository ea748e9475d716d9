"""Parts that guides of the made-up city share, each made once: materials by code, places by queue and reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.backend.messages import Words
from kiosk.backend.messages.catalogue import Material, MaterialStage, Place
from kiosk.office.seed_guides import Agency, chance
from kiosk.office.seed_words import lines, words

_CITY, _ELSE = "city", "help"
_SOME = 4  # halls beside the city's


@dataclass(frozen=True, slots=True)
class Materials:
    """The materials of materials.toml."""

    rows: Mapping[str, Mapping[str, Any]]
    _made: dict[str, Material] = field(default_factory=dict)

    def of(self, entries: Sequence[str | Mapping[str, Any]]) -> tuple[Material, ...]:
        """Materials by entries: a code, one of those with changes (`use`), or one of its own."""
        return tuple(self._by_code(entry) if isinstance(entry, str) else self._by_entry(entry) for entry in entries)

    def _by_code(self, code: str) -> Material:
        if code not in self._made:
            self._made[code] = _material({"code": code, **self.rows[code]})
        return self._made[code]

    def _by_entry(self, entry: Mapping[str, Any]) -> Material:
        known = {"code": entry["use"], **self.rows[entry["use"]]} if "use" in entry else {}
        return _material({**known, **{key: value for key, value in entry.items() if key != "use"}})


def _material(row: Mapping[str, Any]) -> Material:
    return Material(
        code=row["code"],
        name=words(row["name"]),
        source=words(row["source"]),
        copies=row["copies"],
        original=row["original"],
        deferrable=row.get("deferrable", False),
        defer_days=row.get("defer_days", 0),
        licence=row.get("licence", ""),
        form=row.get("form", ""),
        sample=lines(row.get("sample", ())),
        checks=lines(row.get("checks", ())),
        needed_if=words(row["needed_if"]) if row.get("needed_if") else None,
        stage=MaterialStage(row.get("stage", MaterialStage.APPLICATION)),
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Halls with the windows of their queues; `areas` are on their maps."""

    windows: Mapping[str, Mapping[str, Words]]
    areas: Mapping[tuple[str, str], str]
    _made: dict[tuple[str, str], Place] = field(default_factory=dict)

    def of(self, code: str, queue: str, reach: str) -> tuple[Place, ...]:
        """Where an item is handled: at the city hall, at all halls, or at the city's and some others that differ from item to item."""
        others = [hall for hall in self.windows if hall != _CITY]
        first = chance(code) % len(others)
        wanted = {"city": [], "all": others}.get(reach, [*others[first:], *others[:first]][:_SOME])
        return tuple(self._at(hall, queue) for hall in (_CITY, *sorted(wanted)))

    def _at(self, hall: str, queue: str) -> Place:
        """A hall without that queue takes the item at its general counter."""
        key = (hall, queue if queue in self.windows[hall] else _ELSE)
        if key not in self._made:
            self._made[key] = Place(hall=hall, window=self.windows[hall][key[1]], queue=key[1], area=self.areas.get(key, ""))
        return self._made[key]


def agencies(departments: Sequence[Mapping[str, Any]]) -> dict[str, Agency]:
    """Agencies by code."""
    return {
        row["code"]: Agency(
            code=row["code"], name=words(row["name"]), phone=row["phone"], queue=row["queue"], reach=row["halls"], laws=lines(row["laws"])
        )
        for row in departments
    }
