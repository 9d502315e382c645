"""A sample school, marked as sample on every page: one pilot with imported, counted results and one open round."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from feedback.db import reading, writing
from feedback.models import Pilot, Round, StaffMember
from feedback.operations.audit.registers.facts import write_facts
from feedback.operations.counting.import_responses import Progress, import_responses
from feedback.operations.door.factors import give_app
from feedback.operations.pilots.pilot import PilotPlan, create_pilot
from feedback.operations.rounds.course import RoundPlan, open_round, plan_round
from feedback.operations.rounds.form_approvals import approvals_of, approve_forms
from feedback.operations.rules import Choice, choose_rules
from feedback.operations.school import School
from feedback.operations.staff import add_staff
from feedback.resources import resource_dir
from forms.library import open_library
from forms.loader import load_instrument

LEAD, TEACHER, OFFICER, TRANSLATOR = "lead", "teacher", "officer", "translator"
#: What the translator reads: one language of the families that is written from right to left, and one that is not.
_TRANSLATES_INTO = ("ur", "so")
#: What an officer would write down for the registers. No address leads anywhere (RFC 2606).
_FACTS = {
    "controller": "Sample school, 1 Example Street",
    "controller_contact": "School office, office@school.example",
    "dpo_contact": "Privacy officer, privacy@school.example",
    "hosting": "A computer in the locked server room; backups in the office safe. The school runs it itself.",
    "consulted": "The student council and a parents’ evening read the first form and asked for pictures in it.",
    "protections": "The disk is encrypted. The privacy officer has the passphrase of the keys, on paper.",
    "complaints": "The data protection authority, complaints@authority.example",
    "accessibility_contact": "School office, office@school.example",
}


@dataclass(frozen=True, slots=True)
class SampleSchool:
    """What was made: the imported round, the open round's code, and the sign-ins (account, password, app key)."""

    imported_round: str
    open_code: str
    sign_ins: tuple[tuple[str, str, str], ...]


def make_sample_school(
    school: School, *, now: datetime, today: date, progress: Progress, finish: Callable[[str], None]
) -> SampleSchool | None:
    """Make the sample school in an empty installation; None where there is a pilot or an account already.

    `finish` is called with the imported round's id to count it and read its comments.
    """
    with reading(school.engine) as session:
        if session.scalar(select(Pilot.id).limit(1)) or session.scalar(select(StaffMember.id).limit(1)):
            return None
    passwords = {account: secrets.token_urlsafe(12) for account in (LEAD, TEACHER, OFFICER, TRANSLATOR)}
    lead = add_staff(school, LEAD, passwords[LEAD], ("lead",), now=now)
    teacher = add_staff(school, TEACHER, passwords[TEACHER], ("teacher",), now=now)
    # Whoever begins a pilot of their own needs a second person's yes.
    officer = add_staff(school, OFFICER, passwords[OFFICER], ("officer",), now=now)
    # Rules that let a class be asked on the first day, and a yes to every form there is.
    choose_rules(school, officer, Choice("england"), now=now)
    approve_forms(school, officer, [each.key for each in approvals_of(school, officer, now=now).forms], now=now)
    translator = add_staff(
        school, TRANSLATOR, passwords[TRANSLATOR], ("translator",), languages=_TRANSLATES_INTO, now=now
    )
    everybody = (lead, teacher, officer, translator)
    keys = {member.account: give_app(school, member.id, now=now) for member in everybody}
    write_facts(school, officer, _FACTS, now=now)
    pilot_id = create_pilot(school, lead, _pilot(today), now=now)
    imported = plan_round(school, lead, pilot_id, _imported_round(now, today), now=now)
    folder = resource_dir("sample")
    import_responses(
        school,
        imported,
        folder / "school_comments_15_languages.csv",
        (folder / "school-day-map.yaml").read_text(encoding="utf-8"),
        now=now,
        account=LEAD,
        progress=progress,
    )
    finish(imported)
    opened = plan_round(school, lead, pilot_id, _open_round(now, today), now=now)
    open_round(school, lead, opened, now=now)
    with writing(school.engine) as session:
        code = session.get_one(Round, opened).code
    return SampleSchool(imported, code, tuple((account, passwords[account], keys[account]) for account in passwords))


def open_sample_code(school: School) -> str | None:
    """The code of the sample's open round, to tell again where it is; None where there is none."""
    with reading(school.engine) as session:
        return session.scalar(select(Round.code).where(Round.sample, Round.state == "open").limit(1))


def _pilot(today: date) -> PilotPlan:
    return PilotPlan(
        words={
            "en": {
                "title": "A better school day",
                "trying": "We ask what works in the school day, and change one thing at a time.",
                "why": "You know best what a good day at school needs.",
                "promise": "We will tell you what we heard, and what we will do.",
                "contacts": "School office: room 1\nSchool nurse: room 12",
            },
            "ar": {
                "title": "يوم دراسي أفضل",
                "trying": "نسأل عمّا ينجح في اليوم الدراسي، ونغيّر أمرًا واحدًا في كل مرة.",
                "why": "أنتم أعلم بما يحتاج إليه اليوم الجيد في المدرسة.",
                "promise": "سنخبركم بما سمعنا وبما سنفعل.",
                "contacts": "مكتب المدرسة: الغرفة 1\nممرضة المدرسة: الغرفة 12",
            },
            "es": {
                "title": "Un mejor día de escuela",
                "trying": "Preguntamos qué funciona en el día de escuela y cambiamos una cosa cada vez.",
                "why": "Ustedes saben mejor que nadie qué necesita un buen día de escuela.",
                "promise": "Les contaremos lo que oímos y lo que vamos a hacer.",
                "contacts": "Secretaría: sala 1\nEnfermería: sala 12",
            },
        },
        goal="engagement",
        goal_sentence="Students and families say that the school day works for them.",
        hypothesis={
            "change": "we change what most people name, one thing at a time",
            "result": "six in ten will say that this part of school goes well",
            "date": "the end of the term",
            "reason": "the people who live the day know what is in the way",
        },
        criterion={"question": "goes-well", "cells": ["goes-well"], "target": 60, "minimum_voices": 30},
        also_changing=["A new timetable since September"],
        starts_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=60),
        owner_role="Deputy head",
        exit_plan="Nothing was bought. We go back to the old day and tell everybody why.",
        standing=True,
        sample=True,
    )


def _imported_round(now: datetime, today: date) -> RoundPlan:
    folder = resource_dir("sample")
    return RoundPlan(
        instrument=load_instrument((folder / "school-day.yaml").read_text(encoding="utf-8"), name="school-day.yaml"),
        title="Comments from another tool",
        languages=("en", "ar", "es"),
        opens_at=now - timedelta(days=14),
        closes_at=now,
        promise_on=today + timedelta(days=14),
        imported=True,
        sample=True,
    )


def _open_round(now: datetime, today: date) -> RoundPlan:
    return RoundPlan(
        instrument=open_library("family-window"),
        title="Families",
        languages=("en", "ar", "es"),
        opens_at=now,
        closes_at=now + timedelta(days=21),
        promise_on=today + timedelta(days=35),
        group_size=120,
        sample=True,
    )
