"""`voicebox pack` and `voicebox unpack`, as somebody types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.operations.school import School
from forms.definition import canonical
from forms.library import open_library
from forms.loader import load_instrument


def _no_app(_settings: Settings) -> Flask:
    raise AssertionError("this command renders nothing")


@pytest.fixture
def environ(settings: Settings) -> dict[str, str]:
    return {
        "VOICEBOX_SECRET": settings.secret,
        "VOICEBOX_INSTANCE": str(settings.instance),
        "VOICEBOX_DATABASE_URL": settings.database_url,
        "VOICEBOX_KEYSTORE": str(settings.keystore),
    }


def _type(environ: dict[str, str], *words: str, said: str | None = None) -> Result:
    return CliRunner(env=environ).invoke(voicebox, words, obj=Place(_no_app), input=said)


def test_a_form_goes_to_another_school_and_comes_out_the_same(
    environ: dict[str, str], school: School, tmp_path: Path
) -> None:
    pack, target = str(tmp_path / "look.pack"), tmp_path / "look.yaml"
    packed = _type(environ, "pack", "first-look", pack)
    assert packed.exit_code == 0, packed.output
    theirs = {**environ, "VOICEBOX_KEYSTORE": str(tmp_path / "theirs")}
    refused = _type(theirs, "unpack", pack, "--to", str(target), said="n\n")
    assert (refused.exit_code, target.exists()) == (1, False)
    assert "a school not known here" in refused.output
    assert packed.output.splitlines()[-1] in refused.output
    taken = _type(theirs, "unpack", pack, "--to", str(target), said="y\n")
    assert taken.exit_code == 0, taken.output
    assert canonical(load_instrument(target.read_text(encoding="utf-8"), name="")) == canonical(
        open_library("first-look")
    )
    again = _type(theirs, "unpack", pack)
    assert (again.exit_code, "a school known here" in again.output) == (0, True)
    assert "is there already" in _type(theirs, "unpack", pack, "--to", str(target)).output
    school.engine.dispose()


def test_what_cannot_be_packed_or_unpacked_is_told_in_a_sentence(
    environ: dict[str, str], school: School, tmp_path: Path
) -> None:
    file = tmp_path / "other.zip"
    assert "The library has no form nosuch" in _type(environ, "pack", "nosuch", str(file)).output
    file.write_bytes(b"no zip")
    assert "cannot be read as a pack" in _type(environ, "unpack", str(file)).output
    assert "is there already" in _type(environ, "pack", "first-look", str(file)).output
    school.engine.dispose()
