"""How to reach the citizen."""

from dataclasses import replace

from drivers.contract import Event
from kiosk.flow import Answered, Around, Go, Move
from kiosk.flows.apply.facts import Facts
from kiosk.screens import Enter
from kiosk.steps.phone import enter_phone, is_phone, kept
from kiosk.texts import text


def contact(facts: Facts) -> Go[Facts]:
    """Where the form has asked for a mobile number, that is where the office reaches the citizen; else it is asked."""
    return Go("delivery", replace(facts, phone=facts.phone_in_form)) if facts.phone_in_form else Go("phone", facts)


def phone(facts: Facts, _: Around) -> Enter:
    """Where the office reaches the citizen."""
    return enter_phone(text("apply-contact"), text("apply-contact-hint"), facts.phone, facts.wrong)


def phoned(facts: Facts, event: Event, _: Around) -> Move[Facts]:
    """A number that can be one."""
    match event:
        case Answered(action="enter", value=number) if is_phone(number):
            return Go("check" if facts.changing else "delivery", replace(facts, phone=number, wrong=""))
        case Answered(action="enter", value=number):
            return Go("phone", replace(facts, phone=kept(number), wrong=text("phone-wrong")))
        case _:
            return None
