"""The audit pack on the terminal: into a file, and where the officer asked for it on a page."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.operations.audit.pack import ask_for_pack, pack_state
from feedback.operations.audit.registers import six_facts
from feedback.operations.school import School
from feedback.privacy.packs import check_pack
from tests.factories import NOW, a_staff_member


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, school: School) -> None:
    """One register; all of them are rendered where the whole pack is read."""
    monkeypatch.setattr("feedback.operations.audit.pack_files.REGISTERS", {six_facts.NAME: six_facts.make})
    monkeypatch.setenv("VOICEBOX_SECRET", school.settings.secret)
    monkeypatch.setenv("VOICEBOX_INSTANCE", str(school.settings.instance))
    monkeypatch.setenv("VOICEBOX_DATABASE_URL", school.settings.database_url)


def _run(app: Flask, *words: str) -> Result:
    return CliRunner().invoke(voicebox, list(words), obj=Place(lambda _settings: app))


def test_it_is_written_into_a_file(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "pack.zip"
    told = _run(app, "audit-pack", str(file), "--language", "es")
    assert told.exit_code == 0, told.output
    with file.open("rb") as opened:
        checked = check_pack(opened)
    assert (checked.wrong, checked.manifest.facts["language"]) == ({}, "es")
    assert "no language of the desk" in _run(app, "audit-pack", str(file), "--language", "de").output


def test_the_worker_makes_what_was_asked_for(app: Flask, school: School) -> None:
    officer = a_staff_member(school, "officer")
    ask_for_pack(school, officer, "en", now=NOW)
    told = _run(app, "make-audit-pack", "en")
    assert told.exit_code == 0, told.output
    state = pack_state(school, officer, "en")
    assert (state.state, state.done, state.files) == ("made", 1, 1)
    assert state.made_on is not None
