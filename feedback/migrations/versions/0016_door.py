"""The second step of signing in, recovery codes, passkeys, one-time links, and how long a sign-in lasts at most."""

import sqlalchemy as sa
from alembic import op

revision = "0016_door"
down_revision = "0015_approvals"
branch_labels = None
depends_on = None

_PERSON = "one_account_per_provider_subject"


def upgrade() -> None:
    # Whoever is signed in has shown no second factor: everybody signs in again.
    op.drop_table("sign_in")
    op.create_table("sign_in", *_sign_in(), *_sign_in_now())
    op.add_column(
        "staff_member", sa.Column("is_disabled", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("staff_member", sa.Column("app_key", sa.LargeBinary(), nullable=True))
    op.add_column("staff_member", sa.Column("app_step", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("staff_member", sa.Column("provider_issuer", sa.String(255), nullable=True))
    op.add_column("staff_member", sa.Column("provider_subject", sa.String(255), nullable=True))
    op.create_index(_PERSON, "staff_member", ["provider_issuer", "provider_subject"], unique=True)
    _make_tables()


def _make_tables() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("staff_id", sa.String(32), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_recovery_code_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_staff_id"), "recovery_code", ["staff_id"])
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("staff_id", sa.String(32), nullable=False),
        sa.Column("credential_id", sa.String(1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_passkey_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_staff_id"), "passkey", ["staff_id"])
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('invitation', 'password', 'factor')", name=op.f("links_have_a_kind")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_one_time_link_staff_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_link")),
    )
    op.create_index(op.f("ix_one_time_link_staff_id"), "one_time_link", ["staff_id"])


def downgrade() -> None:
    for table in ("one_time_link", "passkey", "recovery_code"):
        op.drop_table(table)
    op.drop_table("sign_in")
    op.create_table("sign_in", *_sign_in())
    op.drop_index(_PERSON, "staff_member")
    for column in ("provider_subject", "provider_issuer", "app_step", "app_key", "is_disabled"):
        op.drop_column("staff_member", column)


def _sign_in() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.String(32), nullable=True),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_sign_in_staff_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    ]


def _sign_in_now() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("id", name=op.f("uq_sign_in_id")),
    ]
