"""The officer chooses whose law holds; less than before needs two people, and nothing goes below the floor."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.app import create_app
from feedback.commands import service
from feedback.commands.place import Place
from feedback.config import LAWS, NotConfigured, Settings, read_settings
from feedback.models import Round, StaffMember
from feedback.operations.doctor import wrong_in
from feedback.operations.errors import NotPermitted, NotReady, SecondPersonNeeded
from feedback.operations.floor import below_floor, refuse_below_floor
from feedback.operations.retention.due_rounds import kept_days
from feedback.operations.retention.retention_status import retention_status
from feedback.operations.rules import Choice, choose_rules, rules_of, rules_page
from feedback.operations.school import School
from feedback.operations.two_people import agree, open_requests
from feedback.privacy.jurisdictions import jurisdictions
from tests.conftest import SECRET
from tests.factories import NOW, a_round, a_staff_member
from tests.officer import choose_nothing


@pytest.fixture
def officer(school: School) -> StaffMember:
    """The privacy officer."""
    return a_staff_member(school, "officer", account="officer@example.org")


def test_before_anybody_has_chosen_the_setting_says_where_to_begin(school: School) -> None:
    choose_nothing(school)
    begun = rules_of(replace(school, settings=replace(school.settings, law="us-ppra")))
    assert (begun.jurisdiction.id, begun.number, begun.notice_days) == ("us-federal", 0, 10)
    assert rules_of(school).jurisdiction.id == "strictest"


def test_the_first_choice_and_stricter_ones_need_nobody_else(school: School, officer: StaffMember) -> None:
    choose_nothing(school)
    assert choose_rules(school, officer, Choice("england"), now=NOW)
    assert choose_rules(school, officer, Choice("england", k_team=10, k_public=20), now=NOW)
    held = rules_of(school)
    assert (held.number, held.k_team, held.k_public) == (2, 10, 20)


def test_data_goes_by_the_schedule_of_the_rules_that_hold_and_longer_ones_need_two(
    school: School, officer: StaffMember
) -> None:
    choose_nothing(school)
    choose_rules(school, officer, Choice("strictest"), now=NOW)
    assert retention_status(school, officer, today=NOW.date()).layers["tallies"].days == 1095
    with pytest.raises(NotReady, match="reason"):
        choose_rules(school, officer, Choice("us-utah", k_team=10, notice_days=30), now=NOW)
    choose_nothing(school)
    choose_rules(school, officer, Choice("us-federal"), now=NOW)
    status = retention_status(school, officer, today=NOW.date())
    assert (status.layers["tallies"].days, status.profile) == (1825, "us-federal")
    round_ = a_round(school, keep_tallies_days=1825)
    with Session(school.engine) as session:
        assert kept_days(session, school, session.get_one(Round, round_.id)) == (90, 1825)
    choose_nothing(school)
    with Session(school.engine) as session:
        assert kept_days(session, school, session.get_one(Round, round_.id)) == (90, 1095)


def test_every_set_of_rules_names_a_schedule_that_there_is() -> None:
    assert {each.retention.schedule for each in jurisdictions().values()} == set(LAWS)


@pytest.mark.parametrize(
    "milder",
    [
        Choice("us-federal", k_team=5, k_public=15, notice_days=14),
        Choice("us-federal", k_team=10, k_public=10, notice_days=14),
        Choice("us-federal", k_team=10, k_public=15, notice_days=10),
        Choice("us-federal", k_team=10, k_public=15, notice_days=14, gifts=True),
        Choice("england", k_team=10, k_public=15, notice_days=14),
    ],
)
def test_milder_rules_need_two_people(school: School, officer: StaffMember, milder: Choice) -> None:
    choose_nothing(school)
    choose_rules(school, officer, Choice("us-federal", k_team=10, k_public=15, notice_days=14), now=NOW)
    before = rules_of(school)
    with pytest.raises(NotReady, match="reason"):
        choose_rules(school, officer, milder, now=NOW)
    assert not choose_rules(school, officer, milder, reason="Classes are small.", now=NOW)
    (asked,) = open_requests(school, officer, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        agree(school, officer, asked.id, now=NOW)
    assert rules_of(school) == before
    agree(school, a_staff_member(school, "lead", account="lead@example.org"), asked.id, now=NOW)
    assert rules_of(school) == before
    assert choose_rules(school, officer, milder, now=NOW)
    assert rules_of(school).number == 2
    assert not rules_page(school, officer, now=NOW).waiting


@pytest.mark.parametrize(
    ("choice", "missing"),
    [
        (Choice("mars"), "profile"),
        (Choice("england", k_team=4), "k_floor"),
        (Choice("england", k_public=9), "k_floor"),
        (Choice("england", k_team=12, k_public=11), "k_floor"),
        (Choice("us-utah", k_team=5), "k_floor"),
        (Choice("us-utah", notice_days=10), "notice_floor"),
        (Choice("england", gifts=True), "gifts"),
    ],
)
def test_nobody_chooses_less_than_the_floor_or_the_law(
    school: School, officer: StaffMember, choice: Choice, missing: str
) -> None:
    with pytest.raises(NotReady, match=missing):
        choose_rules(school, officer, choice, reason="Please.", now=NOW)


@pytest.mark.parametrize("role", ["lead", "teacher", "administrator"])
def test_only_the_officer_chooses(school: School, role: str) -> None:
    with pytest.raises(NotPermitted):
        choose_rules(school, a_staff_member(school, role), Choice("strictest"), now=NOW)


@pytest.mark.parametrize(
    ("statement", "promise"),
    [
        ("UPDATE privacy_rules SET k_team = 4", "team_sees_crowds_of_five"),
        ("UPDATE privacy_rules SET k_public = 9", "public_sees_crowds_of_ten"),
        ("UPDATE privacy_rules SET k_team = 12", "public_sees_no_more_than_the_team"),
        ("UPDATE privacy_rules SET milder = true", "milder_rules_need_two_people"),
        ("UPDATE privacy_rules SET milder = true, agreed_by_id = by_id", "milder_rules_need_two_people"),
        ("UPDATE round SET k = 4", "k_protects_people"),
    ],
)
def test_a_write_that_goes_round_python_is_refused(school: School, statement: str, promise: str) -> None:
    a_round(school)
    with pytest.raises(IntegrityError, match=promise), school.engine.begin() as connection:
        connection.execute(text(statement))


def _drop_by_hand(school: School, table: str, name: str, change: str) -> None:
    with school.engine.connect() as connection:
        if school.engine.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
        else:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        connection.execute(text(change))
        connection.commit()
        if school.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")


@pytest.mark.parametrize(
    ("table", "name", "change", "found"),
    [
        ("privacy_rules", "team_sees_crowds_of_five", "SET k_team = 3", "privacy_rules.k_team"),
        ("privacy_rules", "public_sees_crowds_of_ten", "SET k_public = 5", "privacy_rules.k_public"),
        ("round", "k_protects_people", "SET k = 2", "round.k"),
    ],
)
def test_where_a_constraint_was_dropped_by_hand_nothing_starts(
    school: School, monkeypatch: pytest.MonkeyPatch, table: str, name: str, change: str, found: str
) -> None:
    a_round(school)
    refuse_below_floor(school)
    _drop_by_hand(school, table, name, f"UPDATE {table} {change}")
    assert below_floor(school.engine) == [found]
    with pytest.raises(NotConfigured, match=found):
        create_app(school.settings)
    assert "thresholds" in wrong_in(school)
    with pytest.raises(NotConfigured, match=found):
        _start_worker(school, monkeypatch)
    # Nor does what is read go below it.
    assert (rules_of(school).k_team, rules_of(school).k_public) >= (5, 10)


def _start_worker(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "keep_out_of_dumps", lambda: None)
    monkeypatch.setattr(Place, "school", lambda _self: school)
    command = service.work
    assert command.callback is not None
    with command.make_context("work", [], obj=Place(create_app)) as context:
        command.invoke(context)


@pytest.mark.parametrize(("name", "value"), [("K_TEAM", "4"), ("K_PUBLIC", "9"), ("K_TEAM", "0"), ("K_PUBLIC", "-1")])
def test_the_environment_cannot_lower_the_floor(name: str, value: str) -> None:
    with pytest.raises(NotConfigured, match=f"VOICEBOX_{name}"):
        read_settings({"VOICEBOX_SECRET": SECRET, f"VOICEBOX_{name}": value})


def test_settings_made_without_an_environment_cannot_either(settings: Settings) -> None:
    with pytest.raises(NotConfigured, match="VOICEBOX_K_TEAM"):
        replace(settings, k_team=4)
    with pytest.raises(NotConfigured, match="VOICEBOX_K_PUBLIC"):
        replace(settings, k_public=9)


def test_the_environment_may_raise_it(school: School) -> None:
    raised = replace(school, settings=replace(school.settings, k_team=8, k_public=12))
    assert (rules_of(raised).k_team, rules_of(raised).k_public) == (8, 12)
