"""A comment falls into the parts that each say one thing, and each part has its own language."""

import pytest

from analysis.text.clauses import clauses, clauses_in_languages, main_language


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The food is cold. The bus is late!!", ["The food is cold", "The bus is late"]),
        ("the food is cold but the teacher is nice", ["the food is cold", "but the teacher is nice"]),
        ("饭很冷。但是老师很好", ["饭很冷", "但是老师很好"]),
        ("الأكل بارد، المدرس طيب", ["الأكل بارد", "المدرس طيب"]),
        ("खाना ठंडा है। बस देर से आती है", ["खाना ठंडा है", "बस देर से आती है"]),
        ("it costs 3.50 a day", ["it costs 3.50 a day"]),
        ("ok. fine", ["ok. fine"]),
        ("bus late again😡 food cold", ["bus late again", "food cold"]),
        ("?!", []),
        ("", []),
    ],
)
def test_signs_and_small_words_part_a_comment(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in clauses(text)] == parts


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("La comida es buena. The bus is always late.", ["es", "en"]),
        ("la comida es buena the bus is always late every day", ["es", "en"]),
        ("the wifi never works at all المدرسة بعيدة جدا عن البيت", ["en", "ar"]),
        ("I like it here very much", ["en"]),
    ],
)
def test_each_part_has_its_own_language(text: str, languages: list[str]) -> None:
    assert [clause.language for clause in clauses_in_languages(text, ["en", "es", "ar"])] == languages


def test_the_language_of_a_comment_is_that_of_most_of_it() -> None:
    found = clauses_in_languages("Hola. The bus is always late and nobody tells us why.", ["en", "es"])
    assert main_language(found) == "en"
    assert main_language([]) == "und"
