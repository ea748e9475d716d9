"""What the holder of a case can do about it: print the result, urge, say how it comes, rate, complain."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from drivers.contract import Event
from kiosk.backend.messages import Case, CaseAct, Urge, UrgeCase
from kiosk.errors import BackendError
from kiosk.flow import Act, Answered, Around, End, Go, Open, Step, Subject
from kiosk.flows.look_up.deliver import without_delivery
from kiosk.flows.look_up.facts import Facts, Move
from kiosk.screens import Message, Option, Question, Tone
from kiosk.steps import ID_READER, trouble_page
from kiosk.steps.asking import asking, refused_page
from kiosk.steps.identify import known_or
from kiosk.steps.printing import A4_PRINTER
from kiosk.texts import Label, full_date, text

_SERVICES: Final[Mapping[str, str]] = {CaseAct.RESULT: "documents", CaseAct.RATE: "rate", "complain": "complain"}
_OWNERS = {CaseAct.RESULT, CaseAct.DELIVERY}  # whoever has found the slip may not


def further(case: Case, around: Around) -> tuple[Option, ...]:
    """The acts that are open for this case on this terminal."""
    acts = [*(act for act in (CaseAct.RESULT, CaseAct.URGE, CaseAct.DELIVERY, CaseAct.RATE) if act in case.acts), "complain"]
    return tuple(_option(act, around) for act in acts if act not in _SERVICES or around.offered(_SERVICES[act]))


def _option(act: str, around: Around) -> Option:
    trouble = _trouble(act, around)
    return Option(value=act, title=text(f"case-{act}"), icon=act, enabled=trouble is None, why=trouble or "")


def _trouble(act: str, around: Around) -> Label | None:
    """What keeps it from being done: the printer, or the reader where nobody has shown a card yet."""
    if act == CaseAct.RESULT and (trouble := around.trouble(A4_PRINTER)) is not None:
        return trouble
    return around.trouble(ID_READER) if act in _OWNERS and around.person is None else None


def do_further(facts: Facts, act: str, around: Around) -> Move:
    """Go there."""
    if act == CaseAct.URGE:
        return Go("urge_sure", replace(facts, revealed=False))
    if act == CaseAct.DELIVERY:
        return Go(known_or(around, "mine", "owner_consent"), without_delivery(replace(facts, revealed=False)))
    return Open(_SERVICES[act], Subject(case=facts.found.token))


def _sure(_: Facts, _around: Around) -> Question:
    return Question(
        title=text("urge-sure"),
        points=(text("urge-what"), text("urge-recorded")),
        yes=text("urge-yes"),
        no=text("button-back-to-case"),
        icon="bell",
    )


def _decided(facts: Facts, event: Event, _: Around) -> Move:
    match event:
        case Answered(action="yes", nonce=nonce):
            return Go("urge", replace(facts, nonce=nonce))
        case Answered(action="no"):
            return Go("case", facts)
        case _:
            return None


def _urged(facts: Facts, reply: object, _: Around) -> Move:
    return Go("urged", replace(facts, urge=reply)) if isinstance(reply, Urge) else None


def _not_urged(facts: Facts, error: BackendError, _: Around) -> Move:
    return Go("urge_refused" if error.refusal is not None else "urge_unsent", facts)


def _shown(facts: Facts, _: Around) -> Message:
    urge = facts.urge
    assert urge is not None  # noqa: S101 - `_urged` has put it there
    return Message(
        title=text("urge-done"),
        points=(text("urge-due", due=full_date(urge.due)),),
        tone=Tone.DONE,
        number=urge.number,
        primary=text("button-back-to-case"),
        second=text("button-done"),
    )


def _refused(facts: Facts, around: Around) -> Message:
    return trouble_page(text("urge-refused"), facts.why, around, retry=text("button-back-to-case"))


def _back(facts: Facts, event: Event, _: Around) -> Move:
    """The case on the screen is older than the reminder: it is asked for again."""
    match event:
        case Answered(action="primary"):
            return Go("by_token", replace(facts, token=facts.found.token, why="", error=None))
        case Answered(action="second"):
            return End(leave=True)
        case _:
            return None


STEPS: Final[Mapping[str, Step[Facts]]] = {
    "urge_sure": Step(screen=_sure, react=_decided, place=3),
    "urge": asking(
        text("urge-sending"),
        lambda facts, _: UrgeCase(nonce=facts.nonce, token=facts.found.token),
        _urged,
        refused=_not_urged,
        act=lambda facts: Act(kind="urge", subject=facts.nonce),
        place=3,
    ),
    "urged": Step(screen=_shown, react=_back, passing=True, back=False, place=3),
    "urge_refused": Step(screen=_refused, react=_back, passing=True, back=False, place=3),
    "urge_unsent": refused_page(text("urge-unsent"), again="urge", back=False),
}
