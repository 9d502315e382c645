"""Instrument versions: kept once, numbered, never changed."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import InstrumentVersion
from forms.definition import Instrument, canonical, digest


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
    session.add(kept)
    session.flush()
    return kept
