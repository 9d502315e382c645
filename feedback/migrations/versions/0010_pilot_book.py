"""A pilot's life and its book: states and approval, waves, exit tickets, evidence, roll-ups, PDFs about pilots."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from feedback.migrations.rebuild import on_sqlite

revision = "0010_pilot_book"
down_revision = "0009_nothing_sampled"
branch_labels = None
depends_on = None

_KINDS = (
    "amendment",
    "seat",
    "milestone",
    "plan_line",
    "dose",
    "cost",
    "observation",
    "work_sample",
    "usage",
    "assessment",
    "why_not",
    "claim",
    "totals",
    "reflection",
    "review",
    "debrief",
    "after_action",
    "conversation",
    "lesson",
    "cycle",
    "decision",
    "exit_step",
    "reply",
    "idea",
)
_STATES = "state IN ('draft', 'approved', 'collecting', 'frozen', 'reflecting', 'decided', 'archived')"
_WAVES = "wave IN ('', 'baseline', 'middle', 'end')"
#: Table, column, its kind in SQL, its default there (None: the column may be empty), and its promise.
_NEW = (
    ("pilot", "secondary", sa.JSON(), "'[]'", None),
    ("pilot", "planned_dose", sa.JSON(), "'{}'", None),
    ("pilot", "state", sa.String(12), "'draft'", ("pilot_has_a_known_state", _STATES)),
    ("pilot", "approved_on", sa.Date(), None, None),
    ("pilot", "approved_by_id", sa.String(32), None, None),
    ("pilot", "proposed_by", sa.String(60), "''", None),
    ("pilot", "follows_id", sa.String(32), None, None),
    ("round", "wave", sa.String(10), "''", ("round_has_a_known_wave", _WAVES)),
    ("round", "ticket_id", sa.String(32), None, None),
)


def upgrade() -> None:
    for table, column, kind, default, promise in _NEW:
        _add(table, column, kind, default, promise)
    # What was opened before there was an approval goes on as it was.
    op.execute(
        "UPDATE pilot SET state = 'collecting' WHERE standing "
        "OR id IN (SELECT pilot_id FROM round WHERE state <> 'draft')"
    )
    _make_book()
    _make_frozen()


def downgrade() -> None:
    for table in ("pilot_document", "roll_up", "evidence", "ticket"):
        op.drop_table(table)
    op.drop_index(op.f("ix_book_entry_pilot_id"), "book_entry")
    op.drop_table("book_entry")
    for table, column, _kind, _default, promise in reversed(_NEW):
        if promise and not on_sqlite():
            op.drop_constraint(op.f(promise[0]), table, type_="check")
        op.drop_column(table, column)


def _add(
    table: str, column: str, kind: sa.types.TypeEngine[Any], default: str | None, promise: tuple[str, str] | None
) -> None:
    if on_sqlite() and promise:
        # With its promise in one step: so the table need not be made anew, whatever else it has by now.
        check = f"CONSTRAINT {promise[0]} CHECK ({promise[1]})"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind.compile()} DEFAULT {default} NOT NULL {check}")
        return
    filled = sa.text(default) if default else None
    op.add_column(table, sa.Column(column, kind, nullable=default is None, server_default=filled))
    if not on_sqlite():
        if default:
            # SQLite keeps the value for new rows; nothing that we write leaves it out.
            op.alter_column(table, column, server_default=None)
        if promise:
            op.create_check_constraint(op.f(promise[0]), table, promise[1])


def _make_book() -> None:
    known = ", ".join(f"'{kind}'" for kind in _KINDS)
    op.create_table(
        "book_entry",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("pilot_id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("role", sa.String(60), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.CheckConstraint(f"kind IN ({known})", name="entry_has_a_known_kind"),
        sa.CheckConstraint("length(state) > 0", name="entry_has_a_state"),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_book_entry_pilot_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_book_entry_round_id")),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_book_entry_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_entry")),
    )
    op.create_index(op.f("ix_book_entry_pilot_id"), "book_entry", ["pilot_id"])
    op.create_table(
        "ticket",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("pilot_id", sa.String(32), nullable=False),
        sa.Column("instrument_id", sa.String(32), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("group_size", sa.Integer(), nullable=True),
        sa.Column("promise_days", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.String(32), nullable=True),
        sa.CheckConstraint("k >= 5", name="ticket_k_protects_people"),
        sa.CheckConstraint("group_size IS NOT NULL OR k >= 20", name="ticket_k_is_20_without_group_size"),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_ticket_pilot_id")),
        sa.ForeignKeyConstraint(["instrument_id"], ["instrument_version.id"], name=op.f("fk_ticket_instrument_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff_member.id"], name=op.f("fk_ticket_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("code", name=op.f("uq_ticket_code")),
    )


def _make_frozen() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("pilot_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_evidence_pilot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("pilot_id", "number", name="evidence_is_numbered"),
    )
    op.create_table(
        "roll_up",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("round_ids", sa.JSON(), nullable=False),
        sa.Column("reader", sa.String(10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.CheckConstraint("kind IN ('school', 'district')", name="roll_up_kind_is_known"),
        sa.CheckConstraint("reader IN ('team', 'public')", name="roll_up_reader_is_known"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_up")),
    )
    op.create_table(
        "pilot_document",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("pilot_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("of", sa.String(64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.CheckConstraint("(body IS NULL) = (sha256 IS NULL)", name="rendered_documents_have_a_hash"),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_document_pilot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_document")),
        sa.UniqueConstraint("pilot_id", "kind", "language", "of", name="pilot_document_rendered_once"),
    )
