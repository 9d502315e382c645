"""Rounds in which an adult reads the questions aloud."""

import sqlalchemy as sa
from alembic import op

from feedback.migrations.rebuild import on_sqlite

revision = "0005_read_aloud"
down_revision = "0004_paper"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("read_aloud", sa.Boolean(), nullable=False, server_default=sa.false()))
    if not on_sqlite():
        # SQLite keeps the value for new rows; nothing that we write leaves it out.
        op.alter_column("round", "read_aloud", server_default=None)


def downgrade() -> None:
    op.drop_column("round", "read_aloud")
