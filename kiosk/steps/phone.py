"""A phone number for an answer or a reminder."""

from dataclasses import dataclass, replace
from typing import TypeVar

from drivers.contract import Event
from kiosk.flow import Answered, Around, Go, Move, Step
from kiosk.screens import Enter, Pad
from kiosk.texts import Label, Text, text

PHONE_DIGITS = 11
_MOBILE = {"13", "14", "15", "16", "17", "18", "19"}


def is_phone(phone: str) -> bool:
    """Whether this can be a mobile number of mainland China: eleven digits from 13 to 19 on."""
    return len(phone) == PHONE_DIGITS and phone.isascii() and phone.isdigit() and phone[:2] in _MOBILE


def kept(phone: str) -> str:
    """What of a wrong number stands in the field to be corrected."""
    return phone[:PHONE_DIGITS]


def hidden(phone: str) -> Label:
    """The number as it may be seen over a shoulder, or that there is none."""
    return f"{phone[:3]}****{phone[-4:]}" if phone else text("phone-none")


def enter_phone(title: Label, hint: Label, value: str, error: Label, *, skip: Text | None = None) -> Enter:
    """The field for a number; with `skip` it may be left out."""
    return Enter(
        title=title,
        hint=hint,
        pad=Pad.DIGITS,
        least=PHONE_DIGITS,
        most=PHONE_DIGITS,
        groups=(3, 4, 4),
        value=value,
        error=error,
        skip=skip,
    )


@dataclass(frozen=True, kw_only=True, repr=False)  # without slots: facts of a flow join several of these
class WithPhone:
    """Facts of a flow that asks for a number: the number, and what was wrong with it."""

    phone: str = ""
    why: Label = ""


F = TypeVar("F", bound=WithPhone)


def phone_step(title: Label, hint: Label, then: str, *, place: int) -> Step[F]:
    """The step `phone`, which goes on to `then` with a number that can be one, or with none."""

    def react(facts: F, event: Event, _: Around) -> Move[F]:
        match event:
            case Answered(action="enter", value=number) if is_phone(number):
                return Go(then, replace(facts, phone=number, why=""))
            case Answered(action="enter", value=number):
                return Go("phone", replace(facts, phone=kept(number), why=text("phone-wrong")))
            case Answered(action="skip"):
                return Go(then, replace(facts, phone="", why=""))
            case _:
                return None

    return Step(
        screen=lambda facts, _: enter_phone(title, hint, facts.phone, facts.why, skip=text("phone-skip")), react=react, place=place
    )
