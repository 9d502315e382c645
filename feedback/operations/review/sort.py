"""What a reviewer does with comments: say what they are about and how they are meant, and choose quotes."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from feedback.models import StaffMember
from feedback.operations.counting.comments import OpenedComment, Reading, open_comments, open_wordings, seal_wordings
from feedback.operations.errors import NotReady
from feedback.operations.review.heard import Heard, hear
from feedback.operations.review.steps import Step, reviewing
from feedback.operations.review.translations import open_translations
from feedback.operations.school import School

MOST_QUOTES = 3
#: Words that a quote should have at most: what is longer is read by fewer people, and tells more about who wrote it.
WORDS_OF_A_QUOTE = 25
#: Letters that a quote may have at all.
LONGEST_QUOTE = 600
MOODS = ("positive", "negative", "mixed", "unclear")


def sort_comment(
    school: School,
    by: StaffMember,
    round_id: str,
    comment_id: str,
    *,
    themes: Collection[str],
    mood: str,
    now: datetime,
) -> None:
    """Say which themes of its question a comment belongs to (none is an answer), and its mood. NotReady names which."""
    with reviewing(school, by, round_id, "comment_moved", now=now) as step:
        comment = step.comment(comment_id)
        known = {code for code, theme in step.themes(comment.question).items() if not theme.merged_into}
        wrong = [] if set(themes) <= known else ["theme"]
        if mood not in MOODS:
            wrong.append("mood")
        if wrong or comment.reading is None:
            raise NotReady(*wrong)
        sorted_ = replace(by_hand(comment.reading), themes=tuple(dict.fromkeys(themes)), mood=mood)
        step.read_anew(comment, sorted_)


def quote_comment(
    school: School,
    by: StaffMember,
    round_id: str,
    theme_id: str,
    comment_id: str,
    *,
    wording: str,
    could_tell: bool,
    now: datetime,
) -> None:
    """Quote a comment with a theme, worded as it shall be shown. NotReady: "could_tell", "wording", "quotes"."""
    with reviewing(school, by, round_id, "quote_chosen", now=now) as step:
        theme = step.theme(theme_id)
        comment = _readable(school, step, comment_id, theme.question)
        chosen = [*(one for one in theme.quotes if one != comment_id), comment_id]
        wrong = ["could_tell"] if could_tell else []
        if not wording.strip() or len(wording) > LONGEST_QUOTE:
            wrong.append("wording")
        if len(chosen) > MOST_QUOTES or comment is None or theme.code not in comment.themes:
            wrong.append("quotes")
        if wrong or comment is None:
            raise NotReady(*wrong)
        theme.quotes = sorted(chosen)
        wordings = {**open_wordings(school, theme), comment.place: wording.strip()}
        if wording.strip() == comment.shown.strip():
            del wordings[comment.place]
        theme.sealed_wordings = seal_wordings(school, theme, wordings)


def drop_quote(
    school: School, by: StaffMember, round_id: str, theme_id: str, comment_id: str, *, now: datetime
) -> None:
    """Quote a comment no longer with this theme."""
    with reviewing(school, by, round_id, "quote_dropped", now=now) as step:
        theme = step.theme(theme_id)
        theme.quotes = [one for one in theme.quotes if one != comment_id]
        kept = open_wordings(school, theme).items()
        wordings = {place: words for place, words in kept if not place.startswith(comment_id)}
        theme.sealed_wordings = seal_wordings(school, theme, wordings)


def by_hand(reading: Reading) -> Reading:
    """The reading as one that a person vouches for; what the machine had said is kept beside it, once."""
    if reading.by_hand:
        return reading
    said = reading.themes, reading.mood
    return replace(reading, by_hand=True, confidence=1.0, machine_themes=said[0], machine_mood=said[1])


def _readable(school: School, step: Step, comment_id: str, question: str) -> Heard | None:
    """The comment as reviewers read it; None where they may not, or it answers another question."""
    to_question: list[OpenedComment] = [
        comment for comment in open_comments(school, step.session, step.round.id) if comment.question == question
    ]
    translations = open_translations(school, step.session, step.round.id)
    heard = hear(to_question, step.themes(question).values(), translations, school.settings.language)
    return next((comment for comment in heard if comment.id == comment_id and not comment.waits), None)
