"""Reflecting: each team member's answers to the four questions, merged by role and never by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from feedback.db import reading, writing
from feedback.models import BookEntry, StaffMember
from feedback.operations.errors import NotReady
from feedback.operations.pilots.book import Entry, NewEntry, add_entry, allow_team, read_entries
from feedback.operations.pilots.entries.thought import Reflection
from feedback.operations.pilots.life import move
from feedback.operations.record import record
from feedback.operations.school import School

#: The four questions, in their order; each is a field of `Reflection`.
QUESTIONS = ("happened", "intended", "changed_for_students", "next")
#: The pilot's states in which a reflection can be written or changed.
OPEN_IN = ("frozen", "reflecting")
#: Seats that answer as a crowd, in a round of their own, and not here.
_ANSWER_AS_A_ROUND = ("family", "student", "community")


@dataclass(frozen=True, slots=True)
class TeamsAnswers:
    """What the team has said so far. `mine`: the answers of the account that reads; `silent`: roles not heard yet."""

    answers: Sequence[Entry]
    mine: Entry | None
    silent: Sequence[str]

    @property
    def roles(self) -> int:
        """How many roles the team has, as far as anybody knows."""
        return len(self.heard) + len(self.silent)

    @property
    def heard(self) -> frozenset[str]:
        """The roles that answered, in small letters."""
        return frozenset(entry.role.casefold() for entry in self.answers)


def reflect(school: School, by: StaffMember, pilot_id: str, said: Reflection, role: str, *, now: datetime) -> None:
    """Keep this account's one reflection, in place of its earlier one; the first one of all begins the reflecting.

    NotReady("answers", "role"); WrongState before the evidence is frozen, and after the decision.
    """
    missing = {"answers": any(said.model_dump().values()), "role": bool(role.strip())}
    if not all(missing.values()):
        raise NotReady(*(name for name, is_there in missing.items() if not is_there))
    with writing(school.engine) as session:
        pilot = allow_team(session, by, pilot_id)
        if pilot.state != "reflecting":
            move(session, pilot, "reflecting", account=by.account, now=now)
        mine = session.scalar(
            select(BookEntry).where(
                BookEntry.pilot_id == pilot_id, BookEntry.kind == "reflection", BookEntry.by_id == by.id
            )
        )
        changed = mine is not None
        if mine is None:
            new = NewEntry("reflection", said, role=role.strip())
            mine = add_entry(session, pilot_id, new, on=school.settings.day_of(now))
            mine.by_id = by.id
        mine.body, mine.role = said.model_dump(mode="json"), role.strip()
        record(session, now, by.account, "book_changed" if changed else "book_written", pilot_id, kind="reflection")


def teams_answers(school: School, by: StaffMember, pilot_id: str) -> TeamsAnswers:
    """What the team has said. NotPermitted, NotFound."""
    with reading(school.engine) as session:
        pilot = allow_team(session, by, pilot_id)
        answers = read_entries(session, pilot_id, "reflection", by=by)
        seats = [entry for entry in read_entries(session, pilot_id, "seat") if entry.state != "ended"]
        titles = [seat.body["title"] for seat in seats if seat.body["seat"] not in _ANSWER_AS_A_ROUND]
        owner_role = pilot.owner_role
    heard = {entry.role.casefold() for entry in answers}
    roles = {title.casefold(): title for title in (owner_role, *titles) if title}
    silent = [title for small, title in roles.items() if small not in heard]
    return TeamsAnswers(answers, next((entry for entry in answers if entry.mine), None), silent)
