"""IPP messages as bytes (RFC 8010), and the numbers and words of RFC 8011 that this terminal needs.

Own code and not pyipp's: its parser follows a length that was sent as a negative number backwards and never ends, and takes a
group without attributes, which RFC 8010 allows, for damage. The tests hold the two against each other.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from drivers.errors import Action, DeviceError, Reason

VERSION = b"\x01\x01"  # every printer that speaks 2.x has to answer 1.1 as well (RFC 8011, 4.1.8)
_END = 3
_LAST_DELIMITER = 0x0F
_LONGEST = 0x7FFF  # lengths are SIGNED-SHORT and not negative (RFC 8010, 3.1)
_HEAD = struct.Struct(">2sHi")


class Operation(IntEnum):
    """RFC 8011, 5.4.15."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B


class Group(IntEnum):
    """Delimiter tags (RFC 8010, 3.5.1)."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Tag(IntEnum):
    """Value tags (RFC 8010, 3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    BEGIN_COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER_NAME = 0x4A


_SIZES = {Tag.INTEGER: 4, Tag.ENUM: 4, Tag.BOOLEAN: 1, 0x31: 11, 0x32: 9, 0x33: 8}  # dateTime, resolution, rangeOfInteger
_STRINGS = range(0x40, 0x60)

Value = int | str | bytes | None  # None: no value, or one of a kind that is not read here (collections, dates, ranges)
Attributes = Mapping[str, tuple[Value, ...]]


class Attribute(NamedTuple):
    """An attribute to send."""

    tag: Tag
    name: str
    values: Sequence[int | str]


class Reply(NamedTuple):
    """A reply; `groups` are in the order they came, each with its delimiter tag."""

    status: int
    request_id: int
    groups: tuple[tuple[int, Attributes], ...]

    def of(self, group: Group) -> list[Attributes]:
        """The groups of this kind."""
        return [attributes for tag, attributes in self.groups if tag == group]


def request(operation: Operation, request_id: int, about: Iterable[Attribute], job: Sequence[Attribute] = ()) -> bytes:
    """A request up to where a document would follow; `about` are its operation attributes, `job` those of the job to make."""
    parts = [_HEAD.pack(VERSION, operation, request_id), bytes([Group.OPERATION])]
    parts += [_encoded(attribute) for attribute in (*_PREAMBLE, *about)]
    if job:
        parts += [bytes([Group.JOB]), *(_encoded(attribute) for attribute in job)]
    return b"".join([*parts, bytes([_END])])


def parse(data: bytes) -> Reply:
    """Read a reply; raises `DeviceError` (GARBLED) for anything that is not one. What follows the end of its attributes is left."""
    if len(data) < _HEAD.size or data[0] not in {1, 2}:
        raise _garbled("no IPP reply")
    _, status, request_id = _HEAD.unpack_from(data)
    groups: list[tuple[int, dict[str, list[Value]]]] = []
    reader = _Reader(data, _HEAD.size)
    while (tag := reader.byte()) != _END:
        if tag <= _LAST_DELIMITER:
            groups.append((tag, {}))
        elif not groups:
            raise _garbled("an attribute before the first group")
        else:
            _take(reader, tag, groups[-1][1])
    return Reply(status, request_id, tuple((tag, {name: tuple(values) for name, values in group.items()}) for tag, group in groups))


def words(attributes: Attributes, name: str) -> tuple[str, ...]:
    """The values that are text, keywords or the like."""
    return tuple(value for value in attributes.get(name, ()) if isinstance(value, str))


def word(attributes: Attributes, name: str) -> str:
    """The first such value, or ""."""
    return next(iter(words(attributes, name)), "")


def numbers(attributes: Attributes, name: str) -> tuple[int, ...]:
    """The values that are integers, enums or booleans."""
    return tuple(value for value in attributes.get(name, ()) if isinstance(value, int))


def number(attributes: Attributes, name: str) -> int | None:
    """The first such value."""
    return next(iter(numbers(attributes, name)), None)


def pairs(attributes: Attributes, name: str) -> list[dict[str, str]]:
    """Values of the form `type=toner;level=75;`, as PWG 5100.13 has them for trays and supplies; keys and words in lower case."""
    texts = (value.decode("utf-8", "replace") if isinstance(value, bytes) else value for value in attributes.get(name, ()))
    return [_pairs(text) for text in texts if isinstance(text, str)]


def _pairs(text: str) -> dict[str, str]:
    split = (part.partition("=") for part in text.split(";") if part)
    return {key.strip().lower(): value.strip().lower() for key, _, value in split}


def _encoded(attribute: Attribute) -> bytes:
    parts, name = [], attribute.name.encode("ascii")
    for value in attribute.values:
        data = _value_bytes(attribute.tag, value)
        parts.append(struct.pack(f">BH{len(name)}sH", attribute.tag, len(name), name, len(data)) + data)
        name = b""  # a further value of the same attribute has no name
    return b"".join(parts)


def _value_bytes(tag: Tag, value: int | str) -> bytes:
    match value:
        case str():
            return value.encode()
        case _ if tag is Tag.BOOLEAN:
            return bytes([value])
        case _:
            return struct.pack(">i", value)


_PREAMBLE = (
    Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
    Attribute(Tag.LANGUAGE, "attributes-natural-language", ("en",)),  # also decides what language CUPS words its messages in
)


class _Reader:
    """Steps through the bytes and never beyond them."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at

    def byte(self) -> int:
        """The next byte."""
        return self.take(1)[0]

    def sized(self) -> bytes:
        """A two-byte length and as many bytes."""
        length = int.from_bytes(self.take(2), "big")
        if length > _LONGEST:
            raise _garbled("a negative length")
        return self.take(length)

    def take(self, size: int) -> bytes:
        """So many bytes."""
        if self._at + size > len(self._data):
            raise _garbled("cut short")
        self._at += size
        return self._data[self._at - size : self._at]


def _take(reader: _Reader, tag: int, group: dict[str, list[Value]]) -> None:
    """Read one value into the group: of a new attribute, or a further one of the last. Of a name that comes twice the later one holds."""
    name = reader.sized().decode("ascii", "replace")
    value = _value(tag, reader.sized())
    if tag == Tag.BEGIN_COLLECTION:
        _skip_collection(reader)
    if name:
        group.pop(name, None)
        group[name] = [value]
    elif group:
        group[next(reversed(group))].append(value)
    else:
        raise _garbled("a further value of nothing")


def _skip_collection(reader: _Reader) -> None:
    depth = 1
    while depth:
        tag = reader.byte()
        if tag <= _LAST_DELIMITER or reader.sized():
            raise _garbled("a collection without an end")
        reader.sized()
        depth += (tag == Tag.BEGIN_COLLECTION) - (tag == Tag.END_COLLECTION)


def _value(tag: int, data: bytes) -> Value:
    if tag in _SIZES and len(data) != _SIZES[tag]:
        raise _garbled(f"a value of {len(data)} bytes with tag {tag:#x}")
    match tag:
        case Tag.INTEGER | Tag.ENUM:
            return int.from_bytes(data, "big", signed=True)
        case Tag.BOOLEAN:
            return data[0] != 0
        case Tag.OCTETS:
            return data
        case Tag.TEXT_WITH_LANGUAGE | Tag.NAME_WITH_LANGUAGE:
            inner = _Reader(data, 0)
            inner.sized()
            return inner.sized().decode("utf-8", "replace")
        case _ if tag in _STRINGS:
            return data.decode("utf-8", "replace")
        case _:
            return None


def _garbled(detail: str) -> DeviceError:
    return DeviceError(Reason.GARBLED, Action.CLEAR, f"IPP: {detail}")
