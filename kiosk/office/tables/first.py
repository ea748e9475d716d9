"""Halls, queues, tickets, cases: the tables of the beginning."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kiosk.office.tables.base import Bands, Moment, metadata

halls = Table(
    "halls",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("name", JSON, nullable=False),
    Column("address", JSON, nullable=False),
    Column("phone", String(32), nullable=False),
    Column("bands", Bands, nullable=False),
    Column("hours", JSON, nullable=False),
    Column("notices", JSON, nullable=False),
    Column("privacy", JSON, nullable=False),
)

workdays = Table(
    "workdays",
    metadata,
    Column("day", Date, primary_key=True),
    Column("works", Boolean, nullable=False),
)

terminals = Table(
    "terminals",
    metadata,
    Column("code", String(64), primary_key=True),
    Column("hall", ForeignKey("halls.code"), nullable=False),
    Column("key_hash", String(64), nullable=False, unique=True),
)

services = Table(
    "services",
    metadata,
    Column("hall", ForeignKey("halls.code"), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", JSON, nullable=False),
    Column("about", JSON, nullable=False),
    Column("prefix", String(4), nullable=False),
    Column("place", JSON, nullable=False),
    Column("minutes", Float, nullable=False),
    Column("samples", Integer, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("hall", ForeignKey("halls.code"), primary_key=True),
    Column("code", String(32), primary_key=True),
    Column("bands", Bands, nullable=False),
    Column("switched_on", Boolean, nullable=False),
    Column("clerk", String(32)),  # who sits there
    Column("break_until", Moment),
    Column("break_words", Text),
)

counter_services = Table(
    "counter_services",
    metadata,
    Column("hall", String(32), primary_key=True),
    Column("counter", String(32), primary_key=True),
    Column("service", String(64), primary_key=True),
    ForeignKeyConstraint(["hall", "counter"], ["counters.hall", "counters.code"]),
    ForeignKeyConstraint(["hall", "service"], ["services.hall", "services.code"]),
)

number_sequences = Table(
    "number_sequences",
    metadata,
    Column("hall", ForeignKey("halls.code"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("prefix", String(4), primary_key=True),
    Column("last", Integer, nullable=False),
    Column("reserved", Integer, nullable=False),  # last number that terminals keep for the time without an office
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("nonce", String(64), nullable=False, unique=True),
    Column("terminal", ForeignKey("terminals.code"), nullable=False),
    Column("hall", String(32), nullable=False),
    Column("service", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("prefix", String(4), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("language", String(35), nullable=False),
    Column("issued", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("ahead", Integer, nullable=False),
    Column("wait_low", Integer),
    Column("wait_high", Integer),
    Column("follow_hash", String(64), nullable=False, unique=True),
    Column("print_state", String(16), nullable=False),
    Column("reprints", Integer, nullable=False),
    Column("priority", String(16), nullable=False),
    Column("reason", Text, nullable=False),  # in staff's words, where they gave the priority
    Column("granted_by", String(32)),  # the clerk who gave it
    Column("item", String(64), nullable=False),
    Column("item_name", JSON(none_as_null=True)),
    Column("review", String(32), nullable=False),
    Column("booked_for", Moment),
    Column("effective", Moment, nullable=False),  # its place: who has waited since then by right
    Column("requeued", Moment),
    Column("counter", String(32)),  # the window that has it; of a waiting one, the window that is to call it
    Column("clerk", String(32)),
    Column("calls", Integer, nullable=False),
    Column("called", Moment),
    Column("returns_service", String(64)),  # where it goes back to when the service it was sent to is finished
    Column("returns_counter", String(32)),
    Column("park_reason", Text),
    ForeignKeyConstraint(["hall", "service"], ["services.hall", "services.code"]),
    UniqueConstraint("hall", "day", "prefix", "seq"),
    Index(None, "hall", "day", "state", "prefix"),
)

ticket_prints = Table(
    "ticket_prints",
    metadata,
    Column("ticket", ForeignKey("tickets.id"), primary_key=True),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("reported", Moment, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("number", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("phone_proof", String(64), nullable=False),
    Column("item", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("applicant", Text, nullable=False),
    Column("applicant_number", String(32), nullable=False, index=True),
    Column("accepted", Date, nullable=False),
    Column("closed", Date),
    Column("statutory_days", Integer, nullable=False),
    Column("promised_days", Integer, nullable=False),
    Column("office", JSON, nullable=False),
    Column("window", JSON, nullable=False),
    Column("phone", String(32), nullable=False),
    Column("missing", JSON, nullable=False),
    Column("next_step", JSON, nullable=False),
    Column("item_code", String(64)),  # of the catalogue; None for cases of other systems
    Column("agent", Text),
    Column("agent_number", String(32), index=True),
    Column("delivery", JSON(none_as_null=True)),
    Column("sent", Date),  # when the result was handed out or posted
    Column("waybill", String(32)),
)

case_stages = Table(
    "case_stages",
    metadata,
    Column("case", ForeignKey("cases.number"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("step", Integer, nullable=False),
    Column("lane", JSON(none_as_null=True)),
    Column("name", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("office", JSON, nullable=False),
    Column("since", Date),
    Column("until", Date),
    Column("suspends_clock", Boolean, nullable=False),
)

case_suspensions = Table(
    "case_suspensions",
    metadata,
    Column("case", ForeignKey("cases.number"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("reason", JSON, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
)

lookup_guards = Table(
    "lookup_guards",
    metadata,
    Column("key", String(96), primary_key=True),
    Column("failures", JSON, nullable=False),
    Column("used", Moment, nullable=False),
)
