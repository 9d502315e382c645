"""The count: once, with at least k valid envelopes, exactly, and through any crash."""

import subprocess
import sys

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import WITHDRAWN, Comment, Envelope, Round, Tally
from feedback.operations.counting.comments import open_comments
from feedback.operations.counting.count import count
from feedback.operations.errors import WrongState
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.school import School
from feedback.privacy.keeper import PassphraseNeeded, PassphraseWrong
from tests.disk import copy_of, put_back
from tests.factories import NOW, a_family_instrument, a_round, drop_envelopes

TODAY = NOW.date()
PASSPHRASE = "five words drawn by chance"
STEPS = ["begun", "added up", "written", "noted", "key destroyed", "file scrubbed"]


def _set_state(school: School, round_id: str, state: str) -> None:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_id).state = state


def _state(school: School, round_id: str) -> str:
    with Session(school.engine) as session:
        return session.get_one(Round, round_id).state


def _tallies(school: School, round_id: str) -> dict[tuple[str, str, str, str], int]:
    with Session(school.engine) as session:
        rows = session.scalars(select(Tally).where(Tally.round_id == round_id))
        return {(row.question, row.breakdown, row.group, row.cell): row.people for row in rows}


def _rows(school: School, table: type) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_ten_voices_are_counted_exactly_and_their_papers_shredded(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 7)
    for _ in range(3):
        drop_envelopes(school, round_, {"again": "no", "liked": ("games", "books")})
    _set_state(school, round_.id, "closed")
    assert count(school, round_.id, today=TODAY)
    assert _tallies(school, round_.id) == {
        ("again", "", "", ""): 10,
        ("again", "", "", "no"): 3,
        ("again", "", "", "maybe"): 0,
        ("again", "", "", "yes"): 7,
        ("liked", "", "", ""): 3,
        ("liked", "", "", "games"): 3,
        ("liked", "", "", "books"): 3,
        ("liked", "", "", "stars"): 0,
    }
    assert _rows(school, Envelope) == 0
    assert [path.name for path in (school.keystore.folder / "rounds" / round_.id).iterdir()] == ["data.key"]
    assert _state(school, round_.id) == "scrubbed"


def test_nine_voices_stay_shut(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 9)
    _set_state(school, round_.id, "closed")
    assert not count(school, round_.id, today=TODAY)
    assert (_rows(school, Tally), _rows(school, Comment), _rows(school, Envelope)) == (0, 0, 9)
    assert _state(school, round_.id) == "too_few"


def test_papers_nobody_can_read_do_not_count_towards_k(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 9)
    with Session(school.engine) as session, session.begin():
        session.add(Envelope(id="f" * 32, round_id=round_.id, format=1, sealed=b"\0" * 1024))
    _set_state(school, round_.id, "closed")
    assert not count(school, round_.id, today=TODAY)


