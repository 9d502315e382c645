"""The reading queue: what under-18s write lies in the envelope a second time, and is read by somebody named."""

import sqlalchemy as sa
from alembic import op

from feedback.migrations.rebuild import on_sqlite, rebuild

revision = "0008_reading_queue"
down_revision = "0007_name_words"
branch_labels = None
depends_on = None

_NEW_PROMISES = {
    "format_2_has_a_part_to_be_read": "(format = 2) = (sealed_for_reading IS NOT NULL)",
    "both_parts_have_one_size": "sealed_for_reading IS NULL OR length(sealed_for_reading) = length(sealed)",
}
_PROMISES = {
    "envelope_id_has_one_length": "length(id) = 32",
    "envelopes_are_padded": "length(sealed) % 256 = 0",
    "withdrawn_envelopes_are_empty": "(format = 0) = (length(sealed) = 0)",
    "withdrawn_envelopes_are_read_by_nobody": "format > 0 OR sealed_for_reading IS NULL",
}


def upgrade() -> None:
    op.add_column("round", sa.Column("read_languages", sa.JSON(), nullable=False, server_default="[]"))
    if on_sqlite():
        rebuild(_envelope(_PROMISES | _NEW_PROMISES))
    else:
        op.alter_column("round", "read_languages", server_default=None)
        for promise, rule in _NEW_PROMISES.items():
            op.create_check_constraint(op.f(promise), "envelope", rule)
    _make_part()
    _make_decision()
    op.create_table(
        "reader",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("is_deputy", sa.Boolean(), nullable=False),
        sa.Column("staff_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_reader_round_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_reader_staff_id")),
        sa.PrimaryKeyConstraint("round_id", "language", "is_deputy", name=op.f("pk_reader")),
    )


def downgrade() -> None:
    # The version before cannot open envelopes with two parts: what waits to be read is lost to it, and says so itself.
    for table in ("reader", "decision", "part"):
        op.drop_table(table)
    op.execute("DELETE FROM envelope WHERE format = 2")
    if on_sqlite():
        rebuild(_envelope(_PROMISES))
    else:
        for promise in _NEW_PROMISES:
            op.drop_constraint(op.f(promise), "envelope", type_="check")
    op.drop_column("round", "read_languages")


def _make_part() -> None:
    op.create_table(
        "part",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("words_hash", sa.String(32), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(id) = 32", name=op.f("part_id_has_one_length")),
        sa.CheckConstraint("sealed IS NULL OR length(sealed) % 256 = 0", name=op.f("parts_are_padded")),
        sa.CheckConstraint("(state = 'decided') = (sealed IS NULL)", name=op.f("decided_parts_are_empty")),
        sa.CheckConstraint(
            "state IN ('waiting', 'handed_out', 'late', 'escalated', 'decided')", name=op.f("part_has_a_known_state")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_part_round_id")),
        sa.PrimaryKeyConstraint("round_id", "id", name=op.f("pk_part")),
        sqlite_with_rowid=False,
    )


def _make_decision() -> None:
    op.create_table(
        "decision",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("words_hash", sa.String(32), nullable=False),
        sa.Column("verdict", sa.String(6), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(words_hash) = 32", name=op.f("words_hash_has_one_length")),
        sa.CheckConstraint("verdict IN ('red', 'amber', 'redact', 'fine')", name=op.f("verdict_is_known")),
        sa.CheckConstraint(
            "(verdict = 'redact') = (sealed IS NOT NULL)", name=op.f("redacted_words_have_others_instead")
        ),
        sa.CheckConstraint("sealed IS NULL OR length(sealed) % 256 = 0", name=op.f("words_instead_are_padded")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_decision_round_id")),
        sa.PrimaryKeyConstraint("round_id", "words_hash", name=op.f("pk_decision")),
        sqlite_with_rowid=False,
    )


def _envelope(promises: dict[str, str]) -> sa.Table:
    metadata = sa.MetaData()
    sa.Table("round", metadata, sa.Column("id", sa.String(32)))
    return sa.Table(
        "envelope",
        metadata,
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_for_reading", sa.LargeBinary(), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(promise)) for promise, rule in promises.items()),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_envelope_round_id")),
        sa.PrimaryKeyConstraint("round_id", "id", name=op.f("pk_envelope")),
        sqlite_with_rowid=False,
    )
