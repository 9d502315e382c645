"""A made-up school in a private folder: only there is it known who came when and with which slip."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

from feedback.config import Settings
from feedback.db import connect
from feedback.migrations import upgrade
from feedback.models import StaffMember
from feedback.operations.answers.publish import Asked, open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.answers.slips import print_slips
from feedback.operations.pilots.pilot import PilotPlan, create_pilot
from feedback.operations.rounds.course import RoundPlan, open_round, plan_round, round_for
from feedback.operations.rounds.form_approvals import approve_of_round
from feedback.operations.rounds.readers import Pair, name_readers
from feedback.operations.rules import Choice, choose_rules
from feedback.operations.school import School, open_school
from feedback.operations.staff import add_staff
from feedback.privacy.receipts import envelope_id, new_form_key
from feedback.privacy.slips import tag
from feedback.proof.log import latest
from feedback.proof.pages import PageFile
from forms.definition import Instrument
from forms.questions.base import Answer

#: Long enough that five of them are the twenty thousand bytes that the needles ask for.
LONGEST_TEXT = 5000
TEXTS = ("text-1", "text-2", "text-3", "text-4", "text-5")
_DAYS_OPEN = 7


@dataclass(frozen=True, slots=True)
class MadeUp:
    """The school, its lead, its officer and its pilot, and the moment at which it lives."""

    school: School
    lead: StaffMember
    officer: StaffMember
    pilot_id: str
    now: datetime

    @property
    def folder(self) -> Path:
        """Where everything of the school lies."""
        return self.school.settings.instance

    def file(self) -> PageFile:
        """Its database as a thief's copy shows it at this moment."""
        return latest(*self.copy())

    def copy(self) -> tuple[bytes, bytes]:
        """The bytes of database and write-ahead log; nobody else is writing here."""
        log = self.folder / "voicebox.db-wal"
        return (self.folder / "voicebox.db").read_bytes(), log.read_bytes() if log.exists() else b""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one respondent had in hand; a thief has none of it. `tag` and `envelope` are what the database has."""

    form_key: str
    slip: str
    receipt: str
    tag: str
    envelope: str


@contextmanager
def made_up_school(folder: Path, *, now: datetime, driver: ModuleType | None = None) -> Iterator[MadeUp]:
    """A school with nothing but a lead and a pilot in it. `driver` is another build of SQLite than Python's own."""
    settings = Settings(
        secret=secrets.token_urlsafe(32),
        instance=folder,
        keystore=folder / "keystore",
        database_url=f"sqlite:///{folder / 'voicebox.db'}",
    )
    school = open_school(settings)
    if driver is not None:
        school = replace(school, engine=connect(settings.database_url, module=driver))
    try:
        upgrade(school.engine)
        lead, officer = (
            add_staff(school, role, secrets.token_urlsafe(12), (role,), now=now) for role in ("lead", "officer")
        )
        # Made-up families need no notice.
        choose_rules(school, officer, Choice("england"), now=now)
        yield MadeUp(school, lead, officer, create_pilot(school, lead, _pilot(now), now=now), now)
    finally:
        school.engine.dispose()


def open_class(made_up: MadeUp, people: int, *, readers: tuple[str, str] | None = None) -> tuple[Asked, list[str]]:
    """A round open for a class of this size, and the slips in its hat: one a person and the spares.

    With `readers` (ids of a reader and a deputy) they are children, whose words are read for safety.
    """
    school, lead, now = made_up.school, made_up.lead, made_up.now
    round_id = plan_round(school, lead, made_up.pilot_id, _plan(people, now, read=readers is not None), now=now)
    if readers is not None:
        name_readers(school, lead, round_id, {"en": Pair(*readers)}, now=now)
    approve_of_round(school, made_up.officer, round_id, now=now)
    open_round(school, lead, round_id, now=now)
    code = round_for(school, lead, round_id).round.code
    slips = list(print_slips(school, lead, round_id, people + people // 10, now=now))
    secrets.SystemRandom().shuffle(slips)
    return open_for_answers(school, code, "en", now=now), slips


def send(made_up: MadeUp, asked: Asked, slip: str, answers: dict[str, Answer]) -> Sent:
    """One person fills in the form and puts it into the box."""
    form_key = new_form_key()
    receipt = accept(made_up.school, asked, form_key, answers, slip=slip, now=made_up.now).receipt
    pepper = made_up.school.keystore.pepper(asked.round_id)
    return Sent(form_key, slip, receipt, tag(slip, None, pepper), envelope_id(receipt, pepper))


def _plan(people: int, now: datetime, *, read: bool = False) -> RoundPlan:
    return RoundPlan(
        instrument=_instrument("students" if read else "families"),
        title="A class",
        languages=("en",),
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=_DAYS_OPEN),
        promise_on=(now + timedelta(days=2 * _DAYS_OPEN)).date(),
        group_size=people,
        class_session=True,
        slips=True,
    )


def _instrument(audience: str) -> Instrument:
    yes_or_no = [{"id": id_, "label": {"en": id_.title()}} for id_ in ("yes", "maybe", "no")]
    texts = [
        {"type": "text", "id": id_, "text": {"en": id_}, "why": {"en": "A proof."}, "max_length": LONGEST_TEXT}
        for id_ in TEXTS
    ]
    first = {"type": "yes-maybe-no", "id": "again", "text": {"en": "Again?"}, "why": {"en": "A proof."}}
    return Instrument.model_validate(
        {
            "format": 1,
            "id": "proof",
            "version": 1,
            "audience": audience,
            "languages": ["en"],
            "minutes": 3,
            "licence": "CC0",
            "layout": "page",
            "title": {"en": "A proof"},
            "introduction": {"en": "A proof."},
            "sections": [{"id": "all", "title": {"en": "All"}, "questions": [{**first, "options": yes_or_no}, *texts]}],
        }
    )


def _pilot(now: datetime) -> PilotPlan:
    said = dict.fromkeys(("title", "trying", "why", "promise"), "A proof.")
    return PilotPlan(
        words={"en": said},
        goal="equity",
        goal_sentence="A proof.",
        hypothesis=dict.fromkeys(("change", "result", "date", "reason"), "A proof."),
        criterion={"question": "again", "cells": ["yes"], "target": 60, "minimum_voices": 10},
        also_changing=[],
        starts_on=now.date(),
        ends_on=(now + timedelta(days=60)).date(),
        owner_role="lead",
        exit_plan="It is deleted at once.",
        # Of a proof there is one person, and nobody who could say yes to the pilot of another one.
        standing=True,
    )
