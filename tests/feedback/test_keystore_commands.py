"""The passphrase on the console: asked twice, never an argument, and said in words when it does not fit."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.models import Round
from feedback.operations.school import School
from tests.factories import a_round, drop_envelopes
from tests.feedback.test_commands import _no_app

PASSPHRASE = "five words drawn by chance"


@pytest.fixture
def environ(school: School) -> dict[str, str]:
    settings = school.settings
    return {
        "VOICEBOX_SECRET": settings.secret,
        "VOICEBOX_INSTANCE": str(settings.instance),
        "VOICEBOX_DATABASE_URL": settings.database_url,
    }


def _type(environ: dict[str, str], *words: str, typed: str = "") -> Result:
    return CliRunner(env=environ).invoke(voicebox, words, input=typed, obj=Place(_no_app))


def _lines(*typed: str) -> str:
    return "".join(f"{line}\n" for line in typed)


def test_a_passphrase_is_set_changed_and_removed(school: School, environ: dict[str, str]) -> None:
    keystore = school.keystore
    mistyped = _type(environ, "keystore", "set-passphrase", typed=_lines(PASSPHRASE, "something else"))
    assert (mistyped.exit_code, keystore.has_passphrase) == (1, False)
    short = _type(environ, "keystore", "set-passphrase", typed=_lines("short", "short"))
    assert "at least 16 characters" in short.output
    assert "is set" in _type(environ, "keystore", "set-passphrase", typed=_lines(PASSPHRASE, PASSPHRASE)).output
    other = "another five words by chance"
    wrong = _type(environ, "keystore", "set-passphrase", typed=_lines("wrong", other, other))
    assert "Nothing was changed" in wrong.output
    _type(environ, "keystore", "set-passphrase", typed=_lines(PASSPHRASE, other, other))
    assert keystore.keeper.is_passphrase(other)
    assert _type(environ, "keystore", "remove-passphrase", typed=_lines(other, "n")).exit_code == 1
    assert keystore.has_passphrase
    assert "is removed" in _type(environ, "keystore", "remove-passphrase", typed=_lines(other, "y")).output
    assert not keystore.has_passphrase
    assert "has no passphrase" in _type(environ, "keystore", "remove-passphrase").output


def test_a_round_that_waits_is_counted_with_the_passphrase_only(
    school: School, environ: dict[str, str], tmp_path: Path
) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    school.keystore.keeper.set_passphrase(PASSPHRASE)
    finish = [sys.executable, "-m", "feedback", "finish-round", round_.code]

    def told(*more: str, given: str = "") -> str:
        run = [*finish, *more]
        ended = subprocess.run(run, env=environ, input=given, capture_output=True, text=True, cwd=tmp_path, check=False)
        return ended.stdout + ended.stderr

    assert "waits for the privacy officer" in told()
    assert "not the keystore's passphrase" in told("--passphrase-stdin", given="something else")
    assert "Counted." in told("--passphrase-stdin", given=f"{PASSPHRASE}\n")


def test_a_lost_passphrase_ends_what_waits_only_after_the_word_is_typed(
    school: School, environ: dict[str, str]
) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 10)
    assert "opens boxes. Nothing was changed" in _type(environ, "keystore", "new-keeper").output
    school.keystore.keeper.set_passphrase(PASSPHRASE)
    hasty = _type(environ, "keystore", "new-keeper", typed=_lines("y"))
    assert (hasty.exit_code, school.keystore.has_box_key(round_.id)) == (1, True)
    assert round_.title in hasty.output
    done = _type(environ, "keystore", "new-keeper", typed=_lines("destroy"))
    assert "Boxes destroyed: 1." in done.output
    assert (school.keystore.has_passphrase, school.keystore.has_box_key(round_.id)) == (False, False)
