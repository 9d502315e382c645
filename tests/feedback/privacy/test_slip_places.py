"""Using a slip moves nothing in the file, so that the order of used slips is not the order of envelopes (L4)."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from feedback.models import Slip
from feedback.operations.answers import one_envelope
from feedback.operations.answers.publish import Asked, open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.answers.slips import print_slips
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from tests.factories import NOW, a_round, a_staff_member

Cells = list[tuple[int, int]]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A file, whatever `--database` says."""
    return f"sqlite:///{tmp_path / 'voicebox.db'}"


def cells_of(school: School, name: str = "slip") -> Cells:
    """Where each cell of the table's b-tree lies, in the order of the tree: (page, offset in the page).

    Format of the file: sqlite.org/fileformat2.html, "B-tree Pages". The table has no rowid, so it is one index tree.
    """
    with school.engine.connect() as connection:
        connection.execute(text("COMMIT"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    path = school.settings.instance / "voicebox.db"
    with sqlite3.connect(path) as database:
        (root,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    database.close()
    file = path.read_bytes()
    return _cells_below(file, int.from_bytes(file[16:18]), root)


def _cells_below(file: bytes, size: int, number: int) -> Cells:
    page = file[(number - 1) * size : number * size]
    is_leaf = page[0] == 10
    assert page[0] in (2, 10)
    first = 8 if is_leaf else 12
    count = int.from_bytes(page[3:5])
    offsets = [int.from_bytes(page[first + 2 * place : first + 2 * place + 2]) for place in range(count)]
    found: Cells = []
    for offset in offsets:
        if not is_leaf:
            found += _cells_below(file, size, int.from_bytes(page[offset : offset + 4]))
        found.append((number, offset))
    return found if is_leaf else found + _cells_below(file, size, int.from_bytes(page[8:12]))


def _use_all(school: School, slips: int) -> tuple[Cells, Cells]:
    round_ = a_round(school, slips=True, group_size=slips)
    codes = print_slips(school, a_staff_member(school, "lead"), round_.id, slips, now=NOW)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    before = cells_of(school)
    for code in codes:
        accept(school, asked, new_form_key(), {"again": "yes"}, slip=code, now=NOW)
    return before, cells_of(school)


@pytest.mark.parametrize("slips", [25, 120])
def test_using_slips_moves_no_cell_of_their_pages(school_in_a_file: School, slips: int) -> None:
    before, after = _use_all(school_in_a_file, slips)
    assert len(before) == slips
    assert before == after


def test_were_the_mark_wider_than_what_it_replaces_cells_would_move(
    school_in_a_file: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The negative control: a mark that takes room, such as the day on which a slip was used.
    def mark(session: Session, _asked: Asked, tag: str) -> None:
        session.execute(text("UPDATE slip SET used = 1, used_on = '2026-11-23' WHERE tag = :tag"), {"tag": tag})

    with school_in_a_file.engine.begin() as connection:
        connection.execute(text("ALTER TABLE slip ADD COLUMN used_on TEXT"))
    monkeypatch.setattr(one_envelope, "_use", mark)
    before, after = _use_all(school_in_a_file, 25)
    assert before != after


def test_a_second_sheet_lies_between_the_slips_of_the_first(school_in_a_file: School) -> None:
    round_, lead = a_round(school_in_a_file, slips=True, group_size=200), a_staff_member(school_in_a_file, "lead")
    print_slips(school_in_a_file, lead, round_.id, 30, now=NOW)
    with Session(school_in_a_file.engine) as session, session.begin():
        session.execute(update(Slip).values(used=True))
    first = _used_in_the_order_of_the_file(school_in_a_file)
    assert first == [True] * 30
    print_slips(school_in_a_file, lead, round_.id, 30, now=NOW)
    both = _used_in_the_order_of_the_file(school_in_a_file)
    assert sorted(both) == [False] * 30 + [True] * 30
    # Thirty of one sheet in a row happen once in 10^17; were new rows only added, always.
    assert both not in ([True] * 30 + [False] * 30, [False] * 30 + [True] * 30)


def _used_in_the_order_of_the_file(school: School) -> list[bool]:
    with Session(school.engine) as session:
        used = list(session.scalars(select(Slip.used).order_by(Slip.round_id, Slip.tag)))
    placed = sorted(zip(cells_of(school), used, strict=True), key=lambda pair: pair[0])
    return [was_used for _place, was_used in placed]
