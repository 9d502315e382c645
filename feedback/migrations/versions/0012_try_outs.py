"""Class try-outs: what a class understood of a draft's questions, and what it would say instead."""

import sqlalchemy as sa
from alembic import op

revision = "0012_try_outs"
down_revision = "0011_workshop"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "try_out",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(6), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'over')", name="try_out_state_is_known"),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_try_out_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_try_out")),
        sa.UniqueConstraint("code", name=op.f("uq_try_out_code")),
    )
    op.create_index(op.f("ix_try_out_name"), "try_out", ["name"])
    op.create_table(
        "try_out_mark",
        sa.Column("try_out_id", sa.String(32), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("mark", sa.String(12), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("mark IN ('understood', 'confusing', 'rather_not')", name="try_out_mark_is_known"),
        sa.ForeignKeyConstraint(["try_out_id"], ["try_out.id"], name=op.f("fk_try_out_mark_try_out_id")),
        sa.PrimaryKeyConstraint("try_out_id", "item", "mark", name=op.f("pk_try_out_mark")),
    )
    op.create_table(
        "try_out_idea",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("try_out_id", sa.String(32), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'used', 'not_used')", name="idea_state_is_known"),
        sa.CheckConstraint("(state = 'open') = (reason = '')", name="ideas_end_with_a_reason"),
        sa.ForeignKeyConstraint(["try_out_id"], ["try_out.id"], name=op.f("fk_try_out_idea_try_out_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_try_out_idea")),
    )
    op.create_index(op.f("ix_try_out_idea_try_out_id"), "try_out_idea", ["try_out_id"])


def downgrade() -> None:
    for table in ("try_out_idea", "try_out_mark", "try_out"):
        op.drop_table(table)
