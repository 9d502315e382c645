"""Roles and accounts: who sees more needs two people, and the last officer stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, DistrictSchool, SignIn, StaffMember
from feedback.operations import two_people
from feedback.operations.door import staff_accounts as accounts
from feedback.operations.door.accounts import accounts as known_accounts
from feedback.operations.door.accounts import disable, enable
from feedback.operations.errors import NotFound, NotPermitted, NotReady, SecondPersonNeeded, SignInRefused
from feedback.operations.school import School
from feedback.operations.schools import at_school_of
from feedback.operations.staff import account_of, add_staff, remember_browser, sign_in
from feedback.privacy.permissions import ROLES, apart
from tests.factories import NOW, a_staff_member

WHY = "New task since Monday"


@pytest.fixture
def keeper(school: School) -> StaffMember:
    """The school's administrator."""
    return a_staff_member(school, "administrator", account="keeper")


@pytest.fixture
def officer(school: School) -> StaffMember:
    """The school's only privacy officer."""
    return a_staff_member(school, "officer", account="officer")


def _change(school: School, by: StaffMember, member: StaffMember, *roles: str) -> frozenset[str]:
    accounts.change_roles(school, by, member.id, roles, reason=WHY, now=NOW)
    found = account_of(school, member.id)
    assert found is not None
    return found.roles


