"""A pilot with everything in its book, and rounds of two audiences and two waves. Nobody's name is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from feedback.models import Pilot, Round, StaffMember
from feedback.operations.pilots.book import NewEntry, write_entry
from feedback.operations.school import School
from tests.desk import fill_and_count
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member

GROUPS = [{"code": "AAA", "name": "Robins", "size": 30}, {"code": "BBB", "name": "Wrens", "size": 30}]
_BOOK: tuple[tuple[str, dict[str, Any]], ...] = (
    ("dose", {"week": "2026-W40", "group": "2B", "sessions": 3, "minutes": 55, "departures": "The library was shut."}),
    ("dose", {"week": "2026-W41", "group": "2B", "sessions": 2, "minutes": 40}),
    ("cost", {"what": "Licences", "sort": "licence", "amount": 480}),
    ("cost", {"what": "Setting up", "sort": "hours", "amount": 6}),
    ("usage", {"week": "2026-W40", "tool": "Reading app", "group": "2B", "active": 20, "minutes": 600}),
    ("observation", {"week": "2026-W41", "place": "Library", "seen": "Two children asked for one more story."}),
    ("claim", {"claim": "They want more", "sources": {"survey": "agrees", "observation": "agrees", "usage": "agrees"}}),
    ("claim", {"claim": "It is easy at home", "sources": {"survey": "agrees"}}),
    ("amendment", {"part": "exit_plan", "before": "It ends.", "after": "It goes on.", "reason": "Tablets came late."}),
    (
        "cycle",
        {
            "number": 2,
            "aim": "Six in ten want it again by June.",
            "sort": "test",
            "starts_on": "2026-11-02",
            "predictions": [
                {"question": "Will pairs like it?", "predicted": "Most will."},
                {"question": "ease", "predicted": "Half will find it so."},
            ],
            "act": "adapt",
        },
    ),
    ("reflection", {"happened": "We read twice a week.", "next": "Quiet corners."}),
)


@dataclass(frozen=True)
class Tried:
    """A pilot that was tried, with its last round, and its lead."""

    pilot: Pilot
    end: Round
    lead: StaffMember


def a_tried_pilot(school: School) -> Tried:
    """38 % want it again at the start, 75 % at the end; 15 children of 25 were asked too."""
    lead = a_staff_member(school, "lead", account="pilots@example.org")
    plan = {
        "secondary": [{"question": "ease", "cells": ["fair", "easy"], "target": 50, "minimum_voices": 10}],
        "planned_dose": {"sessions": 3, "minutes": 60},
        "also_changing": ["A new timetable began."],
    }
    pilot = a_pilot(school, owner_id=lead.id, **plan)
    shared: dict[str, Any] = {"pilot": pilot, "group_size": 60, "groups": GROUPS}
    first = a_round(school, a_family_instrument(), title="Families in autumn", wave="baseline", **shared)
    fill_and_count(school, first, *_answers(40, 15, 12))
    later = NOW - timedelta(hours=2)
    end = a_round(school, a_family_instrument(), title="Families in spring", wave="end", opens_at=later, **shared)
    fill_and_count(school, end, *_answers(44, 33, 26))
    children = a_round(school, pilot=pilot, title="Class 2B", opens_at=NOW - timedelta(hours=1))
    fill_and_count(school, children, *[{"again": "yes"}] * 10, *[{"again": "no"}] * 5)
    for kind, body in _BOOK:
        write_entry(school, lead, pilot.id, NewEntry(kind, body), now=NOW)
    return Tried(pilot, end, lead)


def _answers(people: int, again: int, easy: int) -> list[Mapping[str, Any]]:
    return [
        {
            "again": "yes" if each < again else "no",
            "ease": "easy" if each < easy else ("fair", "hard")[each % 2],
            "liked": ["games"] if each % 2 else ["books", "stars"],
        }
        for each in range(people)
    ]
