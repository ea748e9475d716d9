"""The three ways to a case: the card's holder, two secrets, or the code on a slip."""

from dataclasses import replace

from drivers.contract import CodeRejected, CodeScanned, Command, Event
from kiosk.backend.messages import Ask, Case, CaseByNumber, CaseByToken, CasesOfPerson, CaseSummary, Refused, Replied
from kiosk.case_view import summary_option
from kiosk.errors import BackendReason
from kiosk.flow import Answered, Around, Go, Subject
from kiosk.flows.look_up.facts import Facts, Move
from kiosk.receipt import decode
from kiosk.screens import Choose, Enter, Pad, Present, Spot
from kiosk.steps import ways_to_find, wrong_code
from kiosk.steps.identify import known_or, the_person
from kiosk.texts import text

MOST_TRIES = 5  # wrong pairs of number and phone before the counter is the better way; the office counts as well
PHONE_DIGITS = 4


def ways(_: Facts, around: Around) -> Choose:
    """The card, the code, or typing."""
    return Choose(title=text("look-up-way"), hint=text("look-up-way-hint"), options=ways_to_find(around, texts="look-up"))


def way_chosen(facts: Facts, event: Event, around: Around) -> Move:
    """A code held to the scanner already here needs no choice."""
    match event:
        case Answered(action="choose", value="card"):
            return Go(known_or(around, "of_person"), facts)
        case Answered(action="choose", value="code" | "number" as way):
            return Go(way, replace(facts, why=""))
        case CodeScanned() | CodeRejected():
            return _scanned(facts, event)
        case _:
            return None


def ask_of_person(_: Facts, around: Around) -> Command:
    """All cases of the card's holder, or of whom a helper acts for."""
    person = the_person(around)
    return Ask(id=around.command_id, request=CasesOfPerson(number=person.number, name=person.name))


def of_person(facts: Facts, event: Event, _: Around) -> Move:
    """The office's list, which may be empty."""
    match event:
        case Replied(reply=tuple() as cases):
            found = tuple(case for case in cases if isinstance(case, CaseSummary))
            return Go("list" if found else "none", replace(facts, cases=found))
        case Refused(error=error):
            return Go("away", replace(facts, why=text(error.key)))
        case _:
            return None


def listed(facts: Facts, _: Around) -> Choose:
    """The holder's cases, newest first."""
    options = tuple(map(summary_option, facts.cases))
    return Choose(title=text("cases-title"), hint=text("cases-hint", n=len(options)), options=options)


def list_chosen(facts: Facts, event: Event, _: Around) -> Move:
    """One of them."""
    match event:
        case Answered(action="choose", value=token):
            return Go("by_token", replace(facts, token=token))
        case _:
            return None


def enter_number(facts: Facts, _: Around) -> Enter:
    """The first secret; what was typed before stays to be corrected."""
    return Enter(
        title=text("case-number-enter"),
        hint=text("case-number-hint"),
        pad=Pad.CASE_NUMBER,
        least=6,
        most=20,
        value=facts.number,
        error=facts.why,
    )


def number_entered(facts: Facts, event: Event, _: Around) -> Move:
    """On to the second secret."""
    match event:
        case Answered(action="enter", value=number):
            return Go("phone", replace(facts, number=number, why=""))
        case _:
            return None


def enter_phone(_: Facts, _around: Around) -> Enter:
    """The second secret."""
    title, hint = text("phone-enter"), text("phone-hint")
    return Enter(title=title, hint=hint, pad=Pad.DIGITS, least=PHONE_DIGITS, most=PHONE_DIGITS, secret=True)


def phone_entered(facts: Facts, event: Event, _: Around) -> Move:
    """Both are there."""
    match event:
        case Answered(action="enter", value=phone):
            return Go("by_number", replace(facts, phone_tail=phone))
        case _:
            return None


def ask_by_number(facts: Facts, around: Around) -> Command:
    """The case of both secrets."""
    return Ask(id=around.command_id, request=CaseByNumber(number=facts.number, phone_tail=facts.phone_tail))


def by_number(facts: Facts, event: Event, _: Around) -> Move:
    """A wrong pair may be corrected a few times; then a person helps better."""
    known = replace(facts, phone_tail="")
    match event:
        case Replied(reply=Case() as case):
            return Go("case", replace(known, case=case, number="", tries=0))
        case Refused(error=error) if error.reason is BackendReason.NOT_FOUND and facts.tries + 1 < MOST_TRIES:
            tries = facts.tries + 1
            return Go("number", replace(known, tries=tries, why=text("case-not-matched", n=MOST_TRIES - tries)))
        case Refused(error=error) if error.reason in {BackendReason.NOT_FOUND, BackendReason.RATE_LIMITED}:
            return Go("too_often", replace(known, number=""))
        case Refused(error=error):
            return Go("away", replace(known, why=text(error.key)))
        case _:
            return None


def present_code(facts: Facts, _: Around) -> Present:
    """The slip's code in front of the scanner."""
    return Present(
        title=text("code-present"),
        hint=text("code-present-hint"),
        spot=Spot.SCANNER,
        error=facts.why,
        other=text("button-other-way"),
    )


def code_event(facts: Facts, event: Event, _: Around) -> Move:
    """Whatever is not one of our slips is said to be so, and the next one may come."""
    match event:
        case CodeScanned() | CodeRejected():
            return _scanned(facts, event)
        case Answered(action="other"):
            return Go("way", replace(facts, why=""))
        case _:
            return None


def _scanned(facts: Facts, event: CodeScanned | CodeRejected) -> Go[Facts]:
    token = decode(event.text) if isinstance(event, CodeScanned) else None
    if token is None:
        return Go("code", replace(facts, why=wrong_code(event)))
    return Go("by_token", replace(facts, token=token, why=""))


def ask_by_token(facts: Facts, around: Around) -> Command:
    """The case behind a slip or an entry of the list."""
    return Ask(id=around.command_id, request=CaseByToken(token=facts.token))


def by_token(facts: Facts, event: Event, _: Around) -> Move:
    """The case, or that the office no longer knows the code."""
    match event:
        case Replied(reply=Case() as case):
            return Go("case", replace(facts, case=case, token=""))
        case Refused(error=error) if error.reason is BackendReason.NOT_FOUND:
            return Go("code", replace(facts, token="", why=text("code-unknown")))
        case Refused(error=error):
            return Go("away", replace(facts, why=text(error.key)))
        case _:
            return None


def woken(event: Event) -> Go[Facts] | None:
    """A slip held to the scanner at home brings its case up at once."""
    token = decode(event.text) if isinstance(event, CodeScanned) else None
    return None if token is None else Go("by_token", Facts(token=token))


def opened(subject: Subject, _: Around) -> Go[Facts]:
    """A case of the person's list elsewhere."""
    return Go("by_token", Facts(token=subject.case))
