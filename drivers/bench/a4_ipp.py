"""The printer's side of IPP messages: requests as RFC 8010 lays them out, and replies."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

END = 0x03
OPERATION_GROUP, JOB_GROUP, PRINTER_GROUP = 0x01, 0x02, 0x04
INTEGER, BOOLEAN, ENUM, OCTETS, COLLECTION, TEXT, NAME, KEYWORD, URI = 0x21, 0x22, 0x23, 0x30, 0x34, 0x41, 0x42, 0x44, 0x45
CHARSET, LANGUAGE, MIME = 0x47, 0x48, 0x49
_END_COLLECTION, _MEMBER_NAME = 0x37, 0x4A
_DELIMITERS = range(0x10)

Values = tuple[int, Sequence[Any]]  # a tag and the values under it


class BadRequestError(ValueError):
    """The bytes are no IPP request."""


class Request(NamedTuple):
    """What the host asks; attributes of all groups together, as lists."""

    version: tuple[int, int]
    operation: int
    request_id: int
    attributes: Mapping[str, list[Any]]
    document: bytes

    def one(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - values are of any kind
        """The first value of an attribute."""
        return self.attributes.get(name, [default])[0]


def decode(data: bytes) -> Request:
    """Read a request; raises `BadRequestError`."""
    try:
        major, minor, operation, request_id = struct.unpack_from(">bbhi", data)
        attributes: dict[str, list[Any]] = {}
        last, at = "", 8
        while data[at] != END:
            if data[at] in _DELIMITERS:
                at += 1
                continue
            tag, size = struct.unpack_from(">BH", data, at)
            name = data[at + 3 : at + 3 + size].decode("ascii")
            at += 3 + size
            (size,) = struct.unpack_from(">H", data, at)
            last = name or last
            attributes.setdefault(last, []).append(_value(tag, data[at + 2 : at + 2 + size]))
            at += 2 + size
        return Request((major, minor), operation, request_id, attributes, data[at + 1 :])
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise BadRequestError from error


def encode(
    status: int, request_id: int, groups: Iterable[tuple[int, Mapping[str, Values]]] = (), version: tuple[int, int] = (2, 0)
) -> bytes:
    """A reply in the request's version (RFC 8011, 4.1.8), with the charset and language every reply begins with."""
    head = {"attributes-charset": (CHARSET, ["utf-8"]), "attributes-natural-language": (LANGUAGE, ["en"])}
    body = b"".join(bytes([tag]) + _group(attributes) for tag, attributes in ((OPERATION_GROUP, head), *groups))
    return struct.pack(">bbhi", *version, status, request_id) + body + bytes([END])


def _group(attributes: Mapping[str, Values]) -> bytes:
    parts = []
    for name, (tag, values) in attributes.items():
        key = name.encode("ascii")
        for value in values:
            parts.append(_field(tag, key, b"") + _members(value) if tag == COLLECTION else _field(tag, key, _data(tag, value)))
            key = b""
    return b"".join(parts)


def _members(collection: Mapping[str, Values]) -> bytes:
    """The members of a collection and its end (RFC 8010, 3.1.6)."""
    parts = []
    for name, (tag, values) in collection.items():
        parts.append(_field(_MEMBER_NAME, b"", name.encode("ascii")))
        parts += [_field(tag, b"", b"") + _members(value) if tag == COLLECTION else _field(tag, b"", _data(tag, value)) for value in values]
    return b"".join([*parts, _field(_END_COLLECTION, b"", b"")])


def _field(tag: int, name: bytes, data: bytes) -> bytes:
    return struct.pack(f">BH{len(name)}sH", tag, len(name), name, len(data)) + data


def _data(tag: int, value: Any) -> bytes:  # noqa: ANN401 - values are of any kind
    match tag:
        case _ if tag in (INTEGER, ENUM):
            return struct.pack(">i", value)
        case _ if tag == BOOLEAN:
            return bytes([bool(value)])
        case _:
            return str(value).encode()


def _value(tag: int, data: bytes) -> Any:  # noqa: ANN401 - values are of any kind
    match tag:
        case _ if tag in (INTEGER, ENUM):
            return struct.unpack(">i", data)[0]
        case _ if tag == BOOLEAN:
            return data != b"\x00"
        case _:
            return data.decode("utf-8", "replace")
