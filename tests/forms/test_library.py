"""The ready-made instruments: complete in their languages, and within what domain.md 3.2 allows each age."""

import re
from collections.abc import Iterator

import pytest

from forms import library
from forms.builder import build_form
from forms.definition import Instrument, canonical
from forms.library import names, open_library
from forms.questions.base import Measure, Question
from forms.tailor import for_under_18s_without_text

#: Questions, minutes and words (in English) that an age can be asked for at most; how many open questions.
LIMITS = {
    "lesson-exit-ticket": (3, 1, 8, 0),
    "first-look": (4, 3, 8, 0),
    "my-learning-tool": (8, 5, 12, 1),
    "family-window": (8, 4, 15, 1),
}
PICTURES = {"yes", "maybe", "no", "smile-big", "star", "book", "game", "friends", "alone", "pencil", "tablet"}
THEMES = {
    *("food", "safety_bullying", "teaching", "homework", "buildings_toilets", "technology"),
    *("communication_home", "transport", "wellbeing", "clubs_sports", "fairness_rules", "language_inclusion"),
}
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
    for question in instrument.questions:
        yield from (question.text["en"], question.why["en"])
        yield from (option.label["en"] for option in question.offered())
        if question.hint:
            yield question.hint["en"]


def test_the_library_has_its_four_instruments() -> None:
    assert names() == ("family-window", "first-look", "lesson-exit-ticket", "my-learning-tool")
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
    same = {"Non", "Sa pa konsène m", "No"}
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
    questions, minutes, most_words, open_questions = LIMITS[name]
    assert len(instrument.questions) == questions
    assert instrument.minutes <= minutes
    assert sum(question.measure is Measure.TEXT for question in instrument.questions) == open_questions
    assert [text for text in asked(instrument) if len(text.split()) > most_words] == []


@pytest.mark.parametrize("name", names())
def test_questions_are_positive_and_ask_one_thing(name: str) -> None:
    heavy = re.compile(r"\b(not|n't|never|always|every|all|and|or|platform|interface)\b|n't", re.IGNORECASE)
    for question in open_library(name).questions:
        assert not heavy.search(question.text["en"]), question.text["en"]
        assert question.text["en"].endswith("?")


@pytest.mark.parametrize("name", names())
def test_every_counted_question_has_a_goal_and_three_concrete_next_steps(name: str) -> None:
    for question in open_library(name).questions:
        assert question.goal is not None
        assert (question.next_steps is None) == (question.measure is Measure.TEXT)
        for step in steps_of(question):
            assert 12 <= len(step.split()) <= 25, step


@pytest.mark.parametrize("name", names())
def test_an_open_question_has_themes_with_a_next_step_each(name: str) -> None:
    instrument = open_library(name)
    assert bool(instrument.themes) == any(question.measure is Measure.TEXT for question in instrument.questions)
    for theme in instrument.themes:
        assert theme.id in THEMES
        assert 12 <= len(theme.next_step["en"].split()) <= 25, theme.next_step["en"]


def test_every_answer_of_the_youngest_has_a_picture() -> None:
    pictures = [option.picture for question in open_library("first-look").questions for option in question.offered()]
    assert set(pictures) <= PICTURES
    assert len(pictures) == 13


def test_the_scales_are_labelled_with_the_same_four_words() -> None:
    for name in ("lesson-exit-ticket", "my-learning-tool", "family-window"):
        for question in open_library(name).questions:
            if question.measure is Measure.SCALE:
                labels = [option.label["en"] for option in question.cells()]
                assert labels == ["Not at all", "A little", "Quite a lot", "Very much"]
                assert [option.label["ar"] for option in question.cells()] == ["أبدًا", "قليلًا", "كثيرًا", "كثيرًا جدًا"]


def test_families_can_say_that_they_do_not_know_or_that_it_does_not_apply() -> None:
    scales = [question for question in open_library("family-window").questions if question.measure is Measure.SCALE]
    assert {tuple(option.id for option in question.apart()) for question in scales} == {("dont-know", "does-not-apply")}


def test_students_forms_work_without_their_open_question() -> None:
    assert len(for_under_18s_without_text(open_library("my-learning-tool")).questions) == 7
    assert len(for_under_18s_without_text(open_library("family-window")).questions) == 8


def steps_of(question: Question) -> list[str]:
    steps = question.next_steps
    return [steps.low["en"], steps.middle["en"], steps.high["en"]] if steps else []
