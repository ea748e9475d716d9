"""Who handed a case in for its applicant: their identity number, beside the name. Who decided it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_FILL = 'UPDATE cases SET agent_number = (SELECT agent FROM applications WHERE applications."case" = cases.number)'


def upgrade() -> None:
    """Add the columns; applications know the number already."""
    op.add_column("cases", sa.Column("agent_number", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_cases_agent_number"), "cases", ["agent_number"])
    op.execute(_FILL)
    op.add_column("case_results", sa.Column("decided_by", sa.String(length=65), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("case_results", "decided_by")
    op.drop_index(op.f("ix_cases_agent_number"), "cases")
    op.drop_column("cases", "agent_number")
