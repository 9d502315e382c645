"""A box with too few voices that waits for the next round of its series is counted together with it, once."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Envelope, Pilot, Release, Round, Slip, Tally
from feedback.operations.answers.shake import shake
from feedback.operations.counting.count import count
from feedback.operations.errors import NotEnoughVoices
from feedback.operations.finish import finish_round
from feedback.operations.results.read_release import latest_public
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.retention.purge import purge
from feedback.operations.rounds.course import RoundPlan, open_round
from feedback.operations.rounds.series import adopt, people_asked
from feedback.operations.school import School
from tests.disk import copy_of, put_back
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member, an_instrument, drop_envelopes
from tests.feedback.operations.counting.test_count import _COUNT_AND_DIE, STEPS

TODAY = NOW.date()
YES, NO = {"again": "yes"}, {"again": "no"}


@pytest.fixture
def pilot(school: School) -> Pilot:
    return a_pilot(school)


def _earlier(school: School, pilot: Pilot, *answers: dict[str, str], **facts: Any) -> Round:
    """A round that was to join the next one, counted below k."""
    round_ = a_round(school, pilot=pilot, if_too_few="join", opens_at=NOW - timedelta(days=2), **facts)
    drop_envelopes(school, round_, *answers)
    _close(school, round_)
    assert not count(school, round_.id, today=TODAY)
    return round_


def _close(school: School, round_: Round) -> None:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"


def _now(school: School, round_: Round) -> Round:
    with Session(school.engine, expire_on_commit=False) as session:
        found = session.get_one(Round, round_.id)
        session.expunge_all()
        return found


def _people(school: School, round_: Round, cell: str) -> int:
    with Session(school.engine) as session:
        asked = (Tally.round_id == round_.id, Tally.question == "again", Tally.breakdown == "", Tally.cell == cell)
        return session.scalars(select(Tally.people).where(*asked)).one()


def _papers(school: School) -> int:
    with Session(school.engine) as session:
        return len([*session.scalars(select(Envelope.id)), *session.scalars(select(Slip.tag))])


def test_six_and_seven_voices_are_counted_together_once(school: School, pilot: Pilot) -> None:
    later = a_round(school, pilot=pilot)
    earlier = _earlier(school, pilot, *[YES] * 6)
    assert (_now(school, earlier).state, _now(school, earlier).joined_id) == ("joined", later.id)
    drop_envelopes(school, later, *[NO] * 7)
    _close(school, later)
    assert finish_round(school, later.id, today=TODAY)
    assert [_people(school, later, cell) for cell in ("", "yes", "no")] == [13, 6, 7]
    assert (_now(school, earlier).state, _now(school, later).counted_envelopes) == ("joined", 13)
    assert (_papers(school), [school.keystore.has_box_key(each.id) for each in (earlier, later)]) == (0, [False] * 2)
    assert sorted(str(entry["round"]) for entry in school.keystore.ledger()) == sorted([earlier.id, later.id])
    assert (apply_ledger(school), _now(school, earlier).state) == (0, "joined")
    with Session(school.engine) as session:
        assert people_asked(session, session.get_one(Round, later.id)) == 50
        assert set(session.scalars(select(Release.round_id))) == {later.id}
    with pytest.raises(NotEnoughVoices):
        latest_public(school, earlier.code)


def test_a_round_that_opens_later_takes_up_the_box_that_waits(school: School, pilot: Pilot) -> None:
    earlier = _earlier(school, pilot, *[YES] * 6)
    assert _now(school, earlier).state == "too_few"
    lead = a_staff_member(school, "lead")
    later = a_round(school, pilot=pilot, state="draft")
    open_round(school, lead, later.id, now=NOW)
    assert _now(school, earlier).joined_id == later.id


def test_below_k_both_times_the_boxes_are_destroyed_unopened_after_thirty_days(school: School, pilot: Pilot) -> None:
    later = a_round(school, pilot=pilot, if_too_few="join")
    earlier = _earlier(school, pilot, *[YES] * 3)
    drop_envelopes(school, later, *[NO] * 4)
    _close(school, later)
    assert not count(school, later.id, today=TODAY)
    due = later.closes_at.date() + timedelta(days=30)
    assert purge(school, today=due - timedelta(days=1), now=NOW) == []
    assert (_papers(school), school.keystore.has_box_key(earlier.id)) == (7, True)
    purge(school, today=due, now=NOW)
    assert (_papers(school), [school.keystore.has_box_key(each.id) for each in (earlier, later)]) == (0, [False] * 2)
    assert (_now(school, earlier).state, _now(school, later).state) == ("joined", "destroyed")


def test_three_rounds_in_a_row_are_counted_with_the_last(school: School, pilot: Pilot) -> None:
    first = _earlier(school, pilot, *[YES] * 4)
    second = a_round(school, pilot=pilot, if_too_few="join")
    third = a_round(school, pilot=pilot, opens_at=NOW)
    with Session(school.engine) as session, session.begin():
        adopt(session, session.get_one(Round, second.id))
    drop_envelopes(school, second, *[YES] * 4)
    _close(school, second)
    assert not count(school, second.id, today=TODAY)
    assert [_now(school, each).joined_id for each in (first, second)] == [second.id, third.id]
    drop_envelopes(school, third, *[NO] * 4)
    _close(school, third)
    assert count(school, third.id, today=TODAY)
    assert [_people(school, third, cell) for cell in ("", "yes", "no")] == [12, 8, 4]


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Class 5A"},
        {"k": 12},
        {"breakdowns": ["again"]},
        {"keep_comments_days": 91},
        {"slips": True},
        {"opens_at": NOW - timedelta(days=2)},
        {"groups": [{"code": "AAAA", "name": "5A", "size": 12}]},
        {"state": "scrubbed"},
        {"imported": True},
        {"owner_id": "somebody else"},
    ],
)
def test_only_the_next_round_of_the_same_series_takes_a_box_up(
    school: School, pilot: Pilot, other: dict[str, Any]
) -> None:
    if "owner_id" in other:
        other = {"owner_id": a_staff_member(school, "teacher").id}
    a_round(school, pilot=pilot, **other)
    a_round(school)  # of another pilot
    a_round(
        school, an_instrument(questions=a_family_instrument().model_dump()["sections"][0]["questions"]), pilot=pilot
    )
    assert _now(school, _earlier(school, pilot, *[YES] * 6)).state == "too_few"


def test_groups_are_the_same_by_their_names(school: School, pilot: Pilot) -> None:
    def groups(first: str, second: str) -> list[dict[str, object]]:
        return [{"code": first, "name": "5A", "size": 12}, {"code": second, "name": "5B", "size": 12}]

    later = a_round(school, pilot=pilot, groups=groups("BBBB", "AAAA"), breakdowns=["group"])
    earlier = a_round(
        school,
        pilot=pilot,
        groups=groups("AAAA", "BBBB"),
        breakdowns=["group"],
        if_too_few="join",
        opens_at=NOW - timedelta(days=2),
    )
    drop_envelopes(school, earlier, *[YES] * 6, group="AAAA")
    _close(school, earlier)
    count(school, earlier.id, today=TODAY)
    drop_envelopes(school, later, *[YES] * 6, group="BBBB")
    drop_envelopes(school, later, *[NO] * 8, group="AAAA")
    _close(school, later)
    assert count(school, later.id, today=TODAY)
    with Session(school.engine) as session:
        found = select(Tally.group, Tally.people).where(Tally.breakdown == "group", Tally.cell == "")
        people = [tuple(row) for row in session.execute(found.where(Tally.question == "again").order_by(Tally.group))]
    assert people == [("5A", 12), ("5B", 8)]


@pytest.mark.parametrize("step", STEPS)
def test_a_power_cut_in_a_joint_count_counts_exactly_once(school: School, pilot: Pilot, step: str) -> None:
    later = a_round(school, pilot=pilot)
    earlier = _earlier(school, pilot, *[YES] * 6)
    drop_envelopes(school, later, *[NO] * 7)
    _close(school, later)
    school.engine.dispose()
    place = [str(school.settings.instance), later.id, step, school.settings.database_url]
    assert subprocess.run([sys.executable, "-c", _COUNT_AND_DIE, *place], check=False).returncode == -9
    assert apply_ledger(school) == 0
    assert count(school, later.id, today=TODAY)
    assert [_people(school, later, cell) for cell in ("", "yes", "no")] == [13, 6, 7]
    assert (_papers(school), _now(school, later).state, _now(school, earlier).state) == (0, "scrubbed", "joined")
    assert sorted(str(entry["round"]) for entry in school.keystore.ledger()) == sorted([earlier.id, later.id])
    assert not any(school.keystore.has_box_key(each.id) for each in (earlier, later))


def test_an_old_backup_brings_no_joined_envelope_back(school: School, pilot: Pilot) -> None:
    later = a_round(school, pilot=pilot)
    earlier = _earlier(school, pilot, *[YES] * 6)
    drop_envelopes(school, later, *[NO] * 7)
    _close(school, later)
    backup = copy_of(school)
    count(school, later.id, today=TODAY)
    put_back(school, backup)
    assert (_papers(school), apply_ledger(school)) == (13, 2)
    assert (_papers(school), _now(school, earlier).state, _now(school, later).state) == (0, "joined", "destroyed")
    assert apply_ledger(school) == 0


def test_enough_means_enough_to_be_opened_together_without_those_withdrawn(school: School, pilot: Pilot) -> None:
    later = a_round(school, pilot=pilot)
    earlier = _earlier(school, pilot, *[YES] * 6)
    drop_envelopes(school, later, *[NO] * 4)
    with Session(school.engine) as session, session.begin():
        one = session.scalars(select(Envelope).where(Envelope.round_id == earlier.id)).first()
        assert one is not None
        one.format, one.sealed = 0, b""
    shake(school, now=NOW)
    assert not _now(school, later).enough
    drop_envelopes(school, later, NO)
    shake(school, now=NOW)
    assert (_now(school, later).enough, _now(school, earlier).enough) == (True, False)


def test_staff_may_plan_it_but_not_for_answers_from_a_file() -> None:
    plan = RoundPlan(
        instrument=an_instrument(),
        title="5A",
        languages=("en",),
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW,
        promise_on=TODAY,
        group_size=25,
        if_too_few="join",
    )
    assert plan.missing() == ()
    assert replace(plan, imported=True).missing() == ("if_too_few",)
