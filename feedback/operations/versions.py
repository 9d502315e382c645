"""The school's own forms in their versions: numbered 1, 2, 3 as they were published, whatever rounds made of them.

A version's number is the `version` of its instrument, which a copy that was made for one round keeps: so a round knows
which version it asks, also where questions were left out. `InstrumentVersion.number` counts all that is stored.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from feedback.db import reading
from feedback.models import Draft, InstrumentVersion, Round, StaffMember
from feedback.operations.drafts import find_draft, start_draft
from feedback.operations.errors import NotFound
from feedback.operations.form_words import complete_languages, joined
from feedback.operations.round_form import read_instrument
from feedback.operations.school import School
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
    languages = sorted(version.instrument.languages, key=lambda code: code != version.source_language)
    data = version.data | {"languages": languages}
    return start_draft(school, by, data, adapted_from=f"{version.instrument.id} {number}", now=now)


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
