"""What a citizen who began before the last publishing may still speak of: in force now, or within the last 24 hours."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlalchemy import Connection, or_, select

from kiosk.backend.messages.catalogue import CatalogueHead, Guide
from kiosk.office.catalogue.reading import GRACE
from kiosk.office.catalogue.source import Kind
from kiosk.office.tables import catalogue_parts, catalogues


def recent_guide(connection: Connection, code: str, now: datetime) -> Guide | None:
    """The newest guide of this code that is in force, or was so lately; None where there is none."""
    parts = catalogue_parts.c
    lately = or_(parts.replaced.is_(None), parts.replaced > now - GRACE)
    query = select(parts.body).where(parts.kind == Kind.GUIDE, parts.code == code, lately).order_by(parts.version.desc()).limit(1)
    body = connection.execute(query).scalar_one_or_none()
    return None if body is None else msgspec.json.decode(body, type=Guide)


def recent_heads(connection: Connection, now: datetime) -> Iterator[CatalogueHead]:
    """The head in force, then those that were so lately, the newest first; `here` of none is a hall."""
    replaced = catalogues.c.replaced
    query = select(catalogues.c.head).where(or_(replaced.is_(None), replaced > now - GRACE))
    for body in connection.execute(query.order_by(replaced.is_(None).desc(), replaced.desc())).scalars().all():
        yield msgspec.json.decode(body, type=CatalogueHead)
