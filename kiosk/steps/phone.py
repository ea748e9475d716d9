"""A phone number for an answer or a reminder."""

from kiosk.screens import Enter, Pad
from kiosk.texts import Label, text

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


def enter_phone(title: Label, hint: Label, value: str, error: Label) -> Enter:
    """The field for a number that has to be given."""
    return Enter(title=title, hint=hint, pad=Pad.DIGITS, least=PHONE_DIGITS, most=PHONE_DIGITS, groups=(3, 4, 4), value=value, error=error)
