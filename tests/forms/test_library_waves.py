"""What makes the library's forms comparable: one id is one question, whoever is asked, and criteria are about them."""

from itertools import chain, product

import pytest

from feedback.operations.pilots.pilot import is_criterion
from forms.definition import Instrument
from forms.draft import as_data
from forms.library import by_readers, in_order, names, open_library
from forms.questions.base import Measure
from forms.texts import texts_of

INSTRUMENTS = [open_library(name) for name in names()]


def test_a_question_with_the_same_id_has_the_same_answers_in_every_form() -> None:
    answers: dict[str, set[tuple[str, ...]]] = {}
    for question in chain.from_iterable(instrument.questions for instrument in INSTRUMENTS):
        answers.setdefault(question.id, set()).add(
            (question.measure, *question.outcomes(), *sorted(question.favourable()))
        )
    assert [id_ for id_, found in answers.items() if len(found) > 1] == []


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=names())
def test_what_it_suggests_can_be_a_pilots_criterion(instrument: Instrument) -> None:
    assert instrument.suggested
    assert len({each.question for each in instrument.suggested}) == len(instrument.suggested)
    for each in instrument.suggested:
        question = instrument.question(each.question)
        assert question.measure is not Measure.TEXT
        assert set(each.answers) < set(question.outcomes())
        assert set(each.answers) >= question.best_outcomes()
        plain = each.model_dump()
        plain["cells"] = list(plain.pop("answers"))
        assert is_criterion(plain)


@pytest.mark.parametrize("variants", [("tool-and-my-learning-12-14", "tool-and-my-learning-15-18")])
def test_students_staff_and_families_are_asked_the_three_questions_that_set_them_side_by_side(
    variants: tuple[str, ...],
) -> None:
    aligned = {"helps-learn", "worth-time", "decide"}
    last = [name for name in names() if name.startswith("keep-change-or-stop")]
    for name in (*variants, "teaching-with-the-tool", *last):
        assert aligned <= {question.id for question in open_library(name).questions}, name


def test_no_two_sentences_differ_only_in_case_or_space() -> None:
    said = {text for instrument in INSTRUMENTS for text in _english(instrument.model_dump())}
    plain: dict[str, set[str]] = {}
    for text in said:
        plain.setdefault(" ".join(text.casefold().split()), set()).add(text)
    assert [found for found in plain.values() if len(found) > 1] == []


def _english(part: object) -> list[str]:
    if isinstance(part, dict) and isinstance(part.get("en"), str):
        return [part["en"]]
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list | tuple) else ()
    return [text for each in parts for text in _english(each)]


def test_no_language_has_the_same_words_for_two_answers_of_a_question_or_leaves_a_text_in_english() -> None:
    for instrument in INSTRUMENTS:
        for question, language in product(instrument.questions, instrument.languages):
            labels = [option.label[language] for option in question.offered()]
            assert len(set(labels)) == len(labels), (instrument.id, question.id, language)
        for text in texts_of(as_data(instrument)):
            same = {language for language, words in text.words.items() if words == text.words["en"]} - {"en"}
            assert not same or text.words["en"] in {"No", "Tests"}, text


def test_forms_for_the_same_people_stand_together() -> None:
    shelves = by_readers(reversed(INSTRUMENTS))
    people = [{(each.audience, each.ages) for each in shelf} for shelf in shelves]
    assert [len(found) for found in people] == [1] * 7
    assert [shelf[0].id for shelf in shelves] == [
        *("lesson-exit-ticket", "first-look", "my-learning-tool", "tool-and-my-learning-12-14"),
        *("tool-and-my-learning-15-18", "family-window", "teaching-with-the-tool"),
    ]
    assert {each.id for shelf in shelves for each in shelf} == set(names())


def test_variants_follow_each_other_from_the_youngest_to_staff() -> None:
    ids = [instrument.id for instrument in in_order(INSTRUMENTS)]
    assert ids[0] == "first-look"
    assert ids[-5:] == [f"keep-change-or-stop-{whom}" for whom in ("9-11", "12-14", "15-18", "families", "staff")]
