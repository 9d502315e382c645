"""Pictures that a school adds for its forms."""

import sqlalchemy as sa
from alembic import op

revision = "0013_pictures"
down_revision = "0012_try_outs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(body) <= 65536", name="pictures_are_small"),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_picture_by_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_picture")),
    )


def downgrade() -> None:
    op.drop_table("picture")
