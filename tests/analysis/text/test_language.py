"""In which of a round's languages a comment is written."""

import pytest

from analysis.text.language import identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lunch is always cold.", "en"),
        ("Me gusta mucho la biblioteca nueva.", "es"),
        ("الحافلة متأخرة كل صباح", "ar"),
        ("Autobus la toujou an reta chak maten", "ht"),
        ("ڈرائیور بہت اچھا ہے اور وقت پر آتا ہے", "ur"),
        ("我喜欢学校的图书馆", "zh"),
    ],
)
def test_a_short_comment_finds_its_language(text: str, language: str) -> None:
    assert identify(text, ["en", "es", "ar", "ht", "ur", "zh"]) == language


@pytest.mark.parametrize("text", ["", "  ", "123", "😀😀", "!!!", "ok", "\x00", "\ud800"])
def test_nothing_to_go_by_is_unknown(text: str) -> None:
    assert identify(text, ["en", "es", "ar"]) == "und"


@pytest.mark.parametrize(
    "text", ["Die Lehrerin erklärt alles sehr gut.", "Учитель объясняет очень быстро", "Dziękuję bardzo za pomoc"]
)
def test_a_language_the_round_does_not_have_is_unknown(text: str) -> None:
    assert identify(text, ["en", "es", "ar"]) == "und"


def test_the_answer_is_spelt_as_the_round_spells_it() -> None:
    assert identify("我喜欢学校的图书馆", ["en", "zh-Hans"]) == "zh-Hans"
    assert identify("Palaging huli ang bus tuwing umaga.", ["en", "fil"]) == "fil"
    assert identify("Me gusta mucho la biblioteca.", ["en", "es-419", "es"]) == "es-419"


def test_languages_nobody_can_tell_are_passed_over() -> None:
    assert identify("The lunch is always cold.", ["hmn", "en"]) == "en"
    assert identify("The lunch is always cold.", ["hmn"]) == "und"
    assert identify("The lunch is always cold.", []) == "und"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("teh food is to cold pls fix", "en"),
        ("manje a fret anpil", "ht"),
        ("cuntadu way qaboobeydahay", "so"),
        ("laging late yung bus namin", "tl"),
        ("khana bohat thanda hota hai", "ur"),
        ("el akl bared w mafi nadafe bel madrase", "ar"),
    ],
)
def test_families_write_as_they_speak_also_in_latin_letters(text: str, language: str) -> None:
    assert identify(text, ["en", "es", "ar", "ht", "ur", "so", "tl"]) == language


@pytest.mark.parametrize("text", ["khana bohat thanda hota hai", "wled kbar kaydrbo weldi kol nhar"])
def test_what_is_typed_in_latin_letters_is_never_english_by_force(text: str) -> None:
    assert identify(text, ["en", "es"]) == "und"


def test_two_alphabets_are_told_apart_before_anything_else() -> None:
    assert identify("школа ok", ["en", "uk"]) == "uk"
    assert identify("학교가 좋아요", ["en", "ko", "zh-Hans"]) == "ko"
