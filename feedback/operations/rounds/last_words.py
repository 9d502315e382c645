"""What was released of the words of the round before, where the same people were asked the same question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import Reader
from analysis.words import QuestionWords, thaw_words
from feedback.models import Release, Round
from feedback.operations.workshop.round_form import form_of
from forms.definition import Instrument
from forms.wording import Words

#: What makes two rounds a series here. Whoever may read the results of the one may read those of the other.
_THE_SAME = ("pilot_id", "title", "audience", "owner_id", "sample")


@dataclass(frozen=True, slots=True)
class LastWords:
    """The team's words of the last counted round, by question; empty where there is none to be held against."""

    counted_on: date | None = None
    questions: Mapping[str, QuestionWords] = field(default_factory=dict)

    def day_of(self, question: str) -> date | None:
        """The day of that count where it asked this question, too."""
        return self.counted_on if question in self.questions else None


def last_words(session: Session, round_: Round) -> LastWords:
    """The last round of the series whose words were signed and are still kept, with the questions asked in both."""
    the_same = [getattr(Round, name) == getattr(round_, name) for name in _THE_SAME]
    found = session.execute(
        select(Round, Release.body)
        .join(Release, Release.round_id == Round.id)
        .where(Release.part == "words", Release.reader == Reader.TEAM.value)
        .where(Round.closes_at < round_.closes_at, Round.id != round_.id, *the_same)
        .order_by(Round.closes_at.desc(), Round.id)
        .limit(1)
    ).first()
    if found is None:
        return LastWords()
    last, body = found
    asked = _asked_in_both(form_of(round_), form_of(last))
    questions = {one.question: one for one in thaw_words(body).questions if one.question in asked}
    return LastWords(last.counted_on, questions)


def _asked_in_both(now: Instrument, then: Instrument) -> set[str]:
    """The questions that say the same in every language that both versions of an instrument have."""
    if now.id != then.id:
        return set()
    before = {question.id: question.text for question in then.questions}
    return {one.id for one in now.questions if one.id in before and _says_the_same(one.text, before[one.id])}


def _says_the_same(text: Words, before: Words) -> bool:
    both = text.keys() & before.keys()
    return bool(both) and all(text[code] == before[code] for code in both)
