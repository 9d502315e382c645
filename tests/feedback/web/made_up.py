"""A made-up school with something of every kind, for tests that open every address of the desk."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from analysis.summary import Reader, Summary, TooFew, freeze_summary
from feedback.models import (
    Approval,
    BookEntry,
    Certificate,
    DistrictSchool,
    Draft,
    Hold,
    Picture,
    RollUp,
    Room,
    Round,
    SlipRequest,
    StaffMember,
    Theme,
    Ticket,
    TryOut,
    TryOutIdea,
)
from feedback.operations.audit.letters import write_letter
from feedback.operations.school import School
from feedback.privacy.permissions import ROLES
from feedback.privacy.slips import new_code
from forms.definition import canonical
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member
from tests.feedback.forms_made import a_draft

_DAY = NOW.date()


class MadeUp:
    """One school of the district: an account of every role, and the id of a thing of every kind, owned by none of them.

    `ids` is argument of an address -> value; where endpoints mean different things by one name, "endpoint argument".
    """

    def __init__(self, school: School, name: str) -> None:
        self.id = _school_id(school, name)
        self.at = school.at(self.id, name)
        self.staff = {
            role: a_staff_member(self.at, role, account=f"{role} of {name}", languages=["ar"], school_id=self.id)
            for role in ROLES
        }
        owner = a_staff_member(self.at, "lead", account=f"owner of {name}", school_id=self.id)
        pilot = a_pilot(self.at, school_id=self.id, owner_id=owner.id)
        plan: dict[str, Any] = {"pilot": pilot, "owner_id": owner.id, "state": "closed"}
        round_ = a_round(self.at, a_family_instrument(), **plan)
        draft_id = a_draft(self.at, owner)
        rows = _rows(pilot.id, round_, owner, _name_of(self.at, draft_id))
        with Session(self.at.engine, expire_on_commit=False) as session, session.begin():
            session.add_all(rows.values())
        self.ids = {
            "pilot_id": pilot.id,
            "round_id": round_.id,
            "about": round_.id,
            "draft_id": draft_id,
            "account_id": self.staff["teacher"].id,
            "staff_id": owner.id,
            "school_id": self.id,
            "name": "family-window",
            "spoken": "en",
            "in_language": "ar",
            "code": "ar",
            "room": rows["room"].code,
            "instrument": "first-look",
            "letter_id": write_letter(self.at, self.staff["officer"], "access", "en", now=NOW),
            **{f"{what}_id": row.id for what, row in rows.items() if hasattr(row, "id")},
        } | _OTHER_WORDS
        self.ids["pictures.remove name"] = rows["picture"].name

    def path(self, rule: Rule) -> str:
        """The address of this school's thing, in English."""
        values = {name: self.ids.get(f"{rule.endpoint} {name}", self.ids.get(name)) for name in rule.arguments}
        unknown = [name for name, value in values.items() if value is None and name != "language"]
        assert not unknown, f"{rule.endpoint}: say in tests.feedback.web.made_up what stands for {unknown}"
        built = rule.build({**values, "language": "en"}, append_unknown=False)
        assert built, rule
        return built[1]


#: What stands in addresses beside ids.
_OTHER_WORDS: dict[str, Any] = {
    "accounts.change what": "enable",
    "accounts.link kind": "password",
    "answer": "yes",
    "form": "json",
    "backups.ask name": "voicebox-2026-11-23-1.backup",
    "part": "certificate",
    "incident_id": "0" * 32,
    "ending": "csv",
    "months.download about": "2026-10",
    "months.show about": "2026-10",
    **{f"registers.{each} name": "dpia" for each in ("file", "pdf", "show", "sign")},
    "passkey_id": "0" * 32,
    "profile": "england",
    "sign_in_id": "0" * 32,
    "token": "nothing",
    "scope": "rounds",
    "kind": "teacher",
    "meetings.create kind": "review",
    "pilot_plan.add kind": "seat",
    "pilot_plan.change kind": "seat",
    "pilot_plan.strike kind": "seat",
    "question": "ease",
    "reader": "team",
    "format_": "csv",
    "exchange.given format_": "yaml",
    "key": "title",
    "what": "item",
    "part_id": "ease",
    "item_id": "ease",
    "section_id": "all",
    "number": 1,
    "before": 1,
    "after": 2,
    "digest": "0" * 64,
    "comment_id": "0" * 32,
    "paper_desk.pdf name": "form-en",
}


_SEAT = {"seat": "family", "title": "Two parents", "term_ends": None, "deputy": ""}


def _rows(pilot_id: str, round_: Round, owner: StaffMember, form: str) -> dict[str, Any]:
    entry = {"pilot_id": pilot_id, "by_id": owner.id, "written_on": _DAY, "body": _SEAT}
    ticket = {"pilot_id": pilot_id, "instrument_id": round_.instrument_id, "owner_id": owner.id, "languages": ["en"]}
    wanted = {"object_id": owner.id, "reason": "why", "asked_by_id": owner.id, "asked_on": _DAY}
    frozen = {
        "body": freeze_summary(Summary(Reader.TEAM, TooFew(), None, None, (), ())),
        "sha256": "",
        "released_on": _DAY,
        "reader": "team",
        "round_ids": [round_.id],
    }
    asked = canonical(a_family_instrument())
    picture = {"words": {"en": "A ball"}, "licence": "CC0", "width": 1, "height": 1, "body": b"", "added_on": _DAY}
    try_out = TryOut(id=new_code().zfill(32), name=form, code=new_code()[:6], label="5B", body=asked, made_on=_DAY)
    held = {"scope": "round", "object_id": round_.id, "reason": "why", "basis": "a law"}
    before = {"title": round_.title, "counts": {}, "trigger": {"kind": "date"}, "chain": "", "keys": []}
    return {
        "certificate": Certificate(round_id=round_.id, layers=["comments"], before=before, step="begun", begun_on=_DAY),
        "hold": Hold(placed_by_id=owner.id, placed_on=_DAY, **held),
        "entry": BookEntry(kind="seat", **entry),
        "ticket": Ticket(code=new_code()[:6], title="5B", k=20, ends_on=date(2027, 1, 1), **ticket),
        "approval": Approval(deed="give_roles", facts={}, **wanted),
        "roll_up": RollUp(name="Year 5", kind="school", **frozen),
        "picture": Picture(name=f"own-{new_code()}", **picture),
        "try_out": try_out,
        "idea": TryOutIdea(try_out_id=try_out.id, words="shorter"),
        "request": SlipRequest(round_id=round_.id, slips=5, asked_by_id=owner.id),
        "theme": Theme(round_id=round_.id, question="wish", code="food", label="Food"),
        "room": Room(code=new_code(), round_id=round_.id, name="1", places=20, places_left="0020", pause_seconds=90),
    }


def _school_id(school: School, name: str) -> str:
    """The school that is there from the beginning is given the first name."""
    with Session(school.engine) as session, session.begin():
        found = session.scalar(select(DistrictSchool).where(DistrictSchool.name == "")) or DistrictSchool()
        found.name = name
        session.add(found)
        session.flush()
        return found.id


def _name_of(school: School, draft_id: str) -> str:
    with Session(school.engine) as session:
        return session.get_one(Draft, draft_id).name
