"""What belongs to no round goes when its own years are over, and the list of what staff did holds from there on."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import (
    Approval,
    AuditEntry,
    AuditPack,
    Base,
    Certificate,
    CheckDecision,
    FamilyNotice,
    FormApproval,
    Hold,
    Incident,
    IncidentNote,
    MonthReport,
    ProofRun,
    Round,
    SchoolLetter,
    SignOff,
    StaffMember,
)
from feedback.operations.heads import begins_after, first_wrong_entry, fits, sign_head
from feedback.operations.retention import shorten_list as shortening
from feedback.operations.retention.purge import purge
from feedback.operations.school import School
from feedback.privacy.audit import Head
from feedback.privacy.schedule import schedule_of
from tests.factories import NOW, a_round, a_staff_member
from tests.feedback.operations.test_heads import act

TODAY = NOW.date()
YEARS = schedule_of("strictest")["audit"].days


def _purge(school: School, days: int) -> None:
    purge(school, today=TODAY + timedelta(days), now=NOW + timedelta(days))


def _count(school: School, table: str) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Base.metadata.tables[table])) or 0


def _audit(school: School) -> list[AuditEntry]:
    with Session(school.engine) as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.number)))


def _of_everything(school: School, on: date) -> None:
    """One row of every table of the layers that go by their own date."""
    round_ = a_round(school, state="destroyed")
    by, other = (a_staff_member(school, role, account=f"{role}@example.org") for role in ("officer", "lead"))
    noted = {"by_id": by.id, "noted_at": NOW}
    incident = Incident(found_at=NOW, what="Sheets.", data="", people="nobody", measures="", **noted)
    with Session(school.engine) as session, session.begin():
        session.add(incident)
        session.flush()
        session.add(IncidentNote(incident_id=incident.id, kind="closed", at=NOW, words="Found.", **noted))
        session.add_all([*_decisions(round_, by, on), *_proofs(by, other, on)])


def _decisions(round_: Round, by: StaffMember, on: date) -> list[Base]:
    decided = {"name": "f", "rule": "r", "digest": "d", "verdict": "allowed", "reason": "So.", "role": "lead"}
    told = {"language": "en", "words": "Dear families", "channel": "paper", "version_sha256": ""}
    form = {"instrument_id": round_.instrument_id}
    return [
        Approval(deed="purge", object_id="r", facts={}, reason="Asked.", asked_by_id=by.id, asked_on=on),
        CheckDecision(decided_on=on, **decided),
        FamilyNotice(round_id=round_.id, given_on=on, **told, **form),
        FormApproval(profile="england", school_year=on, by_id=by.id, approved_on=on, **form),
        SchoolLetter(kind="access", language="en", signed="{}", written_on=on, by_id=by.id),
        SignOff(register="dpia", language="en", text_hash="h", role="officer", by_id=by.id, signed_on=on),
    ]


def _proofs(by: StaffMember, other: StaffMember, on: date) -> list[Base]:
    placed = {"scope": "all", "reason": "A letter.", "basis": "A law.", "placed_by_id": by.id, "placed_on": on}
    return [
        Hold(lifted_by_id=other.id, lifted_on=on, **placed),
        Certificate(layers=["box"], before={}, step="signed", begun_on=on, document="{}", sha256="h"),
        AuditPack(language="en", asked_on=on),
        ProofRun(what="prove", asked_at=NOW, started_on=on, state="done", account="console"),
        MonthReport(month=on, language="en"),
    ]


def test_every_table_of_a_dated_layer_is_emptied_when_its_years_are_over(school: School) -> None:
    _of_everything(school, TODAY)
    layers = schedule_of(school.settings.law)
    tables = [*layers["notices"].tables, *layers["proofs"].tables]
    assert {table for table in tables if not _count(school, table)} == set()
    _purge(school, YEARS - 1)
    assert {table for table in tables if not _count(school, table)} == set()
    _purge(school, YEARS)
    assert {table for table in tables if _count(school, table)} == set()
    gone = [entry for entry in _audit(school) if entry.action == "records_purged"][-1]
    assert gone.facts == {"notices": 6, "proofs": 6}


def test_an_incident_that_nobody_closed_stays(school: School) -> None:
    _of_everything(school, TODAY)
    with Session(school.engine) as session, session.begin():
        session.scalars(select(IncidentNote)).one().kind = "learned"
    _purge(school, YEARS)
    assert (_count(school, "incident"), _count(school, "incident_note")) == (1, 1)


def test_the_list_loses_its_oldest_entries_and_holds(school: School) -> None:
    act(school, 4)
    old = sign_head(school, today=TODAY)
    assert old is not None
    _purge(school, YEARS)
    assert (len(_audit(school)), begins_after(school).number) == (4, 0)
    _purge(school, YEARS + 1)
    # The newest entry always stays, so that the next one has something to hang on.
    left = _audit(school)
    assert [(entry.number, entry.action) for entry in left] == [(4, "round_opened"), (5, "list_shortened")]
    assert left[1].facts == {"entries": 3}
    assert begins_after(school).number == 3
    assert first_wrong_entry(school) is None
    assert (fits(school, Head(old.number, old.hash)), fits(school, Head(2, "noted"))) == (True, None)
    act(school, 2)
    _purge(school, 2 * YEARS + 2)
    assert (begins_after(school).number, first_wrong_entry(school)) == (6, None)


def test_entries_that_went_unsigned_are_missed(school: School) -> None:
    act(school, 4)
    _purge(school, YEARS + 1)
    heads = school.keystore.folder / "heads"
    lines = heads.read_bytes().splitlines()
    heads.write_bytes(b"".join(line + b"\n" for line in lines if json.loads(line)["voicebox"] != "audit-begun"))
    wrong = first_wrong_entry(school)
    assert wrong is not None
    assert wrong.number == 1


def test_nothing_of_the_list_goes_while_a_hold_stands_or_the_list_does_not_hold(school: School) -> None:
    act(school, 4)
    officer = a_staff_member(school, "officer")
    with Session(school.engine) as session, session.begin():
        hold = Hold(scope="round", object_id="r", reason="x", basis="x", placed_by_id=officer.id, placed_on=TODAY)
        session.add(hold)
    _purge(school, YEARS + 1)
    assert _count(school, "audit_entry") == 4
    with Session(school.engine) as session, session.begin():
        session.delete(session.scalars(select(Hold)).one())
        session.get_one(AuditEntry, 2).account = "somebody@example.org"
    _purge(school, YEARS + 1)
    assert _count(school, "audit_entry") == 4


def test_a_shortening_that_was_cut_off_is_ended_by_the_next_run(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(school, 4)

    def cut(_school: School, _number: int) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shortening, "_delete_up_to", cut)
        with pytest.raises(KeyboardInterrupt):
            _purge(school, YEARS + 1)
    # Signed, and not gone yet: the list holds all the same.
    assert (_count(school, "audit_entry"), first_wrong_entry(school)) == (5, None)
    _purge(school, YEARS + 1)
    assert [entry.number for entry in _audit(school)] == [5, 6]
    assert first_wrong_entry(school) is None
