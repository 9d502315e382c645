"""Whose law a school goes by, which forms may be asked this school year, and what families were told."""

import sqlalchemy as sa
from alembic import op

revision = "0018_profiles"
down_revision = "0017_schools"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "privacy_rules",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("profile", sa.String(40), nullable=False),
        sa.Column("k_team", sa.Integer(), nullable=False),
        sa.Column("k_public", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("gifts", sa.Boolean(), nullable=False),
        sa.Column("milder", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("agreed_by_id", sa.String(32), nullable=True),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.CheckConstraint('NOT milder OR (agreed_by_id IS NOT NULL AND agreed_by_id <> by_id)', name="milder_rules_need_two_people"),
        sa.CheckConstraint('notice_days BETWEEN 0 AND 60', name="notice_is_a_matter_of_weeks"),
        sa.CheckConstraint('k_public >= 10', name="public_sees_crowds_of_ten"),
        sa.CheckConstraint('k_public >= k_team', name="public_sees_no_more_than_the_team"),
        sa.CheckConstraint('k_team >= 5', name="team_sees_crowds_of_five"),
        sa.PrimaryKeyConstraint('number', name=op.f("pk_privacy_rules")),
    )
    op.create_table(
        "form_approval",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("school_id", sa.String(32), nullable=True),
        sa.Column("instrument_id", sa.String(32), nullable=False),
        sa.Column("profile", sa.String(40), nullable=False),
        sa.Column("school_year", sa.Date(), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["instrument_id"], ["instrument_version.id"], name=op.f("fk_form_approval_instrument_id")),
        sa.PrimaryKeyConstraint('id', name=op.f("pk_form_approval")),
        sa.UniqueConstraint("school_id", 'instrument_id', 'profile', 'school_year', name="one_approval_a_school_year"),
    )
    op.create_table(
        "family_notice",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("school_id", sa.String(32), nullable=True),
        sa.Column("round_id", sa.String(32), nullable=True),
        sa.Column("instrument_id", sa.String(32), nullable=False),
        sa.Column("version_sha256", sa.String(64), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.CheckConstraint("channel IN ('paper', 'message', 'meeting', 'website')", name="notice_channel_is_known"),
        sa.CheckConstraint('length(words) > 0', name="notices_say_something"),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_family_notice_by_id")),
        sa.ForeignKeyConstraint(["instrument_id"], ["instrument_version.id"], name=op.f("fk_family_notice_instrument_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_family_notice_round_id")),
        sa.PrimaryKeyConstraint('id', name=op.f("pk_family_notice")),
    )
    op.create_index(op.f("ix_family_notice_instrument_id"), "family_notice", ['instrument_id'])
    op.create_index(op.f("ix_family_notice_round_id"), "family_notice", ['round_id'])
    op.create_table(
        "participation",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("slips_kept_back", sa.Integer(), nullable=True),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.Column("gift_words", sa.String(200), nullable=False),
        sa.CheckConstraint('NOT gift OR length(gift_words) > 0', name="gifts_are_named"),
        sa.CheckConstraint('slips_kept_back IS NULL OR slips_kept_back >= 0', name="slips_kept_back_are_a_number"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_participation_round_id")),
        sa.PrimaryKeyConstraint('round_id', name=op.f("pk_participation")),
    )
    op.create_table(
        "school_letter",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("school_id", sa.String(32), nullable=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("signed", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=True),
        sa.CheckConstraint("kind IN ('access', 'erasure', 'court')", name="letter_kind_is_known"),
        sa.CheckConstraint("(body IS NULL) = (sha256 = '')", name="letters_are_kept_with_their_hash"),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_school_letter_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_letter")),
    )


def downgrade() -> None:
    op.drop_table("school_letter")
    op.drop_table("participation")
    op.drop_index(op.f("ix_family_notice_instrument_id"), "family_notice")
    op.drop_index(op.f("ix_family_notice_round_id"), "family_notice")
    op.drop_table("family_notice")
    op.drop_table("form_approval")
    op.drop_table("privacy_rules")
