"""Rows from other tools: all or none, refused by line and reason, and only into a round made for them."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Envelope, Round
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.counting.import_responses import import_responses
from feedback.operations.errors import ImportRefused, RoundUnknown, WrongState
from feedback.operations.finish import finish_round
from feedback.operations.results.read_release import latest
from feedback.operations.school import School
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member

MAP = """
columns:
  how: {question: ease, values: {hard: hard, fair: fair, easy: easy, "": ""}}
  words: {question: wish}
"""


def _imported_round(school: School) -> Round:
    return a_round(school, a_family_instrument(), imported=True, state="draft", group_size=None)


def _import(school: School, round_: Round, path: Path, map_text: str = MAP) -> int:
    return import_responses(
        school, round_.id, path, map_text, now=NOW, account="console", progress=lambda _done, _all: None
    )


def _file(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(("how,words", *rows)) + "\n", encoding="utf-8")
    return path


def _envelopes(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


def test_imported_rows_go_through_the_same_box_to_the_same_count(school: School, tmp_path: Path) -> None:
    round_ = _imported_round(school)
    assert _import(school, round_, _file(tmp_path, *["easy,more books"] * 9, *["hard,"] * 3)) == 12
    assert finish_round(school, round_.id, today=NOW.date())
    assert latest(school, a_staff_member(school, "lead"), round_.id).summary.question("wish").people.kind == "people"


def test_one_wrong_row_and_nothing_is_imported(school: School, tmp_path: Path) -> None:
    round_ = _imported_round(school)
    with pytest.raises(ImportRefused) as refused:
        _import(school, round_, _file(tmp_path, "easy,fine", "splendid,no", ",", f"easy,{'x' * 201}"))
    assert [line for line, _reason in refused.value.rows] == [3, 4, 5]
    assert "'splendid'" in refused.value.rows[0][1]
    assert _envelopes(school) == 0


@pytest.mark.parametrize(
    ("map_text", "reason"),
    [
        ("columns: [", "not YAML"),
        ("nothing: 1", "needs `columns:`"),
        ("columns: {how: {question: height}}", "'height' is not in the round's instrument"),
        ("columns: {how: {question: ease, values: {a: superb}}}", "no answer 'superb'"),
        ("columns: {when: {question: wish}}", "no column when"),
        ("columns: {how: wish}", "needs a `question:`"),
        ("columns: {words: {question: wish}}\nrows: 3", "`rows` means nothing here"),
    ],
)
def test_a_map_that_does_not_fit_is_refused_by_name(school: School, tmp_path: Path, map_text: str, reason: str) -> None:
    round_ = _imported_round(school)
    with pytest.raises(ImportRefused) as refused:
        _import(school, round_, _file(tmp_path, "easy,fine"), map_text)
    assert reason in str(refused.value)


def test_a_file_in_another_encoding_is_refused_with_the_cure(school: School, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes("how,words\neasy,caf\u00e9\n".encode("latin-1"))
    with pytest.raises(ImportRefused, match="save it as UTF-8"):
        _import(school, _imported_round(school), path)


def test_a_round_that_respondents_can_open_takes_no_imported_row(school: School, tmp_path: Path) -> None:
    round_ = a_round(school, a_family_instrument())
    with pytest.raises(WrongState):
        _import(school, round_, _file(tmp_path, "easy,fine"))


def test_an_imported_round_is_never_open_to_respondents(school: School, tmp_path: Path) -> None:
    round_ = _imported_round(school)
    _import(school, round_, _file(tmp_path, "easy,fine"))
    with pytest.raises(RoundUnknown):
        open_for_answers(school, round_.code, "en", now=NOW)
    with pytest.raises(WrongState):
        _import(school, round_, _file(tmp_path, "easy,fine"))
