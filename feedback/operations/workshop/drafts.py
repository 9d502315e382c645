"""Drafts of forms: starting one, changing it step by step, undoing, throwing away. Nobody writes over unseen work."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Clip, Draft, DraftStep, InstrumentVersion, StaffMember
from feedback.operations.errors import DraftChanged, NotFound, NotReady
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.form_words import keep_words
from feedback.privacy.permissions import Action, may
from forms.draft import free_id
from forms.library import names
from forms.texts import Data, only_in

#: Steps that can be undone; older ones are forgotten.
_STEPS_KEPT = 100
#: Characters of a draft as JSON: five times the largest instrument that can be asked.
_LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class DraftAsSeen:
    """A draft as somebody sees it: its row (detached), its data, and the step that would be undone next."""

    draft: Draft
    data: Data
    last_step: str | None


def _nothing(_session: Session, _draft: Draft) -> None:
    """What belongs to most drafts."""


def start_draft(
    school: School,
    by: StaffMember,
    data: Data,
    *,
    now: datetime,
    adapted_from: str = "",
    with_it: Callable[[Session, Draft], None] = _nothing,
) -> str:
    """A new draft's id. `data` may have several languages: the first one is the source, the others translations of it.

    Its name is made free where a form of the school or of the library has it already. `with_it` keeps what belongs to
    the draft: both are kept, or neither. NotReady("too_large").
    """
    allow(by, Action.EDIT_INSTRUMENTS)
    with writing(school.engine) as session:
        own = data | {"id": free_id(str(data["id"]), _taken(session))}
        draft_id = put_draft(school, session, by, own, now=now, adapted_from=adapted_from)
        with_it(session, session.get_one(Draft, draft_id))
        return draft_id


def put_draft(
    school: School, session: Session, by: StaffMember, data: Data, *, now: datetime, adapted_from: str = ""
) -> str:
    """The same under the very name that `data` has, which no other draft may have."""
    source = str(data["languages"][0])
    draft = Draft(
        name=str(data["id"]),
        source_language=source,
        body=_packed(only_in(data, (source,)) | {"version": 1}),
        adapted_from=adapted_from,
        owner_id=by.id,
        changed_on=school.settings.day_of(now),
    )
    session.add(draft)
    session.flush()
    keep_words(session, draft, data, by_id=by.id, today=school.settings.day_of(now))
    record(session, now, by.account, "draft_made", draft.id)
    return draft.id


def draft_for(school: School, by: StaffMember, draft_id: str) -> DraftAsSeen:
    """One draft; NotPermitted, or NotFound where it is not this account's."""
    with reading(school.engine) as session:
        draft = find_draft(session, by, draft_id)
        step = session.scalar(_steps(draft_id).limit(1))
        session.expunge_all()
    return DraftAsSeen(draft, json.loads(draft.body), step.code if step else None)


def drafts_of(school: School, by: StaffMember) -> list[Draft]:
    """The drafts that this account may change, by name."""
    allow(by, Action.EDIT_INSTRUMENTS)
    with reading(school.engine) as session:
        found = [each for each in session.scalars(select(Draft).order_by(Draft.name)) if _is_theirs(by, each)]
        session.expunge_all()
    return found


def title_of(draft: Draft) -> str:
    """The draft's title in its source language; its name while it has none."""
    title: str = json.loads(draft.body).get("title", {}).get(draft.source_language, "")
    return title or draft.name


def change_draft(
    school: School,
    by: StaffMember,
    draft_id: str,
    change: Callable[[Data], Data],
    *,
    revision: int,
    code: str,
    now: datetime,
    about: str = "",
) -> int:
    """Change the draft as it was at `revision`; its new revision. A change that changes nothing is no step.

    DraftChanged where somebody else was faster: nothing is stored then. NotReady("too_large").
    """
    with writing(school.engine) as session:
        draft = find_draft(session, by, draft_id, for_change=True)
        if draft.revision != revision:
            raise DraftChanged(draft_id, draft.revision)
        after = _packed(change(json.loads(draft.body)))
        if after == draft.body:
            return draft.revision
        draft.changed_on = school.settings.day_of(now)
        _add_step(session, draft, code, about, by, draft.changed_on)
        draft.body = after
        draft.revision += 1
        record(session, now, by.account, "draft_changed", draft.id, what=code)
        return draft.revision


def undo(school: School, by: StaffMember, draft_id: str, *, revision: int, now: datetime) -> str:
    """Take the last step back; its code. NotReady("nothing_to_undo"), DraftChanged."""
    with writing(school.engine) as session:
        draft = find_draft(session, by, draft_id, for_change=True)
        if draft.revision != revision:
            raise DraftChanged(draft_id, draft.revision)
        step = session.scalar(_steps(draft_id).limit(1))
        if step is None:
            raise NotReady("nothing_to_undo")
        draft.body = step.before
        draft.revision += 1
        draft.changed_on = school.settings.day_of(now)
        session.delete(step)
        record(session, now, by.account, "draft_step_undone", draft.id, what=step.code)
        return step.code


def discard_draft(school: School, by: StaffMember, draft_id: str, *, now: datetime) -> None:
    """Throw a draft away with its steps. Versions that were published from it, and their words and voices, stay."""
    with writing(school.engine) as session:
        draft = find_draft(session, by, draft_id, for_change=True)
        session.execute(delete(DraftStep).where(DraftStep.draft_id == draft_id))
        if not session.scalar(select(InstrumentVersion.id).where(InstrumentVersion.name == draft.name).limit(1)):
            session.execute(delete(Clip).where(Clip.name == draft.name))
        session.delete(draft)
        record(session, now, by.account, "draft_discarded", draft_id)


def find_draft(session: Session, by: StaffMember, draft_id: str, *, for_change: bool = False) -> Draft:
    """The draft's row in this session; NotPermitted, NotFound. `for_change` lets other writers wait."""
    allow(by, Action.EDIT_INSTRUMENTS)
    draft = session.get(Draft, draft_id, with_for_update=for_change)
    if draft is None:
        raise NotFound(draft_id)
    allow(by, Action.EDIT_INSTRUMENTS, draft)
    return draft


def _add_step(session: Session, draft: Draft, code: str, about: str, by: StaffMember, today: date) -> None:
    """Keep the draft as it is before the step."""
    number = 1 + (session.scalar(select(func.max(DraftStep.number)).where(DraftStep.draft_id == draft.id)) or 0)
    step = DraftStep(draft_id=draft.id, number=number, code=code, about=about, by_id=by.id, before=draft.body)
    step.done_on = today
    session.add(step)
    forgotten = DraftStep.number <= number - _STEPS_KEPT
    session.execute(delete(DraftStep).where(DraftStep.draft_id == draft.id, forgotten))


def _steps(draft_id: str) -> Select[DraftStep]:
    """The newest first."""
    return select(DraftStep).where(DraftStep.draft_id == draft_id).order_by(DraftStep.number.desc())


def _is_theirs(by: StaffMember, draft: Draft) -> bool:
    return may(Action.EDIT_INSTRUMENTS, by.roles, owns=draft.owner_id == by.id)


def _taken(session: Session) -> set[str]:
    """The names that no new form may have, in whichever school of the installation they are."""
    everywhere = {"every_school": True}
    versions = session.scalars(select(InstrumentVersion.name).distinct(), execution_options=everywhere)
    return {*names(), *versions, *session.scalars(select(Draft.name), execution_options=everywhere)}


def _packed(data: Data) -> str:
    packed = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if len(packed) > _LARGEST:
        raise NotReady("too_large")
    return packed
