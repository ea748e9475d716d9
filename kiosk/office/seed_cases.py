"""Rows of the made-up cases: an item, a person and a shape become a case with stages and suspensions, dated from today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.backend.messages import StageState
from kiosk.office.seed_results import result_rows
from kiosk.office.tokens import fingerprint, phone_proof, token
from kiosk.office.workdays import WorkCalendar

Row = dict[str, Any]
_FIRST_NUMBER = 990000000001
_PHONE = "0999-5550100"
_ADDRESS = "鹿城市示范区测试路9号"
_VISIT = {"zh-CN": "现场踏勘、专家评审等特殊环节", "en": "Visit or review that does not count"}


@dataclass(frozen=True, slots=True)
class CaseRows:
    """Rows of the four tables."""

    cases: tuple[Row, ...]
    stages: tuple[Row, ...]
    suspensions: tuple[Row, ...]
    results: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """A stage in time; `until` None while it goes on, both None before it began."""

    state: StageState
    since: date | None = None
    until: date | None = None


def case_rows(data: Mapping[str, Mapping[str, Any]], today: date, days: WorkCalendar, secret: bytes) -> CaseRows:
    """All rows of the seed data, as of `today`."""
    people = {person.get("key", person["name"]): person for person in data["people"]["person"]}
    items = {item["code"]: item for item in data["items"]["item"]}
    made: list[tuple[Row, list[Row], list[Row]]] = []
    results: list[Row] = []
    for index, (person, item, shape, agent) in enumerate(_wanted(data["cases"], tuple(items))):
        maker = _Maker(items[item], data["cases"]["shape"][shape], data["items"]["stage"], today, days)
        made.append(maker.rows(str(_FIRST_NUMBER + index), people[person], secret))
        case = made[-1][0]
        case["agent"], case["agent_number"] = (people[agent]["name"], people[agent]["number"]) if agent else (None, None)
        results += result_rows(case, data["results"], item)
    return CaseRows(
        tuple(case for case, _, _ in made),
        tuple(stage for _, stages, _ in made for stage in stages),
        tuple(pause for _, _, pauses in made for pause in pauses),
        tuple(results),
    )


def _wanted(cases: Mapping[str, Any], items: tuple[str, ...]) -> Iterator[tuple[str, str, str, str]]:
    """Person, item, shape and agent of each case."""
    for case in cases["case"]:
        yield case["person"], case["item"], case["shape"], case.get("agent", "")
    filling = cases["filling"]
    people, shapes = filling["people"], filling["shapes"]
    for n in range(filling["count"]):
        person = filling["many"] if n < filling["many_count"] else people[n % len(people)]
        yield person, items[n % len(items)], shapes[n // len(items) % len(shapes)], ""
    for case in cases["more"]:
        yield case["person"], case["item"], case["shape"], case.get("agent", "")


@dataclass(frozen=True, slots=True)
class _Maker:
    item: Mapping[str, Any]
    shape: Mapping[str, Any]
    templates: Mapping[str, Any]
    today: date
    days: WorkCalendar

    def rows(self, number: str, person: Mapping[str, str], secret: bytes) -> tuple[Row, list[Row], list[Row]]:
        """The rows of one case."""
        stages = list(self._stages(number))
        pauses = [
            {"reason": _VISIT, "since": stage["since"], "until": stage["until"]}
            for stage in stages
            if stage["suspends_clock"] and stage["since"]
        ]
        if pause := self.shape.get("pause"):
            until = self._ago(pause["until"]) if "until" in pause else None
            pauses.append({"reason": pause["reason"], "since": self._ago(pause["since"]), "until": until})
        return self._case(number, person, secret), stages, [{"case": number, "position": n, **pause} for n, pause in enumerate(pauses)]

    def _case(self, number: str, person: Mapping[str, str], secret: bytes) -> Row:
        return {
            "number": number,
            "token_hash": fingerprint(token(secret, "case", number)),
            "phone_proof": phone_proof(secret, number, person["phone"]),
            "item": self.item["name"],
            "state": self.shape["state"],
            "applicant": person["name"],
            "applicant_number": person["number"],
            "accepted": self._accepted(),
            "closed": self._ago(self.shape["closed"]) if "closed" in self.shape else None,
            "statutory_days": self.item["statutory"],
            "promised_days": self.item["promised"],
            "office": self.item["office"],
            "window": self.item["window"],
            "phone": _PHONE,
            "missing": self.shape.get("missing", []),
            "next_step": self.shape["next_step"],
            "delivery": self._delivery(person),
            "sent": self._ago(self.shape["sent"]) if "sent" in self.shape else None,
            "waybill": self.shape.get("waybill"),
        }

    def _delivery(self, person: Mapping[str, str]) -> Row | None:
        if self.shape.get("delivery") != "post":
            return None
        return {"kind": "post", "receiver": person["name"], "phone": f"0999-555{person['phone']}", "address": _ADDRESS}

    def _stages(self, number: str) -> Iterator[Row]:
        steps = [step if isinstance(step, list) else [step] for step in self.item["stages"]]
        at = self.shape["at"] % len(steps) if self.shape["at"] < 0 else self.shape["at"]
        position, gone = 0, 0
        for step, names in enumerate(steps):
            length = max(self.templates[name]["days"] for name in names)
            for lane, name in enumerate(names):
                template = self.templates[name]
                span = self._span(step - at, lane, gone, length)
                yield {
                    "case": number,
                    "position": position,
                    "step": step + 1,
                    "lane": template.get("lane"),
                    "name": template["name"],
                    "state": span.state,
                    "office": template.get("office", self.item["office"]),
                    "since": span.since,
                    "until": span.until,
                    "suspends_clock": template.get("suspends", False),
                }
                position += 1
            gone += length

    def _span(self, ahead: int, lane: int, gone: int, length: int) -> _Span:
        """How a stage stands whose step is `ahead` of the current one; of lanes the first is done, the second on, others wait."""
        since, until = self._after(gone), self._after(gone + length)
        if ahead < 0:
            return _Span(StageState.DONE, since, until)
        if ahead > 0:
            return _Span(StageState.WAITING)
        if self.shape["state"] == "rejected":
            return _Span(StageState.REJECTED, since, until)
        if "closed" in self.shape:
            return _Span(StageState.WAITING)
        if lane == 0 and not self._has_lanes():
            return _Span(StageState.ACTIVE, since)
        return (_Span(StageState.DONE, since, until), _Span(StageState.ACTIVE, since), _Span(StageState.WAITING))[lane]

    def _has_lanes(self) -> bool:
        return any(isinstance(step, list) for step in self.item["stages"])

    def _accepted(self) -> date:
        return self._ago(self.shape["accepted"])

    def _ago(self, working_days: int) -> date:
        return self.days.shift(self.today, -working_days)

    def _after(self, working_days: int) -> date:
        last = self._ago(self.shape.get("closed", 0))
        return min(self.days.shift(self._accepted(), working_days), last)
