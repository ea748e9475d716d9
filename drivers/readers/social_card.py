"""The public files of a social security card, read through any reader that passes APDUs (ISO/IEC 7816-4).

The application is selected by its name, `sx1.sh.社会保障` in GBK; then files EF05 (card) and EF06 (holder) are readable without a
PIN. A record is a tag, a length and as many bytes: 05 and 06 days in BCD, 07 the card's number, 08 the holder's identity number, 09
the name, 0A sex, 0B ethnicity in BCD, 4E what of a name 09 does not hold. Sources: public reader code that agrees (HDOS `HD_XJDLL.cpp`,
hiquotion_cpp `SIDCardOperation`, YuanTu `Z9`); 4E from the order of the records in cards of the second generation, an inference.

Records are asked for by tag (P2 00). For cards that do not know that, the file is read through by number (P2 04), because the
numbers of the records differ between generations. A field that a card keeps behind a PIN is told as one it does not have.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import IntEnum

from drivers.contract import SocialCard
from drivers.errors import Action, DeviceError, Reason
from drivers.readers.id_card_text import valid_number

Exchange = Callable[[bytes], bytes]  # a command APDU to the chip; its response, data and the two status bytes

APPLICATION = b"sx1.sh." + "社会保障".encode("gbk")
CARD_FILE = 0xEF05
HOLDER_FILE = 0xEF06

_ISSUED, _VALID_TO, _NUMBER = 0x05, 0x06, 0x07
_ID_NUMBER, _NAME, _SEX, _ETHNICITY, _NAME_REST = 0x08, 0x09, 0x0A, 0x0B, 0x4E
_CARD_SIZES = {_ISSUED: 4, _VALID_TO: 4, _NUMBER: 9}
_HOLDER_SIZES = {_ID_NUMBER: 18, _NAME: 30, _NAME_REST: 20, _SEX: 1, _ETHNICITY: 1}

_MOST_RECORDS = 16  # of a file that is read through by number
_MOST_ROUNDS = 3  # of one command: wrong length, then the rest of the response
_STATUS = 2  # bytes
_HEAD = 2  # bytes of tag and length

_OK = 0x9000
_NO_RECORD = frozenset({0x6A83, 0x6A88})
_LOCKED = frozenset({0x6982, 0x6985})  # a PIN or a key is wanted

_NUMBERS = re.compile(r"[0-9A-Z]{1,18}", re.ASCII)
_CITIZEN = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_PADDING = b"\x00\x20\xff"
_SEXES = {b"0": "0", b"1": "1", b"2": "2", b"9": "9", b"\x01": "1", b"\x02": "2"}  # GB/T 2261.1; a few cards have it in binary


class _Sw1(IntEnum):
    """First status bytes whose second is a number of bytes."""

    MORE = 0x61  # so many can be fetched
    WRONG_LENGTH = 0x6C  # so many should be asked for


def read(exchange: Exchange) -> SocialCard:
    """The card whose chip `exchange` reaches, powered on and reset; lets what `exchange` raises pass.

    Raises `DeviceError`: CARD_REFUSED for another kind of card, CARD_UNREADABLE when the chip's answers make no sense,
    CARD_INVALID when the identity number on it cannot be right.
    """
    _select(exchange, bytes.fromhex("00a40400"), APPLICATION)
    _select(exchange, bytes.fromhex("00a40200"), CARD_FILE.to_bytes(2))
    card = _records(exchange, _CARD_SIZES)
    _select(exchange, bytes.fromhex("00a40200"), HOLDER_FILE.to_bytes(2))
    holder = _records(exchange, _HOLDER_SIZES)
    return SocialCard(
        number=_required(_ascii(card, _NUMBER)),
        id_number=_checked(_ascii(holder, _ID_NUMBER)),
        name=_name(holder),
        sex=_SEXES.get(holder.get(_SEX, b""), ""),
        ethnicity=_ethnicity(holder.get(_ETHNICITY, b"")),
        issued=_day(card, _ISSUED),
        valid_to=_day(card, _VALID_TO),
    )


def _select(exchange: Exchange, head: bytes, what: bytes) -> None:
    _, status = _response(exchange(head + bytes([len(what)]) + what))
    # 61xx: selected, and what the card has to say of it (T=0) is not needed.
    if status != _OK and status >> 8 != _Sw1.MORE:
        raise DeviceError(Reason.CARD_REFUSED, Action.WAIT, f"select: {status:04X}")


def _records(exchange: Exchange, sizes: Mapping[int, int]) -> dict[int, bytes]:
    """Values of the selected file's records, by tag; only those of `sizes`."""
    found: dict[int, bytes] = {}
    for tag, size in sizes.items():
        data, status = _ask(exchange, bytes([0x00, 0xB2, tag, 0x00, _HEAD + size]))
        if status in _NO_RECORD or status in _LOCKED:
            continue
        if status != _OK or data[:1] != bytes([tag]):
            return _by_number(exchange, sizes)
        found[tag] = _value(data, sizes)
    return found


