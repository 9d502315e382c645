"""Whatever was cut off is taken up again, each round on its own, and what is done daily is done on any day."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Chore, Comment, Envelope, Release, Round
from feedback.operations.counting.count import count
from feedback.operations.finish import catch_up
from feedback.operations.reports.report import Wanted, ask_for_report, begin_report, report_state
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.retention.purge import purge
from feedback.operations.school import School
from tests.disk import copy_of, put_back
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member, drop_envelopes
from tests.feedback.operations.results.test_release import a_counted_round

TODAY = NOW.date()
YES = {"again": "yes"}


class _Commands:
    """Stands where child processes are started; remembers what was asked of them."""

    def __init__(self) -> None:
        self.run: list[tuple[str, ...]] = []
        self.said: list[str] = []

    def __call__(self, *command: str) -> bool:
        self.run.append(command)
        return True


def _catch_up(school: School, today: date = TODAY) -> _Commands:
    commands = _Commands()
    catch_up(school, now=NOW, today=today, run=commands, said=commands.said.append)
    return commands


def _state(school: School, round_: Round) -> str:
    with Session(school.engine) as session:
        return session.get_one(Round, round_.id).state


def _set(school: School, round_: Round, **facts: Any) -> None:
    with Session(school.engine) as session, session.begin():
        kept = session.get_one(Round, round_.id)
        for name, value in facts.items():
            setattr(kept, name, value)


def _rows(school: School, table: type) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_slower_count_never_finishes_a_box_with_too_few_voices(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 3)
    _set(school, round_, state="closed")

    def another_worker(step: str) -> None:
        if step == "added up":
            assert not count(school, round_.id, today=TODAY)

    assert not count(school, round_.id, today=TODAY, between=another_worker)
    assert _state(school, round_) == "too_few"
    assert school.keystore.has_box_key(round_.id)


def test_a_box_whose_key_is_lost_is_told_of_waits_for_its_end_and_holds_up_no_other(school: School) -> None:
    lost, other = a_round(school), a_round(school)
    for round_ in (lost, other):
        drop_envelopes(school, round_, *[YES] * 10)
        _set(school, round_, state="closed")
    school.keystore.destroy_box_key(lost.id)
    commands = _catch_up(school)
    assert (_state(school, lost), _state(school, other)) == ("closed", "scrubbed")
    assert lost.id in commands.said[0]
    assert "lost" in commands.said[0]
    assert _rows(school, Envelope) == 10
    purge(school, today=lost.closes_at.date() + timedelta(days=59), now=NOW)
    assert _state(school, lost) == "closed"
    purge(school, today=lost.closes_at.date() + timedelta(days=60), now=NOW)
    assert (_state(school, lost), _rows(school, Envelope)) == ("destroyed", 0)


@pytest.mark.parametrize("what", ["", "keeper", "rounds"])
def test_a_keystore_that_is_merely_away_destroys_no_box(school: School, what: str, tmp_path: Path) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 10)
    _set(school, round_, state="closed")
    place, elsewhere = school.keystore.folder / what, tmp_path / "elsewhere"
    place.rename(elsewhere)
    assert apply_ledger(school) == 0
    commands = _catch_up(school)
    assert (_state(school, round_), _rows(school, Envelope)) == ("closed", 10)
    assert round_.id in commands.said[0]
    # The disk is mounted over whatever was made in its place meanwhile.
    shutil.rmtree(place, ignore_errors=True)
    elsewhere.rename(place)
    _catch_up(school)
    assert _state(school, round_) == "scrubbed"


def test_results_that_were_purged_are_not_released_again(school: School) -> None:
    round_ = a_counted_round(school, *[YES] * 10)
    purge(school, today=TODAY + timedelta(days=1095), now=NOW)
    _catch_up(school)
    assert _rows(school, Release) == 0
    with Session(school.engine) as session:
        assert session.get_one(Round, round_.id).counted_envelopes is None


def test_unread_comments_and_reports_asked_for_are_found_again(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_counted_round(school, *[{"wish": "x"}] * 12, instrument=a_family_instrument())
    wanted = Wanted(round_.id, "en")
    assert report_state(school, lead, wanted) == "none"
    ask_for_report(school, lead, wanted, now=NOW)
    assert report_state(school, lead, wanted) == "asked"
    assert _catch_up(school).run == [("read-comments", round_.id), wanted.command]
    for _ in range(3):
        begin_report(school, wanted)
    assert report_state(school, lead, wanted) == "failed"
    assert wanted.command not in _catch_up(school).run


def test_boxes_are_shaken_and_purged_once_a_day_whenever_the_computer_is_on(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 10)
    _catch_up(school)
    with Session(school.engine) as session:
        assert session.get_one(Round, round_.id).enough
        done = {chore.name for chore in session.scalars(select(Chore).where(Chore.done_on == TODAY))}
        assert {"shake", "purge", "backup"} <= done
    _set(school, round_, enough=False)
    _catch_up(school)
    with Session(school.engine) as session:
        assert not session.get_one(Round, round_.id).enough
    _catch_up(school, TODAY + timedelta(days=1))
    with Session(school.engine) as session:
        assert session.get_one(Round, round_.id).enough


def test_a_backup_from_before_the_first_answer_takes_no_more_answers(school: School) -> None:
    round_ = a_round(school)
    backup = copy_of(school)
    drop_envelopes(school, round_, *[YES] * 10)
    _set(school, round_, state="closed")
    count(school, round_.id, today=TODAY)
    put_back(school, backup)
    assert apply_ledger(school) == 1
    assert _state(school, round_) == "destroyed"


def test_a_backup_from_before_a_purge_brings_nothing_back(school: School) -> None:
    a_counted_round(school, *[{"wish": "x"}] * 12, instrument=a_family_instrument())
    backup = copy_of(school)
    purge(school, today=TODAY + timedelta(days=1095), now=NOW)
    put_back(school, backup)
    assert (_rows(school, Comment), _rows(school, Release)) == (12, 2)
    assert apply_ledger(school) == 2
    assert (_rows(school, Comment), _rows(school, Release)) == (0, 0)
    assert apply_ledger(school) == 0
