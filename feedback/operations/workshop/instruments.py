"""Instrument versions: kept once, numbered, never changed; and a library instrument made one's own."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.languages import SOURCE
from feedback.models import InstrumentVersion
from feedback.operations.errors import NotReady
from forms.definition import Instrument, canonical, digest
from forms.problems import InstrumentRefused
from forms.questions.base import Measure
from forms.tailor import for_under_18s_without_text, tailor
from forms.wording import Words


def keep_version(session: Session, instrument: Instrument) -> InstrumentVersion:
    """The stored version with exactly this content: the one that is there, or a new one with the next number."""
    sha256 = digest(instrument)
    kept = session.scalar(
        select(InstrumentVersion).where(InstrumentVersion.name == instrument.id, InstrumentVersion.sha256 == sha256)
    )
    if kept is not None:
        return kept
    highest = session.scalar(select(func.max(InstrumentVersion.number)).where(InstrumentVersion.name == instrument.id))
    kept = InstrumentVersion(name=instrument.id, number=(highest or 0) + 1, body=canonical(instrument), sha256=sha256)
    kept.source_language = _source_language(session, instrument.id)
    session.add(kept)
    session.flush()
    return kept


def _source_language(session: Session, name: str) -> str:
    """The language that the school's own newest form of this name was written in; English for the library's."""
    own = (InstrumentVersion.name == name) & InstrumentVersion.published_on.is_not(None)
    newest = select(InstrumentVersion.source_language).where(own).order_by(InstrumentVersion.number.desc()).limit(1)
    return session.scalar(newest) or SOURCE


def tailored(instrument: Instrument, *, without: Collection[str], wording: Mapping[str, Words]) -> Instrument:
    """The instrument without some questions and with other words; NotReady with the codes of `forms.problems`."""
    try:
        return tailor(instrument, without=without, wording=wording)
    except InstrumentRefused as refused:
        raise NotReady(*(problem.code for problem in refused.problems)) from refused


def asks_children_to_write(instrument: Instrument) -> bool:
    """Whether somebody has to read for safety what is written here, within a school day."""
    return instrument.audience == "students" and any(each.measure is Measure.TEXT for each in instrument.questions)


def without_writing(instrument: Instrument) -> Instrument:
    """A children's form without its places to write, where nobody reads them for safety; others as they are.

    NotReady("no_question_left") for a form of children that asks nothing else.
    """
    try:
        return for_under_18s_without_text(instrument)
    except InstrumentRefused as refused:
        raise NotReady(*(problem.code for problem in refused.problems)) from refused


@lru_cache(maxsize=64)
def silent_form(body: str) -> Instrument:
    """The same for a stored form; kept, for to tailor checks the whole form anew, and respondents wait for it."""
    return without_writing(Instrument.model_validate_json(body))
