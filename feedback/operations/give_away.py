"""A draft as a file: for other tools, or for another school as a signed pack. What is not complete stays out."""

import json

from feedback.db import reading
from feedback.models import Picture, StaffMember
from feedback.operations.drafts import find_draft
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.form_words import complete_languages, joined
from feedback.operations.packs import make_pack
from feedback.operations.pictures import pictures_named
from feedback.operations.school import School
from forms.definition import Instrument
from forms.draft import finished
from forms.exchange.pack import Media
from forms.problems import InstrumentRefused
from forms.texts import Data

#: Format -> how its files end; "pack" is Voicebox's own.
FORMATS = {"xlsform": "xlsx", "xlsform-csv": "csv", "surveyjs": "json", "limesurvey-tsv": "txt", "pack": "voicebox"}


def file_of(school: School, by: StaffMember, draft_id: str, format_: str) -> tuple[str, bytes]:
    """The file's name and its bytes. NotReady("incomplete") for a draft that cannot be asked yet, NotFound."""
    if format_ not in FORMATS:
        raise NotFound(format_)
    with reading(school.engine) as session:
        draft = find_draft(session, by, draft_id)
        own: Data = json.loads(draft.body)
        languages = complete_languages(session, draft.name, own, draft.source_language)
        data = joined(session, draft.name, own, draft.source_language, languages)
        named = pictures_named(data)
        rows = [row for name in named if (row := session.get(Picture, name))]
        pictures = {f"{row.name}.webp": Media(row.body, "image/webp") for row in rows}
    try:
        instrument = finished(data)
    except InstrumentRefused as refused:
        raise NotReady("incomplete") from refused
    body = make_pack(school, instrument, pictures, {}) if format_ == "pack" else _written(instrument, format_)
    return f"{instrument.id}.{FORMATS[format_]}", body


def _written(instrument: Instrument, format_: str) -> bytes:
    # Only here: writing spreadsheets loads far more than pages need.
    from forms.exchange.formats import format_named  # noqa: PLC0415

    write = format_named(format_).write
    if write is None:
        raise NotFound(format_)
    return write(instrument)
