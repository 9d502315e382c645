"""Paper: a later last day for returned sheets, how many came so, and papers that are made like reports."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from feedback.migrations.rebuild import on_sqlite, rebuild

revision = "0004_paper"
down_revision = "0003_rooms"
branch_labels = None
depends_on = None

#: Column -> its kind, and the promises that came with it.
_NEW: dict[str, tuple[sa.types.TypeEngine[Any], dict[str, str]]] = {
    "paper_until": (
        sa.DateTime(),
        {
            "paper_comes_after_screens": "paper_until IS NULL OR paper_until > closes_at",
            "imported_rounds_take_no_paper": "paper_until IS NULL OR NOT imported",
        },
    ),
    "counted_on_paper": (
        sa.Integer(),
        {
            "paper_is_told_of_crowds_only": "counted_on_paper IS NULL OR "
            "(counted_on_paper >= k AND counted_envelopes - counted_on_paper >= k)"
        },
    ),
}


def upgrade() -> None:
    for name, (kind, promises) in _NEW.items():
        if on_sqlite():
            # With its promises in one step: so the table need not be made anew, whatever else it has by now.
            checks = "".join(f" CONSTRAINT {promise} CHECK ({rule})" for promise, rule in promises.items())
            op.execute(f"ALTER TABLE round ADD COLUMN {name} {kind.compile()}{checks}")
            continue
        op.add_column("round", sa.Column(name, kind, nullable=True))
        for promise, rule in promises.items():
            op.create_check_constraint(op.f(promise), "round", rule)
    if on_sqlite():
        rebuild(_request(new=True), {"kind": "'teacher'", "group": "''"})
        return
    op.add_column("report_request", sa.Column("kind", sa.String(20), nullable=False, server_default="teacher"))
    op.add_column("report_request", sa.Column("group", sa.String(12), nullable=False, server_default=""))
    for name in ("kind", "group"):
        op.alter_column("report_request", name, server_default=None)
    op.drop_constraint(op.f("pk_report_request"), "report_request")
    op.create_primary_key(op.f("pk_report_request"), "report_request", ["round_id", "language", "kind", "group"])


def downgrade() -> None:
    # Papers can be asked for again; the version before knows reports only.
    op.execute("DELETE FROM report_request WHERE kind <> 'teacher'")
    if on_sqlite():
        rebuild(_request(new=False))
    else:
        op.drop_constraint(op.f("pk_report_request"), "report_request")
        op.drop_column("report_request", "group")
        op.drop_column("report_request", "kind")
        op.create_primary_key(op.f("pk_report_request"), "report_request", ["round_id", "language"])
    for name in reversed(_NEW):
        op.drop_column("round", name)


def _request(*, new: bool) -> sa.Table:
    metadata = sa.MetaData()
    sa.Table("round", metadata, sa.Column("id", sa.String(32)))
    added = [sa.Column("kind", sa.String(20), nullable=False), sa.Column("group", sa.String(12), nullable=False)]
    key = ["round_id", "language", *(column.name for column in added if new)]
    return sa.Table(
        "report_request",
        metadata,
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        *(added if new else []),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_report_request_round_id")),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_report_request")),
    )
