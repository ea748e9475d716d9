"""Applications, their pictures and the hand-overs that brought them, what was decided, and reminders of overdue cases."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from kiosk.office.tables.base import Moment, metadata

hand_overs = Table(
    "hand_overs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("nonce", String(64), nullable=False, unique=True),
    Column("terminal", ForeignKey("terminals.code"), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("what", Text, nullable=False),
    Column("language", String(35), nullable=False),
    Column("opened", Moment, nullable=False, index=True),
    Column("expires", Moment, nullable=False),
    Column("closed", Moment),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("nonce", String(64), nullable=False, unique=True),
    Column("terminal", ForeignKey("terminals.code"), nullable=False),
    Column("hand_over", ForeignKey("hand_overs.id"), index=True),  # None once an application has taken the picture
    Column("position", Integer, nullable=False),  # within the hand-over
    Column("sent_sha256", String(64), nullable=False),  # of what came in, to know it again
    Column("sha256", String(64), nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("kept", Moment, nullable=False),
    Column("case", ForeignKey("cases.number"), index=True),
    Column("material", String(64)),
    Index(None, "kept"),
)

upload_files = Table(  # apart from the rows that change, because SQLite writes a changed row whole
    "upload_files",
    metadata,
    Column("upload", ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True),
    Column("jpeg", LargeBinary, nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("case", ForeignKey("cases.number"), primary_key=True),
    Column("nonce", String(64), nullable=False, unique=True),
    Column("request_hash", String(64), nullable=False),
    Column("terminal", ForeignKey("terminals.code"), nullable=False),
    Column("day", Date, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("promised", Date, nullable=False),
    Column("item", String(64), nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("form", String(64), nullable=False),
    Column("form_version", Integer, nullable=False),
    Column("phone", Text, nullable=False),
    Column("agent", Text),  # identity number of who acted for the applicant
    Column("answers", JSON, nullable=False),
    Column("materials", JSON, nullable=False),
    Column("signature", Text, nullable=False),
    Column("language", String(35), nullable=False),
    UniqueConstraint("day", "seq"),
)

case_results = Table(
    "case_results",
    metadata,
    Column("case", ForeignKey("cases.number"), primary_key=True),
    Column("title", JSON, nullable=False),
    Column("number", Text, nullable=False),
    Column("issuer", JSON, nullable=False),
    Column("issued", Date, nullable=False),
    Column("expires", Date),
    Column("facts", JSON, nullable=False),
    Column("text", JSON, nullable=False),
    Column("decided_by", String(65)),  # hall/clerk, where a desk did
)

urges = Table(
    "urges",
    metadata,
    Column("number", String(32), primary_key=True),
    Column("nonce", String(64), nullable=False, unique=True),
    Column("case", ForeignKey("cases.number"), nullable=False, index=True),
    Column("terminal", ForeignKey("terminals.code"), nullable=False),
    Column("office", JSON, nullable=False),
    Column("days_late", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("due", Date, nullable=False, index=True),
    Column("answered", Moment),
    Column("answer", JSON),
)
