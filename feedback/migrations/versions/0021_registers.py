"""What the privacy officer writes down and signs, and the audit pack that was made last."""

import sqlalchemy as sa
from alembic import op

revision = "0021_registers"
down_revision = "0019_retention"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_fact",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name="register_facts_say_something"),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_register_fact_by_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_register_fact")),
    )
    op.create_table(
        "sign_off",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("register", sa.String(20), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("role", sa.String(60), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(role) > 0", name="sign_offs_have_a_role"),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_sign_off_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
        sa.UniqueConstraint("register", "text_hash", name="one_sign_off_per_text"),
    )
    op.create_table(
        "audit_pack",
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.String(32), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'made')", name="audit_pack_has_a_state"),
        sa.CheckConstraint("(body IS NULL) = (sha256 IS NULL)", name="audit_packs_have_a_hash"),
        sa.CheckConstraint("state = 'asked' OR body IS NOT NULL", name="made_audit_packs_are_there"),
        sa.CheckConstraint("done BETWEEN 0 AND files", name="audit_packs_are_made_file_by_file"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["staff_member.id"], name=op.f("fk_audit_pack_asked_by_id")),
        sa.PrimaryKeyConstraint("language", name=op.f("pk_audit_pack")),
    )


def downgrade() -> None:
    op.drop_table("audit_pack")
    op.drop_table("sign_off")
    op.drop_table("register_fact")
