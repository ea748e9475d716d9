"""How a result is to come: the kind, and for the post the receiver, a phone and the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from drivers.contract import Event
from kiosk.answers import valid_name
from kiosk.backend.messages.cases import Delivery, DeliveryKind
from kiosk.flow import Answered, Around, Go, Move, Pace, Step
from kiosk.screens import Choose, Enter, Option, Pad
from kiosk.screens.entry import AnswerRow
from kiosk.steps import address
from kiosk.steps.address import WithAddress, address_steps
from kiosk.steps.phone import enter_phone, hidden, is_phone, kept
from kiosk.texts import Label, text

_MOST_NAME = 60
_LEAST_ADDRESS = 6  # characters; a shorter one the office takes for no address
_ICONS: Final[Mapping[DeliveryKind, str]] = {
    DeliveryKind.COUNTER: "hall",
    DeliveryKind.POST: "delivery",
    DeliveryKind.ELECTRONIC: "phone",
}


@dataclass(frozen=True, kw_only=True, repr=False)  # without slots: facts of a flow join several of these
class WithDelivery(WithAddress):
    """Facts of a flow that asks how a result is to come. `changing`: one answer is given anew, then the check comes again."""

    way: DeliveryKind | None = None
    receiver: str = ""
    phone: str = ""
    post_address: str = ""
    changing: bool = False
    wrong: Label = ""

    @property
    def delivery(self) -> Delivery | None:
        """What was answered, None before it was; receiver, phone and address only where something is posted."""
        if self.way is not DeliveryKind.POST:
            return Delivery(kind=self.way) if self.way is not None else None
        return Delivery(kind=self.way, receiver=self.receiver, phone=self.phone, address=self.post_address)


D = TypeVar("D", bound=WithDelivery)


def delivery_steps(then: str, *, place: int, phone: bool = False, now: Callable[[D], Label] = lambda _: "") -> Mapping[str, Step[D]]:
    """The step `delivery` and those behind it; they go on to `then`.

    `phone` False where the flow has asked for a phone before. `now` says how the result comes as yet, "" where nothing is said.
    """
    after_name = "post_phone" if phone else "post_division"
    steps: dict[str, Step[D]] = {
        "delivery": Step(screen=lambda facts, _: _kinds(now(facts)), react=_kind_chosen(then), pace=Pace.ENTRY, place=place),
        "receiver": Step(screen=_receiver, react=_received(after_name, then), pace=Pace.ENTRY, place=place),
        **address_steps("street", name="post_division", place=place),
        "street": Step(screen=_street, react=_streeted(then), pace=Pace.ENTRY, place=place),
    }
    if phone:
        steps["post_phone"] = Step(screen=_phone, react=_phoned(then), pace=Pace.ENTRY, place=place)
    return steps


def delivery_rows(facts: WithDelivery) -> tuple[AnswerRow, ...]:
    """What was answered, for the check; the phone is not among it. `change_delivery` knows their keys."""
    if facts.way is None:
        return ()
    way = AnswerRow(key="delivery", label=text("case-comes"), value=text(f"delivery-{facts.way}"))
    if facts.way is not DeliveryKind.POST:
        return (way,)
    receiver = AnswerRow(key="receiver", label=text("delivery-receiver"), value=facts.receiver)
    return (way, receiver, AnswerRow(key="post_division", label=text("delivery-address"), value=facts.post_address))


def phone_row(facts: WithDelivery) -> AnswerRow:
    """The receiver's phone, as it may be seen over a shoulder."""
    return AnswerRow(key="post_phone", label=text("delivery-phone"), value=hidden(facts.phone))


def change_delivery(facts: D, key: str, around: Around) -> Go[D] | None:
    """Give that row's answer anew; None where the key is none of them."""
    match key:
        case "delivery":
            return Go("delivery", replace(facts, changing=False, wrong=""))
        case "receiver" | "post_phone":
            return Go(key, replace(facts, changing=True, wrong=""))
        case "post_division":
            return _to_address(replace(facts, changing=True), around)
        case _:
            return None


def _kinds(now: Label) -> Choose:
    options = tuple(
        Option(value=kind, title=text(f"delivery-{kind}"), about=text(f"delivery-{kind}-about"), icon=icon) for kind, icon in _ICONS.items()
    )
    return Choose(title=text("delivery-which"), hint=now, options=options)


def _kind_chosen(then: str) -> Callable[[D, Event, Around], Move[D]]:
    def react(facts: D, event: Event, _: Around) -> Move[D]:
        match event:
            case Answered(action="choose", value="post"):
                return Go("receiver", replace(facts, changing=False, wrong=""))
            case Answered(action="choose", value="counter" | "electronic" as kind):
                return Go(then, replace(facts, way=DeliveryKind(kind), wrong=""))
            case _:
                return None

    return react


def _receiver(facts: WithDelivery, around: Around) -> Enter:
    name = facts.receiver or (around.person.name if around.person else "")
    return Enter(
        title=text("delivery-receiver"),
        hint=text("delivery-receiver-hint"),
        pad=Pad.TEXT,
        least=1,
        most=_MOST_NAME,
        value=name,
        error=facts.wrong,
    )


def _received(after: str, then: str) -> Callable[[D, Event, Around], Move[D]]:
    def react(facts: D, event: Event, around: Around) -> Move[D]:
        match event:
            case Answered(action="enter", value=name) if valid_name(name.strip()):
                new = replace(facts, receiver=name.strip(), wrong="")
                if new.changing:
                    return Go(then, new)
                return _to_address(new, around) if after == "post_division" else Go(after, new)
            case Answered(action="enter", value=name):
                return Go("receiver", replace(facts, receiver=name[:_MOST_NAME], wrong=text("delivery-wrong-name")))
            case _:
                return None

    return react


def _phone(facts: WithDelivery, _: Around) -> Enter:
    return enter_phone(text("delivery-phone"), text("delivery-phone-hint"), facts.phone, facts.wrong)


def _phoned(then: str) -> Callable[[D, Event, Around], Move[D]]:
    def react(facts: D, event: Event, around: Around) -> Move[D]:
        match event:
            case Answered(action="enter", value=number) if is_phone(number):
                new = replace(facts, phone=number, wrong="")
                return Go(then, new) if new.changing else _to_address(new, around)
            case Answered(action="enter", value=number):
                return Go("post_phone", replace(facts, phone=kept(number), wrong=text("phone-wrong")))
            case _:
                return None

    return react


def _to_address(facts: D, around: Around) -> Go[D]:
    """Where there is no list to pick from, as before the first catalogue has come, all of it is typed."""
    new = replace(facts, picked=(), asked=text("delivery-to"), wrong="")
    return Go("post_division" if address.divisions(new, around) else "street", new)


def _street(facts: WithDelivery, around: Around) -> Enter:
    return address.street(facts, around, facts.wrong, facts.post_address if facts.wrong else "")


def _streeted(then: str) -> Callable[[D, Event, Around], Move[D]]:
    def react(facts: D, event: Event, _: Around) -> Move[D]:
        match event:
            case Answered(action="enter", value=rest) if len(whole := address.written(facts, rest)) >= _LEAST_ADDRESS:
                return Go(then, replace(facts, way=DeliveryKind.POST, post_address=whole, picked=(), wrong=""))
            case Answered(action="enter", value=rest):
                return Go("street", replace(facts, post_address=rest, wrong=text("delivery-wrong-address")))
            case _:
                return None

    return react
