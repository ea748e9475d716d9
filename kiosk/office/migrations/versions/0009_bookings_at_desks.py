"""Bookings that staff arrange from the places kept for them, and the language their holders are written to in."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("bookings", sa.Column("language", sa.String(length=35), nullable=False, server_default="zh-CN"))
    op.add_column("bookings", sa.Column("reserved", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("bookings", sa.Column("clerk", sa.String(length=32), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("bookings", "clerk")
    op.drop_column("bookings", "reserved")
    op.drop_column("bookings", "language")
