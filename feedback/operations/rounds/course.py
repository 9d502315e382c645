"""Rounds: planning one, opening it, closing it, and what staff may know meanwhile."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from feedback.db import reading, writing
from feedback.i18n import Catalogue, offered
from feedback.models import Document, NameWord, Reader, ReportRequest, Round, StaffMember
from feedback.operations.codes import new_code, unused_code
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.pilots.life import begin_collecting, lacks
from feedback.operations.pilots.pilot import find_pilot
from feedback.operations.record import record
from feedback.operations.rounds.family_notices import forget_families
from feedback.operations.rounds.may_open import refuse_unlawful
from feedback.operations.rounds.readers import settle_writing
from feedback.operations.rounds.series import adopt
from feedback.operations.rules import law_of
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.clips import give_clips
from feedback.operations.workshop.instruments import keep_version
from feedback.operations.workshop.language_gate import pass_gate
from feedback.operations.workshop.recordings import forget_recordings
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.permissions import Action, may
from feedback.privacy.schedule import is_too_long
from forms.definition import Instrument
from forms.questions.base import Measure

FLOOR = 5
DEFAULT_K = 10
#: Days; nothing that children or families said is kept longer than ten years.
LONGEST_KEPT = 3650
#: Without a group size nothing caps the box, so more voices are needed before it may be opened.
K_WITHOUT_CAP = 20
WAVES = ("", "baseline", "middle", "end")
_GROUP_NAME = re.compile(r"\S.{0,39}")


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a round needs before it can open. Moments are UTC and naive. `groups` are (name, size or None)."""

    instrument: Instrument
    title: str
    languages: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    promise_on: date | None
    #: Until when returned sheets may be typed in, where that is later than `closes_at`.
    paper_until: datetime | None = None
    k: int = DEFAULT_K
    group_size: int | None = None
    breakdowns: tuple[str, ...] = ()
    groups: tuple[tuple[str, int | None], ...] = ()
    keep_comments_days: int = 90
    keep_tallies_days: int = 1095
    if_too_few: str = "destroy"
    class_session: bool = False
    read_aloud: bool = False
    slips: bool = False
    imported: bool = False
    sample: bool = False
    #: "baseline", "middle", "end", or "" for none.
    wave: str = ""

    def missing(self) -> tuple[str, ...]:
        """Codes of what is missing or wrong, in the order of the form; empty if the round could open."""
        checks = {
            "title": bool(self.title.strip()),
            "languages": bool(self.languages)
            and set(self.languages) <= set(self.instrument.languages) & set(offered(Catalogue.RESPONDENT)),
            "window": self.closes_at > self.opens_at,
            "paper": self.paper_until is None or (self.paper_until > self.closes_at and not self.imported),
            "promise": self.promise_on is not None and self.promise_on >= (self.paper_until or self.closes_at).date(),
            "k_floor": self.k >= FLOOR,
            "k_without_cap": self.imported or self.group_size is not None or self.k >= K_WITHOUT_CAP,
            "group_size": self.group_size is None or self.group_size >= self.k,
            "slips_group_size": not self.slips or self.group_size is not None,
            "slips_imported": not (self.slips and self.imported),
            "breakdowns": set(self.breakdowns) <= possible_breakdowns(self.instrument, bool(self.groups)),
            "groups": all(_GROUP_NAME.fullmatch(name) for name, _size in self.groups)
            and len({name for name, _size in self.groups}) == len(self.groups),
            "retention": 1 <= self.keep_comments_days <= self.keep_tallies_days <= LONGEST_KEPT,
            "wave": self.wave in WAVES,
            "if_too_few": self.if_too_few in (("destroy",) if self.imported else ("destroy", "extend", "join")),
        }
        return tuple(name for name, fine in checks.items() if not fine)


@dataclass(frozen=True, slots=True)
class RoundStatus:
    """A round as staff may see it; of an open box no more than `round.enough`, which changes only when it is shaken."""

    round: Round
    instrument: Instrument
    is_mine: bool = field(default=False)


def possible_breakdowns(instrument: Instrument, has_groups: bool) -> set[str]:
    """Ids of the questions that can be a breakdown, and "group" where groups are declared."""
    single = {question.id for question in instrument.questions if question.measure in (Measure.CHOICE, Measure.SCALE)}
    return single | ({"group"} if has_groups else set())


def plan_round(school: School, by: StaffMember, pilot_id: str, plan: RoundPlan, *, now: datetime) -> str:
    """A new draft round's id. NotReady with the codes of `RoundPlan.missing`; nothing is stored then."""
    too_long = (
        ("retention_schedule",) if is_too_long(law_of(school), plan.keep_comments_days, plan.keep_tallies_days) else ()
    )
    if missing := (*plan.missing(), *too_long):
        raise NotReady(*missing)
    with writing(school.engine) as session:
        pilot = find_pilot(session, pilot_id)
        if pilot.state == "archived":
            raise WrongState("pilot_archived")
        if not pilot.standing:
            allow(by, Action.CHANGE_ROUNDS, pilot)
        else:
            allow(by, Action.ASK_MY_CLASS)
        version = keep_version(session, plan.instrument)
        round_ = Round(
            code=unused_code(session), pilot_id=pilot_id, instrument_id=version.id, owner_id=by.id, **_columns(plan)
        )
        session.add(round_)
        session.flush()
        record(session, now, by.account, "round_planned", round_.id)
        return round_.id


