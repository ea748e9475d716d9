"""Pre-reviews with their promises, the electronic licence store, and the counted copies of official documents."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from kiosk.office.tables.base import Moment, metadata

licences = Table(
    "licences",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("person", String(64), nullable=False),
    Column("holder", Text, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("name", JSON, nullable=False),
    Column("number", Text, nullable=False),
    Column("issuer", JSON, nullable=False),
    Column("issued", Date, nullable=False),
    Column("expires", Date),
    Column("revoked", Date),
    Column("facts", JSON, nullable=False),
    Column("text", JSON, nullable=False),
    Index(None, "person", "kind"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("number", String(32), primary_key=True),
    Column("nonce", String(64), nullable=False, unique=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("terminal", ForeignKey("terminals.code"), nullable=False),
    Column("hall", ForeignKey("halls.code"), nullable=False),
    Column("item", String(64), nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("item_name", JSON, nullable=False),
    Column("person", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("agent", String(64)),
    Column("agent_name", Text),
    Column("answers", JSON, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("valid_until", Moment, nullable=False),
    Column("faults", JSON, nullable=False),
    Column("promises", JSON, nullable=False),
    Column("from_store", JSON, nullable=False),
    Column("bring", JSON, nullable=False),
    Column("queue", String(64), nullable=False),
    Index(None, "person", "item"),
    Index(None, "valid_until"),
)

promises = Table(
    "promises",
    metadata,
    Column("about", String(32), primary_key=True),  # number of the review or case it was made for
    Column("material", String(64), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("name", JSON, nullable=False),
    Column("due", Date, nullable=False),
    Column("owed", Boolean, nullable=False),  # a window has taken it up
    Column("kept", Date),
    Column("kept_by", String(65)),  # hall/clerk, where a window took it in
    Index(None, "person", "due"),
)

document_copies = Table(
    "document_copies",
    metadata,
    Column("nonce", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("copy", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("printed", Moment, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("purpose", JSON, nullable=False),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("title", JSON, nullable=False),
    Column("issuer", JSON, nullable=False),
    Column("issued", Date, nullable=False),
    Column("holder", Text, nullable=False),  # masked already: nobody needs more of it here
    UniqueConstraint("kind", "subject", "copy"),
)
