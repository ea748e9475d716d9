"""Published catalogues. What a terminal looks up by code is a part with versions of its own; the head holds all the rest."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, text
from sqlalchemy.dialects import postgresql

from kiosk.office.tables.base import Moment, metadata

_CODE = String(64).with_variant(postgresql.VARCHAR(64, collation="C"), "postgresql")  # guides are in the order of their bytes
_CURRENT = text("replaced IS NULL")

catalogues = Table(
    "catalogues",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", String(64), nullable=False, unique=True),
    Column("published", Moment, nullable=False),
    Column("replaced", Moment),
    Column("origin", String(64), nullable=False),
    Column("head", LargeBinary, nullable=False),
)

catalogue_parts = Table(
    "catalogue_parts",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("code", _CODE, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
    Column("replaced", Moment),
    Column("body", LargeBinary, nullable=False),
    Index("ix_catalogue_parts_current", "kind", "code", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
)

terminal_spots = Table(
    "terminal_spots",
    metadata,
    Column("terminal", ForeignKey("terminals.code"), primary_key=True),
    Column("floor", String(64), nullable=False),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
)
