"""The live proof on PostgreSQL: what the server keeps beside each row tells nothing after a shake, and much before."""

import pytest
from sqlalchemy import text

from feedback.config import NotConfigured
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.answers.shake import shake
from feedback.operations.answers.slips import print_slips
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from feedback.proof import postgresql
from feedback.proof.live import check_installation
from tests.factories import NOW, a_round, a_staff_member

PAIRS, ORDER = "slips cannot be paired with envelopes", "the places of envelopes tell nothing"


def _fails(school: School) -> set[str]:
    lines = check_installation(school, beside=school.settings.instance, today=NOW.date(), said=lambda _what: None)
    return {line.name for line in lines if not line.holds}


@pytest.fixture
def answered(school: School) -> School:
    """A school of which a class has answered, one after another."""
    round_ = a_round(school, slips=True, group_size=12, code="RABC12")
    codes = print_slips(school, a_staff_member(school, "lead"), round_.id, 13, now=NOW)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    for code in codes[:12]:
        accept(school, asked, new_form_key(), {"again": "yes"}, slip=code, now=NOW)
    return school


def test_after_a_shake_every_check_holds(answered: School) -> None:
    shake(answered, now=NOW)
    assert _fails(answered) == set()


def test_before_it_each_slip_is_paired_by_its_transaction(answered: School) -> None:
    assert _fails(answered) == {PAIRS, ORDER, "nothing is left of what was deleted"}


def test_a_server_that_keeps_moments_is_told(answered: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_engine: object) -> None:
        raise NotConfigured("track_commit_timestamp = on")

    shake(answered, now=NOW)
    monkeypatch.setattr(postgresql, "refuse_unsafe_server", refuse)
    assert "the server notes no answers and no moments" in _fails(answered)


def test_a_column_with_a_time_and_a_counter_are_told(answered: School) -> None:
    with answered.engine.connect() as connection:
        connection.execute(text("ALTER TABLE envelope ADD COLUMN number serial"))
        connection.commit()
    assert "only listed tables and columns" in _fails(answered)
