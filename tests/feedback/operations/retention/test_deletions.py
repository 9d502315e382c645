"""A deletion is certified: what was there, what is left, where was looked; and it is ended once, however it is cut."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Certificate, Comment, Document, Round, StaffMember, TryOut, TryOutIdea
from feedback.operations import two_people
from feedback.operations.errors import OnHold, SecondPersonNeeded, WrongState
from feedback.operations.heads import first_broken_entry
from feedback.operations.retention import deletions
from feedback.operations.retention.certificates import certificates, signed_json
from feedback.operations.retention.delete_early import ask_to_delete, delete_early
from feedback.operations.retention.holds import ask_to_lift, lift_hold, place_hold, standing_holds
from feedback.operations.retention.marker import word_of
from feedback.operations.retention.purge import Purged, purge
from feedback.operations.school import School
from feedback.privacy.evidence import read_document
from tests.factories import NOW, a_family_instrument, a_round, a_slip, a_staff_member
from tests.feedback.operations.results.test_release import a_counted_round

TODAY = NOW.date()
NEEDLE = "needle-5d20c7e1 on the swing"


def _rows(school: School, table: type) -> int:
    with Session(school.engine) as session:
        return len(session.scalars(select(table)).all())


@pytest.fixture
def officer(school: School) -> StaffMember:
    return a_staff_member(school, "officer", account="officer@example.org")


@pytest.fixture
def round_(school: School) -> Round:
    """A counted round with twelve comments."""
    answers = [{"wish": f"{NEEDLE} {n}"} for n in range(12)]
    return a_counted_round(school, *answers, instrument=a_family_instrument())


def _purge(school: School, days: int = 90) -> list[Purged]:
    return purge(school, today=TODAY + timedelta(days=days), now=NOW + timedelta(days=days))


def test_a_purge_is_certified_with_bands_keys_basis_chain_and_search(
    school: School, round_: Round, officer: StaffMember
) -> None:
    _purge(school)
    (seen,) = certificates(school, officer)
    assert seen.is_clean
    genuine = read_document(signed_json(school, officer, seen.id))
    facts = genuine.facts
    assert genuine.kind == "deletion-certificate"
    assert facts["counts"] == {"before": {"comments": ">= 10"}, "after": {"comments": 0}}
    assert facts["keys_destroyed"] == [f"rounds/{round_.id}/data.key"]
    assert facts["trigger"] == {"kind": "date"}
    assert [each["code"] for each in facts["layers"]] == ["VB-04"]
    assert facts["chain"]["after"]["number"] > facts["chain"]["before"]["number"]
    assert facts["search"]["found_before_in_layers"] == ["comments"]
    assert facts["search"]["found_after_in"] == []
    assert word_of(school, seen.id) not in json.dumps(facts)
    assert first_broken_entry(school) is None


@pytest.mark.usefixtures("round_")
def test_figures_go_with_exact_counts_and_nothing_planted_stays(school: School, officer: StaffMember) -> None:
    _purge(school, 1095)
    facts = certificates(school, officer)[0].facts
    assert facts is not None
    before = facts["counts"]["before"]
    assert (before["comments"], before["releases"]) == (">= 10", 2)
    assert before["figures"] > 10
    assert set(facts["counts"]["after"].values()) == {0}
    assert facts["search"]["found_before_in_layers"] == ["comments", "tallies"]
    assert _rows(school, Document) == 0


def test_a_hold_blocks_every_deletion_until_two_people_take_it_off(
    school: School, round_: Round, officer: StaffMember
) -> None:
    lead = a_staff_member(school, "lead", account="lead@example.org")
    hold = place_hold(school, officer, "round", round_.id, reason="A complaint", basis="Letter 12", now=NOW)
    assert _purge(school) == []
    with pytest.raises(OnHold):
        ask_to_delete(school, lead, round_.id, ["comments"], reason="Early", now=NOW)
    with pytest.raises(SecondPersonNeeded):
        lift_hold(school, officer, hold, now=NOW)
    asked = ask_to_lift(school, officer, hold, reason="It is settled", now=NOW)
    two_people.agree(school, lead, asked, now=NOW)
    lift_hold(school, officer, hold, now=NOW)
    assert standing_holds(school, officer) == []
    assert _purge(school) == [Purged(round_.id, comments=12)]


@pytest.mark.parametrize("scope", ["pilot", "all"])
def test_a_hold_on_the_pilot_or_on_everything_holds_the_round(
    school: School, round_: Round, officer: StaffMember, scope: str
) -> None:
    on = round_.pilot_id if scope == "pilot" else ""
    place_hold(school, officer, scope, on, reason="A complaint", basis="Letter 12", now=NOW)
    assert _purge(school, 1095) == []
    assert _rows(school, Comment) == 12


def test_what_is_made_of_a_held_round_goes_with_no_other(school: School, round_: Round, officer: StaffMember) -> None:
    sister = a_round(school, pilot_id=round_.pilot_id)
    place_hold(school, officer, "round", sister.id, reason="A complaint", basis="Letter 12", now=NOW)
    # Its own comments go; its figures carry the evidence of the pilot, and with it the held round's.
    assert _purge(school, 1095) == [Purged(round_.id, comments=12)]


def test_before_its_date_two_people_delete_and_the_certificate_names_them(
    school: School, round_: Round, officer: StaffMember
) -> None:
    lead = a_staff_member(school, "lead", account="lead@example.org")
    asked = ask_to_delete(school, lead, round_.id, ["comments"], reason="A parent asked", now=NOW)
    with pytest.raises(SecondPersonNeeded):
        delete_early(school, lead, round_.id, ["comments"], now=NOW)
    two_people.agree(school, officer, asked, now=NOW)
    assert delete_early(school, lead, round_.id, ["comments"], now=NOW)
    assert deletions.carry_on(school, today=TODAY, now=NOW) == 1
    (seen,) = certificates(school, officer)
    assert seen.facts is not None
    assert seen.facts["trigger"] == {"kind": "two_people", "asked_by": lead.account, "agreed_by": officer.account}
    assert _rows(school, Comment) == 0
    with pytest.raises(WrongState):
        ask_to_delete(school, lead, round_.id, ["comments"], reason="Again", now=NOW)


def test_a_hold_placed_before_anything_went_stops_what_was_begun(
    school: School, round_: Round, officer: StaffMember
) -> None:
    lead = a_staff_member(school, "lead", account="lead@example.org")
    two_people.agree(
        school, officer, ask_to_delete(school, lead, round_.id, ["comments"], reason="x", now=NOW), now=NOW
    )
    delete_early(school, lead, round_.id, ["comments"], now=NOW)
    place_hold(school, officer, "round", round_.id, reason="A complaint", basis="Letter 12", now=NOW)
    assert deletions.carry_on(school, today=TODAY, now=NOW) == 0
    assert _rows(school, Comment) == 12


class _Cut(Exception):
    pass


@pytest.mark.usefixtures("round_")
@pytest.mark.parametrize("at", ["delete_comments", "_plant", "_is_scrubbed", "sign_certificate"])
def test_what_is_cut_off_is_ended_by_the_next_run_and_certified_once(
    school: School, officer: StaffMember, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    whole: Callable[..., object] = getattr(deletions, at)

    def cut(*words: object, **named: object) -> object:
        whole(*words, **named)
        raise _Cut

    with monkeypatch.context() as patched:
        patched.setattr(deletions, at, cut)
        with pytest.raises(_Cut):
            _purge(school)
    assert _purge(school, 91) == []
    (seen,) = certificates(school, officer)
    assert seen.is_clean
    assert seen.facts is not None
    assert seen.facts["counts"]["before"] == {"comments": ">= 10"}
    assert first_broken_entry(school) is None


def test_unused_codes_go_a_week_after_closing_and_how_many_is_not_told(school: School, officer: StaffMember) -> None:
    round_ = a_round(school, slips=True, state="closed")
    for _ in range(3):
        a_slip(school, round_)
    closed = (round_.closes_at.date() - TODAY).days
    assert _purge(school, closed + 6) == []
    assert _purge(school, closed + 7) == [Purged(round_.id, slips=True)]
    (seen,) = certificates(school, officer)
    assert seen.is_clean
    assert "not told" in str(seen.facts)
    assert _purge(school, closed + 8) == []


def test_class_try_outs_go_after_a_year(school: School, officer: StaffMember) -> None:
    with Session(school.engine) as session, session.begin():
        for number in range(2):
            session.add(TryOut(id=f"{number}" * 32, name="x", code=f"T{number}", label="5B", body="{}", made_on=TODAY))
        session.flush()
        session.add(TryOutIdea(try_out_id="1" * 32, words="Ask about lunch"))
    _purge(school, 364)
    assert _rows(school, TryOut) == 2
    _purge(school, 365)
    assert (_rows(school, TryOut), _rows(school, TryOutIdea)) == (0, 0)
    (seen,) = certificates(school, officer)
    assert seen.is_clean
    assert seen.facts is not None
    assert seen.facts["counts"] == {"before": {"try-outs": 2}, "after": {"try-outs": 0}}


@pytest.mark.usefixtures("round_")
def test_certificates_go_after_six_years(school: School) -> None:
    _purge(school)
    _purge(school, 90 + 2190)
    with Session(school.engine) as session:
        assert {tuple(each.layers) for each in session.scalars(select(Certificate))} == {("tallies",)}
