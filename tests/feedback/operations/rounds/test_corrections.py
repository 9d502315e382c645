"""Spelling put right while people answer: for whoever answers from then on, and told to everybody."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Round, StaffMember
from feedback.operations.answers import publish
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.errors import NotFound, NotPermitted, NotReady, WrongState
from feedback.operations.reports.form_paper import paper_facts
from feedback.operations.rounds.corrections import correct_spelling, correctable
from feedback.operations.rounds.course import round_for
from feedback.operations.school import School
from forms.definition import digest
from forms.questions.base import Answer
from tests.desk import fill_and_count
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member, drop_envelopes
from tests.pages import Respondent

EASE = "items/ease/text"
#: A form with slips of the pen in it.
WRONG = {
    "type": "scale",
    "id": "ease",
    "text": {"en": "How eesy is it at home?", "ar": "ما مدى سهولتة في البيت؟", "es": "¿Es facil en casa?"},
    "why": {"en": "To help.", "ar": "لنساعد.", "es": "Para ayudar."},
    "options": [
        {"id": "hard", "label": {"en": "Difficult", "ar": "صعب", "es": "Difícil"}},
        {"id": "fair", "label": {"en": "Quiet easy", "ar": "سهل نوعًا ما", "es": "Bastante fácil"}},
        {"id": "easy", "label": {"en": "Quite easy", "ar": "سهل جدًا", "es": "Muy fácil"}},
    ],
}


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead")


@pytest.fixture
def round_(school: School) -> Round:
    return a_round(school, a_family_instrument(questions=[WRONG]))


def test_whoever_answers_from_then_on_reads_it_and_every_kept_page_is_forgotten(
    school: School, client: FlaskClient, lead: StaffMember, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "LOOKED_AT_EVERY", 3600)
    before = Respondent(client, f"/en/r/{round_.code}")
    assert "How eesy is it at home?" in before.page.words
    paper = paper_facts(school, round_.id, "en").of
    correct_spelling(school, lead, round_.id, EASE, "en", "How easy is it at home?", now=NOW)
    after = Respondent(client, f"/en/r/{round_.code}")
    assert ("easy" in after.page.words, "eesy" in after.page.words) == (True, False)
    assert paper_facts(school, round_.id, "en").of != paper
    # Arabic is as it was, and whoever had the old page open can still send it.
    assert "سهولتة" in Respondent(client, f"/ar/r/{round_.code}").page.words
    assert "Thank you" in before.press("send", ease="easy").page.words


def test_answers_from_before_and_after_are_counted_together_and_told_in_the_right_words(
    school: School, lead: StaffMember, round_: Round
) -> None:
    answers: list[dict[str, Answer]] = [{"ease": "easy"}] * 8
    drop_envelopes(school, round_, *answers)
    sha256 = open_for_answers(school, round_.code, "en", now=NOW).instrument_sha256
    correct_spelling(school, lead, round_.id, EASE, "en", "How easy is it at home?", now=NOW)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    assert (asked.instrument_sha256, digest(asked.instrument) == sha256) == (sha256, False)
    fill_and_count(school, round_, *answers)
    with Session(school.engine) as session:
        assert session.get_one(Round, round_.id).counted_envelopes == 16
    assert round_for(school, lead, round_.id).instrument.question("ease").text["en"] == "How easy is it at home?"


def test_each_correction_is_kept_with_its_day_and_can_be_taken_back(
    school: School, lead: StaffMember, round_: Round
) -> None:
    right = "How easy is it at home?"
    correct_spelling(school, lead, round_.id, EASE, "en", right, now=NOW)
    correct_spelling(school, lead, round_.id, EASE, "en", "How eesy is it at home?", now=NOW + timedelta(days=1))
    told = correctable(school, lead, round_.id, "en").corrections
    assert [(each.before, each.after, each.on.day) for each in told] == [
        ("How eesy is it at home?", right, 23),
        (right, "How eesy is it at home?", 24),
    ]
    with Session(school.engine) as session:
        noted = session.query(AuditEntry).filter_by(action="round_corrected").all()
    assert [each.facts for each in noted] == [{"key": EASE, "language": "en"}] * 2


@pytest.mark.parametrize(
    ("key", "words", "why"),
    [
        (EASE, "How hard is it at home?", "another_word"),
        (EASE, "How easy is it not at home?", "negation"),
        (EASE, "", "empty"),
        (EASE, "How eesy is it at home?", "same"),
        ("items/ease/options/fair/label", "Quite easy", "same_label"),
        (EASE, "How eesy " * 400, "too_long"),
    ],
)
def test_more_than_spelling_is_refused_and_changes_nothing(
    school: School, lead: StaffMember, round_: Round, key: str, words: str, why: str
) -> None:
    with pytest.raises(NotReady, match=why):
        correct_spelling(school, lead, round_.id, key, "en", words, now=NOW)
    assert correctable(school, lead, round_.id, "en").corrections == ()


def test_what_stands_above_several_rows_is_one_text(school: School, lead: StaffMember) -> None:
    above = {"en": "How do you fiind these?", "ar": "كيف تجد هذه؟", "es": "¿Qué te parecen?"}
    rows = [WRONG | {"id": id_, "stem": above} for id_ in ("one", "two")]
    round_ = a_round(school, a_family_instrument(questions=rows))
    stems = [text.key for text in correctable(school, lead, round_.id, "en").texts if text.field == "stem"]
    assert stems == ["items/one/stem"]
    correct_spelling(school, lead, round_.id, "items/one/stem", "en", "How do you find these?", now=NOW)
    asked = round_for(school, lead, round_.id).instrument
    assert [question.stem and question.stem["en"] for question in asked.questions] == ["How do you find these?"] * 2


def test_many_small_steps_make_no_other_question(school: School, lead: StaffMember, round_: Round) -> None:
    key = "items/ease/options/hard/label"
    for step in ("Diffikult", "Diffikolt"):
        correct_spelling(school, lead, round_.id, key, "en", step, now=NOW)
    with pytest.raises(NotReady, match="another_word"):
        correct_spelling(school, lead, round_.id, key, "en", "Diffikold", now=NOW)


def test_only_open_rounds_their_languages_and_their_people(school: School, lead: StaffMember, round_: Round) -> None:
    teacher = a_staff_member(school, account="other@example.org")
    for who, refused in (
        (teacher, NotFound),
        (a_staff_member(school, "officer", account="o@example.org"), NotPermitted),
    ):
        with pytest.raises(refused):
            correct_spelling(school, who, round_.id, EASE, "en", "How easy is it at home?", now=NOW)
    for key, language in ((EASE, "fr"), ("items/nothing/text", "en"), ("themes/x/title", "en")):
        with pytest.raises(NotFound):
            correct_spelling(school, lead, round_.id, key, language, "How easy is it at home?", now=NOW)
    shut = a_round(school, a_family_instrument(questions=[WRONG]), state="draft")
    with pytest.raises(WrongState):
        correct_spelling(school, lead, shut.id, EASE, "en", "How easy is it at home?", now=NOW)
    with pytest.raises(WrongState):
        correctable(school, lead, shut.id, "en")
