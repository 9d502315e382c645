"""R4 and R5, for those who were asked: what was tried, what they said, and what the school answers, on one side each.

Everything here is public: the coarser release, words about the pilot that everybody reads, and published replies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from analysis.summary import Reader, Summary
from feedback.i18n import Catalogue
from feedback.languages import NASTALIQ, dialled
from feedback.models import Round
from feedback.operations.errors import NotFound
from feedback.operations.pilots.book import read_entries
from feedback.operations.reports.kinds.kind import Mark, Report, Room, Said, asked_in
from feedback.operations.reports.kinds.teacher import cell_words, marks_of, public_words, question_words, round_with_all
from feedback.operations.results.read_release import read_released
from feedback.operations.results.read_replies import Answered, answers_of
from feedback.operations.school import School
from feedback.operations.schools import name_for
from feedback.operations.workshop.round_form import form_of

#: Tried in turn until it fits on one side: how many findings or replies there is room for.
_FAMILY_ROOMS = (
    Room("roomy", themes=3),
    Room("plain", themes=3),
    Room("snug", themes=3),
    Room("snug", themes=2),
    Room("tight", themes=2),
    Room("tight", themes=1),
)
_PUPIL_ROOMS = (
    Room("roomy", themes=3),
    Room("plain", themes=3),
    Room("plain", themes=2),
    Room("snug", themes=2),
    Room("snug", themes=1),
)


@dataclass(frozen=True, slots=True)
class PublicRound:
    """What everybody may know of a round, in one of its languages where there are such words.

    `contacts` is ("", "und") where the school named none. `address` is where the same stands for everybody, `code` the
    round's. `decision` is the pilot's ("scale", "adjust", "stop"), "" before there is one. The days count from the
    count.
    """

    school: str
    title: Said
    trying: Said
    why: Said
    contacts: Said
    audience: str
    summary: Summary
    questions: Mapping[str, Said]
    labels: Mapping[str, Mapping[str, Said]]
    replies: Answered
    decision: str
    promise_on: date
    keep_comments_days: int
    keep_tallies_days: int
    address: str
    code: str
    marks: tuple[Mark, ...]
    release: str
    released_on: date


def public_round(session: Session, school: School, round_id: str, language: str) -> PublicRound:
    """What the page says; NotFound in a language that it is not asked in, StillInTheBox, NotEnoughVoices."""
    round_ = round_with_all(session, round_id)
    if language not in asked_in(round_) or round_.promise_on is None:
        raise NotFound(round_id)
    released = read_released(session, round_, Reader.PUBLIC)
    instrument, words = form_of(round_), round_.pilot.words
    contacts, spoken = _contacts(words, language)
    decisions = read_entries(session, round_.pilot_id, "decision")
    return PublicRound(
        school=name_for(school, round_.pilot),
        title=public_words(words, "title", language),
        trying=public_words(words, "trying", language),
        why=public_words(words, "why", language),
        contacts=(dialled(contacts, spoken), spoken) if contacts else (contacts, spoken),
        audience=instrument.audience,
        summary=released.summary,
        questions=question_words(instrument, language),
        labels=cell_words(instrument, language),
        replies=answers_of(session, round_, language, Reader.PUBLIC),
        decision=decisions[-1].body["choice"] if decisions else "",
        promise_on=round_.promise_on,
        keep_comments_days=round_.keep_comments_days,
        keep_tallies_days=round_.keep_tallies_days,
        address=f"{school.settings.public_address}/{language}/r/{round_.code}/results",
        code=round_.code,
        marks=marks_of(round_, released.summary),
        release=released.figures_sha256[:12],
        released_on=released.released_on,
    )


def _contacts(words: Mapping[str, Mapping[str, str]], language: str) -> Said:
    named = any(said.get("contacts") for said in words.values())
    return public_words(words, "contacts", language) if named else ("", "und")


def _for_pupils(round_: Round) -> tuple[str, ...]:
    return asked_in(round_) if round_.audience == "students" else ()


def _in_nastaliq(round_: Round) -> tuple[str, ...]:
    return tuple(code for code in asked_in(round_) if code in NASTALIQ)


_SHARED: dict[str, Any] = {
    "scope": "round",
    "catalogue": Catalogue.RESPONDENT,
    "facts": public_round,
    "sides": 1,
    "folder": "public_reports",
}
FAMILY = Report("family", rooms=_FAMILY_ROOMS, template="public_reports/sheet.html", speaks=asked_in, **_SHARED)
FAMILY_NASTALIQ = Report(
    "family_nastaliq",
    rooms=_FAMILY_ROOMS,
    template="public_reports/nastaliq.html",
    partial="family",
    speaks=_in_nastaliq,
    **_SHARED,
)
PUPIL = Report("pupil", rooms=_PUPIL_ROOMS, template="public_reports/sheet.html", speaks=_for_pupils, **_SHARED)
