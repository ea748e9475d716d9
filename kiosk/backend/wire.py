"""Replies of the office as bytes: decoded strictly into the shared messages, or not at all."""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import cast

import msgspec

from kiosk.backend.messages import (
    Case,
    CaseByNumber,
    CaseByToken,
    CasesOfPerson,
    CaseSummary,
    GetHall,
    Hall,
    ListQueues,
    Queue,
    Reply,
    ReportPrint,
    Request,
    TakeTicket,
    Ticket,
)
from kiosk.errors import BackendError, BackendReason

LONGEST_TEXT = 4000  # characters
LONGEST_LIST = 1000

_REPLIES: Mapping[type[Request], Hashable] = {
    GetHall: Hall,
    ListQueues: tuple[Queue, ...],
    TakeTicket: Ticket,
    ReportPrint: Ticket,
    CasesOfPerson: tuple[CaseSummary, ...],
    CaseByNumber: Case,
    CaseByToken: Case,
}


def decode(request: Request, body: bytes) -> Reply:
    """The reply to `request` in a JSON `body`. BackendError BROKEN for anything else, with no word of the body in it."""
    try:
        reply = _decoder(_REPLIES[type(request)]).decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BackendError(BackendReason.BROKEN, f"not a reply to {type(request).__name__}") from None
    _check(reply)
    return reply


@cache
def _decoder(reply: Hashable) -> msgspec.json.Decoder[Reply]:
    return msgspec.json.Decoder(cast("type[Reply]", reply))


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
