"""Incidents, runs of proofs, reports of months, and ways to find entries of the list of what staff did."""

import sqlalchemy as sa
from alembic import op

revision = "0022_home"
down_revision = "0021_registers"
branch_labels = None
depends_on = None

_AUDIT = ("account", "action", "object_id", "at")


def upgrade() -> None:
    for column in _AUDIT:
        op.create_index(f"ix_audit_entry_{column}", "audit_entry", [column, "number"])
    op.create_table(
        "incident",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("people", sa.String(12), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("length(what) > 0", name="incidents_say_what"),
        sa.CheckConstraint(
            "people IN ('nobody', 'under_10', '10_to_100', 'over_100', 'unknown')", name="incidents_count_in_bands"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_incident_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_table(
        "incident_note",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("incident_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('learned', 'measure', 'told_authority', 'told_people', 'closed')", name="incident_notes_are_known"
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_note_incident_id")),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_incident_note_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_note")),
    )
    op.create_index("ix_incident_note_incident_id", "incident_note", ["incident_id"])
    _make_runs_and_reports()


def downgrade() -> None:
    for table in ("month_report", "proof_run", "incident_note", "incident"):
        op.drop_table(table)
    for column in _AUDIT:
        op.drop_index(f"ix_audit_entry_{column}", "audit_entry")


def _make_runs_and_reports() -> None:
    op.create_table(
        "proof_run",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("account", sa.String(120), nullable=False),
        sa.CheckConstraint("what IN ('prove', 'dry_run', 'verify')", name="proof_runs_are_known"),
        sa.CheckConstraint("state IN ('asked', 'running', 'done', 'cut_off')", name="proof_run_has_a_state"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_run")),
    )
    op.create_table(
        "month_report",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("of", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "language", name=op.f("pk_month_report")),
    )
