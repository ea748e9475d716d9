"""The copy: issued, printed, or not."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.backend.messages.documents import OfficialDocument
from kiosk.backend.messages.ratings import Served
from kiosk.errors import BackendError, BackendReason
from kiosk.flow import Answered, Around, End, Go, Move, Open, Subject
from kiosk.flows.documents.choose import back_to_case
from kiosk.flows.documents.facts import Facts
from kiosk.screens import Message, Tone
from kiosk.steps import trouble_page
from kiosk.texts import text


def issued(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """On to the paper."""
    return Go("print_a4", replace(facts, official=reply)) if isinstance(reply, OfficialDocument) else None


def not_issued(facts: Facts, error: BackendError, _: Around) -> Move[Facts]:
    """What is refused for good is not asked again."""
    if error.reason is BackendReason.NOT_FOUND:
        return Go("refused", replace(facts, why=text("code-unknown")) if facts.case else facts)
    return Go("refused" if error.refusal is not None else "unissued", facts)


def refused(facts: Facts, around: Around) -> Message:
    """Why there is no copy."""
    return trouble_page(text("document-unissued"), facts.why, around, retry=back_to_case(facts, around))


def after_refusal(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """Back to the case, or home."""
    match event:
        case Answered(action="primary") if back_to_case(facts, around) is not None:
            return Open("look_up", Subject(case=facts.case))
        case Answered(action="primary" | "second"):
            return End()
        case _:
            return None


def shown(facts: Facts, around: Around) -> Message:
    """Where the sheets are, or why there are none: the copy stays issued and is printed again without being counted twice."""
    if facts.unprinted:
        return Message(
            title=text("document-unprinted"),
            points=(facts.unprinted, text("document-not-counted")),
            tone=Tone.WARN,
            human=around.human,
            primary=text("button-again"),
            second=text("button-done"),
        )
    return Message(
        title=text("document-done"),
        points=(text("document-take"), text("document-verify-how", code=facts.issued.verify_code)),
        tone=Tone.DONE,
        primary=text("button-done"),
    )


def seen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """Again where there is no paper, else out."""
    match event:
        case Answered(action="primary") if facts.unprinted:
            return Go("print_a4", facts)
        case Answered(action="primary" | "second"):
            return End(leave=True, rate=(Served.VISIT, "documents", facts.nonce))
        case _:
            return None
