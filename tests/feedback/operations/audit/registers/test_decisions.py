"""What was told and decided, and what is kept until when, as an auditor reads it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback.i18n import Catalogue, speaking
from feedback.models import Approval, CheckDecision, Chore, FamilyNotice, Hold, Round, StaffMember
from feedback.operations.audit.registers import decisions, inventory, retention
from feedback.operations.audit.registers.all import make_register
from feedback.operations.audit.registers.kind import Register
from feedback.operations.record import record
from feedback.operations.retention.retention_status import lines_by_day
from feedback.operations.school import School
from feedback.privacy.schedule import schedule_of
from tests.factories import NOW, a_round, a_staff_member

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _spoken(app: Flask) -> Iterator[None]:
    with app.app_context(), speaking("en", Catalogue.STAFF):
        yield


def _made(school: School, name: str) -> Register:
    with Session(school.engine) as session:
        return make_register(session, school, name, "en").register


def _rows(register: Register, id_: str) -> tuple[tuple[str, ...], ...]:
    (section,) = [each for each in register.sections if each.id == id_]
    assert all(len(row) == len(section.head) for row in section.rows)
    return section.rows


def _decided(school: School, round_: Round, officer: StaffMember, lead: StaffMember) -> None:
    """A notice, a remark that may stand, and a hold that two people took off."""
    with Session(school.engine) as session, session.begin():
        session.add_all(
            [
                FamilyNotice(
                    round_id=round_.id,
                    instrument_id=round_.instrument_id,
                    version_sha256="a1",
                    language="so",
                    words="Waalidiinta",
                    channel="paper",
                    given_on=TODAY,
                ),
                CheckDecision(
                    name="window",
                    rule="double_barrelled",
                    digest="d",
                    verdict="allowed",
                    reason="Both belong together.",
                    role="lead",
                    decided_on=TODAY,
                ),
                Approval(
                    deed="lift_hold",
                    object_id="h",
                    facts={},
                    reason="The case is closed.",
                    state="used",
                    asked_by_id=officer.id,
                    asked_on=TODAY,
                    answered_by_id=lead.id,
                    answered_on=TODAY,
                ),
            ]
        )


def test_notices_questions_and_second_yeses_stand_in_one_register(school: School) -> None:
    round_ = a_round(school)
    lead = a_staff_member(school, "lead", account="lead@example.org")
    officer = a_staff_member(school, "officer", account="officer@example.org")
    before = len(_rows(_made(school, decisions.NAME), "notices"))
    _decided(school, round_, officer, lead)
    register = _made(school, decisions.NAME)
    assert register.statements[0].sentence.startswith(f"Notices to families: {before + 1}. Questions decided")
    (notice,) = [row for row in _rows(register, "notices") if row[4] == "Waalidiinta"]
    assert notice[:3] == (round_.title, "Soomaali", "A letter on paper")
    ((form, said, verdict, reason, by),) = _rows(register, "questions")
    assert (form, verdict, reason, by[:12]) == ("window", "may stand", "Both belong together.", "Pilot lead, ")
    assert said == "This asks about two things at once (…): nobody can tell which one was answered."
    ((deed, _why, asked, answered, state),) = _rows(register, "two-people")
    assert (deed, state) == ("Take a hold off", "agreed to, and done")
    assert (asked.split(",")[0], answered.split(",")[0]) == ("officer@example.org", "lead@example.org")


def test_retention_says_the_schedule_what_goes_when_what_is_held_and_the_last_drill(school: School) -> None:
    held = a_round(school, state="scrubbed", counted_on=TODAY)
    free = a_round(school, state="scrubbed", counted_on=TODAY)
    register = _made(school, retention.NAME)
    assert register.statements[0].sentence.startswith("Nothing has had to be deleted yet")
    assert register.statements[1].sentence == "No backup has been tried yet."
    officer = a_staff_member(school, "officer", account="officer@example.org")
    with Session(school.engine) as session, session.begin():
        session.add(Hold(scope="round", object_id=held.id, reason="A letter.", basis="Law 1", placed_by_id=officer.id,
                         placed_on=TODAY))  # fmt: skip
        session.add(Chore(name="purge", done_on=TODAY + timedelta(90)))
        record(session, NOW, "console", "restore_drilled", "voicebox-1.backup", wrong=[])
    register = _made(school, retention.NAME)
    schedule = schedule_of(school.settings.law)
    assert [row[0] for row in _rows(register, "schedule")] == [layer.code for layer in schedule.values()]
    assert len(_rows(register, "rounds")) == 4
    assert "of which held: 2. The purge last ran on" in register.statements[0].sentence
    assert register.statements[0].sentence.endswith("overdue since then: 1.")
    with Session(school.engine) as session:
        assert {line.round_id for line in lines_by_day(session, school) if line.held} == {held.id} != {free.id}
    ((on, why, ground, placed, lifted),) = _rows(register, "holds")
    assert (on, why, ground, lifted) == (held.title, "A letter.", "Law 1", "–")
    assert placed.endswith("officer@example.org")
    assert "nothing deleted returned" in register.statements[1].sentence


def test_the_inventory_says_how_long_each_layer_is_kept_as_the_schedule_does(school: School) -> None:
    told = {row[0]: row[1] for row in _rows(_made(school, inventory.NAME), "layers")}
    assert told["list of what staff did"] == "At most 2,190 days from the day it was written."
    assert told["try-outs"] == "At most 365 days from the day it was written."
    assert told["comments"].endswith("at most 90.")
    assert "%" not in " ".join(told.values())
