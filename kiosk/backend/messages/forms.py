"""Declared forms: fields and choices as the office describes them."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.backend.messages.base import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value one may pick, and how it is called."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form. `kind` is a FieldKind where this program knows it; an office may be ahead of its terminals.

    `least` and `most` are characters, or the value's limits for a number. `only_if` is another field and the value it must have.
    `prefill` is `person.name`, `person.number`, `person.address` or "".
    """

    key: str
    label: Words
    kind: str
    hint: Words | None = None
    required: bool = True
    choices: tuple[Choice, ...] = ()
    least: int = 0
    most: int = 60
    prefill: str = ""
    only_if: tuple[str, str] | None = None


class FieldKind(StrEnum):
    """Kinds of fields a terminal can ask for."""

    TEXT = "text"
    NAME = "name"
    ID_NUMBER = "idNumber"
    PHONE = "phone"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    ADDRESS = "address"
    PLATE = "plate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A declared form. `declaration` is what one confirms; `signed`: on the touch screen."""

    code: str
    version: int
    title: Words
    fields: tuple[Field, ...]
    declaration: Words
    signed: bool = True
