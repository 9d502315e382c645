"""A pilot's evidence: gathered from releases and the book, frozen once, and the same when it is read back."""

from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from analysis.evidence_card import EvidenceLevel
from analysis.summary import Share, Verdict
from analysis.words import Beside
from feedback.models import Evidence, Pilot
from feedback.operations.evidence.frozen import Shown, evidence_for, freeze_evidence
from feedback.operations.pilots.book import NewEntry, write_entry
from feedback.operations.retention.purge import delete_results
from feedback.operations.school import School
from tests.factories import NOW, a_pilot
from tests.feedback.reports.pilots import Tried, a_tried_pilot

TODAY = NOW.date()


def _freeze(school: School, pilot_id: str) -> Evidence:
    with Session(school.engine, expire_on_commit=False) as session, session.begin():
        return freeze_evidence(session, school, session.get_one(Pilot, pilot_id), TODAY)


def _shown(school: School, pilot_id: str) -> Shown:
    with Session(school.engine) as session:
        return evidence_for(session, school, session.get_one(Pilot, pilot_id))


@pytest.fixture
def tried(school: School) -> Tried:
    return a_tried_pilot(school)


def test_frozen_evidence_is_what_was_there_and_stays_it(school: School, tried: Tried) -> None:
    before = _shown(school, tried.pilot.id)
    frozen = _freeze(school, tried.pilot.id)
    later = NewEntry("cost", {"what": "Headphones", "sort": "devices", "amount": 9})
    write_entry(school, tried.lead, tried.pilot.id, later, now=NOW)
    after = _shown(school, tried.pilot.id)
    assert (before.sha256, before.frozen_on) == (None, None)
    assert after.evidence == before.evidence
    assert (after.sha256, after.frozen_on) == (sha256(frozen.body.encode()).hexdigest(), TODAY)
    assert _freeze(school, tried.pilot.id).number == 2


def test_it_says_what_decides_how_sure_and_what_moved(school: School, tried: Tried) -> None:
    evidence = _shown(school, tried.pilot.id).evidence
    assert [(one.title, one.wave) for one in evidence.rounds] == [
        ("Families in autumn", "baseline"),
        ("Families in spring", "end"),
        ("Class 2B", ""),
    ]
    end = evidence.round(tried.end.id)
    assert evidence.decides == end.id
    assert end.summary.criterion
    assert isinstance(end.summary.criterion.figure, Share)
    # 33 of 44 is 75 %; the Wilson interval at 40 people is 60 to 86 %.
    assert (end.summary.criterion.figure.point, end.summary.criterion.figure.interval) == (75, (60, 86))
    assert end.summary.criterion.verdict is Verdict.CLEAR_YES
    assert [result.question for result in end.summary.secondary] == ["ease"]
    (waves,) = evidence.waves
    again = next(one for one in waves.differences if one.question == "again")
    assert again.beside is Beside.MORE
    assert evidence.card
    # Answers, use and what was seen agree; there was a baseline; 40 to 44 of 60 answered.
    assert evidence.card.level is EvidenceLevel.TRIANGULATED
    assert evidence.card.fidelity
    assert (evidence.card.fidelity.planned, evidence.card.fidelity.actual) == (6, 5)


def test_the_book_is_added_up(school: School, tried: Tried) -> None:
    evidence = _shown(school, tried.pilot.id).evidence
    assert evidence.costs
    assert (evidence.costs.money, evidence.costs.hours, evidence.costs.per_active) == (480, 6, 24)
    assert evidence.dose
    assert (evidence.dose.weeks, evidence.dose.sessions, evidence.dose.minutes) == (2, 5, 95)
    assert [claim.single for claim in sorted(evidence.claims, key=lambda one: one.claim)] == ["survey", None]
    assert [one.part for one in evidence.plan.amended] == ["exit_plan"]
    assert [one.body["place"] for one in evidence.noted("observation")] == ["Library"]


def test_a_total_that_cannot_be_is_as_good_as_none(school: School, tried: Tried) -> None:
    totals = {"totals": {"AAA": 30, "BBB": 30}}
    write_entry(school, tried.lead, tried.pilot.id, NewEntry("totals", totals, round_id=tried.end.id), now=NOW)
    reach = _shown(school, tried.pilot.id).evidence.round(tried.end.id).reach
    # No envelope came by a group's own link, so nobody can say who is missing.
    assert [(one.group, one.total, one.rate) for one in reach] == [("Robins", 30, None), ("Wrens", 30, None)]


def test_a_pilot_nobody_was_asked_about_has_evidence_of_nothing(school: School) -> None:
    evidence = _shown(school, a_pilot(school).id).evidence
    assert not any((evidence.rounds, evidence.waves, evidence.claims, evidence.book))
    assert not any((evidence.card, evidence.decides, evidence.dose, evidence.costs))


def test_what_it_repeats_takes_it_along_when_it_is_purged(school: School, tried: Tried) -> None:
    _freeze(school, tried.pilot.id)
    delete_results(school, tried.end.id, today=TODAY)
    shown = _shown(school, tried.pilot.id)
    assert shown.sha256 is None
    assert [one.title for one in shown.evidence.rounds] == ["Families in autumn", "Class 2B"]
