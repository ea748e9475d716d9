"""How terminal and office talk: a request says its path and what it is answered with; the rest is HTTP.

Times are ISO 8601 with offset, durations in minutes, days are working days. Texts for citizens come in every language the
office has, by BCP 47 tag.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from drivers.contract import Answer, Command
from kiosk.errors import BackendError

OFFICE = "office"  # the role of the line to the office

Words = Mapping[str, str]


class Growing(StrEnum):
    """Values an office may add to within /v1, as offices are updated before their terminals.

    A terminal reads one that it does not know as the member OTHER, which is never sent, and goes on with the rest of the reply.
    """

    @classmethod
    def _missing_(cls, _value: object) -> "Growing":
        return cls("other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a terminal asks of the office.

    `PATH` may hold fields in braces; with GET the other fields are the query, else all of them are the JSON body. `RAW` names the
    field that is sent as the body as it is, a JPEG. A request that is not `REPEATABLE` is sent again only if it never left.
    """

    METHOD: ClassVar[str] = "POST"
    PATH: ClassVar[str]
    REPLY: ClassVar[Hashable]
    REPEATABLE: ClassVar[bool] = True
    RAW: ClassVar[str] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A citizen as the identity card names them."""

    number: str = field(repr=False)
    name: str = field(repr=False)


class Ask(Command, frozen=True, kw_only=True):
    """Put a request to the office."""

    role: str = OFFICE
    request: Request


class Replied(Answer, frozen=True, kw_only=True):
    """The office's answer; its type is the request's `REPLY`."""

    personal: ClassVar[frozenset[str]] = frozenset({"reply"})

    role: str = OFFICE
    reply: object


class Refused(Answer, frozen=True, kw_only=True):
    """The office did not answer as hoped."""

    role: str = OFFICE
    error: BackendError
