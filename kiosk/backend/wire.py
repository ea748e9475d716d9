"""Requests and replies as HTTP: what a request says of itself becomes a call; replies are decoded strictly, or not at all."""

from collections.abc import Hashable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache
from string import Formatter
from typing import cast
from urllib.parse import quote, urlencode

import msgspec

from kiosk.backend.messages import Request
from kiosk.errors import BackendError, BackendReason

LONGEST_TEXT = 4000  # characters
LONGEST_LIST = 5000


@dataclass(frozen=True, slots=True)
class Call:
    """An HTTP request: `path` with its query, `body` None where there is none.

    `etag` is that of the reply one has: the same one again is not wanted.
    """

    method: str
    path: str
    body: bytes | None = None
    media_type: str = "application/json"
    etag: str = ""


def encode(request: Request) -> Call:
    """The request as HTTP; see `Request`."""
    values = {one.name: getattr(request, one.name) for one in fields(request)}
    inside = {name for _, name, _, _ in Formatter().parse(request.PATH) if name}
    path = request.PATH.format_map({name: quote(str(values[name]), safe="") for name in inside})
    if request.RAW:
        return Call(request.METHOD, path, values[request.RAW], "image/jpeg")
    if request.METHOD == "GET":
        query = urlencode({name: value for name, value in values.items() if name not in inside}, doseq=True)
        return Call(request.METHOD, f"{path}?{query}" if query else path)
    return Call(request.METHOD, path, msgspec.json.encode(asdict(request)))




def decode(request: Request, body: bytes) -> object:
    """The reply to `request` in a JSON `body`. BackendError BROKEN for anything else, with no word of the body in it."""
    try:
        reply = _decoder(request.REPLY).decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BackendError(BackendReason.BROKEN, f"not a reply to {type(request).__name__}") from None
    _check(reply)
    return reply


@cache
def _decoder(reply: Hashable) -> msgspec.json.Decoder[object]:
    return msgspec.json.Decoder(cast("type[object]", reply))


def _check(value: object) -> None:
    """Limits that the types do not say: lengths, and that moments carry an offset."""
    match value:
        case str():
            good = len(value) <= LONGEST_TEXT
        case datetime():
            good = value.tzinfo is not None
        case tuple() | Mapping():
            good = len(value) <= LONGEST_LIST
        case _:
            good = True
    if not good:
        raise BackendError(BackendReason.BROKEN, f"a {type(value).__name__} out of limits")
    for part in _parts(value):
        _check(part)


def _parts(value: object) -> tuple[object, ...]:
    match value:
        case tuple():
            return value
        case Mapping():
            return (*value.keys(), *value.values())
        case _ if is_dataclass(value):
            return tuple(getattr(value, one.name) for one in fields(value))
        case _:
            return ()
