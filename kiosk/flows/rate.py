"""Evaluation (好差评): five levels, offered once at the end of a service or asked for by its holder; voluntary, nothing suggested."""

from dataclasses import dataclass, field, replace

from drivers.contract import CodeRejected, CodeScanned, Event
from kiosk.backend.messages import Case, CaseAct, CaseByToken, CasesOfPerson, CaseSummary
from kiosk.backend.messages.forms import Choice
from kiosk.backend.messages.ratings import Rate, Rated, Served
from kiosk.case_view import summary_option
from kiosk.errors import BackendError, BackendReason, Refusal
from kiosk.flow import Act, Answered, Around, End, Flow, Go, Move, Pace, Stay, Step, Subject
from kiosk.receipt import decode
from kiosk.screens import Choose, Message, Option, Present, Spot, Tone
from kiosk.screens.entry import ChooseSome, Rating
from kiosk.steps import ID_READER, SCANNER, trouble_page, way, wrong_code
from kiosk.steps.asking import WithOffice, asking, refused_page
from kiosk.steps.identify import WithCard, by_card, known_or, the_person
from kiosk.texts import Label, full_date, text

LEVELS = (5, 4, 3, 2, 1)
BAD = 2  # this level and below is looked into


@dataclass(frozen=True, kw_only=True, repr=False)
class Facts(WithCard, WithOffice):
    """What is rated and how; `offered`: at the end of a service, where it ends by itself."""

    served: Served = Served.CASE
    service: str = "look_up"
    subject: str = ""
    offered: bool = False
    level: int = 0
    reasons: tuple[str, ...] = ()
    nonce: str = ""
    cases: tuple[CaseSummary, ...] = ()
    rated: Rated | None = field(default=None)


def _what(_: Facts, around: Around) -> Choose:
    options = (way("card", ID_READER, around, texts="rate-by"), way("code", SCANNER, around, texts="rate-by"))
    return Choose(title=text("rate-what"), hint=text("rate-what-hint"), options=options)


def _way(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value="card"):
            return Go(known_or(around, "of_person"), facts)
        case Answered(action="choose", value="code"):
            return Go("code", replace(facts, why=""))
        case CodeScanned() | CodeRejected():
            return _scanned(facts, event, around)
        case _:
            return None


