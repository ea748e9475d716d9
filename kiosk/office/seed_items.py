"""Thousands of items of the made-up city: every agency's subjects, each with all that is done about one of its kind."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.backend.messages import Words
from kiosk.backend.messages.catalogue import Answered, Guide, ListTag, Material
from kiosk.office.catalogue.pinyin import reading
from kiosk.office.seed_guides import Agency, Draft, answered, chance, fees, process, whole, working_days
from kiosk.office.seed_parts import Materials, Places
from kiosk.office.seed_words import both, lines, words

_ONLINE = 70  # items of a hundred that can be applied for online, as the anchor city reports
_NEARBY = 45
_WITHOUT_VISIT = 30
_BOOKABLE = 60
_REVIEWED = 40
_MANY_MATERIALS = 4
_QUICK = 5  # promised days of which no second visit comes
_DOUBLED = re.compile("(备案|登记|证)\\1")  # where what people say ends as what is done begins
_SLOW = {"project", "qualification", "dispute"}  # kinds that may take two visits
_VISITS = (
    both("不用跑，网上可办", "No visit: it can be done online"),
    both("最多跑一次", "One visit at most"),
    both("需到现场两次", "Two visits"),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an agency is asked for, with one of its variants; `said` is what people call it."""

    code: str
    kind: str
    name: Words
    said: str
    pinyin: str


@dataclass(frozen=True, slots=True)
class Plan:
    """An item before it is made: what is done (`act`) about a subject; `first` of all that is."""

    agency: Agency
    subject: Subject
    act: Mapping[str, Any]
    first: bool

    @property
    def code(self) -> str:
        """The item's code."""
        return f"{self.subject.code}-{self.act['code']}"

    @property
    def name(self) -> Words:
        """The item's name."""
        chinese, english = self.act["name"]
        return both(f"{self.subject.name['zh-CN']}{chinese}", f"{self.subject.name['en']}: {english}")


