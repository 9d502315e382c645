"""The officer's yes to what is asked: one version of a form, under one profile, for one school year.

A round that asks an approved version as it stands, or without some of its questions, needs no other. A new version,
another profile or a new school year needs a new one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import FormApproval, InstrumentVersion, Round, StaffMember, Ticket
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.record import record
from feedback.operations.rules import rules_in
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.instruments import keep_version
from feedback.operations.workshop.published import askable
from feedback.operations.workshop.round_form import read_instrument
from feedback.privacy.permissions import Action, reach
from forms.definition import Instrument, digest
from forms.part_of import is_part_of


@dataclass(frozen=True, slots=True)
class ToApprove:
    """A version of a form. `key` is its digest; `waits`: a round or a ticket asks it and cannot open without the yes.

    `is_own`: the school wrote it, or changed the library's words. `decisions`: what was allowed to stay in it.
    """

    key: str
    instrument: Instrument
    is_own: bool
    is_approved: bool
    waits: bool = False
    decisions: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Approvals:
    """Everything that can be asked, what waits for a round first; and the school year that a yes holds in."""

    year: date
    profile: str
    forms: tuple[ToApprove, ...]


def approvals_of(school: School, by: StaffMember, *, now: datetime) -> Approvals:
    """What awaits the officer, and what was approved. NotPermitted."""
    allow(by, Action.APPROVE_FORMS)
    offered = [(each.instrument, each.is_own) for each in askable(school)]
    with reading(school.engine) as session:
        waiting = _drafts(session)
        known = {digest(each): (each, own) for each, own in offered}
        profile, year = _when(session, school, now)
        approved = _approved(session, profile, year)
        rows = {row.sha256: row for row in session.scalars(select(InstrumentVersion))}
        # What a round leaves out of an offered form is approved with the whole of it.
        asked = {key: _whole_of(each, [one for one, _own in offered]) for key, each in waiting.items()}
        waits = {digest(each) for each in asked.values()}
        known |= {digest(each): (each, True) for each in asked.values() if digest(each) not in known}
        forms = [
            ToApprove(
                key,
                each,
                own,
                is_approved=_is_among(each, approved),
                waits=key in waits,
                decisions=tuple(rows[key].decisions) if key in rows else (),
            )
            for key, (each, own) in known.items()
        ]
    forms.sort(key=lambda one: (one.is_approved, not one.waits, not one.is_own))
    return Approvals(year, profile, tuple(forms))


def approve_forms(school: School, by: StaffMember, keys: Collection[str], *, now: datetime) -> int:
    """Say yes to these versions (digests) for this school year under the profile that holds; how many are new.

    NotPermitted; NotFound for a version that cannot be asked; NotReady("forms") for none.
    """
    if not keys:
        raise NotReady("forms")
    found = {each.key: each for each in approvals_of(school, by, now=now).forms}
    if unknown := set(keys) - found.keys():
        raise NotFound(min(unknown))
    with writing(school.engine) as session:
        profile, year = _when(session, school, now)
        new = 0
        for key in sorted(keys):
            version = keep_version(session, found[key].instrument)
            if approve_version(session, version.id, profile, year, by_id=by.id, on=school.settings.day_of(now)):
                record(session, now, by.account, "form_approved", version.id, profile=profile, year=year.isoformat())
                new += 1
        return new


def approve_of_round(school: School, by: StaffMember, round_id: str, *, now: datetime) -> None:
    """Say yes to the version that a draft round asks, as it stands. NotPermitted, NotFound."""
    allow(by, Action.APPROVE_FORMS)
    with writing(school.engine) as session:
        round_ = session.get(Round, round_id)
        if round_ is None:
            raise NotFound(round_id)
        profile, year = _when(session, school, now)
        on = school.settings.day_of(now)
        if approve_version(session, round_.instrument_id, profile, year, by_id=by.id, on=on):
            facts = {"profile": profile, "year": year.isoformat()}
            record(session, now, by.account, "form_approved", round_.instrument_id, **facts)


def approve_version(session: Session, version_id: str, profile: str, year: date, *, by_id: str, on: date) -> bool:
    """Note one yes within the caller's transaction; False where there is one."""
    place = {"instrument_id": version_id, "profile": profile, "school_year": year}
    if session.scalar(select(FormApproval.id).filter_by(**place)) is not None:
        return False
    session.add(FormApproval(**place, by_id=by_id, approved_on=on))
    return True


def is_approved(session: Session, school: School, instrument: Instrument, *, now: datetime) -> bool:
    """Whether this form, or a whole that it is a part of, was approved for this school year under these rules."""
    return _is_among(instrument, _approved(session, *_when(session, school, now), name=instrument.id))


def forms_waiting(school: School, by: StaffMember, *, now: datetime) -> int:
    """How many versions that a round wants to ask wait for this account's yes."""
    if reach(Action.APPROVE_FORMS, by.roles) is None:
        return 0
    with reading(school.engine) as session:
        approved = _approved(session, *_when(session, school, now))
        return sum(not _is_among(each, approved) for each in _drafts(session).values())


def _when(session: Session, school: School, now: datetime) -> tuple[str, date]:
    year = school.settings.calendar.school_year(school.settings.day_of(now))
    return rules_in(session, school.settings).jurisdiction.id, year


def _approved(session: Session, profile: str, year: date, *, name: str | None = None) -> list[Instrument]:
    query = (
        select(InstrumentVersion.body)
        .join(FormApproval, FormApproval.instrument_id == InstrumentVersion.id)
        .where(FormApproval.profile == profile, FormApproval.school_year == year)
    )
    if name is not None:
        query = query.where(InstrumentVersion.name == name)
    return [read_instrument(body) for body in session.scalars(query)]


def _is_among(instrument: Instrument, approved: list[Instrument]) -> bool:
    return any(is_part_of(instrument, each) for each in approved if each.id == instrument.id)


def _whole_of(asked: Instrument, offered: list[Instrument]) -> Instrument:
    return next((each for each in offered if each.id == asked.id and is_part_of(asked, each)), asked)


def _drafts(session: Session) -> dict[str, Instrument]:
    """What drafts of rounds, and tickets, ask: digest -> form."""
    drafts = select(Round.instrument_id).where(Round.state == "draft", ~Round.imported, ~Round.sample)
    tickets = select(Ticket.instrument_id)
    ids = {*session.scalars(drafts), *session.scalars(tickets)}
    rows = session.scalars(select(InstrumentVersion).where(InstrumentVersion.id.in_(ids)))
    return {row.sha256: read_instrument(row.body) for row in rows}
