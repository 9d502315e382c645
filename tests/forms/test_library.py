"""The ready-made instruments: complete in their languages, and within what domain.md 3.2 allows each age."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import feedback
from feedback.theme_names import THEME_NAMES
from forms import library
from forms.ages import is_pictured
from forms.builder import build_form
from forms.definition import Instrument, canonical
from forms.library import names, open_library
from forms.questions.base import Measure, Question
from forms.tailor import for_under_18s_without_text

#: By age, or by audience where there is none: questions, minutes and words (in English) of a text at most, open ones.
LIMITS = {
    "6-8": (5, 3, 8, 0),
    "9-11": (8, 5, 12, 1),
    "12-14": (12, 8, 16, 2),
    "15-18": (15, 10, 20, 2),
    "families": (8, 4, 15, 1),
    "staff": (12, 6, 20, 2),
    # The exit ticket is for any age.
    "students": (3, 1, 8, 0),
}
#: What domain.md 6 lists: the instruments, and the ages and audiences that each is there for.
TWELVE = {
    "first-look": {"6-8"},
    "my-learning-tool": {"9-11"},
    "tool-and-my-learning": {"12-14", "15-18"},
    "lesson-exit-ticket": {"6-8", "students"},
    "family-window": {"families"},
    "access-and-conditions": {"12-14", "15-18", "families"},
    "can-everyone-use-it": {"6-8", "9-11", "12-14", "15-18", "families"},
    "safe-and-respected": {"9-11", "12-14", "15-18", "families"},
    "teaching-with-the-tool": {"staff"},
    "how-we-used-it": {"staff"},
    "did-it-change-anything": {"12-14", "15-18", "staff"},
    "keep-change-or-stop": {"9-11", "12-14", "15-18", "families", "staff"},
}
PICTURES = {path.stem for path in Path(feedback.__file__).parent.glob("static/pictograms/*.svg")}
#: Themes of the library's own, which are known by examples.
OWN_THEMES = {"time", "choice", "workload", "training", "curriculum"}
CORE = {"en", "es", "fr", "de", "pt", "ar", "zh-Hans", "vi", "uk", "ru", "so", "ht", "tl", "hi", "ur"}
#: The signs that a language is written with, where they are not Latin letters.
SCRIPTS = {
    "ar": "\u0600-\u06ff",
    "ur": "\u0600-\u06ff",
    "hi": "\u0900-\u097f",
    "zh-Hans": "\u4e00-\u9fff",
    "ru": "\u0400-\u04ff",
    "uk": "\u0400-\u04ff",
}


def asked(instrument: Instrument) -> Iterator[str]:
    """Every English text that somebody who answers has to read for one question, one by one."""
    for question in own_questions(instrument):
        yield from (question.text["en"], question.why["en"])
        yield from (option.label["en"] for option in question.offered())
        if question.hint:
            yield question.hint["en"]


def band(instrument: Instrument) -> str:
    return instrument.ages or instrument.audience


def test_the_library_has_the_twelve_instruments_in_their_variants() -> None:
    found: dict[str, set[str]] = {}
    for instrument in map(open_library, names()):
        base = re.sub(r"-(\d+-\d+|families|staff)$", "", instrument.id)
        found.setdefault(base, set()).add(band(instrument))
        assert instrument.id in (base, f"{base}-{band(instrument)}")
        assert instrument.title == open_library(next(name for name in names() if name.startswith(base))).title
    assert found == TWELVE
    with pytest.raises(KeyError):
        open_library("../instrument")


@pytest.mark.parametrize("name", names())
def test_it_speaks_the_fifteen_core_languages_throughout(name: str) -> None:
    instrument = open_library(name)
    assert instrument.id == name
    assert set(instrument.languages) == CORE
    for language in instrument.languages:
        assert len(list(build_form(instrument, language)())) == len(instrument.questions)
    assert Instrument.model_validate_json(canonical(instrument)) == instrument


@pytest.mark.parametrize("name", names())
def test_arabic_is_written_in_arabic_and_nothing_is_left_in_english(name: str) -> None:
    for text in re.findall(r'"ar":"([^"]*)"', canonical(open_library(name))):
        assert re.search("[\u0600-\u06ff]", text)
        assert not re.search("[A-Za-z?,;]", text)
    for spanish, english in re.findall(r'"en":"([^"]*)","es":"([^"]*)"', canonical(open_library(name))):
        assert spanish != english or english == "No"


@pytest.mark.parametrize("language", sorted(CORE - {"en", "ar", "es"}))
def test_a_further_language_leaves_nothing_in_english_and_is_written_in_its_script(language: str) -> None:
    same = {"Non", "Sa pa konsène m", "No", "Tests"}
    for instrument in map(open_library, names()):
        for question in instrument.questions:
            for words in (question.text, question.why, *(option.label for option in question.offered())):
                assert words[language] != words["en"] or words["en"] in same
                assert re.search(f"[{SCRIPTS.get(language, 'a-zA-Z')}]", words[language])
            assert question.text[language].endswith(("?", "？", "؟"))


def test_one_sentence_has_the_same_words_wherever_it_stands() -> None:
    labels: dict[tuple[str, str], set[str]] = {}
    for instrument in map(open_library, names()):
        for option in (option for question in instrument.questions for option in question.offered()):
            for language, text in option.label.items():
                labels.setdefault((option.label["en"], language), set()).add(text)
    assert {found for found in labels if len(labels[found]) > 1} == set()


def test_no_further_language_has_words_that_no_form_says() -> None:
    said = " ".join(canonical(open_library(name)) for name in names())
    for sentences in library._more_words().values():
        assert [sentence for sentence in sentences if f'"en":"{sentence}"' not in said] == []


@pytest.mark.parametrize("name", names())
def test_it_asks_no_more_than_its_age_allows(name: str) -> None:
    instrument = open_library(name)
    questions, minutes, most_words, open_questions = LIMITS[band(instrument)]
    # The question whether somebody helped comes after those of the form.
    assert len(own_questions(instrument)) <= questions
    assert 1 <= instrument.minutes <= minutes
    assert sum(question.measure is Measure.TEXT for question in instrument.questions) <= open_questions
    assert [text for text in asked(instrument) if len(text.split()) > most_words] == []


@pytest.mark.parametrize("name", names())
def test_questions_are_positive_and_ask_one_thing(name: str) -> None:
    heavy = re.compile(r"\b(not|n't|never|always|every|all|and|or|platform|interface)\b|n't", re.IGNORECASE)
    for question in open_library(name).questions:
        assert not heavy.search(question.text["en"]), question.text["en"]
        assert question.text["en"].endswith("?")


@pytest.mark.parametrize("name", names())
def test_every_counted_question_has_a_goal_and_three_concrete_next_steps(name: str) -> None:
    for question in own_questions(open_library(name)):
        assert question.goal is not None
        assert (question.next_steps is None) == (question.measure is Measure.TEXT)
        for step in steps_of(question):
            assert 12 <= len(step.split()) <= 25, step


@pytest.mark.parametrize("name", names())
def test_it_has_a_codebook_with_a_next_step_for_each_theme(name: str) -> None:
    instrument = open_library(name)
    assert 8 <= len(instrument.themes) <= 12
    for theme in instrument.themes:
        assert theme.id in (OWN_THEMES if theme.examples else set(THEME_NAMES))
        assert set(theme.next_step) == {"en", "es", "ar"}
        assert 12 <= len(theme.next_step["en"].split()) <= 25, theme.next_step["en"]


@pytest.mark.parametrize("name", names())
def test_what_is_answered_by_looking_has_a_picture_of_its_own_for_every_answer(name: str) -> None:
    instrument = open_library(name)
    assert is_pictured(instrument) == (instrument.ages == "6-8" or name.endswith("-families"))
    for question in instrument.questions:
        pictures = [option.picture for option in question.offered() if option.picture]
        assert set(pictures) <= PICTURES
        assert len(set(pictures)) == len(pictures)
        assert len(pictures) in (len(question.offered()), 0)
        assert pictures or not is_pictured(instrument) or question.measure is Measure.TEXT


def test_a_scale_of_four_has_the_same_words_wherever_it_stands() -> None:
    for question in (question for name in names() for question in open_library(name).questions):
        if question.id in ("helps-learn", "trust", "understood-today", "join-in"):
            labels = [option.label["en"] for option in question.cells()]
            assert labels == ["Not at all", "A little", "Quite a lot", "Very much"]
            assert [option.label["ar"] for option in question.cells()] == ["أبدًا", "قليلًا", "كثيرًا", "كثيرًا جدًا"]


def test_families_can_say_that_they_do_not_know_or_that_it_does_not_apply() -> None:
    for instrument in map(open_library, names()):
        if instrument.audience == "families":
            scales = [question for question in instrument.questions if question.measure is Measure.SCALE]
            apart = {tuple(option.id for option in question.apart()) for question in scales}
            assert apart <= {("dont-know", "does-not-apply")}


def test_students_forms_work_without_their_open_question() -> None:
    assert len(for_under_18s_without_text(open_library("my-learning-tool")).questions) == 7
    assert len(for_under_18s_without_text(open_library("family-window")).questions) == 8


def own_questions(instrument: Instrument) -> list[Question]:
    return [question for question in instrument.questions if question.id != "helped"]


def steps_of(question: Question) -> list[str]:
    steps = question.next_steps
    return [steps.low["en"], steps.middle["en"], steps.high["en"]] if steps else []
