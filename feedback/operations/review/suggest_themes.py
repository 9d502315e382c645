"""From readings to themes that a person can decide about: those of the school's codebook, and those that were found.

Each theme lists the comments behind it by their readings; nothing is kept twice. What tells a theme's comments from the
others is shown in English and in the round's other languages, but only in a language that many people wrote.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.text.discovery import discover
from analysis.text.phrases import label_phrases
from analysis.text.reading import Reader
from analysis.text.terms import telling_words
from analysis.theme_codes import FOUND, OTHER
from feedback.db import reading, writing
from feedback.models import Comment, Theme
from feedback.operations.counting.comments import OpenedComment, open_comments, seal_phrases, seal_reading
from feedback.operations.review.heard import common_languages
from feedback.operations.review.translations import make_room_for_translations
from feedback.operations.school import School

_MOST_WORDS = 5


def discover_themes(school: School, round_id: str, reader: Reader) -> None:
    """Sort what no theme was suggested for into themes of its own; once a round, and only where meaning can be read."""
    if reader.encoder is None:
        return
    with reading(school.engine) as session:
        known = session.scalar(select(Theme.id).where(Theme.round_id == round_id).limit(1))
        comments = list(open_comments(school, session, round_id)) if known is None else []
    left: defaultdict[str, list[OpenedComment]] = defaultdict(list)
    for comment in comments:
        # What was found before a worker was stopped is found again.
        if comment.reading is not None and all(code.startswith(FOUND) for code in comment.reading.themes):
            left[comment.question].append(comment)
    for question in sorted(left):
        _discover_in(school, round_id, left[question], reader)


def _discover_in(school: School, round_id: str, comments: Sequence[OpenedComment], reader: Reader) -> None:
    texts = [comment.text for comment in comments]
    languages = [comment.reading.language for comment in comments if comment.reading]
    groups = discover(reader.rows(texts), texts, languages, reader.offsets)
    with writing(school.engine) as session:
        for number, group in enumerate(groups, 1):
            for comment in (comments[place] for place in group.members):
                kept = session.get(Comment, comment.id)
                if kept is not None and comment.reading is not None:
                    found = replace(comment.reading, themes=(f"{FOUND}{number}",))
                    kept.sealed_reading = seal_reading(school, round_id, comment.question, found)


def suggest_themes(school: School, round_id: str) -> None:
    """A row for each theme that comments were read to be about, where there is none yet."""
    with writing(school.engine) as session:
        make_room_for_translations(school, session, round_id)
        behind: defaultdict[str, defaultdict[str, list[OpenedComment]]] = defaultdict(lambda: defaultdict(list))
        for comment in open_comments(school, session, round_id):
            for code in (comment.reading.themes if comment.reading else ()) or (OTHER,):
                behind[comment.question][code].append(comment)
        known = {(t.question, t.code) for t in session.scalars(select(Theme).where(Theme.round_id == round_id))}
        for question, themes in sorted(behind.items()):
            for code in sorted(set(themes) - {OTHER}):
                if (question, code) not in known:
                    _suggest(school, session, round_id, question, code, themes)


def _suggest(
    school: School, session: Session, round_id: str, question: str, code: str, themes: dict[str, list[OpenedComment]]
) -> None:
    others = [comment for other in sorted(set(themes) - {code}) for comment in themes[other]]
    common = common_languages([*themes[code], *others])
    phrases = _phrases(themes[code], others, common)
    sealed = seal_phrases(school, round_id, question, phrases)
    session.add(Theme(round_id=round_id, question=question, code=code, label="", sealed_phrases=sealed))


def _phrases(here: Sequence[OpenedComment], others: Sequence[OpenedComment], common: set[str]) -> list[str]:
    """What a theme's comments say more than the others do: a hint for whoever words the theme."""
    phrases = list(label_phrases(_in("en", here), beside=_in("en", others))) if "en" in common else []
    for language in sorted(common - {"en", "und"}):
        phrases += telling_words(_in(language, here), beside=_in(language, others), most=2)
    return phrases[:_MOST_WORDS]


def _in(language: str, comments: Sequence[OpenedComment]) -> list[str]:
    return [comment.text for comment in comments if comment.reading and comment.reading.language == language]
