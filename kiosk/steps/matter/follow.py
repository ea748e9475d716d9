"""Follow an earlier one: by the card's holder, by the code on its paper, or by number and code."""

from collections.abc import Mapping
from dataclasses import replace

from drivers.contract import CodeRejected, CodeScanned, Event
from kiosk.backend.messages.matters import Matter, MatterByNumber, MatterByToken, MatterKind, MattersOfPerson
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Answered, Around, End, Go, Move, Step
from kiosk.receipt import Slip, decode
from kiosk.screens import Choose, Enter, Message, Option, Pad, Present, Spot
from kiosk.steps import too_often, trouble_page, ways_to_find, wrong_code
from kiosk.steps.asking import asking, refused_page
from kiosk.steps.identify import by_card, known_or, the_person
from kiosk.steps.matter.facts import MatterFacts
from kiosk.steps.matter.show import tone
from kiosk.texts import text

Facts = MatterFacts
MOST_TRIES = 5
CODE_DIGITS = 6
_GROUPS = (2, 8, 4)  # of a number: kind, day, count; on the paper there are hyphens between them


def follow_steps(kind: MatterKind) -> Mapping[str, Step[Facts]]:
    """The steps from `follow` on; they go on to `matter`, and `about` is where a new one begins."""

    def of_person(facts: Facts, reply: object, _: Around) -> Move[Facts]:
        if not isinstance(reply, tuple):
            return None
        mine = tuple(one for one in reply if isinstance(one, Matter) and one.kind is kind)
        return Go("mine" if mine else "none", replace(facts, mine=mine))

    return {
        "follow": Step(screen=_follow, react=_way),
        **by_card("of_person", "follow"),
        "of_person": asking(text("matter-looking"), lambda _, a: MattersOfPerson(person=the_person(a)), of_person, refused="away"),
        "mine": Step(screen=_mine, react=_picked),
        "none": Step(screen=_none, react=_again),
        "code": Step(screen=_present, react=_scanned),
        "by_token": asking(text("matter-looking"), lambda f, _: MatterByToken(token=f.token), _got, refused=_not_by_token),
        "number": Step(screen=_number, react=_numbered),
        "digits": Step(screen=_digits, react=_digited),
        "by_number": asking(text("matter-looking"), _ask_by_number, _got, refused=_not_by_number),
        "too_often": too_often(),
        "away": refused_page(text("look-up-away"), again="follow"),
    }


def _follow(_: Facts, around: Around) -> Choose:
    return Choose(title=text("matter-follow"), hint=text("matter-follow-hint"), options=ways_to_find(around, texts="matter-by"))


def _way(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value="card"):
            return Go(known_or(around, "of_person"), facts)
        case Answered(action="choose", value="code" | "number" as way):
            return Go(way, replace(facts, why=""))
        case CodeScanned() | CodeRejected():
            return _scanned(facts, event, around)
        case _:
            return None


def _none(_: Facts, around: Around) -> Message:
    return trouble_page(text("matter-none"), text("matter-none-why"), around, retry=text("button-other-way"))


def _mine(facts: Facts, _: Around) -> Choose:
    options = tuple(
        Option(
            value=one.number,
            title=one.about or text(f"matter-{one.kind}"),
            about=text("matter-summary", number=one.number, at=f"{one.stages[0].at:%Y-%m-%d}" if one.stages else ""),
            icon="ask",
            note=text(f"matter-state-{one.state}"),
            tone=tone(one),
        )
        for one in facts.mine
    )
    return Choose(title=text("matter-mine"), options=options)


def _picked(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="choose", value=number):
            found = next((one for one in facts.mine if one.number == number), None)
            return None if found is None else Go("matter", replace(facts, matter=found, new=False))
        case _:
            return None


def _again(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="primary"):
            return Go("follow", replace(facts, why="", number="", code=""))
        case Answered(action="second"):
            return End()
        case _:
            return None


def _present(facts: Facts, _: Around) -> Present:
    hint, other = text("matter-code-hint"), text("button-other-way")
    return Present(title=text("code-present"), hint=hint, spot=Spot.SCANNER, error=facts.why, other=other)


def _scanned(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case CodeScanned(text=code) if (token := decode(code, Slip.MATTER)) is not None:
            return Go("by_token", replace(facts, token=token, why=""))
        case CodeScanned() | CodeRejected():
            return Go("code", replace(facts, why=wrong_code(event)))
        case Answered(action="other"):
            return Go("follow", replace(facts, why=""))
        case _:
            return None


def _got(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    if not isinstance(reply, Matter):
        return None
    return Go("matter", replace(facts, matter=reply, new=False, token="", number="", code="", tries=0))


def _not_by_token(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    if error.reason is BackendReason.NOT_FOUND:
        return Go("code", replace(facts, token="", why=text("code-unknown")))
    return Go("away", facts)


def _number(facts: Facts, _: Around) -> Enter:
    title, hint = text("matter-number-enter"), text("matter-number-hint")
    return Enter(title=title, hint=hint, pad=Pad.CASE_NUMBER, least=14, most=20, groups=_GROUPS, value=facts.number, error=facts.why)


def _numbered(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="enter", value=number):
            return Go("digits", replace(facts, number=number, why=""))
        case _:
            return None


def _digits(_: Facts, _around: Around) -> Enter:
    title, hint = text("matter-digits-enter"), text("matter-digits-hint")
    return Enter(title=title, hint=hint, pad=Pad.DIGITS, least=CODE_DIGITS, most=CODE_DIGITS, secret=True)


def _digited(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    match event:
        case Answered(action="enter", value=code):
            return Go("by_number", replace(facts, code=code))
        case _:
            return None


def _ask_by_number(facts: Facts, _: Around) -> MatterByNumber:
    return MatterByNumber(number=facts.number, code=facts.code)


def _not_by_number(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    """A wrong pair may be corrected a few times; then a person helps better."""
    tries = facts.tries + 1
    if error.reason is BackendReason.NOT_FOUND and tries < MOST_TRIES:
        return Go("number", replace(facts, code="", tries=tries, why=text("matter-not-matched", n=MOST_TRIES - tries)))
    if error.reason in {BackendReason.NOT_FOUND, BackendReason.RATE_LIMITED}:
        return Go("too_often", replace(facts, number="", code=""))
    return Go("away", facts)
