"""A draft as a file: for other tools, or for another school as a signed pack. What is not complete stays out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import Draft, Picture, StaffMember
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.school import School
from feedback.operations.workshop.drafts import find_draft
from feedback.operations.workshop.form_words import complete_languages, joined
from feedback.operations.workshop.packed_clips import clips_to_pack
from feedback.operations.workshop.packs import make_pack
from feedback.operations.workshop.pictures import pictures_named
from forms.definition import Instrument
from forms.draft import finished
from forms.exchange.pack import Media
from forms.problems import InstrumentRefused
from forms.texts import Data

#: Format -> how its files end; "pack" is Voicebox's own.
FORMATS = {"xlsform": "xlsx", "xlsform-csv": "csv", "surveyjs": "json", "limesurvey-tsv": "txt", "pack": "voicebox"}


@dataclass(frozen=True, slots=True)
class _Form:
    """A draft in all its complete languages, with what is shown and heard in it by the names that a pack has for it."""

    instrument: Instrument
    pictures: Mapping[str, Media]
    audio: Mapping[str, Media]


def file_of(school: School, by: StaffMember, draft_id: str, format_: str) -> tuple[str, bytes]:
    """The file's name and its bytes. NotReady("incomplete") for a draft that cannot be asked yet, NotFound."""
    if format_ not in FORMATS:
        raise NotFound(format_)
    with reading(school.engine) as session:
        form = _form(session, find_draft(session, by, draft_id))
    body = _packed(school, form) if format_ == "pack" else _written(form.instrument, format_)
    return f"{form.instrument.id}.{FORMATS[format_]}", body


def pack_of_own(school: School, name: str) -> bytes:
    """The pack of the draft with this name, for the console. NotFound, NotReady("incomplete")."""
    with reading(school.engine) as session:
        draft = session.scalar(select(Draft).where(Draft.name == name))
        if draft is None:
            raise NotFound(name)
        form = _form(session, draft)
    return _packed(school, form)


def own_names(school: School) -> list[str]:
    """The names of the school's drafts."""
    with reading(school.engine) as session:
        return list(session.scalars(select(Draft.name).order_by(Draft.name)))


def _form(session: Session, draft: Draft) -> _Form:
    own: Data = json.loads(draft.body)
    languages = complete_languages(session, draft.name, own, draft.source_language)
    data = joined(session, draft.name, own, draft.source_language, languages)
    try:
        instrument = finished(data)
    except InstrumentRefused as refused:
        raise NotReady("incomplete") from refused
    rows = [row for name in pictures_named(data) if (row := session.get(Picture, name))]
    pictures = {f"{row.name}.webp": Media(row.body, "image/webp") for row in rows}
    return _Form(instrument, pictures, clips_to_pack(session, draft.name, data))


def _packed(school: School, form: _Form) -> bytes:
    return make_pack(school, form.instrument, form.pictures, form.audio)


def _written(instrument: Instrument, format_: str) -> bytes:
    # Only here: writing spreadsheets loads far more than pages need.
    from forms.exchange.formats import format_named  # noqa: PLC0415

    write = format_named(format_).write
    if write is None:
        raise NotFound(format_)
    return write(instrument)
