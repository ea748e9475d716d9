"""What is asked of the typesetter, a device like any other."""

from typing import ClassVar

from drivers.contract import Answer, Command, Document
from kiosk.documents.sheets import Sheets

TYPESETTER = "typesetter"  # its role


class Compose(Command, frozen=True, kw_only=True):
    """Make a PDF; answered by Composed or Failed."""

    personal: ClassVar[frozenset[str]] = frozenset({"sheets"})

    role: str = TYPESETTER
    sheets: Sheets


class Composed(Answer, frozen=True, kw_only=True):
    """The document, ready for an A4 printer; `pages` as they will come out."""

    personal: ClassVar[frozenset[str]] = frozenset({"document"})

    role: str = TYPESETTER
    document: Document
    pages: int
