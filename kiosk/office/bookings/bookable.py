"""Items that can be booked at a hall, found by a few words for a clerk who books for somebody."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from kiosk.backend.messages import Words
from kiosk.office.catalogue.source import Kind
from kiosk.office.office import Office
from kiosk.office.tables import catalogue_parts

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BookableItem:
    """An item in a list."""

    code: str
    name: Words


class _Place(msgspec.Struct, frozen=True):
    hall: str
    queue: str = ""


class _Guide(msgspec.Struct, frozen=True):
    """The little of a guide that is needed."""

    code: str
    name: dict[str, str]
    pinyin: str
    initials: str
    places: tuple[_Place, ...] = ()
    bookable: bool = False

    def is_at(self, hall: str) -> bool:
        """Whether it can be booked there."""
        return self.bookable and any(place.hall == hall and place.queue for place in self.places)

    def texts(self) -> str:
        """What words are looked for in, line by line."""
        return "\n".join((*self.name.values(), self.pinyin.replace(" ", ""), self.initials, self.code)).casefold()


def find(office: Office, hall: str, words: str) -> tuple[BookableItem, ...]:
    """The first 20 items booked at the hall in which all of the `words` are found, the shortest names first."""
    wanted = words.casefold().split()
    fitting = (one for one in _guides(office) if one.is_at(hall) and all(word in one.texts() for word in wanted))
    found = sorted(fitting, key=lambda one: (len(one.name.get("zh-CN", "")), one.code))[:MOST]
    return tuple(BookableItem(code=one.code, name=one.name) for one in found)


def _guides(office: Office) -> Iterator[_Guide]:
    query = select(catalogue_parts.c.body).where(catalogue_parts.c.kind == Kind.GUIDE, catalogue_parts.c.replaced.is_(None))
    with office.database.read() as connection:
        bodies = connection.execute(query).scalars().all()
    return (msgspec.json.decode(body, type=_Guide) for body in bodies)
