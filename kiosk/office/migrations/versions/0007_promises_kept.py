"""Who took in what had been promised."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("promises", sa.Column("kept_by", sa.String(length=65), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("promises", "kept_by")
