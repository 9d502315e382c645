"""What is made of a comment: themes, mood, urgency, by both tiers together or by the small one alone."""

import pytest

from analysis.text.clauses import clauses
from analysis.text.mood import Mood
from analysis.text.reading import Read, Reader


def read(reader: Reader, *texts: str) -> list[Read]:
    return reader.read(texts, [[text[start:end] for start, end in clauses(text)] for text in texts])


@pytest.mark.parametrize(
    ("text", "theme", "mood"),
    [
        ("the lunch is always cold and there is not enuf of it", "food", Mood.NEGATIVE),
        ("los baños estan sucios y no ay papel", "buildings_toilets", Mood.NEGATIVE),
        ("الحافلة تتأخر كل يوم", "transport", Mood.NEGATIVE),
        ("老师讲得很清楚，我喜欢上数学课", "teaching", Mood.POSITIVE),
        ("baska wuu daahaa maalin walba", "transport", Mood.NEGATIVE),
        ("twòp devwa chak swa", "homework", Mood.NEGATIVE),
    ],
)
def test_a_comment_has_a_theme_and_a_mood_in_any_language(reader: Reader, text: str, theme: str, mood: Mood) -> None:
    found = read(reader, text)[0]
    assert (found.themes[0], found.mood) == (theme, mood)


def test_a_comment_about_two_things_is_about_both(reader: Reader) -> None:
    found = read(reader, "The lunch tastes great, but the bus is late every single morning.")[0]
    assert set(found.themes) == {"food", "transport"}
    assert found.mood is Mood.MIXED


def test_what_is_about_nothing_has_no_theme(reader: Reader) -> None:
    assert [found.themes for found in read(reader, "idk", "no comment", "👍")] == [(), (), ()]


def test_empty_and_hostile_texts_are_read_like_others(reader: Reader) -> None:
    hostile = ["", " ", "\u202e\u200b", "<script>alert(1)</script>", "😀" * 5_000, "a" * 100_000, "\0"]
    assert len(read(reader, *hostile)) == len(hostile)


def test_the_same_comments_are_read_alike_every_time(reader: Reader) -> None:
    texts = ["wifi so slow", "no clubs for girls", "mi hijo no entiende la tarea", "厕所很脏"] * 40
    assert read(reader, *texts) == read(reader, *texts)


def test_a_small_machine_reads_with_the_small_tier_alone(reader: Reader) -> None:
    small = Reader(reader.ngrams, None)
    assert read(small, "the lunch is cold")[0].themes == ("food",)
    assert not small.knows_meaning
    urgent, ordinary = small.concern(["i want to die", "more football please"], [[], []])
    assert urgent > ordinary
    assert "e5" not in small.name


def test_what_was_read_by_whom_can_be_told(reader: Reader) -> None:
    assert "character-ngrams" in reader.name
    assert "multilingual-e5-small" in reader.name


def test_what_is_said_in_passing_is_heard(reader: Reader) -> None:
    ordinary = "The reading app is nice. The games in it are fun. We got new books last week. Lunch was good on Monday."
    text = f"{ordinary} My stepdad hits mum. The bus was late again. I like football and drawing."
    parts = [text[start:end] for start, end in clauses(text)]
    in_passing, whole = reader.concern([text], [parts]), reader.concern([text], [[]])
    assert reader.knows_meaning
    assert in_passing[0] > whole[0]
