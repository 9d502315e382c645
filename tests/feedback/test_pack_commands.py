"""`voicebox pack` and `voicebox unpack`, as somebody types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.operations.school import School
from feedback.operations.workshop.clips import add_clip, clips_for
from feedback.operations.workshop.drafts import drafts_of
from forms.definition import canonical
from forms.library import open_library
from forms.loader import load_instrument
from tests.factories import NOW, a_staff_member
from tests.feedback.forms_made import a_draft
from tests.feedback.two_schools import another_school
from tests.recordings import a_recording


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


def test_a_form_of_the_schools_own_goes_with_its_recordings_and_becomes_a_draft_at_the_other(
    environ: dict[str, str], settings: Settings, school: School, empty_tables: Path, tmp_path: Path
) -> None:
    lead, pack = a_staff_member(school, "lead", account="lead"), str(tmp_path / "ours.voicebox")
    draft_id = a_draft(school, lead)
    add_clip(school, lead, draft_id, "again", "en", a_recording(rate=24_000), now=NOW)
    assert _type(environ, "pack", "ours", pack).exit_code == 0
    with another_school(settings, empty_tables, tmp_path) as other:
        teacher = a_staff_member(other, "teacher", account="t.one")
        theirs = environ | {
            "VOICEBOX_INSTANCE": str(other.settings.instance),
            "VOICEBOX_DATABASE_URL": other.settings.database_url,
            "VOICEBOX_KEYSTORE": str(other.settings.keystore),
        }
        assert "There is no account nobody" in _type(theirs, "unpack", pack, "--for", "nobody").output
        assert _type(theirs, "unpack", pack, "--for", "t.one", said="n\n").exit_code == 1
        assert drafts_of(other, teacher) == []
        done = _type(theirs, "unpack", pack, "--for", "t.one", said="y\n")
        assert "The form is a draft of t.one now, with 0 pictures and 1 recordings." in done.output
        (made,) = drafts_of(other, teacher)
        states = {line.key: line.state for line in clips_for(other, teacher, made.id, "en").lines}
        assert (made.name, states["again"], states["liked"]) == ("ours", "there", "none")
    school.engine.dispose()