def open_round(school: School, by: StaffMember, round_id: str, *, now: datetime, unchecked_because: str = "") -> None:
    """Make the round's keys, lock the pilot's criteria and let respondents in from `opens_at` on.

    NotReady names what is missing: "promise", "window", and of the pilot "hypothesis", "criterion", "approval".
    What else it lacks is named by `may_open`; NoticeRunning says from which day on it can be opened.
    LanguageUnsigned where nobody has signed its words in one of its languages (`language_gate`); a lead's reason opens
    it all the same, as long as notices are signed.

    Children write in the languages that somebody reads (`readers`). Where there is none, the round opens without any
    place to write, and nobody has to do more for it than to open it. Clips of its form read it aloud (`clips`).
    """
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.CHANGE_ROUNDS, round_)
        if round_.state != "draft":
            raise WrongState(round_.state)
        if missing := (*(("promise",) if round_.promise_on is None else ()), *lacks(round_.pilot)):
            raise NotReady(*missing)
        # An imported round is never opened to respondents: it goes from draft to closed, filled in between.
        if round_.imported:
            raise WrongState("imported")
        if round_.closes_at <= now:
            raise NotReady("window")
        refuse_unlawful(session, school, round_, now=now)
        pass_gate(session, round_, by, unchecked_because, now=now)
        school.keystore.make_round_keys(round_.id)
        settle_writing(school, session, round_)
        begin_collecting(session, round_.pilot, account=by.account, now=now, today=school.settings.day_of(now))
        round_.state = "open"
        adopt(session, round_)
        give_clips(school, session, round_, account=by.account, now=now)
        record(session, now, by.account, "round_opened", round_.id, k=round_.k)


def close_round(school: School, by: StaffMember, round_id: str, *, now: datetime) -> None:
    """End a round: the class session's "everyone has finished", or a lead's early end. No envelope after this."""
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.CHANGE_ROUNDS, round_)
        if round_.state != "open":
            raise WrongState(round_.state)
        # Only a round declared as a class session may be ended by one person before its time.
        if not round_.class_session and now < round_.box_shuts_at:
            raise WrongState("not_a_class_session")
        round_.state = "closed"
        record(session, now, by.account, "round_closed", round_.id)


def close_due_rounds(school: School, *, now: datetime) -> list[str]:
    """Close every open round whose time is over; ids of all rounds that wait to be counted, or whose count was cut."""
    with writing(school.engine) as session:
        shuts_at = func.coalesce(Round.paper_until, Round.closes_at)
        for round_ in session.scalars(select(Round).where(Round.state == "open", shuts_at <= now)):
            round_.state = "closed"
        return list(session.scalars(select(Round.id).where(Round.state.in_(("closed", "counting", "counted")))))


def discard_round(school: School, by: StaffMember, round_id: str, *, now: datetime) -> None:
    """Throw away a draft; WrongState for a round that was ever open, or filled."""
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.CHANGE_ROUNDS, round_)
        if round_.state != "draft":
            raise WrongState(round_.state)
        # Its papers may have been made to look at.
        for table in (Document, ReportRequest, Reader):
            session.execute(delete(table).where(table.round_id == round_id))
        session.execute(delete(NameWord).where(NameWord.round_id == round_id))
        forget_families(session, round_id)
        session.delete(round_)
        record(session, now, by.account, "round_discarded", round_id)
        code = round_.code
    school.keystore.destroy_data_key(round_id)
    forget_recordings(school.settings, code)


def round_for(school: School, by: StaffMember, round_id: str, action: Action = Action.SEE_PILOTS) -> RoundStatus:
    """One round with its pilot and instrument, detached; NotFound where this account may not see it."""
    with reading(school.engine) as session:
        found = session.scalar(
            select(Round).where(Round.id == round_id).options(joinedload(Round.pilot), joinedload(Round.instrument))
        )
        if found is None:
            raise NotFound(round_id)
        allow(by, action, found)
        session.expunge_all()
    mine = may(Action.CHANGE_ROUNDS, by.roles, owns=found.owner_id == by.id)
    return RoundStatus(found, form_of(found), mine)


def round_id_of(school: School, id_or_code: str) -> str:
    """The id of the round with this id, or with this code in either case; NotFound."""
    with reading(school.engine) as session:
        either = (Round.id == id_or_code) | (Round.code == id_or_code.upper())
        found = session.scalar(select(Round.id).where(either))
        if found is None:
            raise NotFound(id_or_code)
        return found


def find_round(session: Session, round_id: str) -> Round:
    """The round with this id; NotFound."""
    found = session.get(Round, round_id)
    if found is None:
        raise NotFound(round_id)
    return found


def _columns(plan: RoundPlan) -> dict[str, Any]:
    plain = {name: getattr(plan, name) for name in RoundPlan.__dataclass_fields__ if name != "instrument"}
    return {
        **plain,
        "audience": plan.instrument.audience,
        "languages": list(plan.languages),
        "breakdowns": list(plan.breakdowns),
        "groups": [{"code": new_code(4), "name": name, "size": size} for name, size in plan.groups],
    }
