"""The items written by hand, in `seed_data/catalogue/items`: those most people come for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.backend.messages.catalogue import Fee, Guide, ListTag, Process
from kiosk.office.catalogue.pinyin import reading
from kiosk.office.seed_guides import Agency, Draft, answered, fees, process, whole
from kiosk.office.seed_parts import Materials, Places
from kiosk.office.seed_words import lines, words


@dataclass(frozen=True, slots=True)
class Written:
    """Makes guides of what was written. `kinds` is kinds.toml."""

    kinds: Mapping[str, Any]
    materials: Materials
    places: Places
    agencies: Mapping[str, Agency]

    def guide(self, item: Mapping[str, Any]) -> Guide:
        """The guide of one item."""
        agency = self.agencies[item["department"]]
        statutory, promised = item["days"]
        return whole(
            Draft(
                code=item["code"],
                name=words(item["name"]),
                pinyin=item.get("pinyin") or reading(item["name"][0]),
                agency=agency,
                said=tuple(item["said"]),
                lists=tuple(map(ListTag, item["lists"])),
                visits=item["visits"],
                days=(statutory, promised),
                type=words(item["type"]),
                who=lines(item["who"]),
                basis=lines(item["basis"]),
                conditions=lines(item["conditions"]),
                result=lines(item["result"]),
                special=lines(item.get("special", ())),
                brief=lines(item["brief"]),
                materials=self.materials.of(item["materials"]),
                process=self._process(item, agency),
                fees=self._fees(item),
                places=self.places.of(item["code"], item.get("queue", agency.queue), item.get("halls", "all")),
                questions=answered(item.get("questions", ())),
                form=item.get("form", ""),
                bookable=item.get("bookable", False),
                review=item.get("review", False),
            )
        )

    def _process(self, item: Mapping[str, Any], agency: Agency) -> tuple[Process, ...]:
        steps = item["process"]
        return process(self.kinds["process"][steps] if isinstance(steps, str) else steps, item["days"][1], agency)

    def _fees(self, item: Mapping[str, Any]) -> tuple[Fee, ...]:
        rows = item.get("fees", ())
        return fees(self.kinds["fees"][rows] if isinstance(rows, str) else rows)
