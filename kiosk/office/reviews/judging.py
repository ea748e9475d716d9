"""The judgement: each material against its answer, all the way to the end of the list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.backend.messages import Words
from kiosk.backend.messages.catalogue import Guide, Material, MaterialStage
from kiosk.backend.messages.reviews import Fault, MaterialAnswer, Promise
from kiosk.office.reviews import words
from kiosk.office.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a pre-review came to; passed where there are no faults."""

    faults: tuple[Fault, ...]
    promises: tuple[Promise, ...]
    from_store: tuple[Words, ...]
    bring: tuple[Words, ...]


def judge(guide: Guide, answers: Mapping[str, MaterialAnswer], licences: Collection[str], today: date, days: WorkCalendar) -> Judgement:
    """Judge the answers by code of the material; `licences` are the kinds of the person's valid licences.

    Materials that are looked at on site only are nobody's fault here.
    """
    found = [
        (one, answers.get(one.code), _fault(one, answers.get(one.code), licences))
        for one in guide.materials
        if one.stage is MaterialStage.APPLICATION
    ]
    right = [(one, answer) for one, answer, fault in found if fault is None]
    return Judgement(
        faults=tuple(Fault(material=one.code, what=fault) for one, _, fault in found if fault is not None),
        promises=tuple(_promise(one, today, days) for one, answer in right if answer is MaterialAnswer.LATER),
        from_store=tuple(one.name for one, answer in right if answer is MaterialAnswer.LICENCE),
        bring=tuple(one.name for one, answer in right if answer is MaterialAnswer.HAVE),
    )


def _fault(material: Material, answer: MaterialAnswer | None, licences: Collection[str]) -> Words | None:
    """What is wrong with the answer; None where nothing is."""
    match answer:
        case MaterialAnswer.HAVE:
            right, otherwise = True, words.missing(material)
        case MaterialAnswer.LICENCE:
            right, otherwise = material.licence != "" and material.licence in licences, words.not_in_store(material)
        case MaterialAnswer.LATER:
            right, otherwise = material.deferrable, words.NOT_DEFERRABLE
        case MaterialAnswer.NOT_NEEDED:
            right, otherwise = material.needed_if is not None, words.NEEDED_ALWAYS
        case MaterialAnswer.MISSING:
            right, otherwise = False, words.missing(material)
        case MaterialAnswer.FAULTY:
            right, otherwise = False, words.faulty(material)
        case None:
            right, otherwise = False, words.UNANSWERED
    return None if right else otherwise


def _promise(material: Material, today: date, days: WorkCalendar) -> Promise:
    due = days.shift(today, max(material.defer_days, 1))
    return Promise(material=material.code, name=material.name, due=due, consequence=words.CONSEQUENCE)