def test_withdrawn_envelopes_do_not_count_towards_k(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    with Session(school.engine) as session, session.begin():
        one = session.scalars(select(Envelope)).first()
        assert one is not None
        one.format, one.sealed = WITHDRAWN, b""
    _set_state(school, round_.id, "closed")
    assert not count(school, round_.id, today=TODAY)


def test_a_box_with_a_passphrase_waits_and_nothing_about_it_changes(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    _set_state(school, round_.id, "closed")
    school.keystore.keeper.set_passphrase(PASSPHRASE)
    with pytest.raises(PassphraseNeeded):
        count(school, round_.id, today=TODAY)
    with pytest.raises(PassphraseWrong):
        count(school, round_.id, today=TODAY, passphrase="not the passphrase")
    assert (_state(school, round_.id), _rows(school, Envelope)) == ("closed", 10)
    assert count(school, round_.id, today=TODAY, passphrase=PASSPHRASE)
    assert _state(school, round_.id) == "scrubbed"


@pytest.mark.parametrize(("step", "needs_the_officer_again"), [("begun", True), ("added up", True), ("written", False)])
def test_a_count_that_was_cut_off_waits_for_the_officer_again_until_it_is_written(
    school: School, step: str, needs_the_officer_again: bool
) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    _set_state(school, round_.id, "closed")
    school.keystore.keeper.set_passphrase(PASSPHRASE)

    def cut(done: str) -> None:
        if done == step:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        count(school, round_.id, today=TODAY, passphrase=PASSPHRASE, between=cut)
    if needs_the_officer_again:
        with pytest.raises(PassphraseNeeded):
            count(school, round_.id, today=TODAY)
        assert count(school, round_.id, today=TODAY, passphrase=PASSPHRASE)
    assert count(school, round_.id, today=TODAY)
    assert (_state(school, round_.id), _rows(school, Envelope)) == ("scrubbed", 0)


def test_an_open_round_is_not_counted(school: School) -> None:
    round_ = a_round(school)
    with pytest.raises(WrongState):
        count(school, round_.id, today=TODAY)


def test_a_group_of_four_is_merged_before_anything_is_stored(school: School) -> None:
    groups = [{"code": "AAAA", "name": "5A", "size": 21}, {"code": "BBBB", "name": "5B", "size": 4}]
    round_ = a_round(school, groups=groups, breakdowns=["group"])
    drop_envelopes(school, round_, *[{"again": "yes"}] * 21, group="AAAA")
    drop_envelopes(school, round_, *[{"again": "no"}] * 4, group="BBBB")
    _set_state(school, round_.id, "closed")
    count(school, round_.id, today=TODAY)
    # Two groups, one too small: merged, one group is left, which says no more than the total does.
    assert {key[1] for key in _tallies(school, round_.id)} == {""}


def test_comments_are_redacted_sealed_and_beside_nothing(school: School) -> None:
    round_ = a_round(school, a_family_instrument())
    drop_envelopes(
        school, round_, *[{"ease": "easy", "wish": f"wish {n}, write me at anna{n}@example.org"} for n in range(10)]
    )
    _set_state(school, round_.id, "closed")
    count(school, round_.id, today=TODAY)
    with Session(school.engine) as session:
        texts = sorted(comment.text for comment in open_comments(school, session, round_.id))
        raw = b"".join(session.scalars(select(Comment.sealed)))
    assert texts == [f"wish {n}, write me at [email]" for n in range(10)]
    assert b"wish" not in raw


@pytest.mark.parametrize("step", STEPS)
def test_a_power_cut_between_any_two_steps_counts_exactly_once(school: School, step: str) -> None:
    round_ = a_round(school, a_family_instrument())
    drop_envelopes(school, round_, *[{"ease": "easy", "wish": "more books"}] * 12)
    _set_state(school, round_.id, "closed")
    school.engine.dispose()
    place = [str(school.settings.instance), round_.id, step, school.settings.database_url]
    killed = subprocess.run([sys.executable, "-c", _COUNT_AND_DIE, *place], check=False)
    assert killed.returncode == -9
    assert apply_ledger(school) == 0
    assert count(school, round_.id, today=TODAY)
    tallies = _tallies(school, round_.id)
    assert (tallies["ease", "", "", "easy"], tallies["wish", "", "", ""]) == (12, 12)
    assert (_rows(school, Comment), _rows(school, Envelope)) == (12, 0)
    assert not school.keystore.has_box_key(round_.id)
    assert _state(school, round_.id) == "scrubbed"
    assert [entry["what"] for entry in school.keystore.ledger()] == ["counted"]


_COUNT_AND_DIE = """
import os, signal, sys
from datetime import date
from pathlib import Path
from feedback.config import Settings
from feedback.operations.counting.count import count
from feedback.operations.school import open_school

instance, round_id, last_step, database_url = Path(sys.argv[1]), *sys.argv[2:5]
school = open_school(Settings("x" * 40, instance, instance / "keystore", database_url))

def between(step):
    if step == last_step:
        os.kill(os.getpid(), signal.SIGKILL)

count(school, round_id, today=date(2026, 11, 23), between=between)
"""


def test_an_old_backup_brings_no_counted_envelope_back(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    _set_state(school, round_.id, "closed")
    backup = copy_of(school)
    count(school, round_.id, today=TODAY)
    put_back(school, backup)
    assert apply_ledger(school) == 1
    assert _rows(school, Envelope) == 0
    assert _state(school, round_.id) == "destroyed"
