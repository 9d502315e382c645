"""Legal holds, and deletions with their certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0019_retention"
down_revision = "0018_profiles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hold",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("school_id", sa.String(32), nullable=True),
        sa.Column("scope", sa.String(10), nullable=False),
        sa.Column("object_id", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("placed_by_id", sa.String(32), nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("lifted_by_id", sa.String(32), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.CheckConstraint("scope IN ('round', 'pilot', 'all')", name="hold_scope_is_known"),
        sa.CheckConstraint("(scope = 'all') = (object_id = '')", name="holds_say_what_they_are_on"),
        sa.CheckConstraint("length(reason) > 0 AND length(basis) > 0", name="holds_have_a_reason_and_a_basis"),
        sa.CheckConstraint("(lifted_on IS NULL) = (lifted_by_id IS NULL)", name="somebody_lifts_a_hold"),
        sa.ForeignKeyConstraint(["placed_by_id"], ["staff_member.id"], name="fk_hold_placed_by_id"),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["staff_member.id"], name="fk_hold_lifted_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hold"),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=True),
        sa.Column("layers", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("check_after", sa.Date(), nullable=True),
        sa.Column("recheck", sa.Text(), nullable=True),
        sa.CheckConstraint("step IN ('begun', 'deleting', 'scrubbing', 'signed')", name="deletion_step_is_known"),
        sa.CheckConstraint("(step = 'signed') = (document IS NOT NULL)", name="what_is_signed_has_a_document"),
        sa.CheckConstraint("(document IS NULL) = (sha256 IS NULL)", name="certificates_have_a_hash"),
        sa.CheckConstraint("recheck IS NULL OR document IS NOT NULL", name="only_certificates_are_checked_again"),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
    )


def downgrade() -> None:
    op.drop_table("certificate")
    op.drop_table("hold")
