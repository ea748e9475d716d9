"""The receipt: the case it became, on the screen and on a slip."""

from drivers.contract import Align, Event, Feed, Line, Pair, Paper, Qr, Rule
from kiosk.backend.messages.applications import Receipt
from kiosk.backend.messages.ratings import Served
from kiosk.flow import Answered, Around, End, Go, Move
from kiosk.flows.apply.facts import Facts
from kiosk.receipt import encode
from kiosk.screens import Option, Row, Tone
from kiosk.screens.reading import Page, Section
from kiosk.steps import PRINTER
from kiosk.texts import text


def done(facts: Facts, around: Around) -> Page:
    """The case it became, when it will be decided, who is in charge."""
    receipt = facts.given
    trouble = around.trouble(PRINTER)
    again = Option(value="print", title=text("apply-print"), icon="receipt_printer", enabled=trouble is None, why=trouble or "")
    return Page(
        title=text("apply-done"),
        tone=Tone.DONE,
        number=receipt.number,
        sections=(
            Section(
                heading=receipt.item_name,
                rows=(
                    Row(label=text("case-accepted"), value=f"{receipt.accepted:%Y-%m-%d %H:%M}"),
                    Row(label=text("case-promised"), value=f"{receipt.promised_date:%Y-%m-%d}"),
                    Row(label=text("case-office"), value=receipt.office),
                    Row(label=text("case-phone"), value=receipt.phone),
                ),
                lines=(text("apply-follow"), *((facts.unprinted,) if facts.unprinted else ())),
            ),
        ),
        actions=(Option(value="done", title=text("button-done"), icon="check"), again),
        code=encode(receipt.token),
        code_hint=text("slip-code"),
    )


def seen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """The slip again, or out."""
    match event:
        case Answered(action="choose", value="print") if around.trouble(PRINTER) is None:
            return Go("print", facts)
        case Answered(action="choose", value="done"):
            return End(leave=True, rate=(Served.VISIT, "apply", facts.nonce))
        case _:
            return None


def receipt_paper(receipt: Receipt, around: Around) -> Paper:
    """The slip: case number, promised day, who is in charge, and the code that brings the case up. No name."""
    say = around.say
    return Paper(
        (
            Line(say(text("apply-paper")), size=2, align=Align.CENTER, bold=True),
            Line(say(receipt.item_name), align=Align.CENTER),
            Rule(),
            Pair(say(text("case-number")), receipt.number),
            Pair(say(text("case-accepted")), f"{receipt.accepted:%Y-%m-%d %H:%M}"),
            Pair(say(text("case-promised")), f"{receipt.promised_date:%Y-%m-%d}"),
            Pair(say(text("case-office")), say(receipt.office)),
            Pair(say(text("case-phone")), receipt.phone),
            Rule(),
            Qr(encode(receipt.token)),
            Line(say(text("slip-code")), align=Align.CENTER),
            Line(say(text("paper-privacy")), align=Align.CENTER),
            Feed(),
        )
    )
