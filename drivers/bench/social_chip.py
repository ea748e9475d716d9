"""The chip of a social security card: what it answers to APDUs (ISO/IEC 7816-4), for the made-up people of `drivers.bench.people`.

The application `sx1.sh.社会保障` has EF05 (card) and EF06 (holder), files of records that are tag, length and value. The order of
EF06's records differs: cards of the second generation have 4E, the rest of a long name, before sex.
"""

from collections.abc import Mapping
from typing import Any

from drivers.bench import cards
from drivers.bench.people import Person

# 3B: direct convention; 6D: TB1 and TC1 follow, 13 historical bytes: made-up ones.
ATR = bytes.fromhex("3b6d0000") + b"TEST CARD 999"
MUTE_ATR = bytes.fromhex("3b")  # the card began to answer and stopped

_NAME = b"sx1.sh." + "社会保障".encode("gbk")
_OK, _NOT_FOUND, _NO_RECORD = 0x9000, 0x6A82, 0x6A83
_LOCKED, _WRONG_P1_P2, _UNKNOWN, _SHORT, _NO_FILE = 0x6982, 0x6A86, 0x6D00, 0x6700, 0x6986
_BY_TAG, _BY_NUMBER = 0x00, 0x04  # the lower bits of READ RECORD's P2
_HEAD = 5  # bytes: CLA INS P1 P2 and a length

Files = dict[int, dict[int, bytes]]


class Chip:
    """A card just reset; `values` is the state of the bench device (see `drivers.bench.social_card`)."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._files = files(cards.person(values["card"]), values)
        self._in_application = False
        self._file = 0
        self._waiting = b""

    def answer(self, command: bytes) -> bytes:
        """Data and status."""
        if (told := self._values["answers"].get(command.hex())) is not None:
            return bytes.fromhex(told)
        if len(command) < _HEAD - 1:
            return _SHORT.to_bytes(2)
        data, status = self._run(command.ljust(_HEAD, b"\0"))
        return data + status.to_bytes(2)

    def _run(self, command: bytes) -> tuple[bytes, int]:
        match command[1]:
            case 0xA4:
                return self._select(command[2], command[_HEAD : _HEAD + command[4]])
            case 0xB2 if self._in_application:
                return self._read(command[2], command[3], command[4])
            case 0xC0:
                waiting, self._waiting = self._waiting[: command[4]], b""
                return waiting, _OK
            case _:
                return b"", _UNKNOWN

    def _select(self, how: int, what: bytes) -> tuple[bytes, int]:
        if how == 0x04:  # noqa: PLR2004 - P1 of SELECT: by name
            self._in_application = what == _NAME and not self._values["unknown_card"]
            self._file = 0
            return self._selected(self._in_application)
        file = int.from_bytes(what)
        if not self._in_application or file not in self._files:
            return b"", _NOT_FOUND
        self._file = file
        return self._selected(there=True)

    def _selected(self, there: bool) -> tuple[bytes, int]:  # noqa: FBT001 - the one question
        if not there:
            return b"", _NOT_FOUND
        if self._values["t0"]:
            self._waiting = bytes.fromhex("6f00")
            return b"", 0x6100 + len(self._waiting)
        return b"", _OK

    def _read(self, which: int, how: int, expected: int) -> tuple[bytes, int]:
        file = 0xEF00 + (how >> 3) if how >> 3 else self._file
        records = self._files.get(file)
        if records is None:
            return b"", _NO_FILE
        if how & 7 == _BY_TAG:
            return self._told(which if which in records else None, records, expected) if self._values["by_tag"] else (b"", _WRONG_P1_P2)
        if how & 7 != _BY_NUMBER:
            return b"", _WRONG_P1_P2
        return self._told(list(records)[which - 1] if 0 < which <= len(records) else None, records, expected)

    def _told(self, tag: int | None, records: Mapping[int, bytes], expected: int) -> tuple[bytes, int]:
        if tag is None:
            return b"", _NO_RECORD
        if tag in self._values["locked"]:
            return b"", _LOCKED
        value = bytes.fromhex(self._values["records"].get(f"{tag:02X}", "")) or records[tag]
        record = bytes([tag, len(value)]) + value
        if self._values["t0"] and expected != len(record):
            return b"", 0x6C00 + len(record)
        if self._values["fetch"]:
            self._waiting = record
            return b"", 0x6100 + len(record)
        return record, _OK


def files(one: Person, values: Mapping[str, Any]) -> Files:
    """What the card of a person holds, by file and by tag, in the order of the records."""
    name = one.name.encode("gb18030")
    holder = {
        0x08: one.number.encode("ascii"),
        0x09: name[:30].ljust(30, b"\0"),
        **({0x4E: name[30:50].ljust(20, b"\0")} if values["generation"] > 1 else {}),
        0x0A: one.sex.encode("ascii"),
        0x0B: bytes.fromhex(one.ethnicity or "00"),
        0x0C: bytes.fromhex("999999"),
        0x0D: bytes.fromhex(f"{one.born:%Y%m%d}"),
    }
    last = one.valid_to
    return {
        0xEF05: {
            0x01: bytes.fromhex("999999") + bytes(13),
            0x02: b"3",
            0x03: f"{values['generation']}.00".encode("ascii"),
            0x04: bytes(12),
            0x05: bytes.fromhex(f"{one.valid_from:%Y%m%d}"),
            0x06: bytes(4) if last is None else bytes.fromhex(f"{last:%Y%m%d}"),
            0x07: card_number(one).encode("ascii"),
        },
        0xEF06: holder,
    }


def card_number(one: Person) -> str:
    """The number of the card itself: made up from the holder's."""
    return "T" + one.number[-8:]
