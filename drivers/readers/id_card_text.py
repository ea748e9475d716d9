"""The 256-byte text block of an identity card (GA/T 490): UTF-16LE, padded with spaces, in four layouts told by offset 248.

Offsets: resident and permit cards as in public reader code and vendors' pages, which agree; foreign permanent residents' cards
of 2017 (table of afzhan.com) and of 2023 (eastcoms.com). Nothing read from a card ever gets into an error.
"""

import re
import unicodedata
from datetime import date

from drivers.contract import CardKind, IdCard
from drivers.errors import Action, DeviceError, Reason

SIZE = 256
_KINDS = {" ": CardKind.RESIDENT, "\0": CardKind.RESIDENT, "J": CardKind.HMT_PERMIT, "I": CardKind.FOREIGN_2017, "Y": CardKind.FOREIGN_2023}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NUMBER = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_NUMBER_2017 = re.compile(r"[A-Z]{3}[0-9]{12}", re.ASCII)
_DAY = re.compile(r"[0-9]{8}", re.ASCII)
_CODE = re.compile(r"[0-9]{2}", re.ASCII)
_ENDLESS = "长期"
_SEXES = {"0", "1", "2", "9"}  # GB/T 2261.1: unknown, male, female, unstated


def valid_number(number: str) -> bool:
    """Whether a number of 18 characters has the right check digit (GB 11643, MOD 11-2)."""
    if not _NUMBER.fullmatch(number):
        return False
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11] == number[17]


def parse(text: bytes, photo: bytes) -> IdCard:
    """The card that these blocks describe.

    Raises `DeviceError`: CARD_UNREADABLE when the block is not of a known layout, CARD_INVALID when its number cannot be right.
    """
    if len(text) != SIZE:
        raise _unreadable(f"text block of {len(text)} bytes")
    match kind(text):
        case CardKind.FOREIGN_2017:
            return _foreign_2017(text, photo)
        case CardKind.FOREIGN_2023:
            return _foreign_2023(text, photo)
        case None:
            raise _unreadable("unknown kind of card")
        case chinese:
            return _chinese(chinese, text, photo)


def kind(text: bytes) -> CardKind | None:
    """What kind of card has this text block; None for a block of no known layout."""
    flag = text[248:250].decode("utf-16-le", "replace")
    return _KINDS.get(flag) if len(text) == SIZE else None


def _chinese(kind: CardKind, text: bytes, photo: bytes) -> IdCard:
    ethnicity = _field(text, 32, 4)
    return IdCard(
        kind=kind,
        name=_required(_field(text, 0, 30)),
        sex=_sex(text, 30),
        # Codes beyond the table of 56 occur (97, 98); permits leave the field empty.
        ethnicity=ethnicity if kind is CardKind.RESIDENT and _CODE.fullmatch(ethnicity) else "",
        born=_day(text, 36),
        address=_field(text, 52, 70),
        number=_checked(_field(text, 122, 36)),
        issuer=_field(text, 158, 30),
        valid_from=_day(text, 188),
        valid_to=_last_day(text),
        photo=photo,
    )


def _foreign_2017(text: bytes, photo: bytes) -> IdCard:
    number = _field(text, 122, 30)
    if not _NUMBER_2017.fullmatch(number):
        raise DeviceError(Reason.CARD_INVALID, Action.WAIT, "number has a wrong form")
    latin = _field(text, 0, 120)
    return IdCard(
        kind=CardKind.FOREIGN_2017,
        name=_required(_field(text, 158, 30) or latin),
        latin_name=latin,
        sex=_sex(text, 120),
        born=_day(text, 220),
        number=number,
        issuer=_field(text, 240, 8),
        valid_from=_day(text, 188),
        valid_to=_last_day(text),
        photo=photo,
    )


def _foreign_2023(text: bytes, photo: bytes) -> IdCard:
    # The Latin name runs on at offset 220 when its first field is full.
    latin = _clean(_raw(text, 52, 70) + _raw(text, 220, 22))
    return IdCard(
        kind=CardKind.FOREIGN_2023,
        name=_required(_field(text, 0, 30) or latin),
        latin_name=latin,
        sex=_sex(text, 30),
        born=_day(text, 36),
        number=_checked(_field(text, 122, 36)),
        valid_from=_day(text, 188),
        valid_to=_last_day(text),
        photo=photo,
    )


def _raw(text: bytes, offset: int, size: int) -> str:
    try:
        return text[offset : offset + size].decode("utf-16-le")
    except UnicodeDecodeError:
        raise _unreadable(f"field at {offset} is not text") from None


def _field(text: bytes, offset: int, size: int) -> str:
    return _clean(_raw(text, offset, size))


def _clean(field: str) -> str:
    """A field without its padding."""
    field = field.strip(" \0")
    if any(unicodedata.category(char) == "Cc" for char in field):
        raise _unreadable("a field has control characters")
    return field


def _required(name: str) -> str:
    if not name:
        raise _unreadable("no name")
    return name


def _sex(text: bytes, offset: int) -> str:
    found = _field(text, offset, 2)
    return found if found in _SEXES else "0"


def _checked(number: str) -> str:
    if not valid_number(number):
        raise DeviceError(Reason.CARD_INVALID, Action.WAIT, "number has a wrong check digit")
    return number


def _day(text: bytes, offset: int) -> date:
    found = _field(text, offset, 16)
    if not _DAY.fullmatch(found):
        raise _unreadable(f"field at {offset} is not a day")
    try:
        return date(int(found[:4]), int(found[4:6]), int(found[6:]))
    except ValueError:
        raise _unreadable(f"field at {offset} is not a day of the calendar") from None


def _last_day(text: bytes) -> date | None:
    return None if _field(text, 204, 16) == _ENDLESS else _day(text, 204)


def _unreadable(detail: str) -> DeviceError:
    return DeviceError(Reason.CARD_UNREADABLE, Action.WAIT, detail)
