"""Amendments: what was agreed before the first round opened, and was changed since, with both wordings and the reason.

The criteria stay as they were locked, and verdicts hold against them: an amended one is in its amendment only, and is
shown beside. Every other part takes its new wording. No amendment is ever changed or struck.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import BookEntry
from feedback.operations.pilots.entries.planned import Amendment

#: What a pilot's criteria are called here, and on the pilot: these stay as locked.
LOCKED = ("criterion", "secondary")
#: Parts that are one column of the pilot each; "dates" are two.
_COLUMNS = ("goal", "goal_sentence", "hypothesis", *LOCKED, "planned_dose", "exit_plan")


@dataclass(frozen=True, slots=True)
class Amended:
    """One change: `part` as in `entries.planned.Amendment`, and its wordings as JSON."""

    part: str
    before: Any
    after: Any
    reason: str
    on: date


def agreed(plan: Any) -> dict[str, Any]:
    """What a pilot, or a plan of one, agrees on before it opens: part -> JSON."""
    dates = {"starts_on": plan.starts_on.isoformat(), "ends_on": plan.ends_on.isoformat()}
    parts = {name: getattr(plan, name) for name in _COLUMNS}
    criteria = {"criterion": _sorted(plan.criterion), "secondary": [_sorted(each) for each in plan.secondary]}
    return {**parts, **criteria, "dates": dates}


def changed_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The parts whose wordings differ."""
    return tuple(part for part in before if before[part] != after[part])


def agreed_now(session: Session, pilot: Any) -> dict[str, Any]:
    """What is agreed with every amendment: the criteria as they were last changed, not as they are locked."""
    amended = {each.part: each.after for each in amendments_of(session, pilot.id) if each.part in LOCKED}
    return {**agreed(pilot), **amended}


def amendments_of(session: Session, pilot_id: str) -> list[Amended]:
    """A pilot's amendments, the oldest first."""
    mine = select(BookEntry).where(BookEntry.pilot_id == pilot_id, BookEntry.kind == "amendment")
    found = [
        (entry, Amendment.model_validate(entry.body))
        # Those of one day in the order in which they were written.
        for entry in sorted(session.scalars(mine), key=lambda entry: (entry.written_on, entry.body.get("number", 0)))
    ]
    return [Amended(body.part, body.before, body.after, body.reason, entry.written_on) for entry, body in found]


def amend(
    session: Session, pilot_id: str, changes: Mapping[str, tuple[Any, Any]], reason: str, *, by_id: str, on: date
) -> None:
    """Write down that these parts were changed: part -> (before, after)."""
    number = len(amendments_of(session, pilot_id))
    for part, (before, after) in changes.items():
        number += 1
        body = Amendment.model_validate(
            {"part": part, "before": before, "after": after, "reason": reason, "number": number}
        )
        session.add(
            BookEntry(
                pilot_id=pilot_id, kind="amendment", body=body.model_dump(mode="json"), by_id=by_id, written_on=on
            )
        )
    session.flush()


def _sorted(criterion: Mapping[str, Any]) -> dict[str, Any]:
    """In which order answers were ticked changes nothing."""
    return {**criterion, "cells": sorted(criterion.get("cells", ()))}
