"""`voicebox verify`: files with public parts only and without an installation, and this installation's own list."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.models import AuditEntry
from feedback.operations.heads import sign_head
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.evidence import evidence_key, sign_document
from feedback.privacy.packs import KIND, hashes_of, write_pack
from tests.factories import NOW


@pytest.fixture
def head(school: School, tmp_path: Path) -> Path:
    with Session(school.engine) as session, session.begin():
        record(session, NOW, "lead@example.org", "round_opened", "round")
    signed = sign_head(school, today=NOW.date())
    assert signed is not None
    file = tmp_path / "head.json"
    file.write_text(json.dumps(signed.document, indent=2))
    return file


def _run(school: School | None, *words: str) -> Result:
    given = {"VOICEBOX_SECRET": "", "VOICEBOX_INSTANCE": "", "VOICEBOX_DATABASE_URL": ""}
    if school is not None:
        given = {
            "VOICEBOX_SECRET": school.settings.secret,
            "VOICEBOX_INSTANCE": str(school.settings.instance),
            "VOICEBOX_KEYSTORE": str(school.settings.keystore),
            "VOICEBOX_DATABASE_URL": school.settings.database_url,
        }
    env = {name: value or None for name, value in given.items()}
    return CliRunner().invoke(voicebox, ["verify", *words], obj=Place(lambda _settings: None), env=env)  # type: ignore[arg-type, return-value]  # no page is rendered


def test_a_file_holds_without_an_installation(head: Path) -> None:
    told = _run(None, str(head))
    assert told.exit_code == 0, told.output
    assert "The signature holds: audit-head" in told.output
    assert "Compare the key" in told.output
    key = json.loads(head.read_text())["public_key"]
    assert _run(None, str(head), "--key", key.upper()).exit_code == 0
    other = _run(None, str(head), "--key", "00" * 32)
    assert (other.exit_code, "another key" in other.output) == (1, True)


def test_a_changed_file_and_what_is_none_are_refused(head: Path, tmp_path: Path) -> None:
    changed = json.loads(head.read_text())
    changed["facts"]["number"] = 7
    head.write_text(json.dumps(changed))
    assert "changed after it was signed" in _run(None, str(head)).output
    (tmp_path / "letter.txt").write_text("Dear school")
    told = _run(None, str(tmp_path / "letter.txt"))
    assert (told.exit_code, "not JSON" in told.output) == (1, True)


def test_the_own_list_is_checked_and_the_broken_entry_named(school: School, head: Path) -> None:
    told = _run(school)
    assert told.exit_code == 0, told.output
    assert "unbroken" in told.output
    assert "as it was" in _run(school, str(head)).output
    with Session(school.engine) as session, session.begin():
        session.execute(update(AuditEntry).values(account="nobody@example.org"))
    told = _run(school)
    assert (told.exit_code, "Entry 1" in told.output) == (1, True)


@pytest.fixture
def pack(school: School, tmp_path: Path) -> Path:
    files = {"index.html": b"<!doctype html>", "staff/actions.csv": b"1,2\r\n"}
    facts = {"language": "en", "files": hashes_of(files)}
    manifest = sign_document(school.keystore, KIND, facts, school_name="Hill Road School", on=NOW.date())
    file = tmp_path / "pack.zip"
    file.write_bytes(write_pack(files, manifest, on=NOW.date()))
    return file


def test_a_pack_holds_without_an_installation(pack: Path, school: School) -> None:
    told = _run(None, str(pack), "--key", evidence_key(school.keystore).hex())
    assert told.exit_code == 0, told.output
    assert "All 2 files are as they were signed." in told.output
    assert "The signature holds: audit-pack, Hill Road School, 2026-11-23." in told.output
    assert "another key" in _run(None, str(pack), "--key", "00" * 32).output


def test_every_file_of_a_pack_that_does_not_hold_is_named(pack: Path) -> None:
    with ZipFile(pack) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name != "index.html"}
    with ZipFile(pack, "w") as archive:
        for name, body in {**kept, "staff/actions.csv": b"1,3", "../evil\x1b[2J": b""}.items():
            archive.writestr(name, body)
    told = _run(None, str(pack))
    assert told.exit_code == 1
    assert "staff/actions.csv was changed" in told.output
    assert "index.html is missing" in told.output
    assert "../evil?[2J has a name or a form that no file of a pack has" in told.output
    pack.write_bytes(pack.read_bytes()[:-30])
    assert "not a ZIP that can be read" in _run(None, str(pack)).output
