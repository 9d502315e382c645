"""Rooms of children who share devices."""

import sqlalchemy as sa
from alembic import op

from feedback.migrations.rebuild import on_sqlite

revision = "0003_rooms"
down_revision = "0002_slips_and_series"
branch_labels = None
depends_on = None

_CHECKS = {
    "room_code_has_one_length": "length(code) = 13",
    "places_left_have_one_length": "length(places_left) = 4",
    "rooms_are_for_several_children": "places >= 5",
    "rooms_let_children_pause": "pause_seconds >= 90",
}


def upgrade() -> None:
    room = op.create_table(
        "room",
        sa.Column("code", sa.String(13), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("group", sa.String(12), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("places_left", sa.String(4), nullable=False),
        sa.Column("pause_seconds", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(name)) for name, rule in _CHECKS.items()),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_room_round_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_room")),
        sqlite_with_rowid=False,
    )
    if not on_sqlite():
        # ANALYZE would copy what is left of places into pg_statistic, where it outlives its row.
        for column in room.columns.keys():
            op.execute(f'ALTER TABLE room ALTER COLUMN "{column}" SET STATISTICS 0')


def downgrade() -> None:
    op.drop_table("room")
