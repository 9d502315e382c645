"""R1, the teacher's page: one round on two sides, in words a teacher can act on (domain.md 4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from analysis.census import Bounds, whole_group
from analysis.evidence_card import EvidenceCard
from analysis.reach import GroupReach
from analysis.summary import Reader, Summary
from analysis.surprise import Surprise, surprise
from analysis.words import QuestionWords, ThemeFigure, Words
from feedback.i18n import Catalogue
from feedback.models import Round
from feedback.operations.errors import NotFound
from feedback.operations.evidence.frozen import card_beside, round_seen, rounds_seen
from feedback.operations.reports.kinds.kind import Mark, Report, Room, Said, written
from feedback.operations.results.next_steps import steps_of
from feedback.operations.results.read_release import read_released
from feedback.operations.review.hours import sign_by
from feedback.operations.school import School
from feedback.operations.schools import name_for
from feedback.operations.workshop.round_form import corrections_of, form_of
from forms.definition import Instrument
from forms.piping import in_full
from forms.questions.base import Measure
from forms.wording import say

#: Tried in this order until the page fits: teachers read two sides and do not act on more (domain.md 4.1).
_ROOMS = (
    Room("roomy", themes=4, quotes=3),
    Room("plain", themes=4, quotes=3),
    Room("plain", themes=3, quotes=3),
    Room("snug", themes=4, quotes=3),
    Room("snug", themes=3, quotes=3),
    Room("tight", themes=3, quotes=3, groups=False),
    Room("tight", themes=2, quotes=0, groups=False),
)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """ "If `change`, then `result`, by `date`, because `reason`": the parts, without those words."""

    change: Said
    result: Said
    date: Said
    reason: Said


@dataclass(frozen=True, slots=True)
class TeacherPage:
    """One round's page for its teacher, in words of the language it is rendered in where there are such words.

    `questions` and `labels` hold every question of `summary` and every cell of its bars. `next_steps` holds what is to
    be printed, by question. `words` is None while comments are being read; for ever where nobody signed by
    `words_by`, or where `words_deleted`: then retention came before any reviewer. `criterion_set_on` is the day on
    which the criterion was locked, None where it never was. `release` is what a reader can compare with the results
    page. `bounds`: between which shares the whole group is, by the question of a finding, where its size is known.
    """

    school: str
    pilot: Said
    trying: Said
    hypothesis: Hypothesis | None
    audience: Literal["students", "families", "staff"]
    round_title: str
    summary: Summary
    words: Words | None
    questions: Mapping[str, Said]
    labels: Mapping[str, Mapping[str, Said]]
    next_steps: Mapping[str, Said]
    promise_on: date
    words_by: date
    released_on: date
    release: str
    criterion_set_on: date | None = None
    also_changing: tuple[Said, ...] = ()
    words_deleted: bool = False
    marks: tuple[Mark, ...] = ()
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    reach: tuple[GroupReach, ...] = ()
    card: EvidenceCard | None = None
    surprise: Surprise | None = None
    #: The days on which a spelling was put right while people answered.
    corrected_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Themed:
    """A theme, and the question that it was written in answer to."""

    theme: ThemeFigure
    asked: QuestionWords


def teacher_page(session: Session, school: School, round_id: str, language: str) -> TeacherPage:
    """Everything the page prints; StillInTheBox or NotEnoughVoices where there is nothing to report."""
    round_ = round_with_all(session, round_id)
    released = read_released(session, round_, Reader.TEAM)
    instrument, pilot = form_of(round_), round_.pilot
    if round_.promise_on is None:
        raise ValueError("a released round has a promise date")
    return TeacherPage(
        school=name_for(school, pilot),
        pilot=public_words(pilot.words, "title", language),
        trying=public_words(pilot.words, "trying", language),
        hypothesis=Hypothesis(**{part: written(pilot.hypothesis[part]) for part in Hypothesis.__slots__}),
        audience=instrument.audience,
        round_title=round_.title,
        summary=released.summary,
        words=released.words,
        questions=question_words(instrument, language),
        labels=cell_words(instrument, language),
        next_steps=steps_of(session, released, instrument, language),
        promise_on=round_.promise_on,
        words_by=sign_by(school, round_),
        released_on=released.released_on,
        release=released.figures_sha256[:12],
        criterion_set_on=pilot.criterion_locked_on,
        also_changing=tuple(written(change) for change in pilot.also_changing),
        words_deleted=round_.comments_purged_on is not None,
        marks=marks_of(round_, released.summary),
        corrected_on=tuple(dict.fromkeys(each.on for each in corrections_of(round_))),
        bounds=bounds_of(released.summary),
        **_beside(session, round_, instrument),
    )


def bounds_of(summary: Summary) -> dict[str, Bounds]:
    """Question of a finding -> between which shares the whole group is, whatever the others would have said."""
    if not summary.group_size:
        return {}
    found = {
        each.question: whole_group(each.figure, summary.question(each.question).people, summary.group_size)
        for each in summary.findings
    }
    # From nothing to everything would say nothing.
    bounds = {question: told for question, told in found.items() if isinstance(told, Bounds)}
    return {question: told for question, told in bounds.items() if (told.low, told.high) != (0, 100)}


def not_for_everybody(instrument: Instrument) -> tuple[str, ...]:
    """Questions that some people are not shown, or that ask for words: to leave them out says nothing."""
    hidden = {each.id for part in instrument.sections if part.show_if for each in part.questions}
    return tuple(
        each.id for each in instrument.questions if each.show_if or each.id in hidden or each.measure is Measure.TEXT
    )


def _beside(session: Session, round_: Round, instrument: Instrument) -> dict[str, Any]:
    seen = round_seen(session, round_)
    if seen is None:
        return {}
    rounds = rounds_seen(session, round_.pilot)
    return {
        "reach": seen.reach,
        "card": card_beside(session, round_.pilot, seen, rounds),
        "surprise": surprise(seen.summary, not_for_everybody=not_for_everybody(instrument)),
    }


def round_with_all(session: Session, round_id: str) -> Round:
    """The round with its pilot and its instrument; NotFound."""
    found = session.scalar(
        select(Round).where(Round.id == round_id).options(joinedload(Round.pilot), joinedload(Round.instrument))
    )
    if found is None:
        raise NotFound(round_id)
    return found


def marks_of(round_: Round, summary: Summary) -> tuple[Mark, ...]:
    """What sort of round it is."""
    marks = [Mark.SAMPLE] if round_.sample else []
    if round_.imported:
        marks.append(Mark.IMPORTED)
    elif summary.slips_printed is None:
        marks.append(Mark.NOT_VERIFIED)
    return tuple(marks)


def question_words(instrument: Instrument, language: str) -> dict[str, Said]:
    """Question -> its words."""
    return {question.id: say(in_full(question), language) for question in instrument.questions}


def cell_words(instrument: Instrument, language: str) -> dict[str, dict[str, Said]]:
    """Question -> cell -> its words."""
    return {
        question.id: {option.id: say(option.label, language) for option in (*question.cells(), *question.apart())}
        for question in instrument.questions
    }


def public_words(words: Mapping[str, Mapping[str, str]], part: str, language: str) -> Said:
    """One part of what a pilot says to the public, "title" for example."""
    return say({code: said[part] for code, said in words.items() if said.get(part)}, language)


def words_for(words: Words | None, room: Room) -> tuple[list[Themed], bool]:
    """The themes that there is room for, each with its share of the quotes; and whether something was left out."""
    found = [Themed(theme, asked) for asked in words.questions for theme in asked.themes] if words else []
    themes = [one.theme for one in found]
    shown = themes[: room.themes]
    # One quote of each theme before the second of any, so that no theme is heard twice before the others once.
    turns = sorted((place, number) for number, theme in enumerate(shown) for place in range(len(theme.quotes)))
    kept = set(turns[: room.quotes])
    fitted = [
        replace(theme, quotes=tuple(quote for place, quote in enumerate(theme.quotes) if (place, number) in kept))
        for number, theme in enumerate(shown)
    ]
    told = [replace(one, theme=theme) for one, theme in zip(found, fitted, strict=False)]
    return told, fitted != themes


def _arranged(page: TeacherPage, room: Room) -> dict[str, Any]:
    themes, left_out = words_for(page.words, room)
    return {"words": themes, "left_out": left_out}


TEACHER = Report(
    kind="teacher",
    scope="round",
    catalogue=Catalogue.STAFF,
    facts=teacher_page,
    sides=2,
    rooms=_ROOMS,
    on_first_side="last-finding",
    arrange=_arranged,
    template="reports/teacher.html",
)
