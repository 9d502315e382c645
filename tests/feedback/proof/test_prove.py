"""`voicebox prove`, as the privacy officer types it."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.operations.school import School
from feedback.proof import live
from feedback.proof.folders import private_folder
from tests.factories import a_round, drop_envelopes


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A file, whatever `--database` says; tests/postgres/test_prove.py has the other half."""
    return f"sqlite:///{tmp_path / 'voicebox.db'}"


@pytest.fixture
def environ(settings: Settings) -> dict[str, str]:
    return {"VOICEBOX_SECRET": settings.secret, "VOICEBOX_INSTANCE": str(settings.instance)}


def _no_app(_settings: Settings) -> Flask:
    raise AssertionError("this command renders nothing")


def _prove(environ: Mapping[str, str], *words: str) -> Result:
    return CliRunner(env=environ).invoke(voicebox, ("prove", *words), obj=Place(_no_app))


def _no_copies(folder: Path) -> bool:
    return list(folder.glob("voicebox-proof-*")) == []


def test_an_open_box_that_was_not_shaken_fails_and_is_told_what_helps(environ: dict[str, str], school: School) -> None:
    drop_envelopes(school, a_round(school), *[{"again": "yes"}] * 12)
    told = _prove(environ, "--only", "live")
    assert told.exit_code == 1
    assert "FAIL  the places of envelopes tell nothing" in told.output
    assert "What helps: run `voicebox prove --shake`" in " ".join(told.output.split())
    shaken = _prove(environ, "--only", "live", "--shake")
    assert "FAIL" not in shaken.output
    assert shaken.exit_code == 0
    assert "Nobody who takes these files learns who said what." in shaken.output
    assert _no_copies(school.settings.instance)


def test_a_made_up_school_is_attacked_without_an_installation(tmp_path: Path) -> None:
    told = _prove({}, "--only", "generated", "--runs", "2", "--folder", str(tmp_path))
    assert told.exit_code == 0, told.output
    assert "2 classes of 12 and 2 of 25 were attacked." in told.output
    assert "FAIL" not in told.output
    assert list(tmp_path.iterdir()) == []


def test_addresses_are_looked_for_in_the_proxys_logs_too(
    environ: dict[str, str], school: School, tmp_path_factory: pytest.TempPathFactory
) -> None:
    logs = tmp_path_factory.mktemp("nginx")
    (logs / "error.log").write_text("client: 192.0.2.77, server: voice.school.example\n")
    told = _prove(environ, "--only", "live", "--shake", "--also", str(logs))
    assert "error.log holds an address" in told.output
    assert told.exit_code == 1
    school.engine.dispose()


@pytest.mark.parametrize("ends_by", [KeyboardInterrupt, RuntimeError])
def test_the_private_copy_is_scrubbed_however_the_proof_ends(
    environ: dict[str, str], school: School, monkeypatch: pytest.MonkeyPatch, ends_by: type[BaseException]
) -> None:
    seen: list[Path] = []

    def stop(_body: bytes, _log: bytes, folder: Path, **_more: object) -> None:
        seen.extend(folder.iterdir())
        raise ends_by

    monkeypatch.setattr(live, "check_file", stop)
    assert _prove(environ, "--only", "live").exit_code == 1
    assert "voicebox.db" in {path.name for path in seen}
    assert _no_copies(school.settings.instance)
    school.engine.dispose()


def test_what_a_killed_proof_left_is_scrubbed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / "voicebox-proof-killed"
    left.mkdir()
    (left / "voicebox.db").write_bytes(b"a copy")
    with private_folder(tmp_path) as folder:
        assert not left.exists()
        assert folder.stat().st_mode & 0o777 == 0o700
        with private_folder(tmp_path) as other:
            # Another proof, at the same time.
            assert folder.exists()
            assert other != folder
    assert list(tmp_path.iterdir()) == []


def test_a_machine_that_is_shut_down_scrubs_the_copy_first(tmp_path: Path) -> None:
    run = [sys.executable, "-c", _STOPPED, str(tmp_path)]
    stopped = subprocess.run(run, capture_output=True, text=True, check=False)
    assert stopped.returncode == 143, stopped.stderr
    assert list(tmp_path.iterdir()) == []


_STOPPED = """
import os, signal, sys
from pathlib import Path
from feedback.commands import prove
from feedback.proof.folders import private_folder

signal.signal(signal.SIGTERM, prove._stop)
with private_folder(Path(sys.argv[1])) as folder:
    (folder / "copy").write_bytes(b"needle")
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pause()
"""


def test_the_table_names_no_envelope_no_slip_and_no_answer(environ: dict[str, str], school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 12)
    with school.engine.connect() as connection:
        ids = [id_ for (id_,) in connection.exec_driver_sql("SELECT id FROM envelope")]
    told = _prove(environ, "--only", "live").output
    assert len(ids) == 12
    assert not any(id_ in told for id_ in [*ids, round_.id])
    school.engine.dispose()
