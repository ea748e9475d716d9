"""What a terminal asks to have the whole catalogue, and nothing of it twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kiosk.backend.messages.base import Request
from kiosk.backend.messages.catalogue import CatalogueHead, Guide


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """Guides in the order of their codes; `next` is the code after which to go on, None at the end."""

    version: str
    guides: tuple[Guide, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideTags:
    """A tag for each guide by its code, in the order of the codes: as long as the tag is the same, so is the guide. `next` as above."""

    version: str
    tags: Mapping[str, str]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCatalogue(Request):
    """The newest catalogue without its guides. Carries an ETag."""

    METHOD: ClassVar = "GET"
    PATH: ClassVar = "/v1/catalogue"
    REPLY: ClassVar = CatalogueHead


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGuides(Request):
    """Guides after the code `after`, at most `limit` (1..100); with `codes` (at most 50) only those of them. Carries an ETag."""

    METHOD: ClassVar = "GET"
    PATH: ClassVar = "/v1/guides"
    REPLY: ClassVar = GuidePage

    after: str = ""
    limit: int = 50
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGuideTags(Request):
    """Tags of the guides after the code `after`, at most `limit` (1..2000), to ask only for those one has not. Carries an ETag."""

    METHOD: ClassVar = "GET"
    PATH: ClassVar = "/v1/guides/tags"
    REPLY: ClassVar = GuideTags

    after: str = ""
    limit: int = 2000
