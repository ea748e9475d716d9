"""Publishing: a checked source becomes the catalogue in force, and only what changed in it gets a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, bindparam, func, select, update

from kiosk.backend.messages.catalogue import CatalogueHead, Guide, RatingForm
from kiosk.backend.messages.forms import Form
from kiosk.office.catalogue.checking import Finding, check
from kiosk.office.catalogue.pinyin import initials, reading
from kiosk.office.catalogue.source import RATING_CODE, CatalogueSource, Kind
from kiosk.office.locks import lock
from kiosk.office.tables import catalogue_parts, catalogues, services

_Part = TypeVar("_Part", Guide, Form, RatingForm)
_DIGITS = 12  # of the content's digest in a version


class CatalogueError(ValueError):
    """A source that must not be published; `findings` says why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} faults, first {findings[0]}")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class _Known:
    """What is stored of a kind: version and digest of what is in force by code, the highest version ever by code."""

    in_force: Mapping[str, tuple[int, str]]
    highest: Mapping[str, int]


def publish(connection: Connection, source: CatalogueSource, now: datetime, *, origin: str = "") -> str:
    """Make the source the catalogue in force from `now` and return its version.

    A source that says what the catalogue in force says changes nothing. `origin` is a note where it came from. Wants a write
    transaction; publishers wait for each other. CatalogueError for a source with faults.
    """
    if faults := tuple(finding for finding in check(source, queues(connection)) if finding.fault):
        raise CatalogueError(faults)
    lock(connection, "catalogue")
    guides = _renew(connection, Kind.GUIDE, {one.code: one for one in map(_readable, source.guides)}, now)
    forms = _renew(connection, Kind.FORM, {one.code: one for one in source.forms}, now)
    rating = _renew(connection, Kind.RATING, {RATING_CODE: source.rating}, now)[RATING_CODE]
    parts = {one.name: getattr(source, one.name) for one in fields(source) if one.name != "guides"}
    head = CatalogueHead(**{**parts, "forms": tuple(forms.values()), "rating": rating}, version="", published=_NEVER, here="")
    return _put_in_force(connection, head, guides, now, origin)


def queues(connection: Connection) -> frozenset[tuple[str, str]]:
    """Halls and the services of their queues, as places of guides name them."""
    return frozenset((row.hall, row.code) for row in connection.execute(select(services.c.hall, services.c.code)))


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a digest must not depend on when it was made


def _put_in_force(connection: Connection, head: CatalogueHead, guides: Mapping[str, Guide], now: datetime, origin: str) -> str:
    versions = "".join(f"{code} {one.version}\n" for code, one in sorted(guides.items()))
    digest = sha256(msgspec.json.encode(head) + versions.encode()).hexdigest()[:_DIGITS]
    last = connection.execute(select(catalogues.c.id, catalogues.c.version).order_by(catalogues.c.id.desc()).limit(1)).one_or_none()
    if last and last.version == f"{last.id}-{digest}":
        connection.execute(update(catalogues).where(catalogues.c.id == last.id).values(origin=origin))
        return str(last.version)
    number = last.id + 1 if last else 1
    version = f"{number}-{digest}"
    connection.execute(update(catalogues).where(catalogues.c.replaced.is_(None)).values(replaced=now))
    body = msgspec.json.encode(replace(head, version=version, published=now))
    connection.execute(catalogues.insert().values(id=number, version=version, published=now, origin=origin, head=body))
    return version


def _readable(guide: Guide) -> Guide:
    """With a reading, where its author gave none."""
    if guide.pinyin:
        return guide
    pinyin = reading(guide.name["zh-CN"])
    return replace(guide, pinyin=pinyin, initials=initials(pinyin))


def _renew(connection: Connection, kind: Kind, parts: Mapping[str, _Part], now: datetime) -> dict[str, _Part]:
    """Store the parts that are new or changed, end those replaced or gone; all the parts with their right versions."""
    known, numbered, rows = _known(connection, kind), dict[str, _Part](), list[dict[str, Any]]()
    for code, part in parts.items():
        digest = sha256(msgspec.json.encode(replace(part, version=0))).hexdigest()
        version, before = known.in_force.get(code, (0, ""))
        if digest != before:
            version = max(known.highest.get(code, 0) + 1, part.version)
        numbered[code] = replace(part, version=version)
        if digest != before:
            body = msgspec.json.encode(numbered[code])
            rows.append({"kind": kind, "code": code, "version": version, "digest": digest, "body": body})
    fresh = {row["code"] for row in rows}
    _end(connection, kind, [code for code in known.in_force if code in fresh or code not in parts], now)
    if rows:
        connection.execute(catalogue_parts.insert(), rows)
    return numbered


def _known(connection: Connection, kind: Kind) -> _Known:
    table = catalogue_parts.c
    in_force = connection.execute(select(table.code, table.version, table.digest).where(table.kind == kind, table.replaced.is_(None)))
    highest = connection.execute(select(table.code, func.max(table.version)).where(table.kind == kind).group_by(table.code))
    return _Known({row.code: (row.version, row.digest) for row in in_force}, {row.code: row[1] for row in highest})


def _end(connection: Connection, kind: Kind, codes: Sequence[str], now: datetime) -> None:
    if not codes:
        return
    of_code = (catalogue_parts.c.kind == kind, catalogue_parts.c.code == bindparam("ended"), catalogue_parts.c.replaced.is_(None))
    connection.execute(update(catalogue_parts).where(*of_code).values(replaced=now), [{"ended": code} for code in codes])
