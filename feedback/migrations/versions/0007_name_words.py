"""Words of names that a school gives, as tags, so that they are taken out of comments."""

import sqlalchemy as sa
from alembic import op

from feedback.migrations.rebuild import on_sqlite

revision = "0007_name_words"
down_revision = "0006_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_word",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.String(length=32), nullable=False),
        sa.CheckConstraint("length(tag) = 32", name="name_words_are_tags_of_one_length"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_name_word_round_id")),
        sa.PrimaryKeyConstraint("round_id", "tag", name=op.f("pk_name_word")),
        sqlite_with_rowid=False,
    )
    op.add_column("round", sa.Column("name_words", sa.Integer(), nullable=False, server_default="0"))
    if not on_sqlite():
        # SQLite keeps the value for new rows; nothing that we write leaves it out.
        op.alter_column("round", "name_words", server_default=None)


def downgrade() -> None:
    op.drop_column("round", "name_words")
    op.drop_table("name_word")
