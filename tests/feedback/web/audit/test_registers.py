"""The officer's registers: what is missing is said, written down, signed; nobody else sees them."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, AuditPack, SignOff
from feedback.operations.audit.registers.all import REGISTERS
from feedback.operations.audit.registers.facts import FACTS
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import a_round, a_staff_member
from tests.feedback.web.made_up import MadeUp


def _officer(app: Flask, school: School) -> Desk:
    return Desk(app, a_staff_member(school, "officer", account="officer@example.org"))


def _actions(school: School) -> list[str]:
    with Session(school.engine) as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_every_register_is_a_page_and_two_files(app: Flask, school: School) -> None:
    a_round(school)
    desk = _officer(app, school)
    listed = desk.open("/registers/").words
    for name in REGISTERS:
        page = desk.open(f"/registers/{name}")
        assert page.title in listed
        csv = desk.client.get(f"/en/desk/registers/{name}.csv")
        assert (csv.status_code, csv.data[:3]) == (200, b"\xef\xbb\xbf")
        assert desk.client.get(f"/en/desk/registers/{name}.json").json["register"] == name  # type: ignore[index]  # it is JSON
        assert desk.status(f"/registers/{name}.pdf") == 404


def test_what_is_missing_is_said_until_it_is_written_down(app: Flask, school: School) -> None:
    a_round(school)
    desk = _officer(app, school)
    assert "Not written down yet" in desk.open("/registers/processing").words
    said = desk.send("/registers/facts", **{name: f"What {name} is" for name in FACTS}).words
    assert "Written down." in said
    assert "is missing" not in said
    assert "are missing" not in said
    told = desk.open("/registers/processing").words
    assert "Not written down yet" not in told
    assert "What controller is" in told
    desk.send("/registers/facts", controller="Hill Road School", joint_controller="")
    told = desk.open("/registers/processing").words
    assert ("Hill Road School" in told, "What joint_controller is" in told) == (True, False)
    assert _actions(school) == ["registers_written", "registers_written"]
    assert desk.client.post("/en/desk/registers/facts", data={"controller": "x" * 601}).status_code in (400, 422)


def test_the_assessment_is_signed_and_a_changed_text_is_not(app: Flask, school: School) -> None:
    desk = _officer(app, school)
    page = desk.open("/registers/dpia")
    assert "Nobody has signed this text." in page.words
    read = page.fields["text_hash"][0]
    assert "Say as what you sign" in desk.send("/registers/dpia", text_hash=read, role="").words
    signed = desk.send("/registers/dpia", text_hash=read, role="Officer")
    assert "Signed by Officer on November 23, 2026" in signed.words
    desk.send("/registers/facts", hosting="Room 1")
    assert "Changed since Officer signed it" in desk.open("/registers/dpia").words
    assert "has changed since you opened" in desk.send("/registers/dpia", text_hash=read, role="Officer").words
    with Session(school.engine) as session:
        assert [each.text_hash for each in session.scalars(select(SignOff))] == [read]
    # What needs no signature takes none.
    assert "Signed." not in desk.send("/registers/inventory", text_hash=read, role="Officer").words


def test_nobody_else_sees_or_changes_them(app: Flask, school: School) -> None:
    for role in ("lead", "administrator"):
        desk = Desk(app, a_staff_member(school, role, account=f"{role}@example.org"))
        paths = ["", "facts", "audit-pack.zip", *REGISTERS, *(f"{name}.csv" for name in REGISTERS)]
        assert {desk.status(f"/registers/{path}") for path in paths} == {403}
        assert {desk.status(f"/registers/{path}", "POST") for path in ("facts", "pack")} == {403}


def test_what_is_about_all_schools_is_the_districts_officers_alone(app: Flask, school: School) -> None:
    here, there = MadeUp(school, "Hill Road School"), MadeUp(school, "Lake School")
    own = Desk(app, here.staff["officer"])
    assert "It is about all schools of the district" in own.open("/registers/").words
    assert [own.status("/registers/pack", "POST"), own.status("/registers/audit-pack.zip")] == [404, 404]
    districts = Desk(app, a_staff_member(school, "officer", account="district", school_id=None))
    assert "is being made" in districts.send("/registers/pack").words
    # Each sees the certificates of its own rounds only, though all are signed for the installation.
    addresses = [f"/retention/certificates/{at.ids['certificate_id']}" for at in (here, there)]
    assert [own.status(address) for address in addresses] == [200, 404]


def test_a_pack_is_asked_for_once_and_waited_for(app: Flask, school: School) -> None:
    desk = _officer(app, school)
    assert f"is being made: 0 of {len(REGISTERS)}" in desk.send("/registers/pack").words
    assert desk.client.get("/en/desk/registers/").headers["Refresh"].startswith("4; url=/en/desk/registers/")
    assert "Refresh" not in desk.client.get("/en/desk/registers/?still=1").headers
    assert desk.status("/registers/audit-pack.zip") == 404
    with Session(school.engine) as session, session.begin():
        session.get_one(AuditPack, "en").tries = 3
    assert "could not be made" in desk.open("/registers/").words
    assert _actions(school) == ["audit_pack_asked_for"]
