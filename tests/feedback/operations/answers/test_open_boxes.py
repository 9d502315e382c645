"""Where the keystore has a passphrase, a closed round waits for the officer; wrong ones make the account wait."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Round, StaffMember
from feedback.operations.answers.open_boxes import give_passphrase, waiting_boxes
from feedback.operations.errors import NotPermitted
from feedback.operations.finish import catch_up
from feedback.operations.school import School
from feedback.privacy.handover import WorkerAway, WorkerKey
from feedback.privacy.keeper import PassphraseWrong
from feedback.privacy.permissions import ROLES
from tests.factories import NOW, a_round, a_staff_member, drop_envelopes

PASSPHRASE = "five words drawn by chance"
WRONG = "five words drawn at random"


@pytest.fixture
def officer(school: School) -> StaffMember:
    return a_staff_member(school, "officer")


@pytest.fixture
def waiting(school: School) -> Round:
    """A closed round of ten voices, and a keystore with a passphrase."""
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    school.keystore.keeper.set_passphrase(PASSPHRASE)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    return round_


@pytest.fixture
def worker(school: School) -> Iterator[WorkerKey]:
    made = WorkerKey()
    made.publish(school.settings.instance)
    yield made
    made.close()


def _catch_up(school: School, round_: Round) -> list[str]:
    """What the worker says of this round."""
    said: list[str] = []
    catch_up(school, now=NOW, today=NOW.date(), run=lambda *_command: True, said=said.append)
    return [line for line in said if round_.id in line]


def _state(school: School, round_: Round) -> str:
    with Session(school.engine) as session:
        return session.get_one(Round, round_.id).state


def test_the_worker_passes_over_a_box_that_waits_and_says_nothing(school: School, waiting: Round) -> None:
    assert _catch_up(school, waiting) == []
    assert _state(school, waiting) == "closed"
    # The negative control: without a passphrase it counts the box by itself.
    school.keystore.keeper.remove_passphrase(PASSPHRASE)
    assert _catch_up(school, waiting) == []
    assert _state(school, waiting) == "scrubbed"


def test_a_box_whose_keeper_is_away_is_told_of_and_not_destroyed(school: School) -> None:
    round_ = a_round(school)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    (school.keystore.folder / "keeper").rename(school.keystore.folder / "moved")
    (said,) = _catch_up(school, round_)
    assert "keeper.key cannot be read. Put it back" in said
    assert _state(school, round_) == "closed"


def test_the_passphrase_goes_to_the_worker_sealed_for_each_box(
    school: School, officer: StaffMember, waiting: Round, worker: WorkerKey
) -> None:
    a_round(school)
    assert [round_.id for round_ in waiting_boxes(school, officer)] == [waiting.id]
    (sealed,) = give_passphrase(school, officer, [waiting.id, "nothing"], PASSPHRASE, now=NOW).values()
    assert worker.take(sealed, waiting.id) == PASSPHRASE
    with Session(school.engine) as session:
        noted = session.execute(select(AuditEntry.action, AuditEntry.object_id, AuditEntry.facts)).all()
    assert [tuple(row) for row in noted] == [("box_released", waiting.id, {})]


def test_five_wrong_passphrases_make_even_the_right_one_wait(
    school: School, officer: StaffMember, waiting: Round, worker: WorkerKey
) -> None:
    for _ in range(5):
        with pytest.raises(PassphraseWrong):
            give_passphrase(school, officer, [waiting.id], WRONG, now=NOW)
    with pytest.raises(PassphraseWrong):
        give_passphrase(school, officer, [waiting.id], PASSPHRASE, now=NOW)
    sealed = give_passphrase(school, officer, [waiting.id], PASSPHRASE, now=NOW + timedelta(seconds=31))
    assert worker.take(sealed[waiting.id], waiting.id) == PASSPHRASE


def test_without_a_worker_the_passphrase_is_not_put_anywhere(
    school: School, officer: StaffMember, waiting: Round
) -> None:
    with pytest.raises(WorkerAway):
        give_passphrase(school, officer, [waiting.id], PASSPHRASE, now=NOW)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "officer"])
@pytest.mark.usefixtures("worker")
def test_nobody_else_may_open_boxes(school: School, waiting: Round, role: str) -> None:
    with pytest.raises(NotPermitted):
        give_passphrase(school, a_staff_member(school, role), [waiting.id], PASSPHRASE, now=NOW)
