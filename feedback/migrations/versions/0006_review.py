"""Reviews whose steps can be undone, merged themes, worded quotes, interpreters' languages."""

import sqlalchemy as sa
from alembic import op

from feedback.migrations.rebuild import on_sqlite

revision = "0006_review"
down_revision = "0005_read_aloud"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_step",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_review_step_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_step")),
        sa.UniqueConstraint("round_id", "number", name="review_steps_in_order"),
    )
    op.create_table(
        "translations",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_translations_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_translations")),
    )
    counts = ("suggested", "accepted", "renamed", "merged", "rejected", "made", "kept_percent")
    op.create_table(
        "review_quality",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.CheckConstraint("kept_percent BETWEEN 0 AND 100", name="kept_is_a_percentage"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_review_quality_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_review_quality")),
    )
    op.add_column("theme", sa.Column("sealed_wordings", sa.LargeBinary(), nullable=True))
    op.add_column("theme", sa.Column("merged_into", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("theme", sa.Column("renamed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("staff_member", sa.Column("languages", sa.JSON(), nullable=False, server_default="[]"))
    if not on_sqlite():
        # SQLite keeps the values for new rows; nothing that we write leaves them out.
        op.alter_column("theme", "merged_into", server_default=None)
        op.alter_column("theme", "renamed", server_default=None)
        op.alter_column("staff_member", "languages", server_default=None)


def downgrade() -> None:
    op.drop_column("staff_member", "languages")
    op.drop_column("theme", "renamed")
    op.drop_column("theme", "merged_into")
    op.drop_column("theme", "sealed_wordings")
    op.drop_table("translations")
    op.drop_table("review_quality")
    op.drop_table("review_step")
