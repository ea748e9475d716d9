"""The checklist, walked to its end: one material a screen, what the licence store holds need not be asked."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.catalogue import Guide, Material
from kiosk.backend.messages.reviews import Licence, MaterialAnswer
from kiosk.flow import Answered, Around, Go, Move, Stay
from kiosk.flows.review.facts import Facts
from kiosk.screens import Choose, Option
from kiosk.screens.entry import AnswerRow, CheckAnswers, ChooseSome
from kiosk.screens.reading import Page, Section
from kiosk.texts import Label, text

_WORDS = {
    MaterialAnswer.HAVE: "review-have",
    MaterialAnswer.LICENCE: "review-licence",
    MaterialAnswer.LATER: "review-later",
    MaterialAnswer.MISSING: "review-missing",
    MaterialAnswer.FAULTY: "review-faulty",
    MaterialAnswer.NOT_NEEDED: "review-not-needed",
}


def reviewable(guide: Guide, _: Around) -> Label:
    """Why there is nothing to check for this item, "" where there is."""
    return "" if guide.materials else text("review-no-materials")


def got_licences(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """What the store holds is answered already; then comes the first material that is not."""
    if not isinstance(reply, tuple):
        return None
    new = replace(facts, licences=tuple(one for one in reply if isinstance(one, Licence)))
    held = {one.code: MaterialAnswer.LICENCE for one in new.materials if new.licence_for(one) is not None}
    return _next(replace(new, answers=held, at=-1))


def _next(facts: Facts) -> Go[Facts]:
    left = (at for at in range(facts.at + 1, len(facts.materials)) if facts.materials[at].code not in facts.answers)
    at = None if facts.changing else next(left, None)
    return Go("check", replace(facts, changing=False)) if at is None else Go("material", replace(facts, at=at, ticked=()))


def material(facts: Facts, _: Around) -> Choose:
    """Is it at hand? What it must be like is said; where it may follow or is not always needed, that can be chosen."""
    one = facts.material
    options = [
        Option(value=MaterialAnswer.HAVE, title=text("review-have"), about=_copies(one), icon="check"),
        Option(value=MaterialAnswer.MISSING, title=text("review-missing"), icon="x-circle"),
    ]
    if one.deferrable:
        about = text("review-later-about", days=text("working-days", n=one.defer_days))
        options.insert(1, Option(value=MaterialAnswer.LATER, title=text("review-later"), about=about, icon="clock"))
    if one.needed_if is not None:
        about = text("review-needed-if", when=one.needed_if)
        options.append(Option(value=MaterialAnswer.NOT_NEEDED, title=text("review-not-needed"), about=about, icon="minus-circle"))
    if one.sample:
        options.append(Option(value="sample", title=text("review-sample"), about=text("review-sample-about"), icon="look"))
    hint = text("review-of", at=facts.at + 1, of=len(facts.materials), source=one.source)
    return Choose(title=one.name, hint=hint, options=tuple(options))


def _copies(one: Material) -> Label:
    if not one.copies:
        return text("guide-material-original") if one.original else ""
    return text("review-original" if one.original else "review-copies", n=one.copies)


def answered(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """On to what it must be like, or to the next."""
    match event:
        case Answered(action="choose", value=value) if not any(one.value == value for one in material(facts, around).options):
            return None
        case Answered(action="choose", value="sample"):
            return Go("sample", facts)
        case Answered(action="choose", value=value):
            answer = MaterialAnswer(value)
            if answer is MaterialAnswer.HAVE and facts.material.checks:
                return Go("checks", replace(facts, ticked=()))
            return _next(_with(facts, answer))
        case _:
            return None


def _with(facts: Facts, answer: MaterialAnswer) -> Facts:
    return replace(facts, answers={**facts.answers, facts.material.code: answer})


def sample(facts: Facts, _: Around) -> Page:
    """What a right one looks like, with made-up content."""
    heading = Section(heading=text("review-sample-heading"), lines=facts.material.sample)
    back = Option(value="back", title=text("review-sample-back"), icon="check")
    return Page(title=facts.material.name, sections=(heading,), actions=(back,))


def sample_seen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """Back to the question."""
    match event:
        case Answered(action="choose", value="back"):
            return Go("material", facts)
        case _:
            return None


def checks(facts: Facts, _: Around) -> ChooseSome:
    """Everything that must be true of it; what is not ticked is a fault."""
    options = tuple(Option(value=str(at), title=check) for at, check in enumerate(facts.material.checks))
    return ChooseSome(
        title=facts.material.name, hint=text("review-checks"), options=options, picked=facts.ticked, done=text("review-checks-done")
    )


def ticked(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """All of them and it is right."""
    match event:
        case Answered(action="toggle", value=at) if at.isdecimal() and int(at) < len(facts.material.checks):
            left = tuple(one for one in facts.ticked if one != at)
            return Stay(replace(facts, ticked=left if at in facts.ticked else (*facts.ticked, at)))
        case Answered(action="done"):
            right = len(facts.ticked) == len(facts.material.checks)
            return _next(_with(facts, MaterialAnswer.HAVE if right else MaterialAnswer.FAULTY))
        case _:
            return None


def check(facts: Facts, _: Around) -> CheckAnswers:
    """Every answer once more."""
    rows = tuple(
        AnswerRow(
            key="" if facts.answers[one.code] is MaterialAnswer.LICENCE else one.code,
            label=one.name,
            value=text(_WORDS[facts.answers[one.code]]),
        )
        for one in facts.materials
    )
    promised = any(answer is MaterialAnswer.LATER for answer in facts.answers.values())
    return CheckAnswers(
        title=text("review-check"),
        hint=facts.chosen_guide.name,
        rows=rows,
        declaration=text("review-promise" if promised else "review-true"),
        submit=text("review-submit"),
    )


def checked(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """Send it, or answer one anew."""
    match event:
        case Answered(action="change", value=code):
            at = next((at for at, one in enumerate(facts.materials) if one.code == code), None)
            return None if at is None else Go("material", replace(facts, at=at, changing=True))
        case Answered(action="submit", nonce=nonce):
            return Go("send", replace(facts, nonce=nonce))
        case _:
            return None
