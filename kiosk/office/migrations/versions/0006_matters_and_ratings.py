"""Matters and ratings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    _make_small_tables()
    _make_ratings()
    _make_matters()


def _make_small_tables() -> None:
    op.create_table(
        "matter_days",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_matter_days")),
    )
    op.create_table(
        "paper_numbers",
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "day", name=op.f("pk_paper_numbers")),
    )
    op.create_table(
        "sms_outbox",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("put", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_outbox")),
    )
    with op.batch_alter_table("sms_outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sms_outbox_state_next_try"), ["state", "next_try"], unique=False)


def _make_ratings() -> None:
    op.create_table(
        "ratings",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("served", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("follow_up", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["hall"], ["halls.code"], name=op.f("fk_ratings_hall")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ratings")),
        sa.UniqueConstraint("nonce", name=op.f("uq_ratings_nonce")),
        sa.UniqueConstraint("served", "subject", name=op.f("uq_ratings_served_subject")),
    )
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ratings_hall_day_service"), ["hall", "day", "service"], unique=False)


def _make_matters() -> None:
    op.create_table(
        "matters",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=True),
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("about_name", sa.JSON(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("filed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("answered", sa.Date(), nullable=True),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=True),
        sa.Column("rating", sa.String(length=32), nullable=True),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("agent", sa.String(length=64), nullable=True),
        sa.Column("agent_name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["cases.number"], name=op.f("fk_matters_case")),
        sa.ForeignKeyConstraint(["hall"], ["halls.code"], name=op.f("fk_matters_hall")),
        sa.ForeignKeyConstraint(["rating"], ["ratings.number"], name=op.f("fk_matters_rating")),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.code"], name=op.f("fk_matters_terminal")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_matters")),
        sa.UniqueConstraint("nonce", name=op.f("uq_matters_nonce")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_matters_token_hash")),
    )
    with op.batch_alter_table("matters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matters_hall_state_kind_due"), ["hall", "state", "kind", "due"], unique=False)
        batch_op.create_index(batch_op.f("ix_matters_person"), ["person"], unique=False)

    op.create_table(
        "matter_stages",
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.JSON(), nullable=True),
        sa.Column("clerk", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["matter"], ["matters.number"], name=op.f("fk_matter_stages_matter")),
        sa.PrimaryKeyConstraint("matter", "position", name=op.f("pk_matter_stages")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("matter_stages")
    with op.batch_alter_table("matters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matters_person"))
        batch_op.drop_index(batch_op.f("ix_matters_hall_state_kind_due"))

    op.drop_table("matters")
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ratings_hall_day_service"))

    op.drop_table("ratings")
    with op.batch_alter_table("sms_outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sms_outbox_state_next_try"))

    op.drop_table("sms_outbox")
    op.drop_table("paper_numbers")
    op.drop_table("matter_days")
