"""The catalogue."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "catalogues",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced", sa.DateTime(timezone=True), nullable=True),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogues")),
        sa.UniqueConstraint("version", name=op.f("uq_catalogues_version")),
    )
    op.create_table(
        "catalogue_parts",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=64).with_variant(postgresql.VARCHAR(64, collation="C"), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("replaced", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", "version", name=op.f("pk_catalogue_parts")),
    )
    current = sa.text("replaced IS NULL")
    op.create_index(
        "ix_catalogue_parts_current", "catalogue_parts", ["kind", "code"], unique=True, sqlite_where=current, postgresql_where=current
    )
    op.create_table(
        "terminal_spots",
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("floor", sa.String(length=64), nullable=False),
        sa.Column("x", sa.Float(), nullable=False),
        sa.Column("y", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.code"], name=op.f("fk_terminal_spots_terminal")),
        sa.PrimaryKeyConstraint("terminal", name=op.f("pk_terminal_spots")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("terminal_spots")
    op.drop_index("ix_catalogue_parts_current", "catalogue_parts")
    op.drop_table("catalogue_parts")
    op.drop_table("catalogues")
