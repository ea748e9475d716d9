"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "cases",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("phone_proof", sa.String(length=64), nullable=False),
        sa.Column("item", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("applicant_number", sa.String(length=32), nullable=False),
        sa.Column("accepted", sa.Date(), nullable=False),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("statutory_days", sa.Integer(), nullable=False),
        sa.Column("promised_days", sa.Integer(), nullable=False),
        sa.Column("office", sa.JSON(), nullable=False),
        sa.Column("window", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("next_step", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_cases")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_cases_token_hash")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_applicant_number"), ["applicant_number"], unique=False)

    op.create_table(
        "halls",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.Column("privacy", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_halls")),
    )
    op.create_table(
        "lookup_guards",
        sa.Column("key", sa.String(length=96), nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lookup_guards")),
    )
    op.create_table(
        "workdays",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_workdays")),
    )
    op.create_table(
        "case_stages",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("lane", sa.JSON(), nullable=True),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("office", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("suspends_clock", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.number"], name=op.f("fk_case_stages_case")),
        sa.PrimaryKeyConstraint("case", "position", name=op.f("pk_case_stages")),
    )
    op.create_table(
        "case_suspensions",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["cases.number"], name=op.f("fk_case_suspensions_case")),
        sa.PrimaryKeyConstraint("case", "position", name=op.f("pk_case_suspensions")),
    )
    op.create_table(
        "counters",
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.Column("switched_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["hall"], ["halls.code"], name=op.f("fk_counters_hall")),
        sa.PrimaryKeyConstraint("hall", "code", name=op.f("pk_counters")),
    )
    op.create_table(
        "number_sequences",
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hall"], ["halls.code"], name=op.f("fk_number_sequences_hall")),
        sa.PrimaryKeyConstraint("hall", "day", "prefix", name=op.f("pk_number_sequences")),
    )
    op.create_table(
        "services",
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Float(), nullable=False),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hall"], ["halls.code"], name=op.f("fk_services_hall")),
        sa.PrimaryKeyConstraint("hall", "code", name=op.f("pk_services")),
    )
    op.create_table(
        "terminals",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["hall"], ["halls.code"], name=op.f("fk_terminals_hall")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_terminals")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_terminals_key_hash")),
    )
    op.create_table(
        "counter_services",
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("counter", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["hall", "counter"], ["counters.hall", "counters.code"], name=op.f("fk_counter_services_hall_counter")),
        sa.ForeignKeyConstraint(["hall", "service"], ["services.hall", "services.code"], name=op.f("fk_counter_services_hall_service")),
        sa.PrimaryKeyConstraint("hall", "counter", "service", name=op.f("pk_counter_services")),
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("issued", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("wait_low", sa.Integer(), nullable=True),
        sa.Column("wait_high", sa.Integer(), nullable=True),
        sa.Column("follow_hash", sa.String(length=64), nullable=False),
        sa.Column("print_state", sa.String(length=16), nullable=False),
        sa.Column("reprints", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hall", "service"], ["services.hall", "services.code"], name=op.f("fk_tickets_hall_service")),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.code"], name=op.f("fk_tickets_terminal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("follow_hash", name=op.f("uq_tickets_follow_hash")),
        sa.UniqueConstraint("hall", "day", "prefix", "seq", name=op.f("uq_tickets_hall_day_prefix_seq")),
        sa.UniqueConstraint("nonce", name=op.f("uq_tickets_nonce")),
    )
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tickets_hall_day_state_prefix"), ["hall", "day", "state", "prefix"], unique=False)

    op.create_table(
        "ticket_prints",
        sa.Column("ticket", sa.String(length=32), nullable=False),
        sa.Column("attempt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reported", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name=op.f("fk_ticket_prints_ticket")),
        sa.PrimaryKeyConstraint("ticket", "attempt", name=op.f("pk_ticket_prints")),
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_table("ticket_prints")
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tickets_hall_day_state_prefix"))

    op.drop_table("tickets")
    op.drop_table("counter_services")
    op.drop_table("terminals")
    op.drop_table("services")
    op.drop_table("number_sequences")
    op.drop_table("counters")
    op.drop_table("case_suspensions")
    op.drop_table("case_stages")
    op.drop_table("workdays")
    op.drop_table("lookup_guards")
    op.drop_table("halls")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_applicant_number"))

    op.drop_table("cases")
