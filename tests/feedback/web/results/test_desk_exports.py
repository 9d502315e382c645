"""Taking a release away from the desk, and at the command line."""

import json
from pathlib import Path

from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.models import AuditEntry
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import a_staff_member
from tests.feedback.exports import a_released_round


def test_a_teacher_takes_the_release_of_the_class_in_every_format_and_it_is_recorded(
    school: School, app: Flask
) -> None:
    teacher = a_staff_member(school)
    round_ = a_released_round(school, owner_id=teacher.id)
    desk, path = Desk(app, teacher), f"/rounds/{round_.id}/results/export"
    assert f"/en/desk{path}" in desk.open(f"/rounds/{round_.id}/results").links
    files = [link for link in desk.open(path).links if f"{path}/" in link]
    assert len(files) == 6
    for link in files:
        got = desk.client.get(link)
        reader, _, format_ = link.rpartition("/")[2].partition(".")
        ending = "zip" if format_ == "csv" else format_
        name = f"voicebox-{round_.code}-{reader}-en.{ending}"
        assert (got.status_code, got.headers["Content-Disposition"]) == (200, f"attachment; filename={name}")
        assert got.headers["Cache-Control"] == "no-store"
    with Session(school.engine) as session:
        taken = session.scalars(select(AuditEntry).where(AuditEntry.action == "release_exported")).all()
    assert {(one.facts["reader"], one.facts["format"]) for one in taken} == {
        (reader, format_) for reader in ("team", "public") for format_ in ("xlsx", "csv", "json")
    }
    assert {(one.account, one.object_id) for one in taken} == {(teacher.account, round_.id)}


def test_nobody_takes_the_release_of_another_class_and_the_attempt_is_noted(school: School, app: Flask) -> None:
    round_ = a_released_round(school)
    path = f"/rounds/{round_.id}/results/export"
    for role, status in {"teacher": 404, "reader": 403, "officer": 403}.items():
        desk = Desk(app, a_staff_member(school, role, account=role))
        assert [desk.status(each) for each in (path, f"{path}/team.xlsx", f"{path}/public.json")] == [status] * 3
    with Session(school.engine) as session:
        assert set(session.scalars(select(AuditEntry.action))) == {"refused"}


def test_the_operator_writes_a_release_to_a_file(school: School, app: Flask, tmp_path: Path) -> None:
    round_ = a_released_round(school)
    words = ("export", round_.code, "--format", "json", "--language", "ar", "--to", str(tmp_path / "r.json"))
    place = Place(lambda _settings: app)
    environ = {"VOICEBOX_SECRET": school.settings.secret, "VOICEBOX_INSTANCE": str(school.settings.instance)}
    told = CliRunner(env=environ).invoke(voicebox, words, obj=place)
    assert told.exit_code == 0, told.output
    found = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (found["reader"], found["language"], found["round"]) == ("public", "ar", round_.code)
    refused = CliRunner(env=environ).invoke(voicebox, ("export", "NOSUCH", *words[2:]), obj=place)
    assert "NOSUCH has no released figures." in refused.output
