"""Which forms can be asked: the school's own, each in its newest version, and the library's."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.languages import SOURCE
from feedback.models import InstrumentVersion, TranslatedText
from feedback.operations.errors import NotFound
from feedback.operations.school import School
from feedback.operations.workshop.form_words import complete_languages, joined, languages_begun
from feedback.operations.workshop.round_form import read_instrument
from forms.definition import Instrument
from forms.draft import as_data, finished
from forms.library import names, open_library


@dataclass(frozen=True, slots=True)
class Askable:
    """A form that a round can ask. `version` is the number of the school's own version, None for the library's."""

    instrument: Instrument
    version: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether the school made it itself."""
        return self.version is not None


def askable(school: School) -> list[Askable]:
    """Every form that can be asked: the school's own first, each by name."""
    with reading(school.engine) as session:
        own = [_as_askable(row) for row in session.scalars(_newest().order_by(InstrumentVersion.name))]
        taken = {each.instrument.id for each in own}
        # Most library forms were never touched, and pages with lists wait for this.
        touched = set(session.scalars(select(TranslatedText.name).distinct()))
        library = [
            _with_corrections(session, open_library(name)) if name in touched else open_library(name)
            for name in names()
            if name not in taken
        ]
    return [*own, *map(Askable, library)]


def form_to_ask(school: School, name: str) -> Instrument:
    """The newest version of the school's own form of this name, else the library's; NotFound.

    The library's words in other languages are those that the school's translators have written, where they have.
    """
    with reading(school.engine) as session:
        row = newest_version(session, name)
        if row is not None:
            return read_instrument(row.body)
        try:
            return _with_corrections(session, open_library(name))
        except KeyError:
            raise NotFound(name) from None


def newest_version(session: Session, name: str) -> InstrumentVersion | None:
    """The newest version that the school itself published under this name; None where it published none."""
    return session.scalar(_newest().where(InstrumentVersion.name == name))


def _with_corrections(session: Session, instrument: Instrument) -> Instrument:
    begun = languages_begun(session, instrument.id)
    if not begun:
        return instrument
    data, own = as_data(instrument), instrument.languages
    complete = complete_languages(session, instrument.id, data, SOURCE)
    languages = [*own, *(code for code in complete if code not in own)]
    return finished(joined(session, instrument.id, data, SOURCE, languages))


def _newest() -> Select[InstrumentVersion]:
    numbers = (
        select(InstrumentVersion.name, func.max(InstrumentVersion.number).label("number"))
        .where(InstrumentVersion.published_on.is_not(None))
        .group_by(InstrumentVersion.name)
        .subquery()
    )
    same = (InstrumentVersion.name == numbers.c.name) & (InstrumentVersion.number == numbers.c.number)
    return select(InstrumentVersion).join(numbers, same)


def _as_askable(row: InstrumentVersion) -> Askable:
    instrument = read_instrument(row.body)
    return Askable(instrument, instrument.version)
