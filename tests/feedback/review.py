"""Rounds whose comments wait for their review, read as a test says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from feedback.models import Comment, Round, Theme
from feedback.operations.counting.comments import Reading, open_comments, seal_reading
from feedback.operations.review.translations import make_room_for_translations
from feedback.operations.school import School
from tests.desk import fill_and_count
from tests.factories import a_family_instrument, a_round


@dataclass(frozen=True)
class Said:
    """What one person wrote, and how analysis read it."""

    text: str
    language: str = "en"
    themes: tuple[str, ...] = ("food",)
    mood: str = "negative"
    confidence: float = 0.9


def cold_lunch(people: int, **facts: Any) -> list[Said]:
    """So many people who all say in other words that the lunch is cold."""
    return [Said(f"the lunch is cold {number}", **facts) for number in range(people)]


def a_round_to_review(school: School, said: Sequence[Said], **facts: Any) -> Round:
    """A counted round of families who wrote this, with a theme suggested for each code they were read with."""
    round_ = a_round(school, a_family_instrument(), group_size=max(60, len(said)), **facts)
    fill_and_count(school, round_, *[{"ease": "easy", "wish": one.text} for one in said])
    by_text = {one.text: one for one in said}
    with Session(school.engine) as session, session.begin():
        for theme in session.query(Theme).where(Theme.round_id == round_.id):
            session.delete(theme)
        for opened in list(open_comments(school, session, round_.id)):
            one = by_text[opened.text]
            reading = Reading(one.themes, one.confidence, one.language, one.mood, 0.8)
            row = session.get_one(Comment, opened.id)
            row.sealed_reading = seal_reading(school, round_.id, "wish", reading)
        make_room_for_translations(school, session, round_.id)
        for code in sorted({code for one in said for code in one.themes}):
            session.add(Theme(round_id=round_.id, question="wish", code=code, label=""))
    return round_
