"""Printing slips: never more than a group and its spares without a second person, and the codes are kept nowhere."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Round, Slip, SlipRequest, StaffMember
from feedback.operations.answers.slips import approve_more, ask_for_more, print_slips, slips_left
from feedback.operations.errors import (
    NotFound,
    NotPermitted,
    NotReady,
    SecondPersonNeeded,
    SheetPrinted,
    TooManySlips,
    WrongState,
)
from feedback.operations.rounds.course import open_round, plan_round
from feedback.operations.school import School
from feedback.privacy.slips import normal
from tests.disk import bytes_of
from tests.factories import NOW, a_pilot, a_round, a_staff_member
from tests.feedback.operations.rounds.test_rounds import a_plan

_GROUPS = [{"code": "AB12", "name": "3A", "size": 10}, {"code": "CD34", "name": "3B", "size": None}]


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead", account="lead")


@pytest.fixture
def officer(school: School) -> StaffMember:
    return a_staff_member(school, "officer", account="officer")


def _slips(school: School) -> list[Slip]:
    with Session(school.engine) as session:
        return list(session.scalars(select(Slip)))


def _printed(school: School, round_: Round) -> int:
    with Session(school.engine) as session:
        return session.get_one(Round, round_.id).slips_printed


def test_printed_codes_are_right_codes_and_are_kept_in_no_file(school: School, lead: StaffMember) -> None:
    round_ = a_round(school, slips=True)
    codes = print_slips(school, lead, round_.id, 25, now=NOW)
    assert len(set(codes)) == 25
    assert all(normal(code) == code for code in codes)
    assert (len(_slips(school)), _printed(school, round_)) == (25, 25)
    files = bytes_of(school) + b"".join(
        path.read_bytes() for path in school.settings.instance.rglob("*") if path.is_file()
    )
    # The negative control: what is stored of a slip can be found like this.
    assert _slips(school)[0].tag.encode() in files
    assert not [code for code in codes if code.encode() in files or code.replace("-", "").encode() in files]


def test_no_more_than_the_group_and_a_tenth_is_printed_by_one_person(school: School, lead: StaffMember) -> None:
    round_ = a_round(school, slips=True, group_size=25)
    print_slips(school, lead, round_.id, 20, now=NOW)
    assert slips_left(school, lead, round_.id, now=NOW).left() == 8
    with pytest.raises(TooManySlips) as refused:
        print_slips(school, lead, round_.id, 9, now=NOW)
    assert (refused.value.left, _printed(school, round_)) == (8, 20)
    print_slips(school, lead, round_.id, 8, now=NOW)
    with pytest.raises(TooManySlips):
        print_slips(school, lead, round_.id, 1, now=NOW)


def test_more_needs_the_yes_of_another_person(school: School, lead: StaffMember, officer: StaffMember) -> None:
    round_ = a_round(school, slips=True, group_size=10)
    print_slips(school, lead, round_.id, 11, now=NOW)
    request = ask_for_more(school, lead, round_.id, 5, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        approve_more(school, lead, round_.id, request, now=NOW)
    with pytest.raises(TooManySlips):
        print_slips(school, lead, round_.id, 1, now=NOW)
    (waiting,) = slips_left(school, officer, round_.id, now=NOW).waiting
    assert (waiting.slips, waiting.asked_by, waiting.is_mine) == (5, "lead", False)
    approve_more(school, officer, round_.id, request, now=NOW)
    with pytest.raises(NotFound):
        approve_more(school, officer, round_.id, request, now=NOW)
    assert len(print_slips(school, lead, round_.id, 5, now=NOW)) == 5
    with pytest.raises(TooManySlips):
        print_slips(school, lead, round_.id, 1, now=NOW)


def test_the_database_too_refuses_one_person_in_two_roles(school: School, lead: StaffMember) -> None:
    round_ = a_round(school, slips=True)
    ask_for_more(school, lead, round_.id, 5, now=NOW)
    with school.engine.begin() as connection, pytest.raises(IntegrityError, match="more_slips_need_two_people"):
        connection.execute(text("UPDATE slip_request SET approved_by_id = asked_by_id"))


def test_a_request_of_another_round_is_not_approved_here(
    school: School, lead: StaffMember, officer: StaffMember
) -> None:
    one, another = a_round(school, slips=True), a_round(school, slips=True)
    request = ask_for_more(school, lead, one.id, 5, now=NOW)
    with pytest.raises(NotFound):
        approve_more(school, officer, another.id, request, now=NOW)


def test_a_group_of_known_size_has_its_own_limit(school: School, lead: StaffMember) -> None:
    round_ = a_round(school, slips=True, group_size=25, groups=_GROUPS)
    print_slips(school, lead, round_.id, 11, group="AB12", now=NOW)
    with pytest.raises(TooManySlips):
        print_slips(school, lead, round_.id, 1, group="AB12", now=NOW)
    left = slips_left(school, lead, round_.id, now=NOW)
    assert (left.left("AB12"), left.left("CD34"), left.left()) == (0, 17, 17)
    print_slips(school, lead, round_.id, 17, group="CD34", now=NOW)
    with pytest.raises(NotFound):
        print_slips(school, lead, round_.id, 1, group="NOPE", now=NOW)


def test_a_form_that_is_sent_twice_prints_once(school: School, lead: StaffMember) -> None:
    round_ = a_round(school, slips=True)
    print_slips(school, lead, round_.id, 5, after=0, now=NOW)
    with pytest.raises(SheetPrinted):
        print_slips(school, lead, round_.id, 5, after=0, now=NOW)
    assert _printed(school, round_) == 5


@pytest.mark.parametrize("slips", [0, -1, 301])
def test_a_sheet_is_of_a_number_that_can_be_printed(school: School, lead: StaffMember, slips: int) -> None:
    round_ = a_round(school, slips=True, group_size=1000)
    for refused in (print_slips, ask_for_more):
        with pytest.raises(NotReady, match="slips"):
            refused(school, lead, round_.id, slips, now=NOW)


@pytest.mark.parametrize(
    "facts", [{"slips": False}, {"state": "draft"}, {"state": "closed"}, {"closes_at": NOW, "opens_at": NOW.min}]
)
def test_only_an_open_round_with_slips_prints_them(school: School, lead: StaffMember, facts: dict[str, Any]) -> None:
    round_ = a_round(school, **{"slips": True, **facts})
    with pytest.raises(WrongState):
        print_slips(school, lead, round_.id, 1, now=NOW)
    assert not _slips(school)


def test_slips_are_printed_before_the_first_moment_of_the_round(school: School, lead: StaffMember) -> None:
    pilot = a_pilot(school)
    round_id = plan_round(school, lead, pilot.id, a_plan(slips=True, opens_at=NOW.replace(day=25)), now=NOW)
    open_round(school, lead, round_id, now=NOW)
    assert len(print_slips(school, lead, round_id, 25, now=NOW)) == 25


def test_who_may_print_and_who_may_say_yes(school: School, lead: StaffMember, officer: StaffMember) -> None:
    mine, other = a_staff_member(school), a_staff_member(school, account="other")
    round_ = a_round(school, slips=True, owner_id=mine.id)
    for by in (lead, officer, mine):
        print_slips(school, by, round_.id, 1, now=NOW)
    with pytest.raises(NotFound):
        print_slips(school, other, round_.id, 1, now=NOW)
    for role in ("administrator", "reader", "interpreter"):
        with pytest.raises(NotPermitted):
            print_slips(school, a_staff_member(school, role, account=role), round_.id, 1, now=NOW)
    request = ask_for_more(school, lead, round_.id, 1, now=NOW)
    with pytest.raises(NotPermitted):
        approve_more(school, mine, round_.id, request, now=NOW)


def test_the_audit_chain_holds_counts_and_nothing_else(school: School, lead: StaffMember, officer: StaffMember) -> None:
    round_ = a_round(school, slips=True, groups=_GROUPS)
    print_slips(school, lead, round_.id, 3, group="AB12", now=NOW)
    approve_more(school, officer, round_.id, ask_for_more(school, lead, round_.id, 4, now=NOW), now=NOW)
    with Session(school.engine) as session:
        written = [(entry.account, entry.action, entry.facts) for entry in session.scalars(select(AuditEntry))]
        assert session.scalars(select(SlipRequest)).one().approved_by_id == officer.id
    assert written == [
        ("lead", "slips_printed", {"slips": 3}),
        ("lead", "more_slips_asked_for", {"slips": 4}),
        ("officer", "more_slips_approved", {"slips": 4}),
    ]
