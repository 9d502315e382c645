"""What keeps a round from opening: the form's yes, the families' notice and say, gifts, and how large a crowd."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from feedback.models import FamilyNotice, Round, StaffMember
from feedback.operations.errors import NotFound, NoticeRunning, NotPermitted, NotReady
from feedback.operations.rounds.course import RoundPlan, discard_round, open_round, plan_round, round_for
from feedback.operations.rounds.family_notices import Given, clock_of, give_notice, give_year_notice, mind_families
from feedback.operations.rounds.form_approvals import approvals_of, approve_forms, approve_of_round, forms_waiting
from feedback.operations.rounds.may_open import may_open
from feedback.operations.rules import Choice, choose_rules
from feedback.operations.school import School
from feedback.operations.workshop.instruments import keep_version
from feedback.privacy.jurisdictions import Consent
from forms.definition import Instrument, digest
from forms.tailor import tailor
from tests.factories import NOW, a_family_instrument, a_pilot, a_staff_member, an_instrument
from tests.officer import choose_nothing

TODAY = NOW.date()


@pytest.fixture
def lead(school: School) -> StaffMember:
    """A pilot lead."""
    return a_staff_member(school, "lead", account="lead@example.org")


@pytest.fixture
def officer(school: School) -> StaffMember:
    """The privacy officer."""
    return a_staff_member(school, "officer", account="officer@example.org")


def _rules(school: School, officer: StaffMember, choice: Choice) -> None:
    choose_nothing(school)
    choose_rules(school, officer, choice, now=NOW)


def _draft(school: School, lead: StaffMember, instrument: Instrument | None = None, **facts: Any) -> str:
    plan = RoundPlan(
        instrument=instrument or an_instrument(),
        title="Class 2B",
        languages=("en", "es"),
        opens_at=NOW,
        closes_at=NOW + timedelta(days=60),
        promise_on=TODAY + timedelta(days=90),
        group_size=25,
        slips=True,
    )
    return plan_round(school, lead, a_pilot(school).id, replace(plan, **facts), now=NOW)


def _missing(school: School, lead: StaffMember, round_id: str) -> tuple[str, ...]:
    return may_open(school, round_for(school, lead, round_id).round, now=NOW).missing


def _told(on: date, *languages: str) -> Given:
    return Given(on, "paper", dict.fromkeys(languages or ("en", "es"), "Dear families."))


@pytest.mark.usefixtures("asks_first")
def test_a_round_waits_for_the_yes_of_the_school_year(school: School, lead: StaffMember, officer: StaffMember) -> None:
    round_id = _draft(school, lead)
    with pytest.raises(NotReady, match="form_approval"):
        open_round(school, lead, round_id, now=NOW)
    assert forms_waiting(school, officer, now=NOW) == 1
    approve_of_round(school, officer, round_id, now=NOW)
    assert forms_waiting(school, officer, now=NOW) == 0
    open_round(school, lead, round_id, now=NOW)
    # The same form again, and a part of it, need no other.
    open_round(school, lead, _draft(school, lead), now=NOW)
    open_round(school, lead, _draft(school, lead, tailor(an_instrument(), without=["liked"])), now=NOW)


@pytest.mark.usefixtures("asks_first")
def test_a_changed_version_another_profile_and_a_new_school_year_need_a_new_yes(
    school: School, lead: StaffMember, officer: StaffMember
) -> None:
    round_id = _draft(school, lead)
    approve_of_round(school, officer, round_id, now=NOW)
    reworded = tailor(an_instrument(), wording={"again": {"en": "Once more?"}})
    assert _missing(school, lead, _draft(school, lead, reworded)) == ("form_approval",)
    round_ = round_for(school, lead, round_id).round
    assert may_open(school, round_, now=NOW).missing == ()
    assert may_open(school, round_, now=NOW.replace(year=2027, month=7, day=31)).missing == ()
    assert may_open(school, round_, now=NOW.replace(year=2027, month=8, day=1)).missing == ("form_approval",)
    choose_rules(school, officer, Choice("strictest"), now=NOW)
    assert "form_approval" in _missing(school, lead, round_id)


@pytest.mark.usefixtures("asks_first")
def test_only_the_officer_says_yes_and_only_to_what_can_be_asked(
    school: School, lead: StaffMember, officer: StaffMember
) -> None:
    with pytest.raises(NotPermitted):
        approve_forms(school, lead, ["0" * 64], now=NOW)
    with pytest.raises(NotFound):
        approve_forms(school, officer, ["0" * 64], now=NOW)
    with pytest.raises(NotReady, match="forms"):
        approve_forms(school, officer, [], now=NOW)
    keys = [each.key for each in approvals_of(school, officer, now=NOW).forms]
    assert approve_forms(school, officer, keys, now=NOW) == len(keys)
    assert approve_forms(school, officer, keys, now=NOW) == 0


def test_families_are_told_and_their_days_go_by_before_anybody_is_asked(
    school: School, lead: StaffMember, officer: StaffMember
) -> None:
    _rules(school, officer, Choice("us-federal"))
    round_id = _draft(school, lead)
    approve_of_round(school, officer, round_id, now=NOW)
    assert _missing(school, lead, round_id) == ("notice", "kept_back")
    give_notice(school, lead, round_id, _told(TODAY, "en"), now=NOW)
    assert clock_of(school, round_id).untold == ("es",)
    give_notice(school, lead, round_id, _told(TODAY - timedelta(days=2)), now=NOW)
    mind_families(school, lead, round_id, kept_back=2, gift_words="", now=NOW)
    with pytest.raises(NoticeRunning) as running:
        open_round(school, lead, round_id, now=NOW)
    assert running.value.opens_from == TODAY + timedelta(days=8)
    with pytest.raises(NoticeRunning):
        open_round(school, lead, round_id, now=NOW + timedelta(days=7))
    open_round(school, lead, round_id, now=NOW + timedelta(days=8))


def test_a_round_that_lets_people_in_later_can_be_opened_today(
    school: School, lead: StaffMember, officer: StaffMember
) -> None:
    _rules(school, officer, Choice("us-federal"))
    round_id = _draft(school, lead, opens_at=NOW + timedelta(days=10))
    approve_of_round(school, officer, round_id, now=NOW)
    give_notice(school, lead, round_id, _told(TODAY), now=NOW)
    mind_families(school, lead, round_id, kept_back=0, gift_words="", now=NOW)
    assert _missing(school, lead, round_id) == ()


def test_a_notice_about_another_version_does_not_count(school: School, lead: StaffMember, officer: StaffMember) -> None:
    _rules(school, officer, Choice("us-federal"))
    round_id = _draft(school, lead)
    give_notice(school, lead, round_id, _told(TODAY), now=NOW)
    with Session(school.engine) as session, session.begin():
        other = tailor(an_instrument(), wording={"again": {"en": "Once more?"}})
        swapped = session.get_one(Round, round_id)
        swapped.instrument_id = keep_version(session, other).id
    assert "notice" in _missing(school, lead, round_id)


def test_written_consent_needs_slips_or_a_class_session(
    school: School, lead: StaffMember, officer: StaffMember
) -> None:
    _rules(school, officer, Choice("us-utah"))
    assert "consent_slips" in _missing(school, lead, _draft(school, lead, slips=False))
    assert "consent_slips" not in _missing(school, lead, _draft(school, lead))
    assert "consent_slips" not in _missing(school, lead, _draft(school, lead, slips=False, class_session=True))


def test_grown_ups_are_asked_without_a_notice(school: School, lead: StaffMember, officer: StaffMember) -> None:
    _rules(school, officer, Choice("strictest"))
    round_id = _draft(school, lead, a_family_instrument())
    assert clock_of(school, round_id).consent is Consent.NONE
    assert _missing(school, lead, round_id) == ("form_approval",)


def test_a_notice_of_the_whole_year_holds_for_every_round(
    school: School, lead: StaffMember, officer: StaffMember
) -> None:
    _rules(school, officer, Choice("us-federal"))
    _draft(school, lead)
    give_year_notice(school, officer, digest(an_instrument()), _told(TODAY - timedelta(days=20)), now=NOW)
    assert "notice" not in _missing(school, lead, _draft(school, lead))
    assert "notice_days" not in _missing(school, lead, _draft(school, lead))
    assert "notice" in _missing(
        school,
        lead,
        _draft(
            school,
            lead,
            opens_at=NOW + timedelta(days=300),
            closes_at=NOW + timedelta(days=310),
            promise_on=TODAY + timedelta(days=320),
        ),
    )


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (_told(TODAY + timedelta(days=1)), "day"),
        (_told(TODAY, "ur"), "languages"),
        (Given(TODAY, "paper", {}), "languages"),
        (Given(TODAY, "rumour", {"en": "Dear families."}), "channel"),
    ],
)
def test_what_is_no_notice_is_not_kept(school: School, lead: StaffMember, given: Given, missing: str) -> None:
    round_id = _draft(school, lead)
    with pytest.raises(NotReady, match=missing):
        give_notice(school, lead, round_id, given, now=NOW)


def test_nothing_is_given_where_the_rules_forbid_it(school: School, lead: StaffMember, officer: StaffMember) -> None:
    _rules(school, officer, Choice("us-federal", gifts=True))
    round_id = _draft(school, lead)
    mind_families(school, lead, round_id, kept_back=0, gift_words="A pencil", now=NOW)
    assert "gift" not in _missing(school, lead, round_id)
    choose_rules(school, officer, Choice("us-federal"), now=NOW)
    assert "gift" in _missing(school, lead, round_id)
    with pytest.raises(NotReady, match="gift"):
        mind_families(school, lead, round_id, kept_back=0, gift_words="A pencil", now=NOW)


def test_a_round_waits_for_as_many_voices_as_the_rules_ask(
    school: School, lead: StaffMember, officer: StaffMember
) -> None:
    _rules(school, officer, Choice("england", k_team=12, k_public=12))
    assert "k_of_rules" in _missing(school, lead, _draft(school, lead, k=10))
    assert "k_of_rules" not in _missing(school, lead, _draft(school, lead, k=12))


def test_of_families_there_is_a_number_and_no_name_and_a_draft_takes_it_along(
    school: School, lead: StaffMember
) -> None:
    round_id = _draft(school, lead)
    give_notice(school, lead, round_id, _told(TODAY), now=NOW)
    mind_families(school, lead, round_id, kept_back=3, gift_words="", now=NOW)
    assert clock_of(school, round_id).kept_back == 3
    discard_round(school, lead, round_id, now=NOW)
    with Session(school.engine) as session:
        assert session.query(FamilyNotice).count() == 0
