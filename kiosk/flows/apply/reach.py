"""How to reach the citizen, and how the result is to come."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.answers import valid_name
from kiosk.backend.messages.cases import Delivery, DeliveryKind
from kiosk.flow import Answered, Around, Go, Move
from kiosk.flows.apply.facts import Facts
from kiosk.screens import Choose, Enter, Option, Pad
from kiosk.steps import address
from kiosk.steps.phone import PHONE_DIGITS, is_phone
from kiosk.texts import text


def phone(facts: Facts, _: Around) -> Enter:
    """Where the office reaches the citizen."""
    return Enter(
        title=text("apply-contact"),
        hint=text("apply-contact-hint"),
        pad=Pad.DIGITS,
        least=PHONE_DIGITS,
        most=PHONE_DIGITS,
        groups=(3, 4, 4),
        value=facts.phone,
        error=facts.wrong,
    )


def phoned(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """A number that can be one."""
    match event:
        case Answered(action="enter", value=number) if is_phone(number):
            return Go("check" if facts.changing else "delivery", replace(facts, phone=number, wrong=""))
        case Answered(action="enter", value=number):
            return Go("phone", replace(facts, phone=number[:PHONE_DIGITS], wrong=text("phone-wrong")))
        case _:
            return None


def delivery(_: Facts, _around: Around) -> Choose:
    """How the result comes."""
    options = tuple(
        Option(value=kind, title=text(f"delivery-{kind}"), about=text(f"delivery-{kind}-about"), icon=f"delivery-{kind}")
        for kind in DeliveryKind
    )
    return Choose(title=text("apply-delivery"), options=options)


def delivered(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """By post it needs a receiver and an address."""
    match event:
        case Answered(action="choose", value="post"):
            return Go("receiver", replace(facts, wrong=""))
        case Answered(action="choose", value="counter" | "electronic" as kind):
            return Go("check", replace(facts, delivery=Delivery(kind=DeliveryKind(kind))))
        case _:
            return None


def receiver(facts: Facts, around: Around) -> Enter:
    """Who takes the parcel."""
    name = facts.receiver or (around.person.name if around.person else "")
    return Enter(title=text("apply-receiver"), hint=text("apply-hint-name"), pad=Pad.TEXT, least=1, most=60, value=name, error=facts.wrong)


def received(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """A name that can be one; then the address."""
    match event:
        case Answered(action="enter", value=name) if valid_name(name.strip()):
            return Go("post_division", replace(facts, receiver=name.strip(), picked=(), wrong="", asked=text("apply-post-address")))
        case Answered(action="enter", value=name):
            return Go("receiver", replace(facts, receiver=name, wrong=text("apply-wrong-name")))
        case _:
            return None


def street(facts: Facts, around: Around) -> Enter:
    """The rest of the address."""
    return address.street(facts, around, facts.wrong)


def streeted(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """The whole address."""
    match event:
        case Answered(action="enter", value=rest):
            whole = address.written(facts, rest)
            post = Delivery(kind=DeliveryKind.POST, receiver=facts.receiver, phone=facts.phone, address=whole)
            return Go("check", replace(facts, delivery=post, picked=()))
        case _:
            return None
