"""Pre-review (预审) before the ticket: the checklist is walked to its end, all faults are said at once, what may follow is promised."""

from dataclasses import replace

from drivers.contract import CodeScanned, Event
from kiosk.backend.messages.reviews import LicencesOfPerson, Review, ReviewByToken
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Act, Answered, Around, End, Flow, Go, Move, Pace, Step, Subject
from kiosk.flows.review import result, walk
from kiosk.flows.review.facts import Facts
from kiosk.receipt import Slip, decode
from kiosk.screens import Message, Question, Tone
from kiosk.steps.asking import asking, refused_page
from kiosk.steps.identify import by_card, known_or, the_person
from kiosk.steps.items import item_step
from kiosk.steps.printing import by_document
from kiosk.texts import text


def _begin(facts: Facts, _: Around) -> Question:
    papers = [text("review-begin-what", n=len(facts.materials))] if facts.materials else ()
    return Question(
        title=text("review-begin"),
        points=(facts.chosen_guide.name, *papers, text("review-begin-all")),
        yes=text("review-begin-yes"),
        no=text("button-home"),
        icon="review",
    )


def _begun(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="yes"):
            return Go(known_or(around, "licences"), facts)
        case Answered(action="no"):
            return End()
        case _:
            return None


def _by_token(facts: Facts, reply: object, around: Around) -> Move[Facts]:
    if not isinstance(reply, Review):
        return None
    return Go("result", replace(facts, review=reply, item=reply.item, guide=around.catalogue.guide(reply.item)))


def _not_by_token(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    return Go("unknown_code" if error.reason is BackendReason.NOT_FOUND else "away_token", facts)


def _unknown_code(_: Facts, around: Around) -> Message:
    return Message(title=text("code-unknown"), tone=Tone.WARN, human=around.human, primary=text("button-home"))


def _opened(subject: Subject, around: Around) -> Go[Facts]:
    guide = around.catalogue.guide(subject.item)
    if guide is None or walk.reviewable(guide, around):
        return Go("item", Facts(booking=subject.booking))
    return Go("begin", Facts(item=guide.code, guide=guide, booking=subject.booking))


def _woken(event: Event) -> Go[Facts] | None:
    """A passed pre-review's paper at home leads to its ticket."""
    token = decode(event.text, Slip.REVIEW) if isinstance(event, CodeScanned) else None
    return None if token is None else Go("by_token", Facts(token=token))


FLOW: Flow[Facts] = Flow(
    name="review",
    start="item",
    facts=Facts(),
    places=3,
    about=_opened,
    wake=_woken,
    steps={
        **item_step(text("review-which"), walk.reviewable, "begin"),
        "begin": Step(screen=_begin, react=_begun, place=1),
        **by_card("licences", "begin"),
        "licences": asking(
            text("look-up-busy"), lambda _, a: LicencesOfPerson(person=the_person(a)), walk.got_licences, refused="away", place=2
        ),
        "away": refused_page(text("look-up-away"), again="licences"),
        "material": Step(screen=walk.material, react=walk.answered, pace=Pace.ENTRY, place=2),
        "sample": Step(screen=walk.sample, react=walk.sample_seen, passing=True, pace=Pace.ENTRY, place=2),
        "checks": Step(screen=walk.checks, react=walk.ticked, pace=Pace.ENTRY, place=2),
        "check": Step(screen=walk.check, react=walk.checked, pace=Pace.ENTRY, place=3),
        "send": asking(
            text("review-sending"),
            result.request,
            result.got,
            refused=result.not_sent,
            act=lambda facts: Act(kind="review", subject=facts.nonce),
            place=3,
        ),
        "unsent": refused_page(text("review-unsent"), again="send", back=False),
        "refused": Step(screen=result.refused, react=result.after_refusal, back=False),
        "by_token": asking(text("look-up-busy"), lambda f, _: ReviewByToken(token=f.token), _by_token, refused=_not_by_token),
        "unknown_code": Step(screen=_unknown_code, react=result.after_refusal, back=False),
        "away_token": refused_page(text("look-up-away"), again="by_token"),
        "result": Step(screen=result.shown, react=result.seen, back=False, place=3),
        **by_document(result.notice, kind="review-print", done="result"),
    },
)
