"""Recordings at the command line: all of a folder or none, and what to do is said."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.operations.school import School
from feedback.operations.workshop.recordings import recorded
from tests.factories import a_round
from tests.recordings import a_folder


def _no_app(_settings: Settings) -> Flask:
    raise AssertionError("this command renders nothing")


@pytest.fixture
def environ(settings: Settings) -> dict[str, str]:
    return {
        "VOICEBOX_SECRET": settings.secret,
        "VOICEBOX_INSTANCE": str(settings.instance),
        "VOICEBOX_DATABASE_URL": settings.database_url,
    }


def _type(environ: dict[str, str], *words: str) -> Result:
    return CliRunner(env=environ).invoke(voicebox, words, obj=Place(_no_app))


def test_a_folder_is_taken_in_by_the_rounds_code_and_what_is_missing_is_said(
    environ: dict[str, str], school: School, tmp_path: Path
) -> None:
    round_, folder = a_round(school), a_folder(tmp_path / "voices", "again.wav", "0-end.mp3")
    done = _type(environ, "add-recordings", round_.code.lower(), "en", str(folder))
    assert (done.exit_code, done.output.splitlines()[0]) == (0, "2 recordings are taken in.")
    assert "en: not recorded yet: 0-introduction, liked\n" in done.output
    assert recorded(school.settings, round_.code, "en") == {"again", "0-end"}
    _type(
        environ, "add-recordings", round_.id, "en", str(a_folder(tmp_path / "more", "liked.ogg", "0-introduction.flac"))
    )
    told = _type(environ, "recordings", round_.code).output.splitlines()
    assert told[0] == "en: all is recorded"
    assert told[1] == "ar: not recorded yet: 0-introduction, again, liked, 0-end"


def test_what_does_not_fit_is_named_with_what_to_do(environ: dict[str, str], school: School, tmp_path: Path) -> None:
    round_ = a_round(school)
    folder = a_folder(tmp_path / "voices", "again.wav", "agian.wav", liked=b"not a sound")
    refused = _type(environ, "add-recordings", round_.code, "en", str(folder))
    assert refused.exit_code == 1
    assert "Nothing was taken in from voices:" in refused.output
    assert "agian.wav: reads nothing of this form; name it after one of: 0-introduction, again, liked" in refused.output
    assert "liked.wav: cannot be read; save it as MP3, WAV, OGG or FLAC" in refused.output
    assert recorded(school.settings, round_.code, "en") == frozenset()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nosuch", "en"), "There is no round nosuch."),
        (("CODE", "fr"), "is not asked in fr."),
        (("OVER", "en"), "Nobody answers"),
    ],
)
def test_a_round_that_cannot_take_any_is_told_apart(
    environ: dict[str, str], school: School, tmp_path: Path, words: tuple[str, str], sentence: str
) -> None:
    codes = {"CODE": a_round(school).code, "OVER": a_round(school, state="scrubbed").code}
    folder = a_folder(tmp_path / "voices", "again.wav")
    refused = _type(environ, "add-recordings", codes.get(words[0], words[0]), words[1], str(folder))
    assert refused.exit_code == 1
    assert sentence in refused.output
    assert "There is no round nosuch." in _type(environ, "recordings", "nosuch").output
