"""The school's own forms in their versions: numbered 1, 2, 3 as they were published, whatever rounds made of them.

A version's number is the `version` of its instrument, which a copy that was made for one round keeps: so a round knows
which version it asks, also where questions were left out. `InstrumentVersion.number` counts all that is stored.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from feedback.db import reading, writing
from feedback.models import AuditEntry, Draft, InstrumentVersion, Round, StaffMember
from feedback.operations.errors import NotFound, NotPermitted
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.drafts import find_draft, put_draft, start_draft
from feedback.operations.workshop.form_words import complete_languages, joined
from feedback.operations.workshop.round_form import read_instrument
from feedback.privacy.permissions import Action, may
from forms.definition import Instrument
from forms.texts import Data


@dataclass(frozen=True, slots=True)
class Version:
    """A published version. `rounds` are those that asked it, or will, as far as the account may see them."""

    number: int
    instrument: Instrument
    source_language: str
    published_on: date | None
    change_note: str
    adapted_from: str
    body: str
    rounds: tuple[Round, ...] = ()

    @property
    def data(self) -> Data:
        """As plain JSON."""
        found: Data = json.loads(self.body)
        return found


@dataclass(frozen=True, slots=True)
class Versions:
    """A draft (detached), its data in all complete languages, and what was published of it, the newest first."""

    draft: Draft
    data: Data
    versions: tuple[Version, ...]

    def version(self, number: int) -> Version:
        """One of them; NotFound."""
        found = next((each for each in self.versions if each.number == number), None)
        if found is None:
            raise NotFound(str(number))
        return found


def versions_of(school: School, by: StaffMember, draft_id: str) -> Versions:
    """All versions of a draft's form. NotPermitted, NotFound."""
    with reading(school.engine) as session:
        draft = find_draft(session, by, draft_id)
        asked = _rounds_by_version(session, by, draft.name)
        found = [_told(row, asked) for row in published_rows(session, draft.name)]
        source, data = draft.source_language, json.loads(draft.body)
        whole = joined(session, draft.name, data, source, complete_languages(session, draft.name, data, source))
        session.expunge_all()
    return Versions(draft, whole, tuple(reversed(found)))


def published_rows(session: Session, name: str) -> list[InstrumentVersion]:
    """What was published under this name, the oldest first."""
    mine = select(InstrumentVersion).where(InstrumentVersion.name == name, InstrumentVersion.published_on.is_not(None))
    return list(session.scalars(mine.order_by(InstrumentVersion.number)))


def draft_from_version(school: School, by: StaffMember, draft_id: str, number: int, *, now: datetime) -> str:
    """A new draft that begins as this version, with all its languages; its id."""
    version = versions_of(school, by, draft_id).version(number)
    data = _source_first(version.data, version.source_language)
    return start_draft(school, by, data, adapted_from=f"{version.instrument.id} {number}", now=now)


def without_draft(school: School, by: StaffMember) -> set[str]:
    """The names of the published forms that nobody has a draft of any more, and this account may go on with."""
    allow(by, Action.EDIT_INSTRUMENTS)
    published = select(InstrumentVersion.name).where(InstrumentVersion.published_on.is_not(None))
    with reading(school.engine) as session:
        left = set(session.scalars(published.where(InstrumentVersion.name.not_in(select(Draft.name)))))
        return {name for name in left if _may_go_on(session, by, name)}


def go_on(school: School, by: StaffMember, name: str, *, now: datetime) -> str:
    """The id of the draft of this form's next version: the one that is there, or a new one of its newest version.

    It has the form's own name and all its languages, so that translators find it again. NotPermitted; NotFound where
    nothing was published under this name.
    """
    allow(by, Action.EDIT_INSTRUMENTS)
    with writing(school.engine) as session:
        there = session.scalar(select(Draft.id).where(Draft.name == name))
        if there is not None:
            return find_draft(session, by, there).id
        rows = published_rows(session, name)
        if not rows:
            raise NotFound(name)
        if not _may_go_on(session, by, name):
            raise NotPermitted(Action.EDIT_INSTRUMENTS)
        data = _source_first(json.loads(rows[-1].body), rows[-1].source_language)
        return put_draft(school, session, by, data, now=now, adapted_from=rows[-1].adapted_from)


def _may_go_on(session: Session, by: StaffMember, name: str) -> bool:
    """A version has no owner. Who may only change forms of their own goes on with what they have published."""
    versions = select(InstrumentVersion.id).where(InstrumentVersion.name == name)
    published = (AuditEntry.action == "form_published") & AuditEntry.object_id.in_(versions)
    mine = select(AuditEntry.number).where(published, AuditEntry.account == by.account).limit(1)
    reaches = may(Action.EDIT_INSTRUMENTS, by.roles)
    return reaches or may(Action.EDIT_INSTRUMENTS, by.roles, owns=session.scalar(mine) is not None)


def _source_first(data: Data, source: str) -> Data:
    return data | {"languages": sorted(data["languages"], key=lambda code: code != source)}


def _rounds_by_version(session: Session, by: StaffMember, name: str) -> dict[int, list[Round]]:
    rounds = select(Round).join(InstrumentVersion).where(InstrumentVersion.name == name)
    found: dict[int, list[Round]] = {}
    for each in session.scalars(rounds.options(joinedload(Round.instrument)).order_by(Round.opens_at, Round.id)):
        if may(Action.SEE_PILOTS, by.roles, owns=each.owner_id == by.id):
            found.setdefault(read_instrument(each.instrument.body).version, []).append(each)
    return found


def _told(row: InstrumentVersion, asked: dict[int, list[Round]]) -> Version:
    instrument = read_instrument(row.body)
    return Version(
        number=instrument.version,
        instrument=instrument,
        source_language=row.source_language,
        published_on=row.published_on,
        change_note=row.change_note,
        adapted_from=row.adapted_from,
        body=row.body,
        rounds=tuple(asked.get(instrument.version, ())),
    )
