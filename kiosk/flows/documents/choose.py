"""Which document, and for what."""

from dataclasses import replace

from drivers.contract import CodeRejected, CodeScanned, Event
from kiosk.backend.messages import CaseState, CaseSummary
from kiosk.backend.messages.reviews import Licence
from kiosk.case_view import summary_option
from kiosk.flow import Answered, Around, End, Go, Move
from kiosk.flows.documents.facts import Facts
from kiosk.receipt import decode
from kiosk.screens import Choose, Message, Option, Present, Question, Spot, Tone
from kiosk.steps import ID_READER, SCANNER, trouble_page, wrong_code
from kiosk.steps.identify import known_or
from kiosk.texts import Text, text

PURPOSES = ("services", "school", "bank", "work", "own")
_DECIDED = {CaseState.APPROVED, CaseState.REJECTED}


def ways(_: Facts, around: Around) -> Choose:
    """Card first; a slip opens its own case, to who applied."""

    def way(value: str, *roles: str) -> Option:
        trouble = next((trouble for role in roles if (trouble := around.trouble(role)) is not None), None)
        title, about = text(f"document-by-{value}"), text(f"document-by-{value}-about")
        return Option(value=value, title=title, about=about, icon=value, enabled=trouble is None, why=trouble or "")

    code = way("code", SCANNER) if around.person is not None else way("code", SCANNER, ID_READER)
    return Choose(title=text("document-way"), hint=text("document-way-hint"), options=(way("card", ID_READER), code))


def way_chosen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """A code held to the scanner already here needs no choice."""
    match event:
        case Answered(action="choose", value="card"):
            return Go(known_or(around, "licences"), facts)
        case Answered(action="choose", value="code"):
            return Go("code", replace(facts, why=""))
        case CodeScanned() | CodeRejected():
            return scanned(facts, event, around)
        case _:
            return None


def got_licences(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """On to the decided cases."""
    if not isinstance(reply, tuple):
        return None
    return Go("cases", replace(facts, licences=tuple(one for one in reply if isinstance(one, Licence))))


def got_cases(facts: Facts, reply: object, _: Around) -> Move[Facts]:
    """Only decided cases have something to print."""
    if not isinstance(reply, tuple):
        return None
    cases = tuple(case for case in reply if isinstance(case, CaseSummary) and case.state in _DECIDED)
    return Go("list" if cases or facts.licences else "none", replace(facts, cases=cases))


def listed(facts: Facts, _: Around) -> Choose:
    """Licences, then decisions; one that is no longer valid says so."""
    licences = tuple(
        Option(
            value=f"licence:{one.token}",
            title=one.name,
            about=text("document-licence-about", issuer=one.issuer, issued=f"{one.issued:%Y-%m-%d}"),
            icon="card",
            enabled=one.valid,
            why="" if one.valid else text("refused-licence-invalid"),
        )
        for one in facts.licences
    )
    cases = tuple(replace(summary_option(case), value=f"case:{case.token}") for case in facts.cases)
    return Choose(title=text("document-which"), options=(*licences, *cases))


def list_chosen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """A licence wants a purpose, a decision has its own."""
    match event:
        case Answered(action="choose", value=value):
            kind, _colon, token = value.partition(":")
            if kind == "licence" and any(one.token == token and one.valid for one in facts.licences):
                return Go("purpose", replace(facts, licence=token, case=""))
            if kind == "case" and any(one.token == token for one in facts.cases):
                return Go("sure", replace(facts, case=token, licence=""))
            return None
        case _:
            return None


def none(_: Facts, around: Around) -> Message:
    """Nobody has anything to print."""
    return trouble_page(text("document-none"), text("document-none-why"), around, retry=text("button-other-way"))


def none_seen(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """Another way, or home."""
    match event:
        case Answered(action="primary"):
            return Go("way", facts)
        case Answered(action="second"):
            return End()
        case _:
            return None


def present(facts: Facts, _: Around) -> Present:
    """The slip's code in front of the scanner."""
    hint, other = text("code-present-hint"), text("button-other-way")
    return Present(title=text("code-present"), hint=hint, spot=Spot.SCANNER, error=facts.why, other=other)


def scanned(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """A slip's case, or that this is none."""
    match event:
        case CodeScanned(text=code) if (token := decode(code)) is not None:
            return of_case(replace(facts, case=token, licence="", why=""), around)
        case CodeScanned() | CodeRejected():
            return Go("code", replace(facts, why=wrong_code(event)))
        case Answered(action="other"):
            return Go("way", replace(facts, why=""))
        case _:
            return None


def of_case(facts: Facts, around: Around) -> Go[Facts]:
    """A slip says which case, not whose hand holds it: only who applied gets the decision."""
    if around.person is None and around.trouble(ID_READER) is not None:
        return Go("no_card", facts)
    return Go(known_or(around, "sure", "owner_consent"), facts)


def no_card(facts: Facts, around: Around) -> Message:
    """Without a card there is no copy; the case can still be looked at."""
    why = around.trouble(ID_READER) or text("document-no-card-why")
    return trouble_page(text("document-no-card"), why, around, retry=back_to_case(facts, around))


def back_to_case(facts: Facts, around: Around) -> Text | None:
    """The button to the case on the screen; None where it cannot be shown."""
    return text("button-back-to-case") if facts.case and around.offered("look_up") else None


def purposes(_: Facts, _around: Around) -> Choose:
    """What the copy is for: it is printed across the page."""
    options = tuple(Option(value=one, title=text(f"document-for-{one}"), icon="case") for one in PURPOSES)
    return Choose(title=text("document-purpose-which"), hint=text("document-purpose-hint"), options=options)


def purpose_chosen(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """One of them, in the words as they were read: asked again in another language it would be another request."""
    match event:
        case Answered(action="choose", value=value) if value in PURPOSES:
            return Go("sure", replace(facts, purpose=around.say(text(f"document-for-{value}"))))
        case _:
            return None


def sure(_: Facts, around: Around) -> Question | Message:
    """Before a copy is issued it is said that it is counted; without a printer none is issued."""
    trouble = around.trouble("a4_printer") or around.trouble("typesetter")
    if trouble is not None:
        message = trouble_page(text("document-no-printer"), trouble, around)
        return replace(message, tone=Tone.WARN)
    return Question(
        title=text("document-sure"),
        points=(text("document-counted"), text("document-take-all")),
        yes=text("document-print"),
        no=text("document-not"),
        icon="receipt_printer",
    )


def decided(facts: Facts, event: Event, around: Around) -> Move[Facts]:
    """Print, or not."""
    ready = around.trouble("a4_printer") is None and around.trouble("typesetter") is None
    match event:
        case Answered(action="yes", nonce=nonce) if ready:
            return Go("issue", replace(facts, nonce=nonce))
        case Answered(action="no" | "primary" | "second"):
            return End()
        case _:
            return None