def _of_person(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    if not isinstance(reply, tuple):
        return None
    cases = tuple(case for case in reply if isinstance(case, CaseSummary))
    return Go("list" if cases else "none", replace(facts, cases=cases))


def _listed(facts: Facts, _: Around) -> Choose:
    return Choose(title=text("rate-which"), options=tuple(map(summary_option, facts.cases)))


def _picked(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value=token):
            return Go("by_token", replace(facts, subject=token))
        case _:
            return None


def _present(facts: Facts, _: Around) -> Present:
    hint, other = text("rate-code-hint"), text("button-other-way")
    return Present(title=text("code-present"), hint=hint, spot=Spot.SCANNER, error=facts.why, other=other)


def _scanned(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case CodeScanned(text=code) if (token := decode(code)) is not None:
            return Go("by_token", replace(facts, subject=token, why=""))
        case CodeScanned() | CodeRejected():
            return Go("code", replace(facts, why=wrong_code(event)))
        case Answered(action="other"):
            return Go("what", replace(facts, why=""))
        case _:
            return None


def _got_case(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    if not isinstance(reply, Case):
        return None
    return Go("rating" if CaseAct.RATE in reply.acts else "not_yet", replace(facts, subject=reply.token))


def _not_got(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    if error.reason is BackendReason.NOT_FOUND:
        return Go("code", replace(facts, subject="", why=text("code-unknown")))
    return Go("away", facts)


def _not_yet(_: Facts, around: Around) -> Message:
    return trouble_page(text("rate-not-yet"), text("refused-not-rateable"), around, retry=text("button-other-way"))


def _none(_: Facts, around: Around) -> Message:
    return trouble_page(text("cases-none"), text("cases-none-why"), around, retry=text("button-other-way"))


def _again(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="primary"):
            return Go("what", replace(facts, subject="", why=""))
        case Answered(action="second"):
            return End()
        case _:
            return None


def _rating(_: Facts, _around: Around) -> Rating:
    levels = tuple(text(f"rate-level-{level}") for level in LEVELS)
    return Rating(title=text("rate-how"), hint=text("rate-voluntary"), levels=levels, skip=text("rate-skip"))


def _rated(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="rate", value="1" | "2" | "3" | "4" | "5" as level, nonce=nonce):
            new = replace(facts, level=int(level), reasons=(), nonce=nonce)
            return Go("reasons" if _choices(new, around) else "send", new)
        case Answered(action="skip"):
            return End(leave=True)
        case _:
            return None


def _choices(facts: Facts, around: Around) -> tuple[Choice, ...]:
    return tuple(around.catalogue.head.rating.reasons.get(facts.level, ())) if around.catalogue.version else ()


def _reasons(facts: Facts, around: Around) -> ChooseSome:
    options = tuple(Option(value=one.code, title=one.name) for one in _choices(facts, around))
    return ChooseSome(
        title=text("rate-why"),
        hint=text(f"rate-level-{facts.level}"),
        options=options,
        picked=facts.reasons,
        done=text("rate-send"),
        skip=text("rate-no-reason"),
    )


def _reasoned(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="toggle", value=code) if any(one.code == code for one in _choices(facts, around)):
            left = tuple(one for one in facts.reasons if one != code)
            return Stay(replace(facts, reasons=left if code in facts.reasons else (*facts.reasons, code)))
        case Answered(action="done"):
            return Go("send", facts)
        case Answered(action="skip"):
            return Go("send", replace(facts, reasons=()))
        case _:
            return None


def _request(facts: Facts, around: Around) -> Rate:
    return Rate(
        nonce=facts.nonce,
        served=facts.served,
        service=facts.service,
        subject=facts.subject,
        level=facts.level,
        version=around.catalogue.head.rating.version if around.catalogue.version else 0,
        reasons=facts.reasons,
    )


def _sent(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    return Go("thanks", replace(facts, rated=reply)) if isinstance(reply, Rated) else None


def _not_sent(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    """Reasons of a version that is no longer taken are left out: the level is what counts."""
    match error.refusal:
        case Refusal.RATED_ALREADY:
            return Go("thanks", facts)
        case Refusal.STALE_CATALOGUE if facts.reasons:
            return Go("send", replace(facts, reasons=()))
        case _:
            return Go("unsent", facts)


def _thanks(facts: Facts, _: Around) -> Message:
    points: list[Label] = [text("refused-rated-already") if facts.rated is None else text("rate-recorded")]
    if facts.rated is not None and facts.rated.follow_up is not None:
        points.append(text("rate-follow-up", due=full_date(facts.rated.follow_up)))
    return Message(title=text("rate-thanks"), points=tuple(points), tone=Tone.DONE, primary=text("button-done"))


def _leaving(_: Facts, event: Event, _around: Around) -> Move[Facts]:
    match event:
        case Answered(action="primary"):
            return End(leave=True)
        case _:
            return None


def _opened(subject: Subject, _: Around) -> Go[Facts]:
    """At the end of a service, or for the case on the screen."""
    if subject.rated is not None:
        served, service, token = subject.rated
        return Go("rating", Facts(served=Served(served), service=service, subject=token, offered=True))
    return Go("rating", Facts(subject=subject.case))


FLOW = Flow(
    name="rate",
    start="what",
    facts=Facts(),
    about=_opened,
    steps={
        "what": Step(screen=_what, react=_way),
        **by_card("of_person", "what"),
        "of_person": asking(
            text("look-up-busy"),
            lambda _, a: CasesOfPerson(number=the_person(a).number, name=the_person(a).name),
            _of_person,
            refused="away",
        ),
        "list": Step(screen=_listed, react=_picked),
        "none": Step(screen=_none, react=_again),
        "code": Step(screen=_present, react=_scanned),
        "by_token": asking(text("look-up-busy"), lambda f, _: CaseByToken(token=f.subject), _got_case, refused=_not_got),
        "not_yet": Step(screen=_not_yet, react=_again),
        "away": refused_page(text("look-up-away"), again="what"),
        "rating": Step(screen=_rating, react=_rated, back=False, pace=Pace.RESULT),
        "reasons": Step(screen=_reasons, react=_reasoned),
        "send": asking(text("rate-sending"), _request, _sent, refused=_not_sent, act=lambda f: Act(kind="rating", subject=f.nonce)),
        "unsent": refused_page(text("rate-unsent"), again="send", back=False),
        "thanks": Step(screen=_thanks, react=_leaving, back=False, pace=Pace.RESULT),
    },
)
