"""What the checker says of a form, and what was decided about it: who may let a remark stand, and why."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import CheckDecision, Draft, StaffMember
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.record import record
from feedback.operations.rules import rules_in, rules_of
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.drafts import find_draft
from feedback.operations.workshop.form_words import complete_languages, joined, languages_begun, stamps
from feedback.operations.workshop.known_remarks import known_remarks
from feedback.privacy.permissions import Action
from forms.checks import Remark, check
from forms.definition import Instrument
from forms.draft import as_data
from forms.texts import Data

LONGEST_REASON = 400
#: Digest of a remark -> verdict, reason and role.
Decisions = dict[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Checked:
    """One remark, with what was decided about those very words: "" for nothing, else "allowed" or "refused"."""

    remark: Remark
    verdict: str = ""
    reason: str = ""
    role: str = ""

    @property
    def stands_in_the_way(self) -> bool:
        """Whether the form cannot be published because of it."""
        return self.remark.weight == "block" and self.verdict != "allowed"


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A form with all remarks, those that stand in its way first.

    `unread` are the languages it has words in that were not looked at.
    """

    name: str
    draft_id: str
    data: Data
    remarks: tuple[Checked, ...]
    unread: tuple[str, ...] = ()


def checked_draft(school: School, by: StaffMember, draft_id: str, *, every_language: bool = True) -> CheckedForm:
    """A draft in its own and all complete languages, or in its own alone, for those who write it."""
    with reading(school.engine) as session:
        return _checked(school, session, find_draft(session, by, draft_id), every_language=every_language)


def checked_for(school: School, by: StaffMember, draft_id: str, digest: str) -> tuple[CheckedForm, Checked]:
    """The form with this remark; NotFound where it has no such remark (any more).

    Further languages are looked at only where the source's words have no such remark: it takes seconds.
    """
    with reading(school.engine) as session:
        found = _with_remark(school, session, find_draft(session, by, draft_id), digest)
    if found is None:
        raise NotFound(digest)
    return found


def checked_for_officer(school: School, by: StaffMember, *, spoken: str = "") -> list[CheckedForm]:
    """Every draft with something that only the privacy officer can decide, with those remarks alone.

    Its words are there in its own language, and in the one that is `spoken`.
    """
    allow(by, Action.DECIDE_TOPICS)
    found = []
    with reading(school.engine) as session:
        drafts = list(session.scalars(select(Draft).order_by(Draft.name)))
        known = [draft.name for draft in drafts]
        stamp_of, decided = stamps(session, *known), decisions_by_form(session, *known)
        for draft in drafts:
            remarks = _in_every_language(school, session, draft, stamp_of.get(draft.name, ""))
            if theirs := [each for each in remarks if each.needs_officer]:
                told = tuple(with_verdicts(theirs, decided.get(draft.name, {})))
                source = draft.source_language
                data = joined(session, draft.name, json.loads(draft.body), source, {spoken or source})
                found.append(CheckedForm(draft.name, draft.id, data, told))
    return found


def blocks_of(school: School, session: Session, name: str, data: Mapping[str, Any]) -> list[Checked]:
    """The remarks that keep this form from being published."""
    return [each for each in _decided(school, session, name, data) if each.stands_in_the_way]


def remarks_of(school: School, instrument: Instrument) -> list[Checked]:
    """What the checker says of a form that is asked, in its first language, with what was decided about it."""
    data = {**as_data(instrument), "languages": [instrument.languages[0]]}
    with reading(school.engine) as session:
        return _decided(school, session, instrument.id, data)


