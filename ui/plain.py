"""Screens become plain JavaScript values: strings, numbers, lists and maps."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from kiosk.texts import Say, Text

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


Url = Callable[[bytes], str]
"""Where QML finds a picture, given as JPEG."""


def plain(value: object, say: Say, url: Url) -> Plain:
    """`value` with labels as strings, pictures as URLs, enums as their values, tuples as lists and dataclasses as maps by field name.

    QML takes a tuple or a Python object for something opaque. KeyError for a sentence without translation, TypeError for
    a type that no screen may carry.
    """
    match value:
        case Text() | Mapping():
            return say(value)
        case Enum():
            return plain(value.value, say, url)
        case bytes():
            return url(value)
        case str() | int() | float() | None:
            return value
        case tuple() | list():
            return [plain(part, say, url) for part in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name), say, url) for field in fields(value)}
    message = f"{type(value).__name__} is no screen value"
    raise TypeError(message)
