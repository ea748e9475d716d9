"""From a made-up person to the bytes of a card: the 256-byte text block of GA/T 490 in its four layouts, and a photo block."""

from datetime import date
from hashlib import shake_128

from drivers.bench.people import PEOPLE, Person
from drivers.contract import CardKind

TEXT_SIZE = 256
PHOTO_SIZE = 1024
_FLAGS = {CardKind.RESIDENT: " ", CardKind.HMT_PERMIT: "J", CardKind.FOREIGN_2017: "I", CardKind.FOREIGN_2023: "Y"}


def person(key: str) -> Person:
    """The person whose card has this key; raises `KeyError`."""
    return {one.key: one for one in PEOPLE}[key]


def check_digit(number: str) -> str:
    """The 18th character for the first 17 digits of a number (GB 11643, ISO 7064 MOD 11-2)."""
    rest = 0
    for digit in number[:17]:
        rest = (rest + int(digit)) * 2 % 11
    return "0123456789X"[(12 - rest) % 11]


def photo(one: Person) -> bytes:
    """1,024 bytes in the place of the WLT picture: the same for the same person, and no picture of anybody."""
    return b"WLf\x00" + shake_128(one.key.encode()).digest(PHOTO_SIZE - 4)


def fingerprint(one: Person, size: int) -> bytes:
    """So many bytes in the place of fingerprint features (GA 1012): the same for the same person, and nobody's finger."""
    return shake_128(b"finger" + one.key.encode()).digest(size)


def text_block(one: Person) -> bytes:
    """The 256 bytes that the chip holds."""
    match one.kind:
        case CardKind.FOREIGN_2017:
            fields = _foreign_2017(one)
        case CardKind.FOREIGN_2023:
            fields = _foreign_2023(one)
        case _:
            fields = _chinese(one)
    block = bytearray(" ".encode("utf-16-le") * (TEXT_SIZE // 2))
    for offset, size, text in (*fields, (248, 2, _FLAGS[one.kind])):
        data = text.encode("utf-16-le")
        if len(data) > size:
            message = f"{one.key}: the field at {offset} takes {size} bytes"
            raise ValueError(message)
        block[offset : offset + len(data)] = data
    return bytes(block)


_Fields = tuple[tuple[int, int, str], ...]


def _chinese(one: Person) -> _Fields:
    return (
        (0, 30, one.name),
        (30, 2, one.sex),
        (32, 4, one.ethnicity),
        (36, 16, _day(one.born)),
        (52, 70, one.address),
        (122, 36, one.number),
        (158, 30, one.issuer),
        (188, 16, _day(one.valid_from)),
        (204, 16, _day(one.valid_to)),
        (220, 18, one.travel_permit),
        (238, 4, "01" if one.travel_permit else ""),
    )


def _foreign_2017(one: Person) -> _Fields:
    return (
        (0, 120, one.latin_name),
        (120, 2, one.sex),
        (122, 30, one.number),
        (152, 6, one.country),
        (158, 30, one.name),
        (188, 16, _day(one.valid_from)),
        (204, 16, _day(one.valid_to)),
        (220, 16, _day(one.born)),
        (236, 4, "01"),
        (240, 8, one.issuer),
    )


def _foreign_2023(one: Person) -> _Fields:
    return (
        (0, 30, one.name),
        (30, 2, one.sex),
        (32, 4, "00"),
        (36, 16, _day(one.born)),
        (52, 70, one.latin_name[:35]),
        (122, 36, one.number),
        (188, 16, _day(one.valid_from)),
        (204, 16, _day(one.valid_to)),
        (220, 22, one.latin_name[35:]),
        (242, 6, one.country),
    )


def _day(day: date | None) -> str:
    return "长期" if day is None else day.strftime("%Y%m%d")