def decisions_of(school: School, session: Session, name: str, data: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was allowed to stay, as a published version remembers it: {rule, key, reason, role}."""
    return [
        {"rule": each.remark.rule, "key": each.remark.key, "reason": each.reason, "role": each.role}
        for each in _decided(school, session, name, data)
        if each.verdict == "allowed"
    ]


def decide(
    school: School, by: StaffMember, draft_id: str, digest: str, *, allowed: bool, reason: str, now: datetime
) -> None:
    """Let a remark stand, or not, for a reason. It holds while the words that it is about stay as they are.

    Protected topics are the privacy officer's alone; all else is a lead's. NotPermitted, NotFound where the form has
    no such remark (any more), NotReady("reason").
    """
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise NotReady("reason")
    with writing(school.engine) as session:
        draft = session.get(Draft, draft_id)
        found = _with_remark(school, session, draft, digest) if draft else None
        if draft is None or found is None:
            raise NotFound(digest)
        remark = found[1].remark
        allow(by, Action.DECIDE_TOPICS if remark.needs_officer else Action.OVERRULE_CHECKS)
        kept = session.scalar(
            select(CheckDecision).where(CheckDecision.name == draft.name, CheckDecision.digest == digest)
        )
        if kept is None:
            kept = CheckDecision(name=draft.name, digest=digest, rule=remark.rule)
            session.add(kept)
        kept.verdict, kept.reason = ("allowed" if allowed else "refused"), said
        kept.role = "officer" if remark.needs_officer else "lead"
        kept.by_id, kept.decided_on = by.id, school.settings.day_of(now)
        record(session, now, by.account, "check_decided", draft.id, rule=remark.rule, allowed=allowed)


def decisions_by_form(session: Session, *names: str) -> dict[str, Decisions]:
    """Name of a form -> what was decided about its words, by the digest of the remark."""
    found: dict[str, Decisions] = {}
    for row in session.scalars(select(CheckDecision).where(CheckDecision.name.in_(names))):
        found.setdefault(row.name, {})[row.digest] = (row.verdict, row.reason, row.role)
    return found


def with_verdicts(remarks: Iterable[Remark], decisions: Decisions) -> list[Checked]:
    """The remarks, each with what was decided about it."""
    return [Checked(each, *decisions.get(each.digest, ())) for each in remarks]


def _checked(school: School, session: Session, draft: Draft, *, every_language: bool = True) -> CheckedForm:
    source = draft.source_language
    if every_language:
        data = _joined(session, draft)
        remarks = _in_every_language(school, session, draft, stamps(session, draft.name).get(draft.name, ""))
    else:
        data = json.loads(draft.body)
        remarks = remarks_in_source(school, draft)
    told = with_verdicts(remarks, decisions_by_form(session, draft.name).get(draft.name, {}))
    found = sorted(told, key=lambda each: not each.stands_in_the_way)
    begun = () if every_language else languages_begun(session, draft.name)
    return CheckedForm(draft.name, draft.id, data, tuple(found), tuple(each for each in begun if each != source))


def remarks_in_source(school: School, draft: Draft) -> tuple[Remark, ...]:
    """All remarks on a draft in the language that it is written in."""
    topics = rules_of(school).topics
    return known_remarks(topics.id, draft, lambda: check(json.loads(draft.body), profile=topics))


def _in_every_language(school: School, session: Session, draft: Draft, stamp: str) -> tuple[Remark, ...]:
    topics = rules_in(session, school.settings).topics
    return known_remarks(topics.id, draft, lambda: check(_joined(session, draft), profile=topics), stamp=stamp)


def _joined(session: Session, draft: Draft) -> Data:
    own: Data = json.loads(draft.body)
    source = draft.source_language
    return joined(session, draft.name, own, source, complete_languages(session, draft.name, own, source))


def _with_remark(school: School, session: Session, draft: Draft, digest: str) -> tuple[CheckedForm, Checked] | None:
    """The form with this remark: in the source's words, else in all languages."""
    for every_language in (False, True):
        form = _checked(school, session, draft, every_language=every_language)
        for each in form.remarks:
            if each.remark.digest == digest:
                return form, each
    return None


def _decided(school: School, session: Session, name: str, data: Mapping[str, Any]) -> list[Checked]:
    remarks = check(data, profile=rules_in(session, school.settings).topics)
    return with_verdicts(remarks, decisions_by_form(session, name).get(name, {}))
