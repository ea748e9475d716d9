"""What citizens say to the office, what they think of it, and what it sends to their phones."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from kiosk.office.tables.base import Moment, metadata

matters = Table(
    "matters",
    metadata,
    Column("number", String(32), primary_key=True),
    Column("nonce", String(64), nullable=False, unique=True),
    Column("request_hash", String(64), nullable=False),
    Column("terminal", ForeignKey("terminals.code")),
    Column("hall", ForeignKey("halls.code"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("about", String(64), nullable=False),
    Column("about_name", JSON(none_as_null=True)),
    Column("text", Text, nullable=False),
    Column("language", String(35), nullable=False),
    Column("state", String(16), nullable=False),
    Column("filed", Moment, nullable=False),
    Column("due", Date, nullable=False),
    Column("answered", Date),
    Column("department", String(64), nullable=False),  # "" until it is assigned
    Column("clerk", String(32)),  # who has taken it
    Column("answer", Text, nullable=False),
    Column("phone", Text, nullable=False),  # "" once the answer is on its way
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("case", ForeignKey("cases.number")),
    Column("rating", ForeignKey("ratings.number")),  # the bad one it follows up
    Column("person", String(64)),
    Column("name", Text),
    Column("agent", String(64)),
    Column("agent_name", Text),
    Index(None, "hall", "state", "kind", "due"),
    Index(None, "person"),
)

matter_stages = Table(
    "matter_stages",
    metadata,
    Column("matter", ForeignKey("matters.number"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", JSON(none_as_null=True)),  # what citizens read: a department
    Column("clerk", String(32)),  # what the office keeps
)

matter_days = Table(
    "matter_days",  # working days for an answer, where they are not the usual ones
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("days", Integer, nullable=False),
)

paper_numbers = Table(
    "paper_numbers",  # the last number of a kind of paper on a day
    metadata,
    Column("prefix", String(4), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("last", Integer, nullable=False),
)

ratings = Table(
    "ratings",  # neither who rated nor the time, by which one could tell
    metadata,
    Column("number", String(32), primary_key=True),
    Column("nonce", String(64), nullable=False, unique=True),
    Column("request_hash", String(64), nullable=False),
    Column("hall", ForeignKey("halls.code"), nullable=False),
    Column("served", String(16), nullable=False),
    Column("subject", String(64), nullable=False),  # HMAC
    Column("service", String(64), nullable=False),
    Column("level", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("remark", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("follow_up", Date),
    UniqueConstraint("served", "subject"),
    Index(None, "hall", "day", "service"),
)

sms_outbox = Table(
    "sms_outbox",
    metadata,
    Column("id", String(32), primary_key=True),  # also what the gateway knows a message again by
    Column("about", String(64), nullable=False),
    Column("phone", Text, nullable=False),  # this and the text are "" once it is done
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("put", Moment, nullable=False),
    Column("next_try", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("done", Moment),
    Index(None, "state", "next_try"),
)
