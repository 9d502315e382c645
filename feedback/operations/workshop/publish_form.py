"""A draft becomes the next version of its form: numbered, in all its complete languages, and never changed again."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Draft, InstrumentVersion, StaffMember, TranslatedText
from feedback.operations.errors import DraftChanged, NotReady
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.workshop.drafts import find_draft
from feedback.operations.workshop.form_checks import Checked, blocks_of, decisions_of
from feedback.operations.workshop.form_words import complete_languages, joined
from feedback.operations.workshop.pictures import unknown_pictures
from feedback.operations.workshop.round_form import read_instrument
from feedback.operations.workshop.versions import published_rows
from forms.definition import Instrument, canonical, digest
from forms.draft import as_data, faults_of_draft, finished
from forms.problems import Fault, InstrumentRefused
from forms.texts import Data

#: Letters of what is told about a version.
LONGEST_NOTE, LONGEST_ORIGIN = 600, 120


@dataclass(frozen=True, slots=True)
class ToPublish:
    """A draft (detached) as it would be published: its number, the languages it can have, and what is in the way.

    `languages` are the source and all that are complete and not stale; `left_out` those that are there and are not.
    `faults` have pydantic's places in `data`; `blocks` are the checker's. `unchanged`: the last version says the same.
    """

    draft: Draft
    data: Data
    number: int
    languages: tuple[str, ...]
    left_out: tuple[str, ...]
    faults: tuple[Fault, ...]
    blocks: tuple[Checked, ...]
    unknown_pictures: tuple[str, ...]
    unchanged: bool


def to_publish(school: School, by: StaffMember, draft_id: str) -> ToPublish:
    """What would be published, and what is in the way. NotPermitted, NotFound."""
    with reading(school.engine) as session:
        found = _look(school, session, find_draft(session, by, draft_id))
        session.expunge_all()
    return found


def publish_form(
    school: School,
    by: StaffMember,
    draft_id: str,
    languages: Collection[str],
    *,
    revision: int,
    change_note: str,
    adapted_from: str,
    now: datetime,
) -> int:
    """The number of the new version, which rounds can ask from now on.

    It has the source and those of its complete `languages` that were chosen. InstrumentRefused with everything that is
    missing; DraftChanged where somebody changed the draft after `revision`; NotReady with "blocked" (by the checker),
    "unknown_picture", "languages" (one is not complete), "change_note" (from the second version on) or "unchanged".
    """
    with writing(school.engine) as session:
        draft = find_draft(session, by, draft_id, for_change=True)
        if draft.revision != revision:
            raise DraftChanged(draft_id, draft.revision)
        ready = _look(school, session, draft)
        if missing := _missing(ready, languages, change_note):
            raise NotReady(*missing)
        instrument = _instrument(session, draft, ready.data, languages, ready.number)
        if _is_in(instrument, published_rows(session, draft.name)[-1:]):
            raise NotReady("unchanged")
        row = _row(session, instrument)
        row.school_id = draft.school_id
        row.published_on = school.settings.day_of(now)
        row.change_note, row.adapted_from = change_note.strip(), adapted_from.strip()
        row.source_language = draft.source_language
        row.decisions = decisions_of(school, session, draft.name, as_data(instrument))
        draft.adapted_from = row.adapted_from
        session.add(row)
        session.flush()
        about = {"version": ready.number, "languages": len(instrument.languages)}
        record(session, now, by.account, "form_published", row.id, **about)
        return ready.number


def _look(school: School, session: Session, draft: Draft) -> ToPublish:
    data: Data = json.loads(draft.body)
    versions = published_rows(session, draft.name)
    complete = complete_languages(session, draft.name, data, draft.source_language)
    faults, number = faults_of_draft(data), len(versions) + 1
    # What the checker holds against a translation is in the way as well.
    whole = joined(session, draft.name, data, draft.source_language, complete)
    return ToPublish(
        draft=draft,
        data=data,
        number=number,
        languages=tuple(complete),
        left_out=tuple(each for each in _begun(session, draft) if each not in complete),
        faults=faults,
        blocks=tuple(blocks_of(school, session, draft.name, whole)),
        unknown_pictures=tuple(unknown_pictures(session, data)),
        unchanged=not faults and _would_be_the_same(session, draft, data, complete, versions[-1:]),
    )


def _missing(ready: ToPublish, languages: Collection[str], change_note: str) -> tuple[str, ...]:
    checks = {
        "blocked": not ready.blocks,
        "unknown_picture": not ready.unknown_pictures,
        "languages": set(languages) <= set(ready.languages),
        "change_note": ready.number == 1 or bool(change_note.strip()),
    }
    return tuple(code for code, fine in checks.items() if not fine)


def _instrument(session: Session, draft: Draft, data: Data, languages: Collection[str], number: int) -> Instrument:
    """The form with its words in these languages; InstrumentRefused."""
    whole = joined(session, draft.name, data, draft.source_language, sorted(languages))
    return finished(whole | {"version": number})


def _would_be_the_same(
    session: Session, draft: Draft, data: Data, languages: Collection[str], last: Sequence[InstrumentVersion]
) -> bool:
    try:
        return _is_in(_instrument(session, draft, data, languages, 1), last)
    except InstrumentRefused:  # a translation cannot be asked as it stands, which is told when it is chosen
        return False


def _is_in(instrument: Instrument, versions: Sequence[InstrumentVersion]) -> bool:
    """Whether one of these says the same under its own number."""
    return any(
        row.sha256 == digest(instrument.model_copy(update={"version": read_instrument(row.body).version}))
        for row in versions
    )


def _begun(session: Session, draft: Draft) -> list[str]:
    """The languages in which something is written."""
    mine = select(TranslatedText.language).where(TranslatedText.name == draft.name, TranslatedText.words != "")
    return list(session.scalars(mine.distinct().order_by(TranslatedText.language)))


def _row(session: Session, instrument: Instrument) -> InstrumentVersion:
    mine = select(func.max(InstrumentVersion.number)).where(InstrumentVersion.name == instrument.id)
    number = 1 + (session.scalar(mine) or 0)
    return InstrumentVersion(name=instrument.id, number=number, body=canonical(instrument), sha256=digest(instrument))
