"""The form workshop: drafts, decisions about their words, translations with signatures, and the translator's role."""

import sqlalchemy as sa
from alembic import op

from feedback.migrations.rebuild import on_sqlite, rebuild

revision = "0011_workshop"
down_revision = "0010_pilot_book"
branch_labels = None
depends_on = None

_ROLES = "is_lead OR is_teacher OR is_reader OR is_interpreter OR is_officer OR is_administrator"
#: Table, column, its kind in SQL, its default there (None: the column may be empty).
_NEW = (
    ("instrument_version", "published_on", sa.Date(), None),
    ("instrument_version", "change_note", sa.Text(), "''"),
    ("instrument_version", "adapted_from", sa.String(120), "''"),
    ("instrument_version", "source_language", sa.String(20), "'en'"),
    ("instrument_version", "decisions", sa.JSON(), "'[]'"),
    ("round", "unchecked", sa.JSON(), "'[]'"),
    ("round", "corrections", sa.JSON(), "'[]'"),
)


def upgrade() -> None:
    for table, column, kind, default in _NEW:
        filled = sa.text(default) if default else None
        op.add_column(table, sa.Column(column, kind, nullable=default is None, server_default=filled))
        if default and not on_sqlite():
            # SQLite keeps the value for new rows; nothing that we write leaves it out.
            op.alter_column(table, column, server_default=None)
    _let_translators_in()
    _make_drafts()
    _make_translations()


def downgrade() -> None:
    for table in ("text_signature", "translated_text", "check_decision", "draft_step", "draft"):
        op.drop_table(table)
    # Who translates and does nothing else has no role in the version before.
    alone = "is_translator AND NOT (" + _ROLES + ")"
    op.execute(f"DELETE FROM sign_in WHERE staff_id IN (SELECT id FROM staff_member WHERE {alone})")
    op.execute(f"DELETE FROM staff_member WHERE {alone}")
    if on_sqlite():
        rebuild(_staff(with_translators=False))
    else:
        op.drop_constraint(op.f("staff_have_a_role"), "staff_member", type_="check")
        op.drop_column("staff_member", "is_translator")
        op.create_check_constraint(op.f("staff_have_a_role"), "staff_member", _ROLES)
    for table, column, _kind, _default in reversed(_NEW):
        op.drop_column(table, column)


def _let_translators_in() -> None:
    if on_sqlite():
        rebuild(_staff(with_translators=True), {"is_translator": "0"})
        return
    no = sa.false()
    op.add_column("staff_member", sa.Column("is_translator", sa.Boolean(), nullable=False, server_default=no))
    op.alter_column("staff_member", "is_translator", server_default=None)
    op.drop_constraint(op.f("staff_have_a_role"), "staff_member", type_="check")
    op.create_check_constraint(op.f("staff_have_a_role"), "staff_member", _ROLES + " OR is_translator")


def _staff(*, with_translators: bool) -> sa.Table:
    roles = [name.strip() for name in _ROLES.split("OR")]
    further = ["is_translator"] if with_translators else []
    return sa.Table(
        "staff_member",
        sa.MetaData(),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account", sa.String(120), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        *(sa.Column(role, sa.Boolean(), nullable=False) for role in roles),
        *(sa.Column(role, sa.Boolean(), nullable=False) for role in further),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("NOT (is_officer AND is_administrator)", name="officer_is_never_administrator"),
        sa.CheckConstraint(" OR ".join([*roles, *further]), name="staff_have_a_role"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_member"),
        sa.UniqueConstraint("account", name="uq_staff_member_account"),
    )


def _make_drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("source_language", sa.String(20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("adapted_from", sa.String(120), nullable=False),
        sa.Column("owner_id", sa.String(32), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["staff_member.id"], name=op.f("fk_draft_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("name", name=op.f("uq_draft_name")),
    )
    op.create_table(
        "draft_step",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("draft_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_step_draft_id")),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_draft_step_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_step")),
        sa.UniqueConstraint("draft_id", "number", name="one_step_per_number"),
    )
    op.create_index(op.f("ix_draft_step_draft_id"), "draft_step", ["draft_id"])
    op.create_table(
        "check_decision",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("role", sa.String(60), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.CheckConstraint("verdict IN ('allowed', 'refused')", name="check_verdict_is_known"),
        sa.CheckConstraint("length(reason) > 0", name="check_decisions_have_a_reason"),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_check_decision_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_decision")),
        sa.UniqueConstraint("name", "digest", name="one_decision_per_remark"),
    )
    op.create_index(op.f("ix_check_decision_name"), "check_decision", ["name"])


def _make_translations() -> None:
    op.create_table(
        "translated_text",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("hand", sa.String(8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("state IN ('machine', 'draft')", name="translation_state_is_known"),
        sa.CheckConstraint("hand IN ('first', 'second')", name="translation_hand_is_known"),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_translated_text_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translated_text")),
        sa.UniqueConstraint("name", "key", "language", "hand", name="one_text_per_language_and_hand"),
    )
    op.create_index(op.f("ix_translated_text_name"), "translated_text", ["name"])
    op.create_table(
        "text_signature",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("source_hash", sa.String(64), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("words_hash", sa.String(64), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_text_signature_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_signature")),
        sa.UniqueConstraint("source_hash", "language", "words_hash", name="one_signature_per_text"),
    )
