"""A question, work order or complaint on the screen and on paper."""

from collections.abc import Mapping
from dataclasses import replace

from drivers.contract import Align, Event, Feed, Line, Pair, Paper, Qr, Rule
from kiosk.backend.messages.matters import Matter, MatterState
from kiosk.backend.messages.ratings import Served
from kiosk.flow import Answered, Around, End, Go, Hide, Move, Pace, Stay, Step
from kiosk.receipt import Slip, encode
from kiosk.screens import Option, Row, Tone
from kiosk.screens.reading import Badge, Page, Section
from kiosk.steps import PRINTER
from kiosk.steps.matter.facts import MatterFacts
from kiosk.steps.printing import by_paper
from kiosk.texts import text

Facts = MatterFacts
_DONE = {MatterState.ANSWERED, MatterState.CLOSED}


def tone(matter: Matter) -> Tone:
    """Mood of its state."""
    if matter.state in _DONE:
        return Tone.DONE
    return Tone.WARN if matter.late else Tone.PLAIN


def show_steps(service: str) -> Mapping[str, Step[Facts]]:
    """The steps `filed` (just sent), `matter` (an earlier one) and `print`; `service` is what is rated."""

    def seen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
        match event:
            case Answered(action="choose", value="print") if around.trouble(PRINTER) is None:
                return Go("print", facts)
            case Answered(action="choose", value="rate"):
                return End(leave=True, rate=(Served.MATTER, service, facts.found.token))
            case Answered(action="choose", value="done"):
                return End(leave=True, rate=(Served.MATTER, service, facts.found.token) if facts.new else None)
            case Answered(action="eye"):
                return Stay(replace(facts, revealed=not facts.revealed))
            case Hide():
                return Stay(replace(facts, revealed=False))
            case _:
                return None

    return {
        "filed": Step(screen=_filed, react=seen, back=False, place=3),
        "matter": Step(screen=_matter, react=seen, pace=Pace.SENSITIVE),
        **by_paper(lambda f, a: matter_paper(f.found, a), kind="matter-print", done="printed"),
        "printed": Step(screen=_printed, react=seen, back=False, place=3),
    }


def _actions(facts: Facts, around: Around, *, printing: bool = True) -> tuple[Option, ...]:
    done = Option(value="done", title=text("button-done"), icon="check")
    trouble = around.trouble(PRINTER)
    again = Option(
        value="print", title=text("matter-print"), icon="receipt_printer", enabled=trouble is None, why=trouble or "", tone=Tone.PLAIN
    )
    rate = Option(value="rate", title=text("service-rate"), icon="entrance-rate")
    more = (rate,) if facts.found.can_rate and not facts.new and around.offered("rate") else ()
    return (done, *((again,) if printing else ()), *more)


def _filed(facts: Facts, around: Around) -> Page:
    matter = facts.found
    return Page(
        title=text(f"matter-{matter.kind}-filed"),
        number=matter.number,
        tone=Tone.DONE,
        sections=(
            Section(
                heading=text("matter-keep"),
                rows=(
                    Row(label=text("matter-digits"), value=matter.code),
                    Row(label=text("matter-due"), value=f"{matter.due:%Y-%m-%d}"),
                ),
                lines=(text("matter-keep-why"), *((facts.unprinted,) if facts.unprinted else ())),
            ),
        ),
        actions=_actions(facts, around),
        code=encode(matter.token, Slip.MATTER),
        code_hint=text("matter-code-about"),
    )


def _printed(facts: Facts, around: Around) -> Page:
    if facts.unprinted or facts.new:
        return _filed(facts, around)
    return _matter(facts, around)


def _matter(facts: Facts, around: Around) -> Page:
    matter = facts.found
    stages = tuple(Row(label=text(f"matter-state-{one.state}"), value=f"{one.at:%Y-%m-%d %H:%M}") for one in matter.stages)
    answer = (Section(heading=text("matter-answer"), lines=(matter.answer,), tone=Tone.DONE),) if matter.answer else ()
    due = Row(label=text("matter-due"), value=f"{matter.due:%Y-%m-%d}", tone=Tone.WARN if matter.late else Tone.PLAIN)
    return Page(
        title=matter.about or text(f"matter-{matter.kind}"),
        badges=(Badge(label=text(f"matter-state-{matter.state}"), tone=tone(matter)),),
        sections=(
            *answer,
            Section(heading=text("matter-how-far"), rows=(Row(label=text("matter-number"), value=matter.number), due, *stages)),
            Section(heading=text("matter-your-words"), lines=(matter.text if facts.revealed else text("matter-words-hidden"),)),
        ),
        actions=_actions(facts, around),
        personal=True,
        revealed=facts.revealed,
    )


def matter_paper(matter: Matter, around: Around) -> Paper:
    """The slip: number and digits that open it, the due date, and its code. None of the citizen's words."""
    say = around.say
    return Paper(
        (
            Line(say(text(f"matter-{matter.kind}")), size=2, align=Align.CENTER, bold=True),
            Rule(),
            Line(matter.number, size=2, align=Align.CENTER, bold=True),
            Pair(say(text("matter-digits")), matter.code),
            Pair(say(text("matter-due")), f"{matter.due:%Y-%m-%d}"),
            Line(say(text("matter-keep-why"))),
            Rule(),
            Qr(encode(matter.token, Slip.MATTER)),
            Line(say(text("matter-code-about")), align=Align.CENTER),
            Line(f"{around.time:%Y-%m-%d %H:%M}", align=Align.CENTER),
            Line(say(text("paper-privacy")), align=Align.CENTER),
            Feed(),
        )
    )
