"""A question (咨询): first the frequent ones of the item, then one's own, answered by SMS or at any terminal with its number."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.matters import MatterKind
from kiosk.backend.messages.ratings import Served
from kiosk.catalogue.found import Narrowing
from kiosk.flow import Answered, Around, End, Go, Move, Stay, Step, Subject, Typed
from kiosk.screens import Choose, Option
from kiosk.screens.reading import Page, Search, Section
from kiosk.steps.matter.facts import MatterFacts
from kiosk.steps.matter.flow import matter_flow
from kiosk.texts import Label, text

GENERAL = "general"  # about no item
_SHOWN = 12


def _search(facts: MatterFacts, around: Around) -> Search:
    """Which item it is about: found by typing, or none."""
    found = around.catalogue.search(facts.sought, Narrowing(), most=_SHOWN) if facts.sought else ()
    general = Option(value=GENERAL, title=text("question-general"), about=text("question-general-about"), icon="entrance-ask")
    results = tuple(Option(value=guide.code, title=guide.name, icon="entrance-look") for guide in found)
    return Search(
        title=text("question-about"),
        hint=text("question-about-hint"),
        typed=facts.sought,
        results=(general, *results),
        found=text("question-found", n=len(found)) if facts.sought else "",
    )


def _searched(facts: MatterFacts, event: Event, around: Around) -> Move[MatterFacts]:
    match event:
        case Typed(text=typed):
            return Stay(replace(facts, sought=typed))
        case Answered(action="choose", value=code):
            guide = around.catalogue.guide(code)
            if guide is None and code != GENERAL:
                return None
            new = replace(facts, about=guide.code if guide else "", sought="")
            if facts.checking:
                return Go("check", new)
            return Go("frequent" if guide is not None and guide.questions else "said", new)
        case _:
            return None


def _frequent(facts: MatterFacts, around: Around) -> Choose:
    guide = around.catalogue.guide(facts.about)
    questions = guide.questions if guide else ()
    own = Option(value="own", title=text("question-own"), about=text("question-own-about"), icon="entrance-ask")
    options = tuple(Option(value=str(at), title=one.question, icon="question") for at, one in enumerate(questions))
    return Choose(title=text("question-frequent"), hint=text("question-frequent-hint"), options=(*options, own))


def _picked(facts: MatterFacts, event: Event, around: Around) -> Move[MatterFacts]:
    guide = around.catalogue.guide(facts.about)
    match event:
        case Answered(action="choose", value="own"):
            return Go("said", facts)
        case Answered(action="choose", value=at) if guide and at.isdecimal() and int(at) < len(guide.questions):
            return Go("answer", replace(facts, number=at))
        case _:
            return None


def _answer(facts: MatterFacts, around: Around) -> Page:
    guide = around.catalogue.guide(facts.about)
    one = guide.questions[int(facts.number)] if guide else None
    return Page(
        title=one.question if one else "",
        sections=(Section(heading=text("matter-answer"), lines=(one.answer,) if one else ()),),
        actions=(
            Option(value="enough", title=text("question-enough"), icon="check"),
            Option(value="own", title=text("question-own"), icon="entrance-ask"),
        ),
    )


def _answered(facts: MatterFacts, event: Event, _: Around) -> Move[MatterFacts]:
    match event:
        case Answered(action="choose", value="enough", nonce=nonce):
            return End(leave=True, rate=(Served.VISIT, "question", nonce))
        case Answered(action="choose", value="own"):
            return Go("said", replace(facts, number=""))
        case _:
            return None


def _about(facts: MatterFacts, around: Around) -> Label:
    guide = around.catalogue.guide(facts.about)
    return guide.name if guide else text("question-general")


def _opened(subject: Subject, _: Around) -> Go[MatterFacts]:
    """About an item whose guide is on the screen, or one asked before."""
    if subject.matter:
        return Go("by_token", MatterFacts(token=subject.matter))
    return Go("frequent" if subject.item else "about", MatterFacts(about=subject.item))


FLOW = matter_flow(
    "question",
    MatterKind.QUESTION,
    {
        "about": Step(screen=_search, react=_searched, place=1),
        "frequent": Step(screen=_frequent, react=_picked, place=1),
        "answer": Step(screen=_answer, react=_answered, place=1),
    },
    about=_about,
    opened=_opened,
)
