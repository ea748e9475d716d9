"""A catalogue as its editors write it, before it is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from kiosk.backend.messages.catalogue import Department, Guide, GuideSchema, Neighbour, Notice, RatingForm, Site, Theme
from kiosk.backend.messages.forms import Choice, Form


class Kind(StrEnum):
    """Parts of a catalogue that are looked up by code and counted in versions of their own."""

    GUIDE = "guide"
    FORM = "form"
    RATING = "rating"


RATING_CODE = "rating"  # there is one rating form


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSource:
    """All a catalogue says.

    Publishing counts the versions of guides, forms and the rating form itself, and fills in `pinyin` and `initials` where they are
    "". A floor's `here` is where terminals of that hall stand unless told otherwise one by one.
    """

    schema: GuideSchema
    departments: tuple[Department, ...]
    themes: tuple[Theme, ...]
    sites: tuple[Site, ...]
    notices: tuple[Notice, ...]
    neighbours: tuple[Neighbour, ...]
    forms: tuple[Form, ...]
    rating: RatingForm
    order_kinds: tuple[Choice, ...]
    complaint_kinds: tuple[Choice, ...]
    divisions: Mapping[str, tuple[Choice, ...]]
    guides: tuple[Guide, ...]


class CatalogueFileError(ValueError):
    """A file that is no catalogue; the message says where and why."""


def load(path: Path) -> CatalogueSource:
    """Read a catalogue from JSON, or TOML where the name ends so. CatalogueFileError for anything else, OSError for no file."""
    content = path.read_bytes()
    decode = msgspec.toml.decode if path.suffix == ".toml" else msgspec.json.decode
    try:
        return decode(content, type=CatalogueSource)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CatalogueFileError(f"{path}: {error}") from None
    except RecursionError:
        raise CatalogueFileError(f"{path}: nested too deeply") from None


def save(source: CatalogueSource, path: Path) -> None:
    """Write a catalogue as JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(source), indent=1) + b"\n")
