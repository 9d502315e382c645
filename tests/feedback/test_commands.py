"""The command line, as the person who runs the installation types it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.operations.school import School
from tests.factories import a_family_instrument, a_round


@pytest.fixture
def environ(settings: Settings) -> dict[str, str]:
    return {
        "VOICEBOX_SECRET": settings.secret,
        "VOICEBOX_INSTANCE": str(settings.instance),
        "VOICEBOX_DATABASE_URL": settings.database_url,
    }


def _no_app(_settings: Settings) -> Flask:
    raise AssertionError("this command renders nothing")


def _type(environ: dict[str, str], *words: str) -> Result:
    return CliRunner(env=environ).invoke(voicebox, words, obj=Place(_no_app))


def test_a_new_installation_gets_its_tables_and_its_first_account(environ: dict[str, str]) -> None:
    assert "up to date" in _type(environ, "upgrade").output
    added = _type(environ, "staff", "add", "head", "--role", "lead", "--make-password")
    assert added.output.startswith("Added head. Password: ")
    again = _type(environ, "staff", "add", "head", "--role", "lead", "--make-password")
    assert (again.exit_code, "already" in again.output) == (1, True)


def test_an_officer_who_would_be_administrator_is_refused_with_the_reason(
    environ: dict[str, str], school: School
) -> None:
    roles = ("--role", "officer", "--role", "administrator")
    refused = _type(environ, "staff", "add", "x", *roles, "--password", "a long password")
    assert "never an administrator" in refused.output
    school.engine.dispose()


def test_an_interpreter_has_languages_which_can_be_changed(environ: dict[str, str], school: School) -> None:
    new = ("staff", "add", "voice", "--role", "interpreter", "--password", "a long password")
    assert "at least one --language" in _type(environ, *new).output
    assert "at least one --language" in _type(environ, *new, "--language", "elvish").output
    assert _type(environ, *new, "--language", "so").exit_code == 0
    assert "The languages of voice: ar, so" in _type(environ, "staff", "languages", "voice", "so", "ar").output
    assert "no interpreter or translator called nobody" in _type(environ, "staff", "languages", "nobody", "so").output
    assert "at least one --language" in _type(environ, "staff", "languages", "voice", "elvish").output
    school.engine.dispose()


def test_a_translator_has_languages_too_and_every_text_says_so(environ: dict[str, str], school: School) -> None:
    new = ("staff", "add", "words", "--role", "translator", "--password", "a long password")
    assert "a translator needs at least one --language" in _type(environ, *new).output
    assert _type(environ, *new, "--language", "ur").exit_code == 0
    assert "The languages of words: so, ur" in _type(environ, "staff", "languages", "words", "so", "ur").output
    for asked in (("staff", "add", "--help"), ("staff", "languages", "--help")):
        assert "or a translator into" in " ".join(_type(environ, *asked).output.split())
    school.engine.dispose()


def test_a_file_that_is_refused_is_told_line_by_line(environ: dict[str, str], school: School, tmp_path: Path) -> None:
    round_ = a_round(school, a_family_instrument(), imported=True, state="draft", group_size=None)
    (tmp_path / "rows.csv").write_text("how\neasy\nsplendid\n", encoding="utf-8")
    (tmp_path / "map.yaml").write_text("columns: {how: {question: ease}}", encoding="utf-8")
    file, map_file = str(tmp_path / "rows.csv"), str(tmp_path / "map.yaml")
    refused = _type(environ, "import-responses", round_.id, file, "--map", map_file)
    assert refused.exit_code == 1
    assert "line 3: column 'how': 'splendid' is no answer to 'ease'" in refused.output
    unknown = _type(environ, "import-responses", "nosuch", file, "--map", map_file)
    assert "no imported round" in unknown.output


def test_nothing_due_is_said_in_words(environ: dict[str, str], school: School) -> None:
    assert _type(environ, "purge", "--dry-run").output == "Nothing is due.\n"
    assert _type(environ, "shake").output == "Every box was shaken.\n"
    assert _type(environ, "catch-up").exit_code == 0
    school.engine.dispose()


def test_a_wrong_setting_is_told_in_one_sentence() -> None:
    run = [sys.executable, "-m", "feedback", "shake"]
    told = subprocess.run(
        run, env={"PATH": os.environ["PATH"], "VOICEBOX_SECRET": "x"}, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert told.stderr.startswith("Voicebox does not start: VOICEBOX_SECRET is too weak")


_SERVE_LIGHTLY = """
import os, sys
from feedback.app import create_app
from feedback.config import read_settings
from feedback.migrations import upgrade
from feedback.operations.school import open_school
settings = read_settings(os.environ)
upgrade(open_school(settings).engine)
client = create_app(settings).test_client()
for path in ("/en/r/NOSUCH", "/ar/desk/sign-in", "/en/desk/"):
    client.get(path)
heavy = {"numpy", "scipy", "sklearn", "textblob", "nltk", "weasyprint", "py3langid", "xlsxwriter"} & set(sys.modules)
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(",".join(sorted(heavy)) or "light", peak // 1024)
"""


def test_the_web_process_stays_light(environ: dict[str, str]) -> None:
    run = [sys.executable, "-c", _SERVE_LIGHTLY]
    told = subprocess.run(run, env={**os.environ, **environ}, capture_output=True, text=True, check=True)
    loaded, megabytes = told.stdout.split()
    assert loaded == "light"
    assert int(megabytes) < 150
