"""Reviews and applications."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    applications_up()
    reviews_up()


def downgrade() -> None:
    """Drop them."""
    applications_down()
    reviews_down()


def reviews_up() -> None:
    """Pre-reviews, promises, licences and copies of documents."""
    op.create_table(
        "document_copies",
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("printed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("purpose", sa.JSON(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("issuer", sa.JSON(), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_document_copies")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_document_copies_code_hash")),
        sa.UniqueConstraint("kind", "subject", "copy", name=op.f("uq_document_copies_kind_subject_copy")),
    )

    op.create_table(
        "licences",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issuer", sa.JSON(), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("revoked", sa.Date(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licences")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_licences_token_hash")),
    )
    with op.batch_alter_table("licences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_licences_person_kind"), ["person", "kind"], unique=False)

    op.create_table(
        "promises",
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("material", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("owed", sa.Boolean(), nullable=False),
        sa.Column("kept", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("about", "material", name=op.f("pk_promises")),
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promises_person_due"), ["person", "due"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("item_name", sa.JSON(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agent", sa.String(length=64), nullable=True),
        sa.Column("agent_name", sa.Text(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("promises", sa.JSON(), nullable=False),
        sa.Column("from_store", sa.JSON(), nullable=False),
        sa.Column("bring", sa.JSON(), nullable=False),
        sa.Column("queue", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["hall"], ["halls.code"], name=op.f("fk_reviews_hall")),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.code"], name=op.f("fk_reviews_terminal")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reviews")),
        sa.UniqueConstraint("nonce", name=op.f("uq_reviews_nonce")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reviews_token_hash")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_person_item"), ["person", "item"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_valid_until"), ["valid_until"], unique=False)


def reviews_down() -> None:
    """Drop them."""
    op.drop_table("document_copies")
    op.drop_table("licences")
    op.drop_table("promises")
    op.drop_table("reviews")


def applications_up() -> None:
    """Make the tables of applications, their pictures, results and reminders."""
    op.create_table(
        "case_results",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issuer", sa.JSON(), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.number"], name=op.f("fk_case_results_case")),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_case_results")),
    )
    op.create_table(
        "applications",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promised", sa.Date(), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("materials", sa.JSON(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.number"], name=op.f("fk_applications_case")),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.code"], name=op.f("fk_applications_terminal")),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_applications")),
        sa.UniqueConstraint("day", "seq", name=op.f("uq_applications_day_seq")),
        sa.UniqueConstraint("nonce", name=op.f("uq_applications_nonce")),
    )
    op.create_table(
        "hand_overs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.code"], name=op.f("fk_hand_overs_terminal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
        sa.UniqueConstraint("nonce", name=op.f("uq_hand_overs_nonce")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_hand_overs_token_hash")),
    )
    op.create_index(op.f("ix_hand_overs_opened"), "hand_overs", ["opened"], unique=False)
    op.create_table(
        "urges",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("office", sa.JSON(), nullable=False),
        sa.Column("days_late", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("answered", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["cases.number"], name=op.f("fk_urges_case")),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.code"], name=op.f("fk_urges_terminal")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_urges")),
        sa.UniqueConstraint("nonce", name=op.f("uq_urges_nonce")),
    )
    op.create_index(op.f("ix_urges_case"), "urges", ["case"], unique=False)
    op.create_index(op.f("ix_urges_due"), "urges", ["due"], unique=False)
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("hand_over", sa.String(length=32), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sent_sha256", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("kept", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=True),
        sa.Column("material", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["cases.number"], name=op.f("fk_uploads_case")),
        sa.ForeignKeyConstraint(["hand_over"], ["hand_overs.id"], name=op.f("fk_uploads_hand_over")),
        sa.ForeignKeyConstraint(["terminal"], ["terminals.code"], name=op.f("fk_uploads_terminal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("nonce", name=op.f("uq_uploads_nonce")),
    )
    op.create_table(
        "upload_files",
        sa.Column("upload", sa.String(length=32), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["upload"], ["uploads.id"], name=op.f("fk_upload_files_upload"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("upload", name=op.f("pk_upload_files")),
    )
    op.create_index(op.f("ix_uploads_case"), "uploads", ["case"], unique=False)
    op.create_index(op.f("ix_uploads_hand_over"), "uploads", ["hand_over"], unique=False)
    op.create_index(op.f("ix_uploads_kept"), "uploads", ["kept"], unique=False)
    op.add_column("cases", sa.Column("item_code", sa.String(length=64), nullable=True))
    op.add_column("cases", sa.Column("agent", sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("delivery", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("cases", sa.Column("sent", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("waybill", sa.String(length=32), nullable=True))


def applications_down() -> None:
    """Drop them."""
    op.drop_column("cases", "waybill")
    op.drop_column("cases", "sent")
    op.drop_column("cases", "delivery")
    op.drop_column("cases", "agent")
    op.drop_column("cases", "item_code")
    op.drop_index(op.f("ix_uploads_kept"), table_name="uploads")
    op.drop_index(op.f("ix_uploads_hand_over"), table_name="uploads")
    op.drop_index(op.f("ix_uploads_case"), table_name="uploads")
    op.drop_table("upload_files")
    op.drop_table("uploads")
    op.drop_index(op.f("ix_urges_due"), table_name="urges")
    op.drop_index(op.f("ix_urges_case"), table_name="urges")
    op.drop_table("urges")
    op.drop_index(op.f("ix_hand_overs_opened"), table_name="hand_overs")
    op.drop_table("hand_overs")
    op.drop_table("applications")
    op.drop_table("case_results")
