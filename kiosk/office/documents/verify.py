"""Whether a paper is one of ours: asked by anybody who holds it, and told no more than its face says."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.backend.messages import Words
from kiosk.office.documents import codes
from kiosk.office.documents.content import DocumentKind
from kiosk.office.office import Office
from kiosk.office.tables import document_copies, licences
from kiosk.office.tokens import fingerprint


class Standing(StrEnum):
    """What is to be thought of a copy."""

    GENUINE = "genuine"
    EXPIRED = "expired"  # ours, but this copy's time is over
    REVOKED = "revoked"  # ours, but what it shows holds no longer
    UNKNOWN = "unknown"  # no document of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What the holder of a copy may know of it; all but `standing` are None for an unknown one. `name` is masked."""

    standing: Standing
    title: Words | None = None
    issuer: Words | None = None
    issued: date | None = None
    name: str | None = field(default=None, repr=False)


def verify(office: Office, typed: str) -> Verification:
    """What there is to say about the copy with this code, as it was typed or scanned."""
    code = codes.as_typed(typed)
    if code is None:
        return Verification(standing=Standing.UNKNOWN)
    with office.database.read() as connection:
        row = connection.execute(select(document_copies).where(document_copies.c.code_hash == fingerprint(code))).one_or_none()
        if row is None:
            return Verification(standing=Standing.UNKNOWN)
        standing = _standing(connection, office.today(), row)
    return Verification(standing=standing, title=row.title, issuer=row.issuer, issued=row.issued, name=row.holder)


def _standing(connection: Connection, today: date, row: Row[Any]) -> Standing:
    if row.kind == DocumentKind.LICENCE and _revoked(connection, row.subject):
        return Standing.REVOKED
    return Standing.EXPIRED if row.valid_until < today else Standing.GENUINE


def _revoked(connection: Connection, licence: str) -> bool:
    """Whether the store says so, or does not know the licence any more."""
    found = connection.execute(select(licences.c.revoked).where(licences.c.id == licence)).one_or_none()
    return found is None or found.revoked is not None
