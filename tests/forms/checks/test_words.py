"""The words of the rules: the same lists in every language, and examples that the rules have nothing to say about."""

from pathlib import Path
from typing import Any

import pytest

import forms.checks
from forms.checks import STRICTEST, check
from forms.checks.lexicon import languages, lexicon_of, words_in
from forms.checks.reading_level import difficulty, words_of_text
from forms.checks.spelling import fold
from tests.forms.checks.lists import question_of, words_of_file

_FOLDER = Path(forms.checks.__file__).with_name("words")
_MAY_LACK = {"concord", "waw"}
_SCALE_KINDS = {"scale"}


def _lists(language: str) -> dict[str, Any]:
    read: dict[str, Any] = words_of_file(_FOLDER / f"{language}.yaml")
    return read


def test_there_are_words_for_the_fifteen_core_languages() -> None:
    assert len(languages()) == 15
    assert lexicon_of("pl") is None
    mexican = lexicon_of("es-MX")
    assert mexican
    assert mexican.language == "es"


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_list(language: str) -> None:
    lists, english = _lists(language), _lists("en")
    assert set(lists) - _MAY_LACK == set(english)
    for name in ("topics", "examples"):
        assert set(lists[name]) == set(english[name])
    lexicon = lexicon_of(language)
    assert lexicon
    assert set(STRICTEST.topics) == set(lexicon.topics())


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("language", languages())
def test_every_pattern_can_be_read(language: str) -> None:
    lexicon = lexicon_of(language)
    assert lexicon
    names = [name for name, value in _lists(language).items() if isinstance(value, list)]
    for name in (*names, *(f"topics/{topic}" for topic in lexicon.topics()), "jargon"):
        lexicon.find(name, fold("x"))
        # A pattern that matches anything would remark on everything.
        assert not lexicon.is_one_of(name, fold("zzz")), name


@pytest.mark.parametrize("language", languages())
def test_the_examples_get_no_remark_themselves(language: str) -> None:
    examples = _lists(language)["examples"]
    assert isinstance(examples, dict)
    for kind, text in examples.items():
        if kind not in _SCALE_KINDS:
            form = question_of(language, {"t": text, "ages": "12-14"})
            assert [(remark.rule, remark.found) for remark in check(form)] == [], text


def test_a_word_is_found_however_it_is_spelt() -> None:
    arabic, hindi = lexicon_of("ar"), lexicon_of("hi")
    assert arabic
    assert hindi
    for text in ("مُمْتَازَة", "والممتازة", "ممتـازة"):
        assert arabic.find("praise", fold(text)), text
    assert hindi.find("praise", fold("ज़बरदस्त"))
    assert hindi.find("praise", fold("जबरदस्त"))
    assert not hindi.find("not", fold("नाम"))


def test_what_is_found_is_said_in_the_texts_own_letters() -> None:
    english = lexicon_of("en")
    assert english
    (found,) = english.find("praise", fold("How GREAT is it?"))
    assert found.said == "GREAT"
    assert [word.said for word in words_in(fold("L’école est là"))] == ["L’école", "est", "là"]


@pytest.mark.parametrize(
    ("language", "easy", "hard"),
    [
        ("en", "Do you like this game?", "Extraordinary circumstances necessitate organisational considerations."),
        ("es", "¿Te gusta este juego?", "Las circunstancias extraordinarias necesitan consideraciones organizativas."),
        ("de", "Magst du das Spiel?", "Außergewöhnliche Umstände erfordern organisatorische Überlegungen."),
        ("ru", "Тебе нравится игра?", "Исключительные обстоятельства обусловливают организационные соображения."),
    ],
)
def test_harder_texts_measure_higher(language: str, easy: str, hard: str) -> None:
    lexicon = lexicon_of(language)
    assert lexicon
    low, high = difficulty(lexicon, [easy]), difficulty(lexicon, [hard])
    assert low is not None
    assert high is not None
    assert low + 10 < high


def test_a_formula_is_not_used_where_it_means_nothing() -> None:
    chinese = lexicon_of("zh-Hans")
    assert chinese
    assert difficulty(chinese, ["今天的课有多清楚？"]) is None
    assert words_of_text(chinese, "今天的课有多清楚？") == 8


def test_known_grade_of_a_known_sentence() -> None:
    english = lexicon_of("en")
    assert english
    # Twelve words, one sentence, 13 syllables by hand: 0.39 x 12 + 11.8 x 13/12 - 15.59.
    assert difficulty(english, ["The cat sat on the mat and then it ran far away."]) == pytest.approx(1.873, abs=0.01)
