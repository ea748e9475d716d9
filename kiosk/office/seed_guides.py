"""What the guides of the made-up city have in common: a draft with what is special about an item becomes a whole guide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from kiosk.backend.messages import Words
from kiosk.backend.messages.catalogue import Answered, Fee, Guide, ListTag, Material, Place, Process
from kiosk.office.catalogue.pinyin import initials
from kiosk.office.seed_words import both, words

_FIRST_DAY = date(2023, 1, 1)
_DAYS = 1100  # within which guides came into force
_FREE = (both("不收费。", "Free of charge."),)
_FORMS = (both("空白表格和填写样本可以在自助机上打印。", "Blank forms and filled-in samples can be printed at a self-service machine."),)
_NONE = (both("无。", "None."),)
_DELIVERY = (
    both("窗口领取、免费邮寄，或在自助机上打印。", "At the counter, by post free of charge, or printed at a self-service machine."),
)
_NEARBY = (both("也可到就近的乡镇（街道）、村（社区）便民服务站办理。", "You can also do it at the service station nearest to you."),)
_PROGRESS = both("查进度：在自助机上刷身份证，或输入办件编号。", "Progress: at a self-service machine, with your ID card or case number.")
_REMEDIES = (
    both("监督投诉：拨打12345，或在自助机上投诉。", "Complaints: call 12345, or at a self-service machine."),
    both(
        "不服决定的，60日内可申请行政复议，6个月内可提起行政诉讼。",
        "If you do not accept the decision: review within 60 days, or court within 6 months.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency as its guides name it; `reach` is how many halls take its items: all, some, city."""

    code: str
    name: Words
    phone: str
    queue: str
    reach: str
    laws: tuple[Words, ...]

    @property
    def contact(self) -> Words:
        """Where to ask."""
        return both(f"咨询电话：{self.phone}，或在自助机上提问。", f"Questions: call {self.phone}, or ask at a self-service machine.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is special about an item. `days` are statutory and promised working days, 0 promised ones mean on the spot."""

    code: str
    name: Words
    pinyin: str
    agency: Agency
    said: tuple[str, ...]
    lists: tuple[ListTag, ...]
    visits: int
    days: tuple[int, int]
    type: Words
    who: tuple[Words, ...]
    basis: tuple[Words, ...]
    conditions: tuple[Words, ...]
    result: tuple[Words, ...]
    brief: tuple[Words, ...]
    materials: tuple[Material, ...]
    process: tuple[Process, ...]
    fees: tuple[Fee, ...]
    places: tuple[Place, ...]
    questions: tuple[Answered, ...]
    special: tuple[Words, ...] = ()
    form: str = ""
    bookable: bool = False
    review: bool = False


def whole(draft: Draft) -> Guide:
    """The guide with all its standard elements."""
    statutory, promised = draft.days
    return Guide(
        code=draft.code,
        version=1,
        effective=_FIRST_DAY + timedelta(days=chance(draft.code) % _DAYS),
        name=draft.name,
        department=draft.agency.code,
        pinyin=draft.pinyin,
        initials=initials(draft.pinyin),
        synonyms=draft.said,
        lists=draft.lists,
        visits=draft.visits,
        instant=promised == 0,
        statutory_days=statutory,
        promised_days=promised,
        brief=draft.brief,
        texts=_texts(draft),
        materials=draft.materials,
        process=draft.process,
        fees=draft.fees,
        places=draft.places,
        questions=draft.questions,
        form=draft.form,
        bookable=draft.bookable,
        review=draft.review,
    )


def working_days(days: int) -> Words:
    """So many working days, or on the spot."""
    return both(f"{days}个工作日", f"{days} working day{'s' * (days > 1)}") if days else both("当场办结", "On the spot")


def chance(code: str) -> int:
    """A number that is always the same for a code and looks like chance."""
    return crc32(code.encode())


def process(rows: Sequence[Sequence[Any]], promised: int, agency: Agency) -> tuple[Process, ...]:
    """Steps of rows of Chinese, English, days and a word for those that stop the clock.

    The steps that count share the promised days: each has its own while there are any left, the one with -1 the rest.
    """
    left = promised - sum(days for _, _, days, *stops in rows if days > 0 and not stops)
    steps = []
    for chinese, english, days, *stops in rows:
        own = max(left, 0) if days < 0 else days
        if not stops and days > 0 and left < 0:
            own, left = max(days + left, 0), min(days + left, 0)
        steps.append(Process(name=both(chinese, english), office=agency.name, days=own, special=bool(stops), suspends=bool(stops)))
    return tuple(steps)


def fees(rows: Sequence[Sequence[Any]]) -> tuple[Fee, ...]:
    """Charges of rows of Chinese, English, fen (-1 where it is reckoned by the case), unit and basis, each twice."""
    return tuple(
        Fee(
            name=both(chinese, english),
            amount=None if amount < 0 else amount,
            unit=both(unit, unit_english) if unit else None,
            basis=both(basis, basis_english),
        )
        for chinese, english, amount, unit, unit_english, basis, basis_english in rows
    )


def answered(rows: Sequence[Sequence[Sequence[str]]]) -> tuple[Answered, ...]:
    """Questions of pairs of question and answer."""
    return tuple(Answered(question=words(question), answer=words(answer)) for question, answer in rows)


def _texts(draft: Draft) -> Mapping[str, tuple[Words, ...]]:
    statutory, promised = draft.days
    texts = {
        "identity": (draft.name, both(f"事项编码：{draft.code}", f"Code: {draft.code}")),
        "type": (draft.type,),
        "basis": draft.basis,
        "agency": (draft.agency.name,),
        "applicants": draft.who,
        "conditions": draft.conditions,
        "forms": _FORMS,
        "special": draft.special or _special(draft.process),
        "statutory": (working_days(statutory),),
        "promised": (working_days(promised),),
        "result": draft.result,
        "delivery": _DELIVERY,
        "contact": (draft.agency.contact, _PROGRESS),
        "remedies": _REMEDIES,
    }
    if not draft.fees:
        texts["fees"] = _FREE
    if ListTag.NEARBY in draft.lists:
        texts["places"] = _NEARBY
    return texts


def _special(steps: tuple[Process, ...]) -> tuple[Words, ...]:
    stops = tuple(
        both(
            f"{step.name['zh-CN']}（{step.days}个工作日）不计入承诺时限。", f"{step.name['en']} ({step.days} working days) does not count."
        )
        for step in steps
        if step.suspends
    )
    return stops or _NONE