def _by_number(exchange: Exchange, sizes: Mapping[int, int]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for number in range(1, _MOST_RECORDS + 1):
        data, status = _ask(exchange, bytes([0x00, 0xB2, number, 0x04, 0x00]))
        if status in _NO_RECORD:
            break
        if status in _LOCKED:
            continue
        if status != _OK:
            raise _unreadable(f"record: {status:04X}")
        if data and data[0] in sizes:
            found[data[0]] = _value(data, sizes)
    return found


def _value(record: bytes, sizes: Mapping[int, int]) -> bytes:
    if len(record) < _HEAD or len(record) != _HEAD + record[1]:
        raise _unreadable(f"record of {len(record)} bytes has a wrong length")
    if record[1] > sizes[record[0]]:
        raise _unreadable(f"record {record[0]:02X} has {record[1]} bytes")
    return record[_HEAD:]


def _ask(exchange: Exchange, command: bytes) -> tuple[bytes, int]:
    """Data and status of one command, with what T=0 leaves to the host: the right length, and fetching the response."""
    data, status = _response(exchange(command))
    for _ in range(_MOST_ROUNDS):
        match status >> 8:
            case _Sw1.WRONG_LENGTH:
                data, status = _response(exchange(command[:-1] + bytes([status & 0xFF])))
            case _Sw1.MORE:
                rest, status = _response(exchange(bytes([0x00, 0xC0, 0x00, 0x00, status & 0xFF])))
                data += rest
            case _:
                return data, status
    raise _unreadable(f"{command[1]:02X}: no end to its answers")


def _response(response: bytes) -> tuple[bytes, int]:
    if len(response) < _STATUS:
        raise _unreadable(f"response of {len(response)} bytes")
    return response[:-_STATUS], int.from_bytes(response[-_STATUS:])


def _ascii(records: Mapping[int, bytes], tag: int) -> str:
    try:
        text = records.get(tag, b"").strip(_PADDING).decode("ascii")
    except UnicodeDecodeError:
        raise _unreadable(f"record {tag:02X} is not text") from None
    if text and not _NUMBERS.fullmatch(text):
        raise _unreadable(f"record {tag:02X} is no number")
    return text


def _required(number: str) -> str:
    if not number:
        raise _unreadable("no card number")
    return number


def _checked(number: str) -> str:
    # Others than citizens have numbers of other forms, whose check digits are not public.
    if _CITIZEN.fullmatch(number) and not valid_number(number):
        raise DeviceError(Reason.CARD_INVALID, Action.WAIT, "number has a wrong check digit")
    return number


def _name(records: Mapping[int, bytes]) -> str:
    raw = records.get(_NAME, b"").rstrip(_PADDING) + records.get(_NAME_REST, b"").rstrip(_PADDING)
    try:
        name = raw.decode("gb18030").strip()
    except UnicodeDecodeError:
        raise _unreadable("the name is not text") from None
    if any(unicodedata.category(char) == "Cc" for char in name):
        raise _unreadable("the name has control characters")
    return name


def _ethnicity(value: bytes) -> str:
    code = value.hex()
    return code if len(value) == 1 and code.isdecimal() and code != "00" else ""


def _day(records: Mapping[int, bytes], tag: int) -> date | None:
    value = records.get(tag, b"")
    if not value.strip(_PADDING):
        return None
    digits = value.hex()
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise _unreadable(f"record {tag:02X} is not a day") from None


def _unreadable(detail: str) -> DeviceError:
    return DeviceError(Reason.CARD_UNREADABLE, Action.WAIT, detail)
