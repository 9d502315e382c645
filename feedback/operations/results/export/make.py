"""Making an export: a frozen release with the words of its form, for one reader, in the language spoken now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from analysis.summary import Reader
from feedback.db import reading, writing
from feedback.models import Round, StaffMember
from feedback.operations.errors import NotFound
from feedback.operations.record import record
from feedback.operations.results.export.codebook import codebook_of
from feedback.operations.results.export.figures import figure_rows
from feedback.operations.results.export.files import Format, file_of
from feedback.operations.results.export.names import names_of
from feedback.operations.results.export.notes import note_rows
from feedback.operations.results.export.rows import Export
from feedback.operations.results.export.words import words_rows
from feedback.operations.results.read_release import Released, read_released
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.permissions import Action
from feedback.spoken import language_now


@dataclass(frozen=True, slots=True)
class File:
    """A file to take away. Its name has the round's code and nothing else of the school."""

    name: str
    mimetype: str
    body: bytes


def hand_over(
    school: School, by: StaffMember, round_id: str, reader: Reader, format_: Format, *, now: datetime
) -> File:
    """A release as a file, for somebody who may see the team's; StillInTheBox, NotEnoughVoices, ResultsPurged.

    That it was taken is recorded, with the format and for whom it is.
    """
    with reading(school.engine) as session:
        allow(by, Action.SEE_RELEASES, find_round(session, round_id))
        made = _file(session, round_id, reader, format_)
    with writing(school.engine) as session:
        record(session, now, by.account, "release_exported", round_id, format=format_.value, reader=reader.value)
    return made


def export_release(school: School, round_id: str, reader: Reader, format_: Format) -> File:
    """The same for commands, which act for the installation."""
    with reading(school.engine) as session:
        return _file(session, round_id, reader, format_)


def make_export(round_: Round, released: Released) -> Export:
    """All rows of a release. Nothing is computed here: what has no value in the release has no row."""
    instrument = form_of(round_)
    names = names_of(instrument)
    return Export(
        code=round_.code,
        reader=released.summary.reader,
        language=language_now().code,
        notes=note_rows(round_, released, names),
        figures=figure_rows(released.summary, names),
        words=words_rows(released.words, names),
        codebook=codebook_of(instrument, round_.breakdowns),
    )


def _file(session: Session, round_id: str, reader: Reader, format_: Format) -> File:
    round_ = session.scalar(
        select(Round).where(Round.id == round_id).options(joinedload(Round.pilot), joinedload(Round.instrument))
    )
    if round_ is None:
        raise NotFound(round_id)
    released = read_released(session, round_, reader)
    export = make_export(round_, released)
    kind = file_of(format_)
    name = f"voicebox-{export.code}-{export.reader.value}-{export.language}.{kind.ending}"
    return File(name, kind.mimetype, kind.write(export, released.released_on))
