"""Sheets of paper: the box waits for them, and the count tells of them only as a crowd."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.summary import Reader, thaw_summary
from feedback.models import AuditEntry, Envelope, Release, Round, StaffMember
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.quick_entry import put_in_sheet, takes_sheets
from feedback.operations.answers.respond import accept
from feedback.operations.errors import (
    BoxFull,
    NotFound,
    NothingAnswered,
    NotPermitted,
    RoundClosed,
    SlipUnknown,
    WrongState,
)
from feedback.operations.finish import finish_round
from feedback.operations.retention.purge import delete_results
from feedback.operations.rounds.course import close_due_rounds, close_round
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from tests.factories import NOW, a_family_instrument, a_round, a_slip, a_staff_member, drop_envelopes

YES = {"again": "yes"}
DAY = timedelta(days=1)


@pytest.fixture
def reader(school: School) -> StaffMember:
    return a_staff_member(school, "reader", account="reader@example.org")


def _type_in(school: School, by: StaffMember, round_: Round, sheets: int = 1) -> None:
    for _ in range(sheets):
        assert put_in_sheet(school, by, round_.id, new_form_key(), YES, now=NOW)


def _count(school: School, round_: Round) -> Round:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=NOW.date())
    with Session(school.engine) as session:
        return session.get_one(Round, round_.id)


def test_the_box_waits_for_sheets_after_screens_are_closed(school: School, reader: StaffMember) -> None:
    round_ = a_round(school, paper_until=NOW + 14 * DAY)
    later = round_.closes_at + DAY
    assert close_due_rounds(school, now=later) == []
    with pytest.raises(RoundClosed):
        open_for_answers(school, round_.code, "en", now=later)
    assert put_in_sheet(school, reader, round_.id, new_form_key(), YES, now=later)
    with pytest.raises(WrongState):
        put_in_sheet(school, reader, round_.id, new_form_key(), YES, now=NOW + 14 * DAY)
    assert close_due_rounds(school, now=NOW + 14 * DAY) == [round_.id]


def test_a_form_on_a_screen_cannot_use_the_days_for_paper(school: School) -> None:
    round_ = a_round(school, paper_until=NOW + 14 * DAY)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    with pytest.raises(RoundClosed):
        accept(school, asked, new_form_key(), YES, now=round_.closes_at)


def test_nobody_ends_a_round_while_it_waits_for_sheets(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round(school, paper_until=NOW + 14 * DAY)
    with pytest.raises(WrongState):
        close_round(school, lead, round_.id, now=round_.closes_at + DAY)


def test_a_round_that_opens_once_more_takes_its_days_for_paper_along(school: School) -> None:
    round_ = a_round(school, paper_until=NOW + 9 * DAY, if_too_few="extend")
    again = _count(school, round_)
    assert again.state == "open"
    assert again.paper_until == again.closes_at + 2 * DAY


@pytest.mark.parametrize(
    "wrong",
    [
        {"paper_until": NOW + 6 * DAY},
        {"paper_until": NOW + 9 * DAY, "imported": True},
        {"counted_envelopes": 25, "counted_on_paper": 9},
        {"counted_envelopes": 25, "counted_on_paper": 16},
    ],
)
def test_the_database_itself_refuses_what_was_promised_never_to_be(school: School, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        a_round(school, **wrong)


def test_the_database_takes_a_crowd_on_paper_beside_another_crowd(school: School) -> None:
    assert a_round(school, counted_envelopes=25, counted_on_paper=15).counted_on_paper == 15


@pytest.mark.parametrize(("screens", "sheets", "told"), [(10, 10, 10), (14, 11, 11), (16, 9, None), (9, 16, None)])
def test_the_count_tells_of_paper_only_where_both_are_crowds(
    school: School, reader: StaffMember, screens: int, sheets: int, told: int | None
) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * screens)
    _type_in(school, reader, round_, sheets)
    counted = _count(school, round_)
    assert (counted.counted_envelopes, counted.counted_on_paper) == (screens + sheets, told)
    with Session(school.engine) as session:
        bodies = list(session.scalars(select(Release.body).where(Release.part == "figures")))
    assert {thaw_summary(body).reader for body in bodies} == set(Reader)
    assert {thaw_summary(body).also_on_paper for body in bodies} == {told is not None}
    delete_results(school, round_.id, today=NOW.date())
    with Session(school.engine) as session:
        assert session.get_one(Round, round_.id).counted_on_paper is None


def test_an_envelope_from_paper_looks_like_any_other(school: School, reader: StaffMember) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, YES)
    _type_in(school, reader, round_)
    with Session(school.engine) as session:
        kept = session.scalars(select(Envelope)).all()
        assert len({(len(each.id), each.format, len(each.sealed), each.sealed_for_reading) for each in kept}) == 1
        assert not any(b"paper" in each.sealed for each in kept)
        # No list of who typed when, for that would be when papers went in.
        assert session.scalars(select(AuditEntry)).all() == []


def test_a_sheet_that_is_sent_twice_counts_once(school: School, reader: StaffMember) -> None:
    round_, key = a_round(school), new_form_key()
    assert put_in_sheet(school, reader, round_.id, key, YES, now=NOW)
    assert not put_in_sheet(school, reader, round_.id, key, {"again": "no"}, now=NOW)
    with Session(school.engine) as session:
        assert len(session.scalars(select(Envelope)).all()) == 1


def test_a_sheet_needs_its_slip_as_a_screen_does(school: School, reader: StaffMember) -> None:
    round_ = a_round(school, slips=True, slips_printed=25)
    slip = a_slip(school, round_)
    assert put_in_sheet(school, reader, round_.id, new_form_key(), YES, slip=slip.lower(), now=NOW)
    for used in (slip, ""):
        with pytest.raises(SlipUnknown):
            put_in_sheet(school, reader, round_.id, new_form_key(), YES, slip=used, now=NOW)


def test_a_box_takes_no_more_sheets_than_its_group_has_people(school: School, reader: StaffMember) -> None:
    round_ = a_round(school, group_size=10)
    _type_in(school, reader, round_, 11)
    with pytest.raises(BoxFull):
        put_in_sheet(school, reader, round_.id, new_form_key(), YES, now=NOW)


def test_a_sheet_is_counted_in_the_group_it_came_from(school: School, reader: StaffMember) -> None:
    groups = [{"code": "AB12", "name": "3A", "size": None}]
    round_ = a_round(school, a_family_instrument(), groups=groups)
    assert put_in_sheet(school, reader, round_.id, new_form_key(), YES, group="AB12", now=NOW)
    with pytest.raises(NotFound):
        put_in_sheet(school, reader, round_.id, new_form_key(), YES, group="ZZ99", now=NOW)


def test_empty_sheets_and_other_rounds_are_refused(school: School, reader: StaffMember) -> None:
    with pytest.raises(NothingAnswered):
        put_in_sheet(school, reader, a_round(school).id, new_form_key(), {}, now=NOW)
    for round_ in (
        a_round(school, state="draft"),
        a_round(school, opens_at=NOW + DAY),
        a_round(school, state="closed"),
    ):
        with pytest.raises(WrongState):
            takes_sheets(school, reader, round_.id, now=NOW)


def test_a_classs_own_teacher_types_in_none_of_its_sheets(school: School) -> None:
    teacher = a_staff_member(school)
    round_ = a_round(school, owner_id=teacher.id)
    with pytest.raises(NotPermitted):
        takes_sheets(school, teacher, round_.id, now=NOW)
