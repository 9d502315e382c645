"""What children write is read for safety while the box is shut, by somebody who learns nothing else."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Decision, Envelope, Part, Round
from feedback.operations.answers.receipts import withdraw
from feedback.operations.counting.comments import open_comments
from feedback.operations.counting.hand_out import hand_out
from feedback.operations.counting.reading_queue import decide, escalated, is_recorded, next_to_read, sign_check
from feedback.operations.errors import NotPermitted, NotReady, TakenBack
from feedback.operations.finish import finish_round
from feedback.operations.school import School
from tests.factories import NOW, a_staff_member
from tests.reading import DEPUTY, TODAY, a_read_round, parts_of, read_all, reader_of, write

_TEXTS = [f"The app is nice, number {number}" for number in range(12)]


def _close_and_count(school: School, round_: Round) -> list[str]:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=TODAY)
    return _comments(school, round_)


def _comments(school: School, round_: Round) -> list[str]:
    with Session(school.engine) as session:
        return sorted(comment.text for comment in open_comments(school, session, round_.id))


def test_every_envelope_has_a_part_to_be_read_as_large_as_itself_also_where_nothing_was_written(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, "", "a" * 150, "", "short")
    with Session(school.engine) as session:
        kept = session.scalars(select(Envelope).where(Envelope.round_id == round_.id)).all()
        assert [each.format for each in kept] == [2] * 4
        assert (
            [len(each.sealed_for_reading or b"") for each in kept] == [len(each.sealed) for each in kept] == [1024] * 4
        )


def test_the_reader_sees_audience_round_and_words_and_nothing_else(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, "I like the stars", again="no")
    hand_out(school, today=TODAY)
    found = next_to_read(school, reader_of(school))
    assert found is not None
    assert (found.text, found.title, found.audience) == ("I like the stars", "Class 2B", "students")
    assert found.id not in {envelope.id for envelope in _envelopes(school, round_)}


def _envelopes(school: School, round_: Round) -> list[Envelope]:
    with Session(school.engine) as session:
        return list(session.scalars(select(Envelope).where(Envelope.round_id == round_.id)))


def test_nothing_is_read_before_the_daily_hand_out_and_nothing_twice(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, "one")
    assert next_to_read(school, reader_of(school)) is None
    assert read_all(school) == ["one"]
    assert read_all(school) == []
    write(school, round_, "two")
    assert read_all(school) == ["two"]


def test_the_same_words_are_read_once_until_somebody_acts_on_them(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, "More  GAMES", "more games", "more games")
    assert len(read_all(school)) == 1
    write(school, round_, "more games")
    assert read_all(school) == []
    write(school, round_, "please help me")
    assert read_all(school, "red") == ["please help me"]
    write(school, round_, "please help me")
    assert read_all(school, "red") == ["please help me"]


def test_an_account_that_no_round_names_reads_nothing(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, "one")
    hand_out(school, today=TODAY)
    (part,) = parts_of(school, round_)
    for stranger in (
        a_staff_member(school, "reader", account="other@example.org"),
        a_staff_member(school, "lead", account="lead@example.org"),
    ):
        with pytest.raises(NotPermitted):
            next_to_read(school, stranger)
        with pytest.raises(NotPermitted):
            decide(school, stranger, part.id, "fine", now=NOW)


def test_the_deputy_reads_what_the_reader_leaves(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, "one")
    hand_out(school, today=TODAY)
    assert read_all(school, account=DEPUTY) == ["one"]
    assert next_to_read(school, reader_of(school)) is None


def test_at_the_count_red_and_amber_are_dropped_redacted_words_replaced_and_unread_ones_wait(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, *_TEXTS)
    read_all(school)
    for words, verdict in (("he hits me", "red"), ("i am so sad", "amber")):
        write(school, round_, words)
        assert read_all(school, verdict) == [words]
    write(school, round_, "Lena from 3C took it")
    read_all(school, "redact", instead="Somebody took it")
    write(school, round_, "nobody has read this")
    assert _close_and_count(school, round_) == sorted([*_TEXTS, "Somebody took it"])
    assert read_all(school) == ["nobody has read this"]
    assert _comments(school, round_) == sorted([*_TEXTS, "Somebody took it", "nobody has read this"])


def test_after_the_count_words_that_are_escalated_or_redacted_are_no_comments(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, *_TEXTS)
    read_all(school)
    write(school, round_, "he hits me")
    _close_and_count(school, round_)
    assert read_all(school, "red") == ["he hits me"]
    assert _comments(school, round_) == sorted(_TEXTS)
    (kept,) = escalated(school, reader_of(school, DEPUTY))
    is_recorded(school, reader_of(school), kept.id, now=NOW)
    assert escalated(school, reader_of(school)) == []


def test_decisions_and_their_keys_are_gone_with_the_box(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, *_TEXTS)
    read_all(school)
    with Session(school.engine) as session:
        assert session.scalars(select(Decision)).all()
    _close_and_count(school, round_)
    with Session(school.engine) as session:
        assert not session.scalars(select(Decision)).all()
        assert not session.scalars(select(Part)).all()
    folder = school.keystore.folder / "rounds" / round_.id
    assert sorted(path.name for path in folder.iterdir()) == ["data.key", "reading.key"]
    hand_out(school, today=TODAY)
    assert sorted(path.name for path in folder.iterdir()) == ["data.key"]


def test_who_withdraws_takes_back_both_parts_unless_somebody_was_told(school: School) -> None:
    round_ = a_read_round(school)
    first, second = write(school, round_, "take me back", "he hits me")
    hand_out(school, today=TODAY)
    reader = reader_of(school)
    by_text: dict[str, str] = {}
    while (found := next_to_read(school, reader, leaving=frozenset(by_text.values()))) is not None:
        by_text[found.text] = found.id
    assert decide(school, reader, by_text["he hits me"], "red", now=NOW) is not None
    for receipt in (first, second):
        withdraw(school, round_.code, receipt, now=NOW)
    assert [part.id for part in parts_of(school, round_)] == [by_text["he hits me"]]
    with pytest.raises(TakenBack):
        decide(school, reader, by_text["take me back"], "fine", now=NOW)
    assert all(each.sealed_for_reading is None for each in _envelopes(school, round_))


def test_what_waits_since_an_earlier_day_is_late_and_stays_on_the_desk_over_the_count(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, *_TEXTS)
    hand_out(school, today=TODAY)
    hand_out(school, today=TODAY)
    assert {part.state for part in parts_of(school, round_)} == {"handed_out"}
    hand_out(school, today=TODAY.replace(day=24))
    assert {part.state for part in parts_of(school, round_)} == {"late"}
    assert _close_and_count(school, round_) == []
    assert {part.state for part in parts_of(school, round_)} == {"late"}


def test_a_redaction_needs_words_and_the_rota_an_empty_desk(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, "one")
    hand_out(school, today=TODAY)
    found = next_to_read(school, reader_of(school))
    assert found is not None
    with pytest.raises(NotReady):
        decide(school, reader_of(school), found.id, "redact", instead=" ", now=NOW)
    with pytest.raises(NotReady):
        sign_check(school, reader_of(school), now=NOW, today=TODAY)
    decide(school, reader_of(school), found.id, "fine", now=NOW)
    sign_check(school, reader_of(school), now=NOW, today=TODAY)
