"""What stands on an official document, whoever keeps it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.backend.messages import Words
from kiosk.backend.messages.documents import Fact


class DocumentKind(StrEnum):
    """Where a document comes from."""

    LICENCE = "licence"
    RESULT = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A document without what belongs to a copy of it. `holder` is the name it was given to."""

    title: Words
    number: str = field(repr=False)
    issuer: Words
    issued: date
    expires: date | None = None
    facts: tuple[Fact, ...] = ()
    text: tuple[Words, ...] = ()
    holder: str = field(repr=False)
