"""What needs two people."""

import sqlalchemy as sa
from alembic import op

revision = "0015_approvals"
down_revision = "0014_clips"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("deed", sa.String(30), nullable=False),
        sa.Column("object_id", sa.String(120), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("asked_by_id", sa.String(32), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_by_id", sa.String(32), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'agreed', 'declined', 'withdrawn', 'used')", name="approval_has_a_state"
        ),
        sa.CheckConstraint("answered_by_id IS NULL OR answered_by_id <> asked_by_id", name="two_people_are_two"),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'used') OR answered_by_id IS NOT NULL", name="nothing_is_agreed_by_nobody"
        ),
        sa.CheckConstraint("length(reason) > 0", name="approvals_have_a_reason"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["staff_member.id"], name=op.f("fk_approval_asked_by_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["staff_member.id"], name=op.f("fk_approval_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )


def downgrade() -> None:
    op.drop_table("approval")
