"""Say afterwards how the result is to come: the kind, what the post needs, a check, and the office is told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from drivers.contract import Event
from kiosk.backend.messages import Case, CaseAct, CaseByToken, DeliveryKind, SetDelivery
from kiosk.errors import BackendError, Refusal
from kiosk.flow import Act, Answered, Around, End, Go, Pace, Step
from kiosk.flows.look_up.facts import Facts, Move
from kiosk.screens import Message, Tone
from kiosk.screens.entry import CheckAnswers
from kiosk.steps import ID_READER, trouble_page
from kiosk.steps.asking import asking, refused_page
from kiosk.steps.delivery import change_delivery, delivery_rows, delivery_steps, phone_row
from kiosk.steps.identify import the_person
from kiosk.texts import Label, text


def without_delivery(facts: Facts) -> Facts:
    """Nothing said of it yet, or nothing of it needed any more."""
    return replace(facts, way=None, receiver="", phone="", post_address="", picked=(), changing=False, wrong="", nonce="")


def _mine(facts: Facts, around: Around) -> CaseByToken:
    """Nobody types an address for another one's case."""
    return CaseByToken(token=facts.found.token, person=the_person(around))


def _is_mine(facts: Facts, reply: object, _: Around) -> Move:
    if not isinstance(reply, Case):
        return None
    return Go("delivery" if CaseAct.DELIVERY in reply.acts else "case", replace(facts, case=reply))


def _not_mine(facts: Facts, error: BackendError, _: Around) -> Move:
    return Go("not_mine" if error.refusal is not None else "mine_away", facts)


def _stranger(facts: Facts, around: Around) -> Message:
    """Whose card it is may be here as well; a helper has shown it already."""
    page, to_case = trouble_page(text("deliver-not-mine"), facts.why, around), text("button-back-to-case")
    return replace(page, primary=text("deliver-other-card"), second=to_case) if _can_read(around) else replace(page, primary=to_case)


def _can_read(around: Around) -> bool:
    return around.agent is None and around.trouble(ID_READER) is None


def _stranger_seen(facts: Facts, event: Event, around: Around) -> Move:
    match event:
        case Answered(action="primary") if _can_read(around):
            return Go("owner_consent", replace(facts, why="", error=None))
        case Answered(action="primary" | "second"):
            return Go("case", replace(facts, why="", error=None))
        case _:
            return None


def _now(facts: Facts) -> Label:
    delivery = facts.found.delivery
    return text("delivery-now", way=text(f"delivery-{delivery.kind}")) if delivery is not None else ""


def _check(facts: Facts, _: Around) -> CheckAnswers:
    rows = delivery_rows(facts)
    if facts.way is DeliveryKind.POST:
        rows = (*rows[:2], phone_row(facts), *rows[2:])
    return CheckAnswers(
        title=text("deliver-check"),
        hint=facts.wrong or text("deliver-check-hint"),
        rows=rows,
        submit=text("deliver-yes"),
        second=text("button-back-to-case"),
    )


def _checked(facts: Facts, event: Event, around: Around) -> Move:
    match event:
        case Answered(action="change", value=key):
            return change_delivery(facts, key, around)
        case Answered(action="submit", nonce=nonce):
            return Go("deliver", replace(facts, nonce=nonce, wrong=""))
        case Answered(action="second"):
            return Go("case", without_delivery(facts))
        case _:
            return None


def _request(facts: Facts, around: Around) -> SetDelivery:
    assert facts.delivery is not None  # noqa: S101 - it was asked before the check
    return SetDelivery(token=facts.found.token, person=the_person(around), delivery=facts.delivery)


def _delivered(facts: Facts, reply: object, _: Around) -> Move:
    return Go("delivered", replace(without_delivery(facts), case=reply)) if isinstance(reply, Case) else None


def _not_delivered(facts: Facts, error: BackendError, _: Around) -> Move:
    """What is wrong is put right without typing all again; behind a closed door the case is shown as it stands now."""
    match error.refusal:
        case None:
            return Go("deliver_unsent", facts)
        case Refusal.FORM_INVALID:
            return Go("deliver_check", replace(facts, wrong=facts.why))
        case _:
            return Go("deliver_refused", without_delivery(facts))


def _done(facts: Facts, _: Around) -> Message:
    delivery = facts.found.delivery
    way = (text(f"delivery-{delivery.kind}"),) if delivery is not None else ()
    return Message(
        title=text("deliver-done"),
        points=(*way, facts.found.next_step),
        tone=Tone.DONE,
        primary=text("button-back-to-case"),
        second=text("button-done"),
    )


def _refused(facts: Facts, around: Around) -> Message:
    closed = facts.error is not None and facts.error.refusal is Refusal.DELIVERY_CLOSED
    return trouble_page(text("deliver-closed" if closed else "deliver-refused"), facts.why, around, retry=text("button-back-to-case"))


def _seen(facts: Facts, event: Event, _: Around) -> Move:
    match event:
        case Answered(action="primary"):
            return Go("case", facts)
        case Answered(action="second"):
            return End(leave=True)
        case _:
            return None


def _refusal_seen(facts: Facts, event: Event, _: Around) -> Move:
    """The case on the screen is older than the refusal: it is asked for again."""
    match event:
        case Answered(action="primary"):
            return Go("by_token", replace(facts, token=facts.found.token, why="", error=None))
        case Answered(action="second"):
            return End()
        case _:
            return None


STEPS: Final[Mapping[str, Step[Facts]]] = {
    "mine": asking(text("look-up-busy"), _mine, _is_mine, refused=_not_mine, place=3),
    "mine_away": refused_page(text("look-up-away"), again="mine"),
    "not_mine": Step(screen=_stranger, react=_stranger_seen, passing=True, back=False, place=3),
    **delivery_steps("deliver_check", place=3, phone=True, now=_now),
    "deliver_check": Step(screen=_check, react=_checked, pace=Pace.ENTRY, place=3),
    "deliver": asking(
        text("deliver-saving"),
        _request,
        _delivered,
        refused=_not_delivered,
        act=lambda facts: Act(kind="delivery", subject=facts.nonce),
        place=3,
    ),
    "delivered": Step(screen=_done, react=_seen, passing=True, back=False, place=3),
    "deliver_refused": Step(screen=_refused, react=_refusal_seen, passing=True, back=False, place=3),
    "deliver_unsent": refused_page(text("deliver-unsent"), again="deliver", back=False),
}
