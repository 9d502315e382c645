"""`voicebox name-words`: the list from the console."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.operations.counting.name_words import name_words_of
from feedback.operations.school import School
from tests.factories import a_round, a_staff_member


def _no_app(_settings: Settings) -> Flask:
    raise AssertionError("this command renders nothing")


def _run(school: School, *arguments: str) -> tuple[int, str]:
    environ = {
        "VOICEBOX_SECRET": school.settings.secret,
        "VOICEBOX_INSTANCE": str(school.settings.instance),
        "VOICEBOX_DATABASE_URL": school.settings.database_url,
    }
    ran = CliRunner(env=environ).invoke(voicebox, arguments, obj=Place(_no_app))
    return ran.exit_code, ran.output


def test_a_file_is_taken_in_word_by_word(school: School, tmp_path: Path) -> None:
    round_, lead = a_round(school), a_staff_member(school, "lead")
    file = tmp_path / "names.csv"
    file.write_text("\ufeffUwase;Kwizera\nUwase;Ineza\n", encoding="utf-8")
    assert _run(school, "name-words", round_.code, str(file)) == (
        0,
        "3 new words are kept. Now delete names.csv, if nobody needs it.\n",
    )
    assert name_words_of(school, lead, round_.id) == 3


@pytest.mark.parametrize(
    ("body", "code", "why"),
    [
        (b"12;34", "", "Nothing was taken from names.csv: it has no names in it."),
        (b"\xff\xfeU\x00w\x00", "", "Nothing was taken from names.csv: it is not plain text in UTF-8."),
        (b"Uwase", "NOSUCH", "There is no round NOSUCH."),
    ],
)
def test_a_refused_file_changes_nothing(school: School, tmp_path: Path, body: bytes, code: str, why: str) -> None:
    round_, lead = a_round(school), a_staff_member(school, "lead")
    file = tmp_path / "names.csv"
    file.write_bytes(body)
    status, said = _run(school, "name-words", code or round_.code, str(file))
    assert (status, why in said) == (1, True)
    assert name_words_of(school, lead, round_.id) == 0
