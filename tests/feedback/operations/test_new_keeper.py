"""Where the passphrase or the keeper is lost for good, what waits is destroyed on purpose, and new rounds work."""

import shutil

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Envelope, Round
from feedback.operations.counting.count import count
from feedback.operations.heads import first_broken_entry
from feedback.operations.restoring.new_keeper import NothingLost, lost_boxes, new_keeper
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.school import School
from feedback.privacy.keeper import KeeperAway
from tests.factories import NOW, a_round, drop_envelopes
from tests.feedback.operations.results.test_release import a_counted_round

PASSPHRASE = "five words drawn by chance"
YES = {"again": "yes"}


def _lose_passphrase(school: School) -> None:
    school.keystore.keeper.set_passphrase(PASSPHRASE)


def _lose_disk(school: School) -> None:
    (school.keystore.folder / "keeper.public").unlink()
    shutil.rmtree(school.keystore.folder / "keeper")


def _states(school: School, *rounds: Round) -> list[str]:
    with Session(school.engine) as session:
        return [session.get_one(Round, each.id).state for each in rounds]


def _close(school: School, round_: Round) -> None:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"


@pytest.mark.parametrize("lose", [_lose_passphrase, _lose_disk])
def test_what_waits_is_destroyed_on_the_record_and_new_rounds_are_counted(school: School, lose: object) -> None:
    counted = a_counted_round(school, *[YES] * 10)
    closed, open_, draft = a_round(school), a_round(school), a_round(school, state="draft")
    for round_ in (closed, open_):
        drop_envelopes(school, round_, *[YES] * 10)
    _close(school, closed)
    assert callable(lose)
    lose(school)
    assert set(lost_boxes(school)) == {closed.id, open_.id}
    assert new_keeper(school, now=NOW) == 2
    assert _states(school, counted, closed, open_, draft) == ["scrubbed", "destroyed", "destroyed", "draft"]
    assert not any(school.keystore.has_box_key(each.id) for each in (counted, closed, open_, draft))
    assert school.keystore.has_data_key(counted.id)
    with Session(school.engine) as session:
        assert session.scalars(select(Envelope.id)).all() == []
        entries = session.scalars(select(AuditEntry).where(AuditEntry.account == "console")).all()
        noted = [entry.object_id for entry in entries]
        assert sorted(noted) == sorted([closed.id, open_.id, "keeper"])
    assert first_broken_entry(school) is None
    in_ledger = {str(entry["round"]) for entry in school.keystore.ledger() if entry["what"] == "box purged"}
    assert (in_ledger, apply_ledger(school)) == ({closed.id, open_.id}, 0)
    later = a_round(school)
    drop_envelopes(school, later, *[YES] * 10)
    _close(school, later)
    assert count(school, later.id, today=NOW.date())


def test_a_keeper_that_works_is_never_replaced(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 10)
    with pytest.raises(NothingLost):
        new_keeper(school, now=NOW)
    assert (_states(school, round_), school.keystore.has_box_key(round_.id)) == (["open"], True)


def test_a_keystore_that_is_not_mounted_is_no_lost_keeper(school: School) -> None:
    round_ = a_round(school)
    school.keystore.folder.rename(school.keystore.folder.with_name("elsewhere"))
    with pytest.raises(KeeperAway):
        new_keeper(school, now=NOW)
    assert _states(school, round_) == ["open"]
