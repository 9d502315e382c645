"""PostgreSQL's ANALYZE copies no values of what respondents wrote: hashes, tags and seals would outlive their rows."""

from alembic import op

from feedback.migrations.rebuild import on_sqlite

revision = "0009_nothing_sampled"
down_revision = "0008_reading_queue"
branch_labels = None
depends_on = None

_SAMPLED = {
    "part": ("id", "words_hash", "state", "sealed"),
    "decision": ("words_hash", "verdict", "sealed"),
    "name_word": ("tag",),
    "translations": ("sealed",),
    "review_step": ("sealed",),
    "envelope": ("sealed_for_reading",),
}


def upgrade() -> None:
    _sample(0)


def downgrade() -> None:
    _sample(-1)


def _sample(values: int) -> None:
    if on_sqlite():
        return
    for table, columns in _SAMPLED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {values}")
