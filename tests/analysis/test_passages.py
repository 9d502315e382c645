"""Words are counted in every script, and a text that was pasted is one voice."""

import pytest

from analysis.passages import first_of, word_count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("the lunch is cold", 4),
        ("the lunch, is cold!!! 🙂", 4),
        ("الغداء بارد دائمًا", 3),
        ("午饭总是凉的", 3),
        ("the 午饭 is cold", 4),
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert word_count(text) == words


def test_a_long_text_that_is_repeated_is_the_first_one_again() -> None:
    pasted = "We all want a longer break, because it is too short."
    texts = ["more football", pasted, "more football", pasted.upper().replace(",", " "), "something else"]
    assert first_of(texts) == [0, 1, 2, 1, 4]


def test_what_many_say_in_a_few_words_is_said_by_many() -> None:
    assert first_of(["longer breaks please"] * 3) == [0, 1, 2]
    assert first_of(["午饭总是凉的，希望学校可以改善一下"] * 3) == [0, 0, 0]


def test_a_flood_of_letters_is_read_in_one_go() -> None:
    assert first_of(["a" * 100_000, "\u202e" * 1000, "🙂" * 5000]) == [0, 1, 2]
