"""A draft round whose form has a newer version meanwhile: said on its page, and taken over with one press."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Round, StaffMember
from feedback.operations.errors import NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.rounds.course import find_round, possible_breakdowns
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.instruments import keep_version, tailored
from feedback.operations.workshop.published import newest_version
from feedback.operations.workshop.round_form import read_instrument
from feedback.operations.workshop.versions import published_rows
from feedback.privacy.permissions import Action
from forms.definition import Instrument
from forms.wording import Words


def newer_than(school: School, round_: Round) -> int | None:
    """The number of a newer version of what the round asks, while it is a draft; None where there is none."""
    if round_.state != "draft":
        return None
    with reading(school.engine) as session:
        newest = newest_version(session, round_.instrument.name)
        number = read_instrument(newest.body).version if newest else 0
    return number if number > read_instrument(round_.instrument.body).version else None


def use_newest(school: School, by: StaffMember, round_id: str, *, now: datetime) -> int:
    """Let a draft round ask the newest version; its number. Questions that were left out, and words that were changed
    for this round, stay so.

    WrongState for a round that is no draft; NotReady with "newest" where it asks the newest one already, or with
    "newer_audience", "newer_languages" or "newer_breakdowns" where the newest one does not fit what was planned.
    """
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.CHANGE_ROUNDS, round_)
        if round_.state != "draft":
            raise WrongState(round_.state)
        asked, row = read_instrument(round_.instrument.body), newest_version(session, round_.instrument.name)
        if row is None or (newest := read_instrument(row.body)).version <= asked.version:
            raise NotReady("newest")
        instrument = _as_tailored(newest, asked, _of_number(session, asked))
        if missing := _unfit(round_, instrument):
            raise NotReady(*missing)
        round_.instrument = keep_version(session, instrument)
        record(session, now, by.account, "round_version_changed", round_.id, version=newest.version)
        return newest.version


def _of_number(session: Session, asked: Instrument) -> Instrument:
    """The version that the round's copy was made from; the copy itself where it is not there."""
    published = (read_instrument(row.body) for row in published_rows(session, asked.id))
    return next((each for each in published if each.version == asked.version), asked)


def _as_tailored(newest: Instrument, asked: Instrument, whole: Instrument) -> Instrument:
    there, known = {each.id for each in asked.items}, {each.id for each in newest.items}
    without = [each.id for each in whole.items if each.id not in there and each.id in known]
    texts = {each.id: each.text for each in whole.items}
    wording: dict[str, Words] = {}
    for item in asked.items:
        changed = {code: said for code, said in item.text.items() if texts.get(item.id, item.text).get(code) != said}
        kept = {code: said for code, said in changed.items() if code in newest.languages}
        if kept and item.id in known:
            wording[item.id] = kept
    return tailored(newest, without=without, wording=wording) if without or wording else newest


def _unfit(round_: Round, instrument: Instrument) -> tuple[str, ...]:
    checks = {
        "newer_audience": round_.audience == instrument.audience,
        "newer_languages": set(round_.languages) <= set(instrument.languages),
        "newer_breakdowns": set(round_.breakdowns) <= possible_breakdowns(instrument, bool(round_.groups)),
    }
    return tuple(code for code, fine in checks.items() if not fine)
