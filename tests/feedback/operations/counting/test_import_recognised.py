"""Files of other forms go into the box without a map: the same count, nothing about who sent them, all rows or none."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.models import Envelope, Round
from feedback.operations.counting.import_responses import import_responses
from feedback.operations.counting.recognised_rows import look_into
from feedback.operations.errors import ImportRefused
from feedback.operations.finish import finish_round
from feedback.operations.results.read_release import latest
from feedback.operations.school import School
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member

_SAID = {question.id: question.text["en"] for question in a_family_instrument().questions}
_HEADINGS = f'Timestamp,Email Address,"{_SAID["ease"]}","{_SAID["wish"]}"'


def _imported_round(school: School) -> Round:
    return a_round(school, a_family_instrument(), imported=True, state="draft", group_size=None)


def _file(tmp_path: Path, *rows: str, headings: str = _HEADINGS) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text("\n".join((headings, *rows)) + "\n", encoding="utf-8")
    return path


def _import(school: School, round_: Round, path: Path) -> int:
    return import_responses(
        school, round_.id, path, None, now=NOW, account="console", progress=lambda _done, _all: None
    )


def _envelopes(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


def test_a_file_of_google_goes_through_the_same_box_to_the_same_count(school: School, tmp_path: Path) -> None:
    round_ = _imported_round(school)
    labels = {option.id: option.label["en"] for option in a_family_instrument().question("ease").cells()}
    rows = [f"1/2/2026,a@b.org,{labels['easy']},more books"] * 9 + [f"1/2/2026,c@d.org,{labels['hard']},"] * 3
    path = _file(tmp_path, *rows)
    recognised = look_into(school, round_.id, path)
    assert (recognised.tool, recognised.personal) == ("google", ("Timestamp", "Email Address"))
    assert _import(school, round_, path) == 12
    assert finish_round(school, round_.id, today=NOW.date())
    assert latest(school, a_staff_member(school, "lead"), round_.id).summary.question("wish").people.kind == "people"


def test_one_row_that_is_no_answer_and_nothing_is_imported(school: School, tmp_path: Path) -> None:
    path = _file(tmp_path, "x,y,splendid,fine", "x,y,,")
    with pytest.raises(ImportRefused) as refused:
        _import(school, _imported_round(school), path)
    assert [line for line, _reason in refused.value.rows] == [2]
    assert "'splendid' is no answer to 'ease'" in refused.value.rows[0][1]
    assert _envelopes(school) == 0


def test_a_file_of_no_known_tool_is_refused_with_the_cure(school: School, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="write a map for it"):
        look_into(school, _imported_round(school).id, _file(tmp_path, "a,b", headings="how,words"))


def test_rows_that_nobody_sent_stay_out(school: School, tmp_path: Path) -> None:
    headings = "id,submitdate,lastpage,startlanguage,wish"
    path = _file(tmp_path, "1,2026-11-02,1,en,hello", "2,,1,en,never sent", headings=headings)
    assert _import(school, _imported_round(school), path) == 1


def _no_app(_settings: Settings) -> Flask:
    raise AssertionError("this command renders nothing")


def test_the_command_tells_what_stays_out_and_asks_before_anything_is_saved(
    school: School, settings: Settings, tmp_path: Path
) -> None:
    round_ = _imported_round(school)
    environ = {
        "VOICEBOX_SECRET": settings.secret,
        "VOICEBOX_INSTANCE": str(settings.instance),
        "VOICEBOX_DATABASE_URL": settings.database_url,
    }
    path = _file(tmp_path, "x,y,,fine,38", headings=_HEADINGS + ",Shoe size")
    run = CliRunner(env=environ)
    words = ("import-responses", round_.id, str(path))
    refused = run.invoke(voicebox, words, obj=Place(_no_app), input="n\n")
    assert (refused.exit_code, _envelopes(school)) == (1, 0)
    for line in ("one of Google Forms", "when or from where: Email Address", "matches: Shoe size", ": wish"):
        assert line in refused.output
    assert run.invoke(voicebox, (*words, "--yes"), obj=Place(_no_app)).exit_code == 0
    assert _envelopes(school) == 1
