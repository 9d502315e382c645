"""Reading replies: you said, we thought, we did. What people said is the release's own figure, never typed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import Figure, QuestionSummary, Reader, Summary, TooFew
from feedback.db import reading
from feedback.models import BookEntry, Round
from feedback.operations.answers.publish import find_round as find_public_round
from feedback.operations.pilots.entries.replied import AnswerIs, Reply, Said
from feedback.operations.results.read_release import read_released
from feedback.operations.school import School
from feedback.reply_sentences import filled, sentence

#: The states in which everybody reads a reply; "kept" is what was promised and has been done.
PUBLIC_STATES = ("published", "kept")


@dataclass(frozen=True, slots=True)
class YouSaid:
    """What people said to one question: the sentence of `figure` about `cells`, from one release.

    `figure` is TooFew, `cells` is empty and `asked` may be None where the release says nothing of it: then only the
    question may be named.
    """

    question: str
    cells: tuple[str, ...]
    figure: Figure
    asked: QuestionSummary | None


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One published reply in one language. `thought` and `answer` are plain text; `due` is by when it will be done.

    `says_due`: the day stands in the answer already.
    """

    id: str
    you_said: YouSaid
    thought: str
    answer: str
    answer_is: AnswerIs
    due: date | None
    kept_on: date | None
    says_due: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A round's replies in one language; `more` says that there are some which have no words in it yet."""

    lines: tuple[ReplyLine, ...]
    more: bool


def replies_for(
    session: Session, round_: Round, language: str, reader: Reader = Reader.PUBLIC
) -> tuple[ReplyLine, ...]:
    """The round's published replies that have words in `language`, findings first; () where there are none.

    What people said is taken from the figures that were released to `reader`. ResultsPurged, StillInTheBox.
    """
    return answers_of(session, round_, language, reader).lines


def answered(school: School, code: str, language: str) -> Answered:
    """What everybody may read of the replies of the round with this code; RoundUnknown."""
    with reading(school.engine) as session:
        return answers_of(session, find_public_round(session, code), language, Reader.PUBLIC)


def line_in(entry: BookEntry, language: str, summary: Summary) -> ReplyLine | None:
    """One reply in `language`; None where a side of it has no words there that a person has read."""
    body = Reply.model_validate(entry.body)
    thought, answer = said_in(body.thought, language), said_in(body.answer, language)
    if thought is None or answer is None:
        return None
    return ReplyLine(
        id=entry.id,
        you_said=you_said(body.question, summary),
        thought=thought,
        answer=answer,
        answer_is=body.answer_is,
        due=body.due,
        kept_on=body.kept_on if entry.state == "kept" else None,
        says_due=body.answer.ready is not None and "day" in sentence(body.answer.ready.code).blanks,
    )


def said_in(said: Said, language: str) -> str | None:
    """The words of one side in `language`, as plain text; None where there are none that a person has read."""
    if said.ready is not None:
        return filled(said.ready.code, said.ready.values, language)
    return None if language in said.drafted else said.free.get(language) or None


def you_said(question: str, summary: Summary) -> YouSaid:
    """What the release says of a question: its finding, else its headline, else nothing."""
    asked = next((each for each in summary.questions if each.question == question), None)
    finding = next((each for each in summary.findings if each.question == question), None)
    if finding is not None and asked is not None:
        return _shown(question, finding.cells, finding.figure, asked)
    if asked is not None:
        return _shown(question, asked.headline_cells, asked.headline, asked)
    return YouSaid(question, (), TooFew(), None)


def in_order(question: str, summary: Summary) -> tuple[int, int]:
    """Where a reply to this question stands among others: the findings as released, then as the form asks."""
    findings = [each.question for each in summary.findings]
    asked = [each.question for each in summary.questions]
    place = findings.index(question) if question in findings else len(findings)
    return place, asked.index(question) if question in asked else len(asked)


def _shown(question: str, cells: tuple[str, ...], figure: Figure, asked: QuestionSummary) -> YouSaid:
    if figure.kind == "too_few" or not cells:
        return YouSaid(question, (), TooFew(), asked)
    return YouSaid(question, cells, figure, asked)


def answers_of(session: Session, round_: Round, language: str, reader: Reader) -> Answered:
    """The same, and whether there are some without words in `language`."""
    found = session.scalars(
        select(BookEntry).where(
            BookEntry.round_id == round_.id, BookEntry.kind == "reply", BookEntry.state.in_(PUBLIC_STATES)
        )
    ).all()
    if not found:
        return Answered((), more=False)
    summary = read_released(session, round_, reader).summary
    ordered = sorted(found, key=lambda entry: (in_order(entry.body["question"], summary), entry.id))
    lines = tuple(line for entry in ordered if (line := line_in(entry, language, summary)) is not None)
    return Answered(lines, more=len(lines) < len(found))
