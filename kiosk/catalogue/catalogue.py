"""A whole catalogue as a value: looked up and searched without waiting, and never changed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kiosk.catalogue.found import EVERYTHING, Found, Narrowing

if TYPE_CHECKING:  # its many messages are not imported before the first frame
    from kiosk.backend.messages.catalogue import CatalogueHead, Guide, Neighbour, Notice, Site
    from kiosk.backend.messages.forms import Form
    from kiosk.catalogue.index import Index
    from kiosk.catalogue.items import Item

CATALOGUE = "catalogue"  # the role of whoever keeps it


class Catalogue:
    """Everything a terminal shows without asking the office. `version` is "" for the empty one a terminal begins with.

    `guides` as a mapping may unpack each guide when it is asked for; `index` is made when it is first needed, unless it is given.
    """

    def __init__(
        self,
        head: "CatalogueHead | None" = None,
        guides: "Iterable[Guide] | Mapping[str, Guide]" = (),
        *,
        index: "Index | None" = None,
    ) -> None:
        self._head = head
        self._guides: Mapping[str, Guide] = guides if isinstance(guides, Mapping) else {guide.code: guide for guide in guides}
        self._made_index = index

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

    def notices(self, day: date) -> "tuple[Notice, ...]":
        """The notices in sight on this day, the newest first."""
        notices = self._head.notices if self._head else ()
        return tuple(sorted((one for one in notices if one.since <= day <= one.until), key=lambda one: one.since, reverse=True))

    def neighbours(self, words: str) -> "tuple[Neighbour, ...]":
        """The machines nearby that do what is asked for; none where nothing is."""
        index = self._index
        codes = index.machines(words) if index else ()
        return tuple(one for code in codes for one in self.head.neighbours if one.code == code)

    def search(self, words: str, narrowing: Narrowing = EVERYTHING, *, most: int = 30) -> "tuple[Guide, ...]":
        """The items that fit best, best first: by words, pinyin, pinyin initials and synonyms; without words all of the narrowing.

        Whole guides, each unpacked in some 0.1 ms: to show a list while somebody types, `find` is enough.
        """
        return tuple(self._guides[item.code] for item in self.find(words, narrowing, most=most).items)

    def find(self, words: str, narrowing: Narrowing = EVERYTHING, *, most: int = 30) -> Found:
        """As `search`, with what a list shows of each item, and how many there are."""
        index = self._index
        return index.find(words, narrowing, most) if index else Found()

    def item(self, code: str) -> "Item | None":
        """What a list shows of an item."""
        index = self._index
        return index.item(code) if index else None

    def area_of(self, queue: str) -> str:
        """Code of the area on the hall's map where a queue is served; "" where that is not known."""
        index = self._index
        item = index.of_queue(queue) if index else None
        return item.area if item else ""

    @property
    def _index(self) -> "Index | None":
        if self._made_index is None and self._head is not None:
            from kiosk.catalogue.index import Index  # noqa: PLC0415 - not before the first frame
            from kiosk.catalogue.items import item_of  # noqa: PLC0415

            self._made_index = Index((item_of(guide, self._head.here) for guide in self._guides.values()), self._head)
        return self._made_index


EMPTY = Catalogue()
