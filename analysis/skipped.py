"""Questions that many people left out: a sign that the question, not the people, needs another look."""

from collections.abc import Collection

from analysis.disclosure import FLOOR
from analysis.summary import People, Reader, Summary, TooFew

#: From more than this share of the respondents on, in percent, a question is told of (domain.md 4.3).
MANY = 20


def skipped(summary: Summary, *, not_for_everybody: Collection[str] = ()) -> tuple[str, ...]:
    """The questions, in the order of the form, that certainly more than 20 % of the respondents left without an answer.

    Decided from the printed bands at their kindest ends: as few respondents and as many answers as they allow.
    "Don't know" is no answer that counts here, because a question's people are those inside its share. Questions that
    were shown to some people only, and those nobody had to answer, are named in `not_for_everybody`.
    """
    if isinstance(summary.people, TooFew):
        return ()
    fewest = summary.people.low
    return tuple(
        one.question
        for one in summary.questions
        if one.question not in not_for_everybody and 100 * (fewest - _most(one.people, summary.reader)) > MANY * fewest
    )


def _most(people: People | TooFew, reader: Reader) -> int:
    """As many people as may stand behind what is printed."""
    return people.high if isinstance(people, People) else FLOOR[reader] - 1
