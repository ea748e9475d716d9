"""Say it: the words, a phone for the answer, everything once more, and send."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.matters import FileMatter, Matter, MatterKind
from kiosk.flow import Act, Answered, Around, End, Go, Move, Stay, Step
from kiosk.masks import mask_name
from kiosk.screens import Enter, Pad, Question, Screen
from kiosk.screens.entry import AnswerRow, CheckAnswers
from kiosk.steps.asking import asking, refused_page
from kiosk.steps.identify import by_card, known_or
from kiosk.steps.matter.facts import LONGEST, MatterFacts
from kiosk.steps.phone import hidden, phone_step
from kiosk.texts import Label, text

Facts = MatterFacts
_LEAST = 4  # characters in which something can be said


def say_steps(kind: MatterKind, about: Callable[[Facts, Around], Label]) -> Mapping[str, Step[Facts]]:
    """The steps `said`, `named` (and the card), `phone`, `check`, `send`, `unsent`; they go on to `filed`."""

    def check(facts: Facts, around: Around) -> CheckAnswers:
        who = mask_name(around.person.name) if facts.named and around.person else text("matter-nameless")
        return CheckAnswers(
            title=text("matter-check"),
            rows=(
                AnswerRow(key="about", label=text(f"matter-{kind}-about"), value=about(facts, around)),
                AnswerRow(key="said", label=text("matter-said"), value=facts.said),
                AnswerRow(key="named", label=text("matter-who"), value=who),
                AnswerRow(key="phone", label=text("matter-phone"), value=hidden(facts.phone)),
            ),
            declaration=text("matter-declare"),
            submit=text(f"matter-{kind}-submit"),
        )

    def request(facts: Facts, around: Around) -> FileMatter:
        known = facts.named
        return FileMatter(
            nonce=facts.nonce,
            kind=kind,
            about=facts.about,
            text=facts.said,
            person=around.person if known else None,
            agent=around.agent if known else None,
            phone=facts.phone,
            case=facts.case,
            language=facts.language,
        )

    def filed(facts: Facts, reply: object, around: Around) -> Move[Facts]:
        if not isinstance(reply, Matter):
            return None
        done = replace(facts, matter=reply, new=True, said="", phone="")
        return Go("print" if around.trouble("receipt_printer") is None else "filed", done)

    return {
        "said": Step(screen=_said(kind), react=_words, place=2),
        "named": Step(screen=_name, react=_named, place=2),
        **by_card("phone", "named", prefix="name_"),
        "phone": phone_step(text("matter-phone-enter"), text("matter-phone-hint"), "check", place=2),
        "check": Step(screen=check, react=_checked, place=3),
        "send": asking(
            text("matter-sending"), request, filed, refused="unsent", act=lambda f: Act(kind=f"matter-{kind}", subject=f.nonce), place=3
        ),
        "unsent": refused_page(text("matter-unsent"), again="send", back=False),
    }


def _said(kind: MatterKind) -> Callable[[Facts, Around], Screen]:
    def screen(facts: Facts, _: Around) -> Enter:
        title, hint = text(f"matter-{kind}-say"), text("matter-say-hint")
        return Enter(title=title, hint=hint, pad=Pad.TEXT, least=_LEAST, most=LONGEST, lines=6, value=facts.said, error=facts.why)

    return screen


def _words(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="enter", value=said) if len(said.strip()) >= _LEAST and len(said) <= LONGEST:
            then = "check" if facts.checking else "named" if around.person is None else "phone"
            return Go(then, replace(facts, said=said.strip(), why=""))
        case Answered(action="enter", value=said):
            return Stay(replace(facts, said=said[:LONGEST], why=text("matter-say-more", n=_LEAST)))
        case _:
            return None


def _name(_: Facts, _around: Around) -> Question:
    return Question(
        title=text("matter-name"),
        points=(text("matter-name-card"), text("consent-card-what"), text("consent-card-kept"), text("matter-name-not")),
        yes=text("matter-name-yes"),
        no=text("matter-name-no"),
        icon="card",
    )


def _named(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="yes"):
            return Go(known_or(around, "phone", ask="name_card"), replace(facts, named=True))
        case Answered(action="no"):
            return Go("check" if facts.checking else "phone", replace(facts, named=False))
        case _:
            return None


def _checked(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    match event:
        case Answered(action="change", value="about" | "said" | "named" | "phone" as step):
            return Go(step, replace(facts, checking=True, why=""))
        case Answered(action="submit", nonce=nonce):
            return Go("send", replace(facts, nonce=nonce, language=around.language))
        case Answered(action="second"):
            return End()
        case _:
            return None
