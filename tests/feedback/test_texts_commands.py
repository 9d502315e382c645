"""`voicebox texts`: files of a form's texts at the console."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from feedback.app import create_app
from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.operations.school import School
from tests.factories import a_staff_member
from tests.feedback.text_files import INTRODUCTION, a_draft, everything_kept, filled_in, kept, recorded


@pytest.fixture
def run(school: School, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder for files; commands run on the school, which has one draft."""
    settings = {
        "VOICEBOX_SECRET": school.settings.secret,
        "VOICEBOX_INSTANCE": str(school.settings.instance),
        "VOICEBOX_DATABASE_URL": school.settings.database_url,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    a_draft(school, a_staff_member(school, "lead"))
    return tmp_path


def _run(*arguments: str | Path, said: str = "") -> tuple[int, str]:
    ran = CliRunner().invoke(voicebox, ["texts", *map(str, arguments)], obj=Place(create_app), input=said)
    return ran.exit_code, ran.output


@pytest.mark.parametrize("ending", ["xlf", "xliff", "po", "csv", "xlsx"])
def test_a_file_that_nobody_touched_changes_nothing(school: School, run: Path, ending: str) -> None:
    before = everything_kept(school)
    file = run / f"texts.{ending}"
    code, told = _run("export", "first-look-2", "ar", file)
    assert (code, told.endswith(f"texts are in {file}.\n")) == (0, True)
    code, told = _run("take", file)
    assert (code, "Nothing is to be taken." in told) == (0, True)
    assert everything_kept(school) == before


def test_the_list_comes_first_and_nothing_is_taken_without_a_yes(school: School, run: Path) -> None:
    file = run / "texts.po"
    _run("export", "first-look-2", "fr", file)
    file.write_bytes(filled_in(file.read_bytes(), introduction="Bonjour", title="{x|y}"))
    before = everything_kept(school)
    code, told = _run("take", file, said="n\n")
    assert code == 1
    assert "not taken: title: its parts in braces are not those of the form\nchanged: introduction\n" in told
    assert everything_kept(school) == before
    code, told = _run("take", file, said="y\n")
    assert (code, "1 texts were taken." in told) == (0, True)
    assert kept(school, INTRODUCTION) == ("Bonjour", "draft", 2)
    assert recorded(school) == [("console", {"language": "fr", "texts": 1})]
    assert _run("take", "--yes", file)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("export", "nosuch", "fr", "a.po"), "There is no draft nosuch, or it is not translated into fr."),
        (("export", "first-look-2", "en", "a.po"), "There is no draft first-look-2, or it is not translated into en."),
        (("export", "first-look-2", "fr", "a.docx"), "It has to end in one of .xliff, .xlf, .po, .csv, .xlsx."),
    ],
)
def test_what_cannot_be_written_says_why(run: Path, arguments: tuple[str, ...], told: str) -> None:
    *others, name = arguments
    code, said = _run(*others, run / name)
    assert (code > 0, told in said) == (True, True)
    assert not (run / name).exists()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"%PDF", "Nothing was taken from a.po: This is no XLIFF, PO, CSV or XLSX file."),
        (b'msgid ""\nmsgstr "X-Voicebox-Form: q\\nLanguage: fr\\n"\n\nmsgid "a"\nmsgstr "b"\n', "there is no draft q"),
        (b'msgid ""\nmsgstr "X-Voicebox-Form: q\\nLanguage: xx\\n"\n\nmsgid "a"\nmsgstr "b"\n', "translated into xx"),
        (b'msgid ""\nmsgstr ""\nmsgid ""\nmsgid ""', "is damaged, or its end is missing. Save it again"),
    ],
)
def test_what_cannot_be_taken_says_why(school: School, run: Path, raw: bytes, told: str) -> None:
    file = run / "a.po"
    file.write_bytes(raw)
    before = everything_kept(school)
    code, said = _run("take", "--yes", file)
    assert (code, told in said) == (1, True)
    assert everything_kept(school) == before
