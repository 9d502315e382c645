"""The word lists only say what is read first; each line of each of them can be read."""

import time
from importlib import resources

import pytest

from analysis.text.concern_words import fold, listed_languages, vote
from analysis.text.concerns import Grade, grade
from analysis.text.reading import Reader


def test_what_children_write_is_found_however_they_spell_it() -> None:
    for text in (
        "i wanna DIE",
        "I want   to die.",
        "i dont want to live",
        "I don’t want to live",
        "i want to d\u200bie",
    ):
        assert vote(text, "en") == "red"
    assert vote("the app is nice", "en") is None


def test_ordinary_words_that_hold_a_word_of_a_list_are_not_meant() -> None:
    assert vote("the diet want to diesel", "en") is None


def test_red_words_are_found_in_other_languages_than_the_forms() -> None:
    assert vote("我想死", "en") == "red"
    assert vote("i wanna die", "und") == "red"


def test_a_text_has_one_grade(reader: Reader) -> None:
    assert grade(["i wanna die", "more games please"], ["en", "en"], reader) == [Grade.RED, Grade.GREY]


def test_what_no_list_holds_is_seen_by_its_meaning(reader: Reader) -> None:
    hungry_at_home = "there is nothing to eat at home and mum has not come back since tuesday"
    assert vote(hungry_at_home, "en") is None
    assert grade([hungry_at_home], ["en"], reader) != [Grade.GREY]


@pytest.mark.parametrize("language", listed_languages())
def test_every_line_is_a_strength_and_a_phrase_that_finds_itself(language: str) -> None:
    lines = (resources.files("analysis.text") / "lexicons" / "concerns" / f"{language}.txt").read_text(encoding="utf-8")
    for line in lines.splitlines():
        if not line or line.startswith("#"):
            continue
        strength, _tab, phrase = line.partition("\t")
        assert strength in ("red", "amber"), line
        assert fold(phrase), line
        assert vote(phrase.replace("*", ""), language) is not None, line


def test_all_fifteen_languages_of_the_lists_are_there() -> None:
    assert len(listed_languages()) >= 15


def test_hostile_text_takes_no_time() -> None:
    start = time.process_time()
    for text in ("a" * 100_000, "want to " * 20_000, "\u202e" * 100_000, "😀" * 50_000, "\0" * 1000):
        vote(text, "en")
    assert time.process_time() - start < 3
