"""What an answer to a field of a declared form must be: pure, the same for the terminal that asks and the office that checks."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from kiosk.backend.messages.forms import Field, FieldKind

SEPARATOR = ","  # between several choices
LONGEST = 2000  # characters of any answer
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_RESIDENT = re.compile(r"[1-9][0-9]{16}[0-9X]")
_FOREIGN_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")  # its check digit is not public
_PHONE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EARLIEST, _LATEST = 1900, 2199
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCES}][A-HJ-NP-Z](?:[0-9A-HJ-NP-Z]{{4}}[0-9A-HJ-NP-Z学警挂港澳领]|[0-9A-HJ-NP-Z]{{6}})|使[0-9]{{6}}|[0-9]{{6}}使"
)
_IN_NAMES = frozenset(" ·•・．.,-'’")  # between the parts of a name
_RARE_PLANES = range(0x20000, 0x40000)  # Han characters, also those newer than Python's tables
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))  # categories: control, format, surrogate, line and paragraph ends
_JOINERS = frozenset("\u180e\u200c\u200d")  # of Mongolian and other scripts that join their letters


def applies(field: Field, answers: Mapping[str, str]) -> bool:
    """Whether the field is asked for at all, given the other answers."""
    if field.only_if is None:
        return True
    other, wanted = field.only_if
    return wanted in answers.get(other, "").split(SEPARATOR)


def clean(field: Field, value: str) -> str | None:
    """The answer as it is kept: trimmed, in NFC; "" for none. None where the field does not take it."""
    plain = unicodedata.normalize("NFC", value).strip()
    if not plain:
        return None if field.required else ""
    return plain if not _has_unseen(plain) and _fits(field, plain) else None


def valid_number(number: str) -> bool:
    """Whether this can be the number of an identity card: area not checked, a real day of birth, the right check digit (GB 11643)."""
    if _FOREIGN_2017.fullmatch(number):
        return True
    if not _RESIDENT.fullmatch(number) or _day(f"{number[6:10]}-{number[10:12]}-{number[12:14]}") is None:
        return False
    return _CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11] == number[17]


def valid_phone(number: str) -> bool:
    """Whether this can be a phone of the mainland, mobile or with area code."""
    return bool(_PHONE.fullmatch(number))


def valid_name(name: str) -> bool:
    """Whether this can be a person's name: letters of any script, rare Han characters too, with dots, dashes and spaces between."""
    return name[:1] not in _IN_NAMES and any(map(_is_letter, name)) and all(_is_letter(sign) or sign in _IN_NAMES for sign in name)


def _fits(field: Field, value: str) -> bool:
    """Kinds of a later office are words to this program."""
    check = _CHECKS_BY_KIND.get(field.kind)
    return check(field, value) if check else field.least <= len(value) <= field.most


def _is_name(field: Field, value: str) -> bool:
    return field.least <= len(value) <= field.most and valid_name(value)


def _is_number(field: Field, value: str) -> bool:
    return bool(_NUMBER.fullmatch(value)) and field.least <= Decimal(value) <= field.most


def _is_choice(field: Field, code: str) -> bool:
    return code in {choice.code for choice in field.choices}


def _are_choices(field: Field, value: str) -> bool:
    codes = value.split(SEPARATOR)
    return len(set(codes)) == len(codes) and set(codes) <= {choice.code for choice in field.choices}


def _day(value: str) -> date | None:
    """The day, if it is one, is written as 2026-01-31, and lies within two centuries."""
    try:
        day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None
    return day if day and _EARLIEST <= day.year <= _LATEST else None


def _is_letter(sign: str) -> bool:
    """Private use counts: identity cards have rare characters there."""
    return unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Co" or ord(sign) in _RARE_PLANES


def _has_unseen(value: str) -> bool:
    """Signs nobody sees, which only confuse whoever reads: bidirectional overrides, line ends, zero widths."""
    return any(unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS for sign in value)


_CHECKS_BY_KIND: Mapping[str, Callable[[Field, str], bool]] = {
    FieldKind.NAME: _is_name,
    FieldKind.ID_NUMBER: lambda _, value: valid_number(value),
    FieldKind.PHONE: lambda _, value: valid_phone(value),
    FieldKind.NUMBER: _is_number,
    FieldKind.DATE: lambda _, value: _day(value) is not None,
    FieldKind.CHOICE: _is_choice,
    FieldKind.CHOICES: _are_choices,
    FieldKind.PLATE: lambda _, value: bool(_PLATE.fullmatch(value)),
}
