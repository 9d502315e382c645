"""Interpreters: they read comments in their languages, one by one, and write what reviewers read instead.

An interpreter sees the redacted words and nothing beside them: no round, no group, no question, no number that waits.
What stands alone in its language comes first, for nobody reads it before it is translated.
"""

import secrets
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from analysis.disclosure import FEWEST_FOR_WORDS
from feedback.db import reading, writing
from feedback.models import Comment, Round, StaffMember
from feedback.operations.counting.comments import OpenedComment, open_comment, open_comments, seal_reading
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.record import record
from feedback.operations.review.heard import common_languages
from feedback.operations.review.hours import day_of
from feedback.operations.review.translations import (
    LONGEST_TRANSLATION,
    Translation,
    keep_translation,
    open_translations,
)
from feedback.operations.review.under_review import under_review
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

HOW = ("person", "machine")


@dataclass(frozen=True, slots=True)
class ToTranslate:
    """One comment as an interpreter sees it, with the translation that was written before, if any."""

    id: str
    text: str
    language: str
    translation: str
    translated_by: str


def next_to_translate(school: School, by: StaffMember, *, today: date) -> ToTranslate | None:
    """Any comment in the account's languages that waits for its translation; None where none does."""
    allow(by, Action.TRANSLATE_COMMENTS)
    rare: list[OpenedComment] = []
    others: list[OpenedComment] = []
    for round_ in _rounds(school, by, today=today):
        for comment, told, alone in _of_a_round(school, by, round_):
            if told is None:
                (rare if alone else others).append(comment)
    waiting = rare or others
    return _seen(secrets.choice(waiting), None) if waiting else None


def to_translate(school: School, by: StaffMember, comment_id: str, *, today: date) -> ToTranslate:
    """One comment in the account's languages, translated or not; NotFound for every other one."""
    allow(by, Action.TRANSLATE_COMMENTS)
    return _seen(*_find(school, by, comment_id, today=today)[1:])


def translate(school: School, by: StaffMember, comment_id: str, *, words: str, how: str, now: datetime) -> None:
    """Keep a translation into the school's language. NotReady: "words", "too_long", "how"."""
    allow(by, Action.TRANSLATE_COMMENTS)
    wrong = [] if words.strip() else ["words"]
    if len(words.strip()) > LONGEST_TRANSLATION:
        wrong.append("too_long")
    if how not in HOW:
        wrong.append("how")
    if wrong:
        raise NotReady(*wrong)
    round_, _comment, _told = _find(school, by, comment_id, today=day_of(school, now))
    with writing(school.engine) as session:
        # Purged or signed in between: then nobody needs it any more.
        if session.get(Comment, comment_id) is None:
            raise NotFound(comment_id)
        keep_translation(school, session, round_.id, comment_id, Translation(words.strip(), how))
        # Of no round: that somebody in this round wrote in such a language would be told.
        record(session, now, by.account, "comment_translated", by.id)


def not_this_language(school: School, by: StaffMember, comment_id: str, *, now: datetime) -> None:
    """Say that a comment is in none of the account's languages: from then on its language is not known."""
    allow(by, Action.TRANSLATE_COMMENTS)
    round_, _comment, _told = _find(school, by, comment_id, today=day_of(school, now))
    with writing(school.engine) as session:
        row = session.get(Comment, comment_id)
        opened = open_comment(school, row) if row is not None else None
        if row is None or opened is None or opened.reading is None:
            raise NotFound(comment_id)
        row.sealed_reading = seal_reading(school, round_.id, row.question, replace(opened.reading, language="und"))
        record(session, now, by.account, "comment_translated", by.id)


def _find(
    school: School, by: StaffMember, comment_id: str, *, today: date
) -> tuple[Round, OpenedComment, Translation | None]:
    for round_ in _rounds(school, by, today=today):
        for comment, told, _alone in _of_a_round(school, by, round_):
            if comment.id == comment_id:
                return round_, comment, told
    raise NotFound(comment_id)


def _rounds(school: School, by: StaffMember, *, today: date) -> list[Round]:
    # A class's teacher would know whose words they are, whatever language they are in.
    return [round_ for round_ in under_review(school, today=today) if round_.owner_id != by.id]


def _of_a_round(school: School, by: StaffMember, round_: Round) -> list[tuple[OpenedComment, Translation | None, bool]]:
    """The round's comments in the account's languages, their translations, and whether each language is a rare one."""
    by_question: defaultdict[str, list[OpenedComment]] = defaultdict(list)
    with reading(school.engine) as session:
        translations = open_translations(school, session, round_.id)
        for comment in open_comments(school, session, round_.id):
            by_question[comment.question].append(comment)
    found = []
    for comments in by_question.values():
        if len(comments) >= FEWEST_FOR_WORDS:
            common = common_languages(comments)
            mine = [(one, _language(one)) for one in comments if _language(one) in _languages(school, by)]
            found += [(one, translations.get(one.id), language not in common) for one, language in mine]
    return found


def _languages(school: School, by: StaffMember) -> set[str]:
    return set(by.languages) - {school.settings.language, "und"}


def _language(comment: OpenedComment) -> str:
    return comment.reading.language if comment.reading else "und"


def _seen(comment: OpenedComment, told: Translation | None) -> ToTranslate:
    words, by = (told.words, told.by) if told else ("", "")
    return ToTranslate(comment.id, comment.text, _language(comment), words, by)
