"""A whole catalogue as a value: looked up and searched without waiting, and never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # its many messages are not imported before the first frame
    from kiosk.backend.messages.catalogue import CatalogueHead, Guide, ListTag, Site
    from kiosk.backend.messages.forms import Form

CATALOGUE = "catalogue"  # the role of whoever keeps it


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which items are looked at: those of a department, of a theme, on a list; "" or None for all."""

    department: str = ""
    theme: str = ""
    tag: "ListTag | None" = None


EVERYTHING = Narrowing()


class Catalogue:
    """Everything a terminal shows without asking the office. `version` is "" for the empty one a terminal begins with."""

    def __init__(self, head: "CatalogueHead | None" = None, guides: "Iterable[Guide]" = ()) -> None:
        self._head = head
        self._guides: Mapping[str, Guide] = {guide.code: guide for guide in guides}

    @property
    def version(self) -> str:
        """Version the office gave it."""
        return self._head.version if self._head else ""

    @property
    def head(self) -> "CatalogueHead":
        """All but the guides; LookupError in an empty catalogue."""
        if self._head is None:
            raise LookupError("the catalogue is empty")
        return self._head

    @property
    def here(self) -> "Site | None":
        """The site this terminal stands in."""
        return self.site(self._head.here) if self._head else None

    def guide(self, code: str) -> "Guide | None":
        """The guide of an item."""
        return self._guides.get(code)

    def form(self, code: str) -> "Form | None":
        """A form."""
        return next((form for form in self._head.forms if form.code == code), None) if self._head else None

    def site(self, code: str) -> "Site | None":
        """A hall or station."""
        return next((site for site in self._head.sites if site.code == code), None) if self._head else None

    def search(self, words: str, narrowing: Narrowing = EVERYTHING, *, most: int = 30) -> "tuple[Guide, ...]":
        """The items that fit best, best first: by words, pinyin, pinyin initials and synonyms; without words all of the narrowing."""
        raise NotImplementedError


EMPTY = Catalogue()
