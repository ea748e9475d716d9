"""Bookings, what was changed of them, and how many each service takes."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table, Text

from kiosk.office.tables.base import Moment, metadata

bookings = Table(
    "bookings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("nonce", String(64), nullable=False, unique=True),
    Column("terminal", ForeignKey("terminals.code")),
    Column("item", String(64), nullable=False),
    Column("item_name", JSON, nullable=False),
    Column("hall", String(32), nullable=False),
    Column("service", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("asked", Moment, nullable=False),  # the start it was held for, whatever it was changed to
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("check_in_from", Moment, nullable=False),
    Column("check_in_until", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("made", Moment, nullable=False),
    Column("held_until", Moment),  # of a slot that nobody has confirmed
    Column("ended", Moment),  # when it was given up
    Column("draw", Integer, nullable=False),  # which of the codes it could have
    Column("code_hash", String(64), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("tail_proof", String(64), nullable=False),
    Column("person", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("agent", String(64)),
    Column("agent_name", Text),
    Column("phone", Text),  # until its time is over
    Column("language", String(35), nullable=False),  # of what the phone is told
    Column("reserved", Boolean, nullable=False),  # its place is one of those kept for staff to give
    Column("clerk", String(32)),  # who arranged it at a desk of the hall
    Column("reminder", String(32)),  # the message that is to go out the day before
    Column("ticket", String(32)),
    ForeignKeyConstraint(["hall", "service"], ["services.hall", "services.code"]),
    Index(None, "hall", "service", "start"),
    Index(None, "person", "day"),
    Index(None, "state", "check_in_until"),
    Index(None, "check_in_until"),
)
Index(
    "uq_bookings_live_code",
    bookings.c.code_hash,
    unique=True,
    sqlite_where=bookings.c.state.in_(["held", "booked", "arrived"]),
    postgresql_where=bookings.c.state.in_(["held", "booked", "arrived"]),
)

booking_changes = Table(
    "booking_changes",
    metadata,
    Column("nonce", String(64), primary_key=True),
    Column("booking", ForeignKey("bookings.id"), nullable=False, index=True),
    Column("hall", String(32), nullable=False),
    Column("service", String(64), nullable=False),
    Column("was", Moment),  # the public place it gave up; None where it was moved to where it stood
    Column("start", Moment, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "hall", "service", "was"),
)

booking_quotas = Table(
    "booking_quotas",
    metadata,
    Column("hall", String(32), primary_key=True),
    Column("service", String(64), primary_key=True),
    Column("slot_minutes", Integer, nullable=False),
    Column("public_percent", Integer, nullable=False),  # of what the windows can take; the rest is for walk-ins and the hall's staff
    ForeignKeyConstraint(["hall", "service"], ["services.hall", "services.code"]),
)
