"""Recordings of a form's texts that a school made in the workshop."""

import sqlalchemy as sa
from alembic import op

revision = "0014_clips"
down_revision = "0013_pictures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clip",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("words_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(body) <= 1048576", name="clips_are_small"),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_clip_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clip")),
        sa.UniqueConstraint("name", "key", "language", name="one_clip_per_language"),
    )
    op.create_index(op.f("ix_clip_name"), "clip", ["name"])


def downgrade() -> None:
    op.drop_index(op.f("ix_clip_name"), "clip")
    op.drop_table("clip")
