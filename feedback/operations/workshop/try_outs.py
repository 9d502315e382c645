"""Class try-outs at the desk: starting one, what the class said, and what becomes of its ideas."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Draft, StaffMember, TryOut, TryOutIdea, TryOutMark
from feedback.models.try_outs import MARKS
from feedback.operations.codes import new_code
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.drafts import find_draft
from feedback.operations.workshop.form_words import complete_languages, joined
from feedback.operations.workshop.names_in_notes import names_in
from feedback.privacy.permissions import Action, may
from forms.definition import Instrument, canonical
from forms.draft import finished
from forms.problems import InstrumentRefused
from forms.texts import Data, texts_of

#: Questions that a class can talk about in one lesson.
MOST_ITEMS = 10
LONGEST_LABEL = 60
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Tried:
    """One question in one session: how often each mark was given, and the ideas about it."""

    item: str
    marks: dict[str, int]
    ideas: tuple[TryOutIdea, ...]


@dataclass(frozen=True, slots=True)
class TryOutSession:
    """A session as the desk sees it: its row (detached), its questions, what was said of each, new questions last."""

    row: TryOut
    instrument: Instrument
    tried: tuple[Tried, ...]
    besides: tuple[TryOutIdea, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What one session said of a question, and whether its words were changed after that."""

    row: TryOut
    tried: Tried
    is_changed: bool


def start_try_out(
    school: School, by: StaffMember, draft_id: str, *, label: str, items: Sequence[str], now: datetime
) -> str:
    """The id of a new session with these questions of the draft, as they are now, in every complete language.

    NotReady: "label", "label_has_a_name", "items" (none, too many, or not in the draft), "item_unfinished".
    """
    with writing(school.engine) as session:
        draft = find_draft(session, by, draft_id)
        if not label.strip() or len(label) > LONGEST_LABEL:
            raise NotReady("label")
        if names_in(school, label):
            raise NotReady("label_has_a_name")
        row = TryOut(
            name=draft.name,
            code=_unused_code(session),
            label=label.strip(),
            body=canonical(_questions_alone(session, draft, items)),
            by_id=by.id,
            made_on=school.settings.day_of(now),
        )
        session.add(row)
        session.flush()
        record(session, now, by.account, "try_out_started", row.id, questions=len(items))
        return row.id


def sessions_of(school: School, by: StaffMember, draft_id: str) -> list[TryOutSession]:
    """All sessions of a draft's form, the newest first."""
    with reading(school.engine) as session:
        draft = find_draft(session, by, draft_id)
        wanted = select(TryOut).where(TryOut.name == draft.name).order_by(TryOut.made_on.desc(), TryOut.id)
        found = [_told(session, row) for row in session.scalars(wanted).all()]
        session.expunge_all()
    return found


def end_try_out(school: School, by: StaffMember, try_out_id: str, *, now: datetime) -> None:
    """No more marks and ideas; the session's page tells the class what became of them from now on."""
    with writing(school.engine) as session:
        row = _find(session, by, try_out_id)
        if row.state != "open":
            raise WrongState(row.state)
        row.state = "over"
        record(session, now, by.account, "try_out_ended", row.id)


def decide_idea(school: School, by: StaffMember, idea_id: str, *, used: bool, reason: str, now: datetime) -> str:
    """Say what becomes of an idea, and why; the id of its session. NotReady("reason"), NotFound.

    The reason is for the class: it stands on the session's page.
    """
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise NotReady("reason")
    with writing(school.engine) as session:
        idea = session.get(TryOutIdea, idea_id)
        if idea is None:
            raise NotFound(idea_id)
        row = _find(session, by, idea.try_out_id)
        idea.state, idea.reason = ("used" if used else "not_used"), said
        idea.decided_on = school.settings.day_of(now)
        record(session, now, by.account, "idea_decided", row.id, used=used)
        return row.id


def history_of(school: School, by: StaffMember, draft_id: str, *items: str) -> list[Heard]:
    """What classes said of these questions of this form, the newest session first: their history beside their words."""
    told = sessions_of(school, by, draft_id)
    with reading(school.engine) as session:
        draft = find_draft(session, by, draft_id)
        data, source = json.loads(draft.body), draft.source_language
    return [
        Heard(
            each.row, tried, _words(json.loads(each.row.body), tried.item, source) != _words(data, tried.item, source)
        )
        for each in told
        for tried in each.tried
        if tried.item in items
    ]


def _words(data: Data, item: str, language: str) -> list[str]:
    """What a class read of a question, in this language; why it is asked can change without changing it."""
    return [text.words.get(language, "") for text in texts_of(data) if text.item == item and text.field != "why"]


def _find(session: Session, by: StaffMember, try_out_id: str) -> TryOut:
    allow(by, Action.EDIT_INSTRUMENTS)
    row = session.get(TryOut, try_out_id)
    if row is None:
        raise NotFound(try_out_id)
    draft = session.scalar(select(Draft).where(Draft.name == row.name))
    owns = by.id in (row.by_id, draft.owner_id if draft else None)
    if not may(Action.EDIT_INSTRUMENTS, by.roles, owns=owns):
        raise NotFound(try_out_id)
    return row


def _told(session: Session, row: TryOut) -> TryOutSession:
    instrument = Instrument.model_validate_json(row.body)
    given = session.execute(
        select(TryOutMark.item, TryOutMark.mark, TryOutMark.times).where(TryOutMark.try_out_id == row.id)
    ).all()
    times = {(item, mark): number for item, mark, number in given}
    wanted = select(TryOutIdea).where(TryOutIdea.try_out_id == row.id).order_by(TryOutIdea.id)
    ideas = session.scalars(wanted).all()
    tried = tuple(
        Tried(
            question.id,
            {mark: times.get((question.id, mark), 0) for mark in MARKS},
            tuple(idea for idea in ideas if idea.item == question.id),
        )
        for question in instrument.questions
    )
    return TryOutSession(row, instrument, tried, tuple(idea for idea in ideas if not idea.item))


def _questions_alone(session: Session, draft: Draft, items: Sequence[str]) -> Instrument:
    """The chosen questions as a form of their own: no conditions, for there is nobody who has answered anything."""
    own: Data = json.loads(draft.body)
    languages = complete_languages(session, draft.name, own, draft.source_language)
    data = joined(session, draft.name, own, draft.source_language, languages)
    wanted = set(items)
    sections = [_chosen(section, wanted) for section in data["sections"]]
    data["sections"] = [section for section in sections if section["questions"]]
    known = {item["id"] for section in data["sections"] for item in section["questions"]}
    if not wanted or len(wanted) > MOST_ITEMS or wanted != known:
        raise NotReady("items")
    data.pop("themes", None)
    data.pop("suggested", None)
    # Nobody answers here, so a form that has no introduction yet can be tried out all the same.
    data["introduction"] = {code: data["introduction"].get(code) or data["title"][code] for code in languages}
    try:
        return finished(data)
    except InstrumentRefused as refused:
        raise NotReady("item_unfinished") from refused


def _chosen(section: Data, wanted: set[str]) -> Data:
    kept = [item for item in section["questions"] if item["id"] in wanted]
    bare = [{key: value for key, value in item.items() if key != "show_if"} for item in kept]
    return {key: value for key, value in section.items() if key != "show_if"} | {"questions": bare}


def _unused_code(session: Session) -> str:
    taken = set(session.scalars(select(TryOut.code), execution_options={"every_school": True}))
    while (code := new_code(6)) in taken:
        pass
    return code