def plans(agency: Agency, rows: Sequence[Sequence[Any]], kinds: Mapping[str, Any]) -> Iterator[Plan]:
    """All items of an agency; `rows` are its subjects, `kinds` is kinds.toml."""
    for subject in _subjects(agency.code, rows):
        for n, act in enumerate(kinds["kind"][subject.kind]["acts"]):
            yield Plan(agency, subject, act, first=n == 0)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes guides of plans. `kinds` is kinds.toml."""

    kinds: Mapping[str, Any]
    materials: Materials
    places: Places

    def guide(self, plan: Plan) -> Guide:
        """The guide of one item."""
        agency, subject, act = plan.agency, plan.subject, plan.act
        kind, luck = self.kinds["kind"][subject.kind], chance(plan.code)
        personal = kind.get("personal", False)
        materials = self._materials(act, personal=personal)
        days = _days(act["days"], luck)
        lists, visits = _reach(subject.kind, agency, days, luck)
        charges = act.get("fees", kind.get("fees", ""))
        bookable = visits > 0 and luck // 3 % 100 < _BOOKABLE
        draft = Draft(
            code=plan.code,
            name=plan.name,
            pinyin=f"{subject.pinyin} {reading(act['name'][0])}",
            agency=agency,
            said=_said(plan),
            lists=lists,
            visits=visits,
            days=days,
            type=words(kind["type"]),
            who=(words(kind["who"]),),
            basis=(*agency.laws, _LOCAL_BASIS),
            conditions=lines(kind["conditions"]),
            result=(_filled(kind["result"], subject),),
            brief=_brief(materials, days, visits, charges),
            materials=materials,
            process=process(self.kinds["process"][_steps(kind, act, days)], days[1], agency),
            fees=fees(self.kinds["fees"][charges]) if charges else (),
            places=self.places.of(plan.code, agency.queue, _halls(agency.reach, luck)),
            questions=self._questions(materials, agency, luck),
            form=("general" if personal else "general-company") if ListTag.ONLINE in lists else "",
            bookable=bookable,
            review=bookable and len(materials) >= _MANY_MATERIALS and luck // 5 % 100 < _REVIEWED,
        )
        return whole(draft)

    def _materials(self, act: Mapping[str, Any], *, personal: bool) -> tuple[Material, ...]:
        agent = ("agent-letter",) if personal and len(act["materials"]) > 1 else ()
        return self.materials.of((*act["materials"], *agent))

    def _questions(self, materials: Sequence[Material], agency: Agency, luck: int) -> tuple[Answered, ...]:
        fitting = ["defer"] if any(one.deferrable for one in materials) else ["agent"]
        fitting.append("anywhere" if agency.reach == "all" and luck % 2 else ("post", "home", "deadline")[luck % 3])
        return answered([self.kinds["questions"][one] for one in fitting])


_LOCAL_BASIS = both("《鹿城市政务服务事项目录》", "Lucheng list of service items")


def _subjects(agency: str, rows: Sequence[Sequence[Any]]) -> Iterator[Subject]:
    for n, (kind, chinese, english, said, variants) in enumerate(rows, 1):
        if not variants:
            yield Subject(f"{agency}-{n:02d}", kind, both(chinese, english), said, reading(chinese))
        for m, (variant, variant_english) in enumerate(variants):
            name = both(f"{chinese}（{variant}）", f"{english} ({variant_english})")
            yield Subject(f"{agency}-{n:02d}{chr(ord('a') + m)}", kind, name, said, reading(name["zh-CN"]))


def _filled(pair: Sequence[str], subject: Subject) -> Words:
    chinese, english = pair
    return both(chinese.format(o=subject.name["zh-CN"]), english.format(o=subject.name["en"]))


def _said(plan: Plan) -> tuple[str, ...]:
    said = [pattern.format(s=plan.subject.said) for pattern in plan.act["said"]]
    once = (_DOUBLED.sub(r"\1", one) for one in ([plan.subject.said, *said] if plan.first else said))
    return tuple(dict.fromkeys(once))


def _steps(kind: Mapping[str, Any], act: Mapping[str, Any], days: tuple[int, int]) -> str:
    """What is done on the spot has no further steps."""
    return str(act.get("process", kind["process"])) if days[1] else "instant"


def _days(days: Sequence[int], luck: int) -> tuple[int, int]:
    statutory, promised = days
    return statutory, min(promised + luck // 7 % 4, statutory) if promised > 1 else promised


def _reach(kind: str, agency: Agency, days: tuple[int, int], luck: int) -> tuple[tuple[ListTag, ...], int]:
    """The lists an item is on, and how many visits it takes."""
    at_once, online = days[1] == 0, luck % 100 < _ONLINE
    nearby = agency.reach == "all" and luck // 11 % 100 < _NEARBY
    visits = 1
    if online and at_once and luck // 13 % 100 < _WITHOUT_VISIT:
        visits = 0
    elif kind in _SLOW and days[1] > _QUICK and luck // 17 % 2:
        visits = 2
    on = {ListTag.AT_ONCE: at_once, ListTag.ONLINE: online, ListTag.NEARBY: nearby, ListTag.ONE_VISIT: visits < len(_VISITS) - 1}
    return tuple(tag for tag, there in on.items() if there), visits


def _halls(reach: str, luck: int) -> str:
    """Not every item of an agency goes as far as the agency does."""
    return ("city", reach, "some" if reach == "all" else reach)[luck // 19 % 3]


def _brief(materials: Sequence[Material], days: tuple[int, int], visits: int, charges: str) -> tuple[Words, ...]:
    wanted = [one for one in materials if one.needed_if is None]
    some = wanted[:3]
    rest = f"等{len(wanted)}份材料" if len(wanted) > len(some) else ""
    more = f" and {len(wanted) - len(some)} more" if len(wanted) > len(some) else ""
    bring = both(
        f"带：{'、'.join(one.name['zh-CN'] for one in some)}{rest}", f"Bring: {', '.join(one.name['en'].lower() for one in some)}{more}"
    )
    time = working_days(days[1])
    cost = both("收费见下", "charges below") if charges else both("不收费", "free of charge")
    return bring, both(f"{time['zh-CN']}，{cost['zh-CN']}", f"{time['en']}, {cost['en']}"), _VISITS[visits]
