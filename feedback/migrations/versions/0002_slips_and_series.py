"""Slips, withdrawn envelopes, and boxes that join the next round of their series."""

import sqlalchemy as sa
from alembic import op

from feedback.migrations.rebuild import on_sqlite, rebuild

revision = "0002_slips_and_series"
down_revision = "0001_first_tables"
branch_labels = None
depends_on = None

_STATES = "'draft', 'open', 'closed', 'counting', 'counted', 'scrubbed', 'too_few', {}'destroyed'"
_KNOWN_STATE = "state IN (" + _STATES + ")"
_NEW_ROUND_CHECKS = {
    "joined_rounds_say_which": "(state = 'joined') = (joined_id IS NOT NULL)",
    "slips_are_for_a_group_of_known_size": "NOT slips OR group_size IS NOT NULL",
    "only_rounds_with_slips_print_them": "slips OR slips_printed = 0",
}
_NEW_ENVELOPE_CHECKS = {
    "withdrawn_envelopes_are_empty": "(format = 0) = (length(sealed) = 0)",
    "withdrawn_envelopes_are_read_by_nobody": "format > 0 OR sealed_for_reading IS NULL",
}
_SAMPLED = {
    "envelope": ("round_id", "id", "format", "sealed", "sealed_for_reading"),
    "slip": ("round_id", "tag", "used"),
    "comment": ("id", "round_id", "question", "sealed", "sealed_reading"),
}


def upgrade() -> None:
    op.create_table(
        "slip",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("tag", sa.String(32), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(tag) = 32", name=op.f("slip_tag_has_one_length")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_slip_round_id")),
        sa.PrimaryKeyConstraint("round_id", "tag", name=op.f("pk_slip")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slip_request",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.String(32), nullable=False),
        sa.Column("approved_by_id", sa.String(32), nullable=True),
        sa.CheckConstraint("slips > 0", name=op.f("slips_are_asked_for_by_number")),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> asked_by_id", name=op.f("more_slips_need_two_people")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_slip_request_round_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["staff_member.id"], name=op.f("fk_slip_request_asked_by_id")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["staff_member.id"], name=op.f("fk_slip_request_approved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_request")),
    )
    if on_sqlite():
        rebuild(_round(new=True), {"joined_id": "NULL", "slips": "0", "slips_printed": "0"})
        rebuild(_envelope(new=True))
        return
    op.add_column("round", sa.Column("joined_id", sa.String(32), nullable=True))
    op.create_foreign_key(op.f("fk_round_joined_id"), "round", "round", ["joined_id"], ["id"])
    op.add_column("round", sa.Column("slips", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("round", sa.Column("slips_printed", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("round", "slips", server_default=None)
    op.alter_column("round", "slips_printed", server_default=None)
    _replace_check("round_has_a_known_state", _KNOWN_STATE.format("'joined', "))
    _replace_check("too_few_has_an_end", "if_too_few IN ('destroy', 'extend', 'join')")
    for name, rule in _NEW_ROUND_CHECKS.items():
        op.create_check_constraint(op.f(name), "round", rule)
    for name, rule in _NEW_ENVELOPE_CHECKS.items():
        op.create_check_constraint(op.f(name), "envelope", rule)
    # ANALYZE would copy ids, tags and small seals into pg_statistic, where they outlive their rows.
    for table, columns in _SAMPLED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    if on_sqlite():
        rebuild(_envelope(new=False))
        rebuild(_round(new=False))
    else:
        for table in ("envelope", "comment"):
            for column in _SAMPLED[table]:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS -1")
        for name in _NEW_ENVELOPE_CHECKS:
            op.drop_constraint(op.f(name), "envelope")
        for name in _NEW_ROUND_CHECKS:
            op.drop_constraint(op.f(name), "round")
        _replace_check("too_few_has_an_end", "if_too_few IN ('destroy', 'extend')")
        _replace_check("round_has_a_known_state", _KNOWN_STATE.format(""))
        for column in ("slips_printed", "slips", "joined_id"):
            op.drop_column("round", column)
    op.drop_table("slip_request")
    op.drop_table("slip")


def _replace_check(name: str, rule: str) -> None:
    op.drop_constraint(op.f(name), "round")
    op.create_check_constraint(op.f(name), "round", rule)


def _envelope(*, new: bool) -> sa.Table:
    checks = {
        "envelope_id_has_one_length": "length(id) = 32",
        "envelopes_are_padded": "length(sealed) % 256 = 0",
        **(_NEW_ENVELOPE_CHECKS if new else {}),
    }
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
        *(sa.CheckConstraint(rule, name=op.f(name)) for name, rule in checks.items()),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_envelope_round_id")),
        sa.PrimaryKeyConstraint("round_id", "id", name=op.f("pk_envelope")),
        sqlite_with_rowid=False,
    )


def _round(*, new: bool) -> sa.Table:
    checks = {
        "imported_rounds_never_open_again": "NOT imported OR if_too_few = 'destroy'",
        "round_has_one_audience": "audience IN ('students', 'families', 'staff')",
        "too_few_has_an_end": "if_too_few IN ('destroy', 'extend'" + (", 'join')" if new else ")"),
        "no_round_without_a_promise_date": "state = 'draft' OR promise_on IS NOT NULL",
        "round_has_a_known_state": _KNOWN_STATE.format("'joined', " if new else ""),
        "closes_after_it_opens": "closes_at > opens_at",
        "k_is_20_where_no_group_size_caps": "group_size IS NOT NULL OR imported OR k >= 20",
        "group_can_reach_k": "group_size IS NULL OR group_size >= k",
        "k_protects_people": "k >= 5",
        **(_NEW_ROUND_CHECKS if new else {}),
    }
    metadata = sa.MetaData()
    for other in ("instrument_version", "staff_member", "pilot"):
        sa.Table(other, metadata, sa.Column("id", sa.String(32)))
    added: list[sa.schema.SchemaItem] = [
        sa.Column("joined_id", sa.String(32), nullable=True),
        sa.Column("slips", sa.Boolean(), nullable=False),
        sa.Column("slips_printed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["joined_id"], ["round.id"], name=op.f("fk_round_joined_id")),
    ]
    return sa.Table(
        "round",
        metadata,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("pilot_id", sa.String(32), nullable=False),
        sa.Column("instrument_id", sa.String(32), nullable=False),
        sa.Column("audience", sa.String(12), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("group_size", sa.Integer(), nullable=True),
        sa.Column("breakdowns", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("keep_comments_days", sa.Integer(), nullable=False),
        sa.Column("keep_tallies_days", sa.Integer(), nullable=False),
        sa.Column("if_too_few", sa.String(10), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("promise_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("enough", sa.Boolean(), nullable=False),
        sa.Column("class_session", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("counted_envelopes", sa.Integer(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("comments_purged_on", sa.Date(), nullable=True),
        sa.Column("tallies_purged_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.String(32), nullable=True),
        *(added if new else []),
        *(sa.CheckConstraint(rule, name=op.f(name)) for name, rule in checks.items()),
        sa.ForeignKeyConstraint(["instrument_id"], ["instrument_version.id"], name=op.f("fk_round_instrument_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff_member.id"], name=op.f("fk_round_owner_id")),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_round_pilot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("code", name=op.f("uq_round_code")),
    )
