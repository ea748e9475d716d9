"""The desk."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TICKET_COLUMNS = ("priority", "reason", "granted_by", "item", "item_name", "review", "booked_for", "effective", "requeued")
_MORE_TICKET_COLUMNS = ("counter", "clerk", "calls", "called", "returns_service", "returns_counter", "park_reason")
_NEW_TABLES = ("number_ranges", "staff_log", "ticket_calls", "ticket_periods", "desk_sessions", "clerks", "queue_days", "queue_rules")


def upgrade() -> None:
    """Make the tables, and take over the tickets that there are."""
    _add_columns()
    _make_hall_tables()
    _make_logs()
    op.execute("UPDATE tickets SET effective = issued")
    op.execute(
        "INSERT INTO ticket_periods (ticket, hall, service, state, began) "
        "SELECT id, hall, service, state, issued FROM tickets WHERE state = 'waiting'"
    )


def _add_columns() -> None:
    """Plain ADD COLUMN, which leaves rows and foreign keys alone on both databases; hence the defaults of the NOT NULL ones."""
    moment, text = sa.DateTime(timezone=True), sa.Text()
    _add("counters", sa.Column("clerk", sa.String(32)), sa.Column("break_until", moment), sa.Column("break_words", text))
    _add("number_sequences", sa.Column("reserved", sa.Integer(), nullable=False, server_default="800"))
    _add(
        "tickets",
        sa.Column("priority", sa.String(16), nullable=False, server_default="none"),
        sa.Column("reason", text, nullable=False, server_default=""),
        sa.Column("granted_by", sa.String(32)),
        sa.Column("item", sa.String(64), nullable=False, server_default=""),
        sa.Column("item_name", sa.JSON()),
        sa.Column("review", sa.String(32), nullable=False, server_default=""),
        sa.Column("booked_for", moment),
        sa.Column("effective", moment, nullable=False, server_default="1970-01-01 00:00:00"),
        sa.Column("requeued", moment),
        sa.Column("counter", sa.String(32)),
        sa.Column("clerk", sa.String(32)),
        sa.Column("calls", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("called", moment),
        sa.Column("returns_service", sa.String(64)),
        sa.Column("returns_counter", sa.String(32)),
        sa.Column("park_reason", text),
    )


def _make_hall_tables() -> None:
    op.create_table(
        "queue_rules",
        sa.Column("hall", sa.String(32), sa.ForeignKey("halls.code", name=op.f("fk_queue_rules_hall")), nullable=False),
        sa.Column("credits", sa.JSON(), nullable=False),
        sa.Column("recalls", sa.Integer(), nullable=False),
        sa.Column("least_recalls", sa.Integer(), nullable=False),
        sa.Column("recall_seconds", sa.Integer(), nullable=False),
        sa.Column("requeue_minutes", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall", name=op.f("pk_queue_rules")),
    )
    op.create_table(
        "queue_days",
        sa.Column("hall", sa.String(32), sa.ForeignKey("halls.code", name=op.f("fk_queue_days_hall")), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("hall", name=op.f("pk_queue_days")),
    )
    op.create_table(
        "clerks",
        sa.Column("hall", sa.String(32), sa.ForeignKey("halls.code", name=op.f("fk_clerks_hall")), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.String(160), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "code", name=op.f("pk_clerks")),
    )
    op.create_table(
        "desk_sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("hall", sa.String(32), nullable=False),
        sa.Column("clerk", sa.String(32), nullable=False),
        sa.Column("counter", sa.String(32), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["hall", "clerk"], ["clerks.hall", "clerks.code"], name=op.f("fk_desk_sessions_hall_clerk")),
        sa.ForeignKeyConstraint(["hall", "counter"], ["counters.hall", "counters.code"], name=op.f("fk_desk_sessions_hall_counter")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_sessions")),
    )
    op.create_index(op.f("ix_desk_sessions_hall_counter"), "desk_sessions", ["hall", "counter"])


def _make_logs() -> None:
    op.create_table(
        "ticket_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.String(32), sa.ForeignKey("tickets.id", name=op.f("fk_ticket_periods_ticket")), nullable=False),
        sa.Column("hall", sa.String(32), nullable=False),
        sa.Column("service", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("became", sa.String(16)),
        sa.Column("counter", sa.String(32)),
        sa.Column("clerk", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_periods")),
    )
    op.create_index(op.f("ix_ticket_periods_ticket"), "ticket_periods", ["ticket"])
    columns = ["hall", "service", "state", "became", "ended"]
    op.create_index(op.f("ix_ticket_periods_hall_service_state_became_ended"), "ticket_periods", columns)
    op.create_table(
        "ticket_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.String(32), sa.ForeignKey("tickets.id", name=op.f("fk_ticket_calls_ticket")), nullable=False),
        sa.Column("hall", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counter", sa.String(32), nullable=False),
        sa.Column("clerk", sa.String(32), nullable=False),
        sa.Column("called", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_calls")),
    )
    op.create_index(op.f("ix_ticket_calls_hall_day"), "ticket_calls", ["hall", "day"])
    op.create_table(
        "staff_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hall", sa.String(32), nullable=False),
        sa.Column("counter", sa.String(32), nullable=False),
        sa.Column("clerk", sa.String(32)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change", sa.String(16), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("open_counters", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_log")),
    )
    op.create_index(op.f("ix_staff_log_hall_at"), "staff_log", ["hall", "at"])
    op.create_table(
        "number_ranges",
        sa.Column("terminal", sa.String(64), sa.ForeignKey("terminals.code", name=op.f("fk_number_ranges_terminal")), nullable=False),
        sa.Column("hall", sa.String(32), nullable=False),
        sa.Column("service", sa.String(64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("prefix", sa.String(4), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hall", "service"], ["services.hall", "services.code"], name=op.f("fk_number_ranges_hall_service")),
        sa.PrimaryKeyConstraint("terminal", "hall", "service", "day", name=op.f("pk_number_ranges")),
        sa.UniqueConstraint("hall", "day", "prefix", "first", name=op.f("uq_number_ranges_hall_day_prefix_first")),
    )


def _add(table: str, *columns: sa.Column[object]) -> None:
    for column in columns:
        op.add_column(table, column)


def downgrade() -> None:
    """Drop them."""
    for table in _NEW_TABLES:
        op.drop_table(table)
    _drop("tickets", (*_TICKET_COLUMNS, *_MORE_TICKET_COLUMNS))
    _drop("number_sequences", ("reserved",))
    _drop("counters", ("clerk", "break_until", "break_words"))


def _drop(table: str, columns: Iterable[str]) -> None:
    for column in columns:
        op.drop_column(table, column)