def test_a_role_that_sees_more_needs_two_people(school: School, keeper: StaffMember, officer: StaffMember) -> None:
    member = a_staff_member(school, "teacher")
    with pytest.raises(SecondPersonNeeded):
        _change(school, keeper, member, "teacher", "lead")
    asked = accounts.ask_for_roles(school, keeper, member.id, ["teacher", "lead"], reason=WHY, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        accounts.ask_for_roles(school, keeper, member.id, ["teacher", "lead"], reason=WHY, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        two_people.agree(school, keeper, asked, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        _change(school, keeper, member, "teacher", "lead")
    two_people.agree(school, officer, asked, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        _change(school, keeper, member, "teacher", "reader")
    assert _change(school, keeper, member, "teacher", "lead") == {"teacher", "lead"}
    # The yes is used: it holds for nothing else, and not twice.
    assert _change(school, keeper, member, "teacher") == {"teacher"}
    with pytest.raises(SecondPersonNeeded):
        _change(school, keeper, member, "teacher", "lead")


def test_a_yes_that_is_too_old_gives_nothing(school: School, keeper: StaffMember, officer: StaffMember) -> None:
    member = a_staff_member(school, "teacher")
    asked = accounts.ask_for_roles(school, keeper, member.id, ["reader"], reason=WHY, now=NOW)
    two_people.agree(school, officer, asked, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        accounts.change_roles(school, keeper, member.id, ["reader"], reason=WHY, now=NOW + timedelta(days=15))


def test_what_sees_no_more_one_person_changes_with_a_reason(school: School, keeper: StaffMember) -> None:
    member = a_staff_member(school, "lead")
    assert _change(school, keeper, member, "teacher") == {"teacher"}
    with Session(school.engine) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert entry is not None
    assert (entry.action, entry.object_id) == ("roles_changed", member.id)
    assert entry.facts == {"before": ["lead"], "after": ["teacher"], "reason": WHY}


@pytest.mark.parametrize(
    ("roles", "reason", "code"),
    [
        (["teacher"], "  ", "reason"),
        ([], WHY, "roles"),
        (["headmaster"], WHY, "roles"),
        (["translator"], WHY, "languages"),
        (["officer", "administrator"], WHY, "officer"),
        (["lead", "administrator"], WHY, "administrator"),
        (["reader", "administrator"], WHY, "administrator"),
        (["auditor", "teacher"], WHY, "auditor"),
    ],
)
def test_roles_that_do_not_go_together(
    school: School, keeper: StaffMember, roles: list[str], reason: str, code: str
) -> None:
    member = a_staff_member(school, "teacher")
    with pytest.raises(NotReady) as refused:
        accounts.change_roles(school, keeper, member.id, roles, reason=reason, now=NOW)
    assert refused.value.missing == (code,)


def test_nobody_decides_about_oneself_and_nobody_else_than_administrators(
    school: School, keeper: StaffMember, officer: StaffMember
) -> None:
    with pytest.raises(SecondPersonNeeded):
        disable(school, keeper, keeper.id, now=NOW)
    for role in set(ROLES) - {"administrator"}:
        other = a_staff_member(school, role, account=role + "2")
        with pytest.raises(NotPermitted):
            accounts.change_roles(school, other, officer.id, ["teacher"], reason=WHY, now=NOW)
        with pytest.raises(NotPermitted):
            disable(school, other, officer.id, now=NOW)


def test_the_last_officer_and_the_last_administrator_stay(
    school: School, keeper: StaffMember, officer: StaffMember
) -> None:
    with pytest.raises(NotReady, match="last_officer"):
        _change(school, keeper, officer, "teacher")
    with pytest.raises(NotReady, match="last_officer"):
        disable(school, keeper, officer.id, now=NOW)
    second = a_staff_member(school, "officer", account="second")
    disable(school, keeper, second.id, now=NOW)
    # A disabled one is nobody.
    with pytest.raises(NotReady, match="last_officer"):
        disable(school, keeper, officer.id, now=NOW)
    enable(school, keeper, second.id, now=NOW)
    disable(school, keeper, officer.id, now=NOW)


def test_the_last_officer_of_one_school_stays_whoever_is_at_another(school: School) -> None:
    with Session(school.engine) as session, session.begin():
        session.add(other := DistrictSchool(name="Lake School"))
        session.flush()
        lake, here = other.id, session.scalars(select(DistrictSchool.id).where(DistrictSchool.id != other.id)).one()
    mine = a_staff_member(school, "officer", account="mine", school_id=here)
    a_staff_member(school, "officer", account="theirs", school_id=lake)
    district = a_staff_member(school, "administrator", account="district", school_id=None)
    with pytest.raises(NotReady, match="last_officer"):
        disable(at_school_of(school, district, here), district, mine.id, now=NOW)
    a_staff_member(school, "officer", account="all", school_id=None)
    disable(at_school_of(school, district, here), district, mine.id, now=NOW)


def test_a_schools_administrator_keeps_no_account_of_the_district_or_of_another_school(school: School) -> None:
    with Session(school.engine) as session, session.begin():
        session.add(other := DistrictSchool(name="Lake School"))
        session.flush()
        lake, here = other.id, session.scalars(select(DistrictSchool.id).where(DistrictSchool.id != other.id)).one()
    keeper = a_staff_member(school, "administrator", account="keeper", school_id=here)
    district = a_staff_member(school, "teacher", account="district", school_id=None)
    foreign = a_staff_member(school, "teacher", account="foreign", school_id=lake)
    at = at_school_of(school, keeper)
    assert [each.account for each in known_accounts(at, keeper)] == ["keeper"]
    for member in (district, foreign):
        with pytest.raises(NotFound):
            disable(at, keeper, member.id, now=NOW)


def test_a_disabled_account_is_out_at_once(school: School, keeper: StaffMember) -> None:
    member = add_staff(school, "m", "a long enough password", ["teacher"], now=NOW)
    remember_browser(school, None, {"staff_id": member.id}, now=NOW)
    disable(school, keeper, member.id, now=NOW)
    with pytest.raises(SignInRefused):
        sign_in(school, "m", "a long enough password", now=NOW)
    assert account_of(school, member.id) is None
    with Session(school.engine) as session:
        assert session.scalars(select(SignIn)).all() == []


@pytest.mark.parametrize("both", [("officer", "administrator"), ("administrator", "lead"), ("auditor", "reader")])
def test_the_database_refuses_roles_that_do_not_go_together(school: School, both: tuple[str, str]) -> None:
    assert apart(both)
    with pytest.raises(IntegrityError):
        a_staff_member(school, *both)
