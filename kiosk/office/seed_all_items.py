"""All items of the made-up city, written and generated, known by name before any is made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from kiosk.backend.messages.catalogue import Guide
from kiosk.office.seed_items import Maker, Plan, plans
from kiosk.office.seed_parts import Materials, Places, agencies
from kiosk.office.seed_sites import areas_of_queues
from kiosk.office.seed_words import CATALOGUE, toml
from kiosk.office.seed_written import Written


@dataclass(frozen=True, slots=True)
class Items:
    """What is written, what is planned, and who makes guides of it."""

    written: Sequence[Mapping[str, Any]]
    planned: Sequence[Plan]
    by_hand: Written
    maker: Maker

    @classmethod
    def read(cls, departments: Sequence[Mapping[str, Any]], halls: Sequence[Mapping[str, Any]], maps: Mapping[str, Any]) -> Self:
        """The items of the seed data, to be handled in these halls."""
        kinds, known = toml(CATALOGUE / "kinds.toml"), agencies(departments)
        windows = {hall["code"]: {service["code"]: service["where"] for service in hall["service"]} for hall in halls}
        parts = Materials(toml(CATALOGUE / "materials.toml")), Places(windows, areas_of_queues(maps))
        written = [item for path in sorted((CATALOGUE / "items").glob("*.toml")) for item in toml(path)["item"]]
        planned = [plan for row in departments for plan in plans(known[row["code"]], row["subjects"], kinds)]
        return cls(written, planned, Written(kinds, *parts, known), Maker(kinds, *parts))

    @property
    def named(self) -> Mapping[str, str]:
        """Codes by Chinese name."""
        return {item["name"][0]: item["code"] for item in self.written} | {plan.name["zh-CN"]: plan.code for plan in self.planned}

    def guides(self, generated: int | None, wanted: Collection[str]) -> tuple[Guide, ...]:
        """The written guides and all generated ones, or so many of these from all agencies and those that are `wanted`."""
        step = max(1, len(self.planned) // max(1, generated)) if generated is not None else 1
        some = {plan.code for plan in self.planned[::step][:generated]}
        plans = (plan for plan in self.planned if plan.code in some or plan.code in wanted)
        return (*map(self.by_hand.guide, self.written), *map(self.maker.guide, plans))
