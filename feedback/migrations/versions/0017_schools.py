"""Several schools of a district in one installation; and the auditor."""

import secrets
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from feedback.migrations.rebuild import on_sqlite, promise, rebuild, shape_of

revision = "0017_schools"
down_revision = "0016_door"
branch_labels = None
depends_on = None

_BEFORE = ("lead", "teacher", "reader", "interpreter", "officer", "administrator", "translator")
_SOME = " OR ".join(f"is_{role}" for role in _BEFORE)
#: Table -> whether every row has a school, and which rows have one at first.
_OF_SCHOOLS = {
    "pilot": (True, "1 = 1"),
    "draft": (True, "1 = 1"),
    "picture": (True, "1 = 1"),
    "roll_up": (False, "1 = 1"),
    "instrument_version": (False, "published_on IS NOT NULL"),
    "approval": (False, "1 = 1"),
    "staff_member": (False, "1 = 1"),
}
_NEW_CHECKS = {
    "administrator_reads_nothing": "NOT (is_administrator AND (is_lead OR is_reader))",
    "auditor_is_nothing_else": f"NOT is_auditor OR NOT ({_SOME})",
    "staff_have_a_role": f"{_SOME} OR is_auditor",
}
_OLD_CHECKS = {"administrator_reads_nothing": None, "auditor_is_nothing_else": None, "staff_have_a_role": _SOME}


def upgrade() -> None:
    op.create_table(
        "school",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("name", name=op.f("uq_school_name")),
    )
    op.execute(sa.text("INSERT INTO school (id, name) VALUES (:id, '')").bindparams(id=secrets.token_hex(16)))
    for table, (is_always, which) in _OF_SCHOOLS.items():
        _add(table, sa.Column("school_id", sa.String(32), nullable=not is_always), "''" if is_always else None)
        op.execute(f"UPDATE {table} SET school_id = (SELECT id FROM school) WHERE {which}")  # noqa: S608 - ours
    op.create_index(op.f("ix_pilot_school_id"), "pilot", ["school_id"])
    _add("staff_member", sa.Column("is_auditor", sa.Boolean(), nullable=False), "false")
    # Whoever was both keeps what they read: a second person, or a second account, keeps the accounts.
    op.execute("UPDATE staff_member SET is_administrator = false WHERE is_administrator AND (is_lead OR is_reader)")
    _promise(_NEW_CHECKS)


def downgrade() -> None:
    # An auditor may do nothing in the version before: it only translates, into no language.
    nothing = ", ".join(f"is_{role} = {str(role == 'translator').lower()}" for role in _BEFORE)
    op.execute(f"UPDATE staff_member SET {nothing}, languages = '[]' WHERE is_auditor")  # noqa: S608 - ours
    gone = ("school_id", "is_auditor")
    _promise(_OLD_CHECKS, without=gone)
    if not on_sqlite():
        for column in gone:
            op.drop_column("staff_member", column)
    op.drop_index(op.f("ix_pilot_school_id"), "pilot")
    for table in _OF_SCHOOLS:
        if table != "staff_member":
            op.drop_column(table, "school_id")
    op.drop_table("school")


def _add(table: str, column: sa.Column[str] | sa.Column[bool], default: str | None) -> None:
    column.server_default = sa.DefaultClause(sa.text(default)) if default else None
    op.add_column(table, column)
    if default and not on_sqlite():
        # SQLite keeps the value for new rows; nothing that we write leaves it out.
        op.alter_column(table, column.name, server_default=None)


def _promise(checks: Mapping[str, str | None], *, without: tuple[str, ...] = ()) -> None:
    if on_sqlite():
        shape = shape_of("staff_member", without=without)
        for name, text in checks.items():
            promise(shape, name, text)
        rebuild(shape)
        return
    there = {check["name"] for check in sa.inspect(op.get_bind()).get_check_constraints("staff_member")}
    for name, text in checks.items():
        if name in there:
            op.drop_constraint(op.f(name), "staff_member", type_="check")
        if text is not None:
            op.create_check_constraint(op.f(name), "staff_member", text)
