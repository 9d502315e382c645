"""The proof knows the reading queue: it holds, and each of its lines fails where a promise about it is broken."""

from typing import Any

import pytest
from sqlalchemy import text

from feedback.db import writing
from feedback.operations.answers import parts
from feedback.operations.counting import hand_out as handing
from feedback.operations.school import School
from feedback.proof import words
from feedback.proof.made_up import MadeUp
from feedback.proof.record_checks import check_records
from feedback.proof.row_checks import check_sizes, read_rows
from feedback.proof.verdict import Line
from tests.reading import a_read_round, read_all, write


def _named(lines: list[Line]) -> dict[str, bool]:
    return {line.name: line.holds for line in lines}


def test_a_class_that_is_read_tells_a_thief_nothing(made_up: MadeUp) -> None:
    lines = list(words.look_for_words(made_up))
    assert [line.name for line in lines if not line.holds] == []
    assert len(lines) == 4


def test_second_parts_that_wait_are_found_by_the_same_search(made_up: MadeUp) -> None:
    assert not _named(list(words.look_for_words(made_up, counts=False)))["what was read is gone"]


def test_words_in_clear_on_the_desk_are_found(made_up: MadeUp, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_clear(_key: bytes, _round: str, said: parts.Words) -> bytes:
        return said.text.encode().ljust(256)

    def read_in_clear(_key: bytes, part: Any) -> parts.Words:
        return parts.Words(part.sealed.decode().strip())

    monkeypatch.setattr(handing, "seal_part", in_clear)
    monkeypatch.setattr("feedback.operations.counting.reading_queue.open_part", read_in_clear)
    assert not _named(list(words.look_for_words(made_up)))["what children write waits sealed"]


def test_a_desk_in_the_order_of_coming_is_told() -> None:
    assert words._order([7, 0, 5, 2, 9, 1, 8, 3, 6, 4], 10).holds
    assert not words._order(list(range(20)), 20).holds
    assert not words._order([1, 0], 20).holds


def test_a_part_that_only_writers_have_is_told(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, "x" * 150, "")
    name = "envelopes come in a few sizes"
    assert check_sizes(read_rows(school.engine)).holds
    with writing(school.engine) as session:
        session.execute(text("PRAGMA ignore_check_constraints = ON"))
        session.execute(text("UPDATE envelope SET sealed_for_reading = substr(sealed_for_reading, 1, 512)"))
        session.execute(text("PRAGMA ignore_check_constraints = OFF"))
    assert not _named([check_sizes(read_rows(school.engine))])[name]


def test_decisions_that_outlive_their_box_are_told(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, "one")
    read_all(school)
    name = "what was decided about words dies with the box"
    assert _named(check_records(school))[name]
    with writing(school.engine) as session:
        session.execute(text("UPDATE round SET state = 'scrubbed'"))
    assert not _named(check_records(school))[name]
