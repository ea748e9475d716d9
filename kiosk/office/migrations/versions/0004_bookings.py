"""Bookings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bookings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=True),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("item_name", sa.JSON(), nullable=False),
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("check_in_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("check_in_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.Column("draw", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("tail_proof", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agent", sa.String(length=64), nullable=True),
        sa.Column("agent_name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("reminder", sa.String(length=32), nullable=True),
        sa.Column("ticket", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["hall", "service"], ["services.hall", "services.code"], name=op.f("fk_bookings_hall_service")),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.code"], name=op.f("fk_bookings_terminal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("nonce", name=op.f("uq_bookings_nonce")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_bookings_token_hash")),
    )
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bookings_hall_service_start"), ["hall", "service", "start"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_person_day"), ["person", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_check_in_until"), ["check_in_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_state_check_in_until"), ["state", "check_in_until"], unique=False)
        batch_op.create_index(
            "uq_bookings_live_code",
            ["code_hash"],
            unique=True,
            sqlite_where=sa.text("state IN ('held', 'booked', 'arrived')"),
            postgresql_where=sa.text("state IN ('held', 'booked', 'arrived')"),
        )

    op.create_table(
        "booking_changes",
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("booking", sa.String(length=32), nullable=False),
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("was", sa.DateTime(timezone=True), nullable=True),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["booking"], ["bookings.id"], name=op.f("fk_booking_changes_booking")),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_booking_changes")),
    )
    with op.batch_alter_table("booking_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_changes_booking"), ["booking"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_changes_hall_service_was"), ["hall", "service", "was"], unique=False)

    op.create_table(
        "booking_quotas",
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("public_percent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hall", "service"], ["services.hall", "services.code"], name=op.f("fk_booking_quotas_hall_service")),
        sa.PrimaryKeyConstraint("hall", "service", name=op.f("pk_booking_quotas")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("booking_quotas")
    op.drop_table("booking_changes")
    op.drop_table("bookings")
