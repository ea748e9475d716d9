"""The desk: clerks and their sessions, the log of what became of tickets and windows, numbers that terminals keep."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table, Text, UniqueConstraint

from kiosk.office.tables.base import Moment, metadata

queue_rules = Table(
    "queue_rules",  # of halls that have rules of their own
    metadata,
    Column("hall", ForeignKey("halls.code"), primary_key=True),
    Column("credits", JSON, nullable=False),  # minutes by priority class
    Column("recalls", Integer, nullable=False),
    Column("least_recalls", Integer, nullable=False),
    Column("recall_seconds", Integer, nullable=False),
    Column("requeue_minutes", Integer, nullable=False),
    Column("block", Integer, nullable=False),
)

queue_days = Table(
    "queue_days",  # up to which day a hall's queue has been cleared of older tickets
    metadata,
    Column("hall", ForeignKey("halls.code"), primary_key=True),
    Column("day", Date, nullable=False),
)

clerks = Table(
    "clerks",
    metadata,
    Column("hall", ForeignKey("halls.code"), primary_key=True),
    Column("code", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("pin_hash", String(160), nullable=False),
    Column("services", JSON, nullable=False),  # codes of the services they may serve; empty: all of the counter
    Column("active", Boolean, nullable=False),
)

desk_sessions = Table(
    "desk_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("hall", String(32), nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("counter", String(32), nullable=False),
    Column("began", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("ended", Moment),
    ForeignKeyConstraint(["hall", "clerk"], ["clerks.hall", "clerks.code"]),
    ForeignKeyConstraint(["hall", "counter"], ["counters.hall", "counters.code"]),
    Index(None, "hall", "counter"),
)

ticket_periods = Table(
    "ticket_periods",  # every span of every ticket; all figures derive from these
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ticket", ForeignKey("tickets.id"), nullable=False, index=True),
    Column("hall", String(32), nullable=False),
    Column("service", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("began", Moment, nullable=False),
    Column("ended", Moment),
    Column("became", String(16)),  # the state after it
    Column("counter", String(32)),
    Column("clerk", String(32)),
    Index(None, "hall", "service", "state", "became", "ended"),
)

ticket_calls = Table(
    "ticket_calls",  # what displays show and speak
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ticket", ForeignKey("tickets.id"), nullable=False),
    Column("hall", String(32), nullable=False),
    Column("day", Date, nullable=False),
    Column("counter", String(32), nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("called", Moment, nullable=False),
    Column("call", Integer, nullable=False),  # 1, then its recalls
    Index(None, "hall", "day"),
)

staff_log = Table(
    "staff_log",  # how many windows were open since when
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hall", String(32), nullable=False),
    Column("counter", String(32), nullable=False),
    Column("clerk", String(32)),
    Column("at", Moment, nullable=False),
    Column("change", String(16), nullable=False),
    Column("until", Moment),  # when a break is to end
    Column("open_counters", Integer, nullable=False),
    Index(None, "hall", "at"),
)

number_ranges = Table(
    "number_ranges",  # numbers that only one terminal may give, for the time without an office
    metadata,
    Column("terminal", ForeignKey("terminals.code"), primary_key=True),
    Column("hall", String(32), primary_key=True),
    Column("service", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("prefix", String(4), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("reserved", Moment, nullable=False),
    ForeignKeyConstraint(["hall", "service"], ["services.hall", "services.code"]),
    UniqueConstraint("hall", "day", "prefix", "first"),
)
