"""After the count, in a worker: which language, themes and mood each comment has. Suggestions; a person decides."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from analysis.text.clauses import clauses
from analysis.text.language import identify
from analysis.text.mood import mood_of
from analysis.text.reading import Reader
from feedback.db import reading, writing
from feedback.models import Comment
from feedback.operations.counting.comments import OpenedComment, Reading, open_comments, seal_reading
from feedback.operations.counting.home_languages import languages_met
from feedback.operations.review.suggest_themes import discover_themes, suggest_themes
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.text_reader import text_reader

#: Comments read and kept in one go. A comment is always read beside the same others, whoever reads and however often
#: a worker was stopped, because the encoder's last digits depend on what it reads at once.
BATCH = 512


def read_comments(school: School, round_id: str, *, progress: Callable[[int, int], None] = lambda _d, _n: None) -> int:
    """Read every comment of a counted round that was not read yet; how many there are. Repeatable."""
    reader = text_reader(school.settings)
    with reading(school.engine) as session:
        languages = languages_met(school.settings, find_round(session, round_id).languages)
        comments = list(open_comments(school, session, round_id))
    for start in range(0, len(comments), BATCH):
        batch = comments[start : start + BATCH]
        if any(comment.reading is None for comment in batch):
            _keep(school, round_id, batch, _read(reader, batch, languages))
        progress(min(start + BATCH, len(comments)), len(comments))
    discover_themes(school, round_id, reader)
    suggest_themes(school, round_id)
    return len(comments)


def _read(reader: Reader, batch: Sequence[OpenedComment], languages: Sequence[str]) -> list[Reading]:
    texts = [comment.text for comment in batch]
    spoken = [identify(text, languages) for text in texts]
    parts = [[text[start:end] for start, end in clauses(text)] for text in texts]
    return [
        Reading(
            read.themes,
            read.confidence,
            language,
            read.mood.value,
            read.mood_confidence,
            # The lexicon knows English words only, and would find look-alikes in every other language.
            lexicon_mood=mood_of(text, language).mood.value if language == "en" else "",
        )
        for text, language, read in zip(texts, spoken, reader.read(texts, parts), strict=True)
    ]


def _keep(school: School, round_id: str, batch: Sequence[OpenedComment], readings: Sequence[Reading]) -> None:
    with writing(school.engine) as session:
        ids = [comment.id for comment in batch]
        kept = {one.id: one for one in session.scalars(select(Comment).where(Comment.id.in_(ids)))}
        for comment, read in zip(batch, readings, strict=True):
            # Purged, or read by a person, in between: then there is nothing left to say about it.
            if comment.id in kept and comment.reading is None and kept[comment.id].sealed_reading is None:
                kept[comment.id].sealed_reading = seal_reading(school, round_id, comment.question, read)
