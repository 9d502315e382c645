"""What the ids in the list of what staff did stand for: pilots, rounds, forms, exit tickets, accounts, incidents."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import Draft, InstrumentVersion, Pilot, Round, StaffMember, Ticket
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from forms.wording import Words


@dataclass(frozen=True, slots=True)
class Thing:
    """`kind`: "pilot", "round", "form", "draft", "ticket" or "account"; `title` by language ("und": unknown)."""

    id: str
    kind: str
    title: Words


def titles_of(session: Session, ids: Collection[str]) -> dict[str, Thing]:
    """Id -> what it stands for, for those that are still there."""
    found: dict[str, Thing] = {}
    for id_, title in session.execute(select(Round.id, Round.title).where(Round.id.in_(ids))):
        found[id_] = Thing(id_, "round", {"und": title})
    for id_, words in session.execute(select(Pilot.id, Pilot.words).where(Pilot.id.in_(ids))):
        found[id_] = Thing(id_, "pilot", _titles(words))
    for id_, body in session.execute(select(Draft.id, Draft.body).where(Draft.id.in_(ids))):
        found[id_] = Thing(id_, "draft", json.loads(body).get("title", {}))
    for id_, body in session.execute(
        select(InstrumentVersion.id, InstrumentVersion.body).where(InstrumentVersion.id.in_(ids))
    ):
        found[id_] = Thing(id_, "form", json.loads(body).get("title", {}))
    for id_, title in session.execute(select(Ticket.id, Ticket.title).where(Ticket.id.in_(ids))):
        found[id_] = Thing(id_, "ticket", {"und": title})
    for id_, account in session.execute(select(StaffMember.id, StaffMember.account).where(StaffMember.id.in_(ids))):
        found[id_] = Thing(id_, "account", {"und": account})
    return found


def things(session: Session) -> list[Thing]:
    """Pilots, then rounds, each in the order of their titles."""
    pilots = [Thing(id_, "pilot", _titles(words)) for id_, words in session.execute(select(Pilot.id, Pilot.words))]
    rounds = [Thing(id_, "round", {"und": title}) for id_, title in session.execute(select(Round.id, Round.title))]
    return [*sorted(pilots, key=_by_title), *sorted(rounds, key=_by_title)]


def title_of_round(school: School, round_id: str) -> str:
    """What a round is called; for commands. NotFound."""
    with reading(school.engine) as session:
        return find_round(session, round_id).title


def _titles(words: dict[str, dict[str, str]]) -> Words:
    return {language: said["title"] for language, said in words.items() if said.get("title")}


def _by_title(thing: Thing) -> tuple[str, str]:
    return next(iter(thing.title.values()), ""), thing.id


def account_told(session: Session, id_: str | None) -> str:
    """What an account is called; a dash where there is none, or none any more."""
    found = session.get(StaffMember, id_) if id_ else None
    return found.account if found else "–"
