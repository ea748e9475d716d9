"""What is in force: guides, forms and the rating form by code, the head as a terminal sees it, guides page by page.

A version replaced within the last day is still taken from a citizen who began before: see `is_current`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, and_, select, true

from kiosk.backend.messages.catalogue import CatalogueHead, Floor, Guide, RatingForm, Site
from kiosk.backend.messages.forms import Form
from kiosk.office.catalogue.source import RATING_CODE, CatalogueSource, Kind
from kiosk.office.tables import catalogue_parts, catalogues

GRACE = timedelta(hours=24)
LARGEST_PAGE = 900 * 1024  # bytes; a terminal takes replies up to 1 MiB
_DIGITS = 12  # of the content's digest in a tag
_IN_FORCE = catalogue_parts.c.replaced.is_(None)
_Part = TypeVar("_Part", Guide, Form, RatingForm)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a terminal stands: a floor's code, and fractions of its width and height from the top left corner."""

    floor: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tags:
    """A page of tags by code; see GuideTags."""

    version: str
    tags: Mapping[str, str]
    next: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of guides, each as the JSON made at its publishing; `next` as in GuidePage."""

    version: str
    guides: tuple[msgspec.Raw, ...]
    next: str | None


def guide(connection: Connection, code: str, version: int | None = None) -> Guide | None:
    """The guide in force, or the one of that version whenever it was in force; None where there is none."""
    return _part(connection, Kind.GUIDE, code, version, Guide)


def form(connection: Connection, code: str, version: int | None = None) -> Form | None:
    """The form in force, or the one of that version; None where there is none."""
    return _part(connection, Kind.FORM, code, version, Form)


def rating(connection: Connection, version: int | None = None) -> RatingForm | None:
    """The rating form in force, or the one of that version; None where there is none."""
    return _part(connection, Kind.RATING, RATING_CODE, version, RatingForm)


def is_current(connection: Connection, code: str, version: int, now: datetime, kind: Kind = Kind.GUIDE) -> bool:
    """Whether this version of a guide (or form, or rating form) is in force, or was so within the last 24 hours before `now`."""
    key = (catalogue_parts.c.kind == kind, catalogue_parts.c.code == code, catalogue_parts.c.version == version)
    row = connection.execute(select(catalogue_parts.c.replaced).where(*key)).one_or_none()
    return row is not None and (row.replaced is None or row.replaced > now - GRACE)


def current_version(connection: Connection) -> str | None:
    """The version in force; None before the first one."""
    return connection.execute(select(catalogues.c.version).where(catalogues.c.replaced.is_(None))).scalar_one_or_none()


def head(connection: Connection, hall: str, at: Spot | None = None) -> CatalogueHead | None:
    """The head in force for a terminal of the hall, standing `at` that spot or where the catalogue says; None before the first one."""
    body = connection.execute(select(catalogues.c.head).where(catalogues.c.replaced.is_(None))).scalar_one_or_none()
    if body is None:
        return None
    everywhere = msgspec.json.decode(body, type=CatalogueHead)
    sites = tuple(_seen_from(site, hall, at) for site in everywhere.sites)
    return replace(everywhere, here=hall, sites=sites)


def page(connection: Connection, after: str, limit: int, codes: Sequence[str] = ()) -> Page | None:
    """The guides in force after the code `after`: `limit` of them, or fewer where the page would grow too large.

    Of all guides, or of those of `codes` where there are any. None before the first catalogue.
    """
    wanted = catalogue_parts.c.code.in_(codes) if codes else true()
    rows = _guides(connection, after, limit, wanted, catalogue_parts.c.body)
    if not rows:
        return None
    found = [(row.code, row.body) for row in rows if row.code is not None]
    taken = _fitting([len(body) for _, body in found[:limit]])
    return Page(rows[0].version, tuple(msgspec.Raw(body) for _, body in found[:taken]), found[taken - 1][0] if taken < len(found) else None)


def tags(connection: Connection, after: str, limit: int) -> Tags | None:
    """The tags of the `limit` guides in force after the code `after`; None before the first catalogue."""
    rows = _guides(connection, after, limit, true(), catalogue_parts.c.digest)
    if not rows:
        return None
    # of the version too: it stands in the guide, and a database brought back from a copy counts its versions anew
    found = {row.code: f"{row.of_part}-{row.digest[:_DIGITS]}" for row in rows[:limit] if row.code is not None}
    return Tags(rows[0].version, found, rows[limit - 1].code if len(rows) > limit else None)


def _guides(connection: Connection, after: str, limit: int, wanted: ColumnElement[bool], column: Column[Any]) -> Sequence[Any]:
    """One of them more than `limit`, with the catalogue's version: one statement, so that no publishing falls in between.

    Without any guide a row without a code; no row before the first catalogue.
    """
    part = catalogue_parts.c
    query = (
        select(catalogues.c.version, part.code, part.version.label("of_part"), column)
        .join(catalogue_parts, and_(part.kind == Kind.GUIDE, _IN_FORCE, part.code > after, wanted), isouter=True)
        .where(catalogues.c.replaced.is_(None))
        .order_by(part.code)
        .limit(limit + 1)
    )
    return connection.execute(query).all()


def in_force(connection: Connection) -> CatalogueSource | None:
    """The whole catalogue in force as a source, for its editors; None before the first one."""
    body = connection.execute(select(catalogues.c.head).where(catalogues.c.replaced.is_(None))).scalar_one_or_none()
    if body is None:
        return None
    everywhere = msgspec.json.decode(body, type=CatalogueHead)
    query = select(catalogue_parts.c.body).where(catalogue_parts.c.kind == Kind.GUIDE, _IN_FORCE).order_by(catalogue_parts.c.code)
    guides = tuple(msgspec.json.decode(one, type=Guide) for one in connection.execute(query).scalars())
    parts = {one.name: getattr(everywhere, one.name) for one in fields(CatalogueSource) if one.name != "guides"}
    return CatalogueSource(**parts, guides=guides)


def _fitting(sizes: list[int]) -> int:
    """How many of the first go on a page, at least one."""
    total = 0
    for count, size in enumerate(sizes):
        total += size
        if count and total > LARGEST_PAGE:
            return count
    return len(sizes)


def _part(connection: Connection, kind: Kind, code: str, version: int | None, of: type[_Part]) -> _Part | None:
    which = _IN_FORCE if version is None else catalogue_parts.c.version == version
    query = select(catalogue_parts.c.body).where(catalogue_parts.c.kind == kind, catalogue_parts.c.code == code, which)
    body = connection.execute(query).scalar_one_or_none()
    return None if body is None else msgspec.json.decode(body, type=of)


def _seen_from(site: Site, hall: str, at: Spot | None) -> Site:
    """The site with `here` on the floor where the terminal stands, and on no other."""
    if site.code == hall and at is None:
        return site
    return replace(site, floors=tuple(_floor(floor, at if site.code == hall else None) for floor in site.floors))


def _floor(floor: Floor, at: Spot | None) -> Floor:
    return replace(floor, here=(at.x, at.y) if at and at.floor == floor.code else None)
