"""An item as lists and search need it: the little of its guide that is kept at hand for all of them."""

from collections.abc import Mapping

from msgspec import Struct

from kiosk.backend.messages.catalogue import Guide, ListTag


class Item(Struct, frozen=True, kw_only=True):
    """An item (事项). `queue` is the service code of its tickets in the hall of the terminal, `area` where that is on the map."""

    code: str
    name: Mapping[str, str]
    department: str
    pinyin: str
    initials: str
    synonyms: tuple[str, ...] = ()
    lists: tuple[ListTag, ...] = ()
    visits: int
    instant: bool
    queue: str = ""
    area: str = ""


def item_of(guide: Guide, here: str) -> Item:
    """The item of a guide, for a terminal in the hall `here`."""
    place = next((place for place in guide.places if place.hall == here), None)
    return Item(
        code=guide.code,
        name=guide.name,
        department=guide.department,
        pinyin=guide.pinyin,
        initials=guide.initials,
        synonyms=guide.synonyms,
        lists=guide.lists,
        visits=guide.visits,
        instant=guide.instant,
        queue=place.queue if place else "",
        area=place.area if place else "",
    )
