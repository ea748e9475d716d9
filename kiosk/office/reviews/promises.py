"""Promises (容缺承诺): what may be handed in later, by when, and who has not kept one.

A promise is owed once a window has taken the matter up with it; a pre-review that nobody came with obliges nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select, update

from kiosk.backend.messages import Words
from kiosk.backend.messages.reviews import Promise
from kiosk.office.tables import promises


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promised material as a window sees it; `kept` is the day it came in, None while it is awaited."""

    material: str
    name: Words
    due: date
    kept: date | None


def make(connection: Connection, about: str, person: str, made: Iterable[Promise], *, owed: bool) -> None:
    """Note promises of a person (see `person_key`) about a pre-review or case with this number."""
    rows = [
        {"about": about, "material": one.material, "person": person, "name": dict(one.name), "due": one.due, "owed": owed} for one in made
    ]
    if rows:
        connection.execute(promises.insert(), rows)


def take_up(connection: Connection, about: str) -> None:
    """From now on they are owed."""
    connection.execute(update(promises).where(promises.c.about == about, promises.c.owed.is_(False)).values(owed=True))


def made_about(connection: Connection, about: str) -> tuple[Promised, ...]:
    """All promises about the pre-review or case with this number, the first due first."""
    query = select(promises).where(promises.c.about == about).order_by(promises.c.due, promises.c.material)
    return tuple(Promised(material=row.material, name=row.name, due=row.due, kept=row.kept) for row in connection.execute(query))


def keep(connection: Connection, about: str, material: str, day: date, by: str) -> bool:
    """Note that the material came in, and who took it (hall/clerk); False where no such promise is open."""
    this = (promises.c.about == about, promises.c.material == material, promises.c.kept.is_(None))
    return connection.execute(update(promises).where(*this).values(kept=day, kept_by=by)).rowcount == 1


def barred(connection: Connection, person: str, today: date) -> bool:
    """Whether the person has let a promise's day go by, and so may make none."""
    unkept = (promises.c.person == person, promises.c.owed.is_(True), promises.c.kept.is_(None), promises.c.due < today)
    return connection.execute(select(promises.c.about).where(*unkept)).first() is not None
