"""After the count a worker reads what people wrote: by meaning and not by language, and never twice."""

import csv
from collections import Counter
from collections.abc import Callable

import pytest
from sklearn.metrics import normalized_mutual_info_score
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.text.reading import Read, Reader
from feedback.models import Comment, Round, Theme
from feedback.operations.counting.comments import OpenedComment, Reading, open_comments, seal_reading
from feedback.operations.counting.count import count
from feedback.operations.review import read_comments as reading_of_comments
from feedback.operations.review.read_comments import read_comments
from feedback.operations.school import School
from feedback.resources import resource_dir
from tests.factories import NOW, a_family_instrument, a_round, drop_envelopes

SAMPLE = resource_dir("sample") / "school_comments_15_languages.csv"


def a_round_of(school: School, texts: list[str]) -> Round:
    round_ = a_round(school, a_family_instrument(), group_size=len(texts) + 20)
    drop_envelopes(school, round_, *[{"wish": text} for text in texts])
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    assert count(school, round_.id, today=NOW.date())
    return round_


def comments_of(school: School, round_: Round) -> list[OpenedComment]:
    with Session(school.engine) as session:
        return list(open_comments(school, session, round_.id))


def readings_of(school: School, round_: Round) -> dict[str, Reading | None]:
    return {comment.text: comment.reading for comment in comments_of(school, round_)}


def sample_texts() -> list[tuple[str, str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["lang"], row["theme"]) for row in csv.DictReader(file)]


def test_three_hundred_comments_in_fifteen_languages_are_sorted_by_what_they_say(school: School) -> None:
    rows = [row for place, row in enumerate(sample_texts()) if place % 6]
    assert (len(rows), len({language for _, language, _ in rows})) == (300, 15)
    round_ = a_round_of(school, [text for text, _, _ in rows])
    assert read_comments(school, round_.id) == 300
    read = readings_of(school, round_)
    about = {text: (language, theme) for text, language, theme in rows}
    found = [(about[text], reading.themes[0]) for text, reading in read.items() if reading and reading.themes]
    assert len(found) > 270
    languages, themes = [said[0] for said, _ in found], [said[1] for said, _ in found]
    given = [theme for _, theme in found]
    assert normalized_mutual_info_score(languages, given) < 0.05
    assert normalized_mutual_info_score(themes, given) > 0.8


def test_a_worker_that_is_stopped_goes_on_where_it_was(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for text, language, _ in sample_texts() if language in ("en", "es")]
    monkeypatch.setattr(reading_of_comments, "BATCH", 16)
    round_ = a_round_of(school, texts)
    handed = _count_reading(monkeypatch)

    def stop(done: int, _of: int) -> None:
        if done >= 32:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_comments(school, round_.id, progress=stop)
    before = readings_of(school, round_)
    assert sum(reading is not None for reading in before.values()) == 32
    read_comments(school, round_.id)
    after = readings_of(school, round_)
    assert all(reading is not None for reading in after.values())
    assert all(after[text] == reading for text, reading in before.items() if reading is not None and reading.themes)
    assert Counter(handed).most_common(1)[0][1] == 1


def test_what_a_person_said_is_left_alone(school: School) -> None:
    round_ = a_round_of(school, [f"the lunch is cold {n}" for n in range(12)])
    said = Reading(("transport",), 1.0, "en", "positive", by_hand=True)
    with Session(school.engine) as session, session.begin():
        first = comments_of(school, round_)[0]
        kept = session.get_one(Comment, first.id)
        kept.sealed_reading = seal_reading(school, round_.id, first.question, said)
    read_comments(school, round_.id)
    assert readings_of(school, round_)[first.text] == said


def test_themes_are_suggested_once_with_the_words_that_tell_them(school: School) -> None:
    texts = [f"the school lunch is cold {n}" for n in range(12)] + [f"the bus is late again {n}" for n in range(12)]
    round_ = a_round_of(school, texts)
    read_comments(school, round_.id)
    read_comments(school, round_.id)
    with Session(school.engine) as session:
        codes = session.scalars(select(Theme.code).where(Theme.round_id == round_.id)).all()
    assert sorted(codes) == ["food", "transport"]


def test_hostile_words_are_read_like_others(school: School) -> None:
    hostile = ["<img src=x onerror=alert(1)>", "\u202egnp.exe", "a\u200bb\u200dc", "\0null", "🔥" * 3000, "x " * 2000]
    round_ = a_round_of(school, [*hostile, *(f"good {n}" for n in range(12))])
    assert read_comments(school, round_.id) >= 15
    assert all(reading is not None for reading in readings_of(school, round_).values())


def _count_reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    handed: list[str] = []
    real: Callable[..., list[Read]] = Reader.read

    def count(self: Reader, texts: list[str], clauses: list[list[str]]) -> list[Read]:
        handed.extend(texts)
        return real(self, texts, clauses)

    monkeypatch.setattr(Reader, "read", count)
    return handed
