"""The case on the screen and on a slip."""

from dataclasses import replace

from drivers.contract import Command, Event, Failed, Print, Printed, StatusChanged
from kiosk.backend.messages.ratings import Served
from kiosk.case_view import case_screen
from kiosk.flow import Act, Answered, Around, End, Go, Hide, Stay
from kiosk.flows.look_up.facts import Facts, Move
from kiosk.flows.look_up.further import do_further, further
from kiosk.papers import case_paper
from kiosk.screens import Busy, CaseShown, Message, Tone
from kiosk.steps import PRINTER, failure, printing_detail
from kiosk.texts import text


def shown(facts: Facts, around: Around) -> CaseShown:
    """The whole case, masked unless the eye was opened."""
    return case_screen(facts.found, revealed=facts.revealed, print_trouble=around.trouble(PRINTER), more=further(facts.found, around))


def touched(facts: Facts, event: Event, around: Around) -> Move:
    """Eye, slip, or done; after a while in sight personal values are masked again."""
    match event:
        case Answered(action="eye"):
            return Stay(replace(facts, revealed=not facts.revealed))
        case Hide():
            return Stay(replace(facts, revealed=False))
        case Answered(action="print") if around.trouble(PRINTER) is None:
            return Go("print", replace(facts, revealed=False, prints=facts.prints + 1, slip=""))
        case Answered(action="choose", value=value) if any(one.value == value and one.enabled for one in further(facts.found, around)):
            return do_further(facts, value, around)
        case Answered(action="done"):
            return End(leave=True, rate=(Served.VISIT, "look_up", event.nonce))
        case _:
            return None


def printing(facts: Facts, _: Around) -> Busy:
    """While the slip is printed; what keeps the printer is said."""
    return Busy(title=text("slip-printing"), detail=facts.slip)


def print_slip(facts: Facts, around: Around) -> Command:
    """The slip."""
    return Print(role=PRINTER, id=around.command_id, paper=case_paper(facts.found, around))


def act(facts: Facts) -> Act:
    """A slip holds nothing the journal needs; that one was printed is all it keeps."""
    return Act(kind="slip-print", subject="", detail=(("attempt", str(facts.prints)),))


def print_ended(facts: Facts, event: Event, _: Around) -> Move:
    """Printed, or why not."""
    match event:
        case Printed():
            return Go("printed", replace(facts, slip=""))
        case Failed():
            return Go("unprinted", replace(facts, slip=failure(event)))
        case StatusChanged(role=role) if role == PRINTER:
            return Stay(replace(facts, slip=printing_detail(event)))
        case _:
            return None


def printed(_: Facts, _around: Around) -> Message:
    """Where the paper is and what it is good for."""
    return Message(
        title=text("slip-done"),
        points=(text("slip-take"), text("slip-use")),
        tone=Tone.DONE,
        primary=text("button-back-to-case"),
        second=text("button-done"),
    )


def unprinted(facts: Facts, around: Around) -> Message:
    """The case can still be seen; a slip comes from the counter."""
    return Message(
        title=text("slip-failed"),
        points=(facts.slip,),
        tone=Tone.WARN,
        human=around.human,
        primary=text("button-back-to-case"),
        second=text("button-done"),
    )


def after_print(facts: Facts, event: Event, _: Around) -> Move:
    """Back to the case or out."""
    match event:
        case Answered(action="primary"):
            return Go("case", facts)
        case Answered(action="second"):
            return End(leave=True)
        case _:
            return None
