"""Whichever way a child's words come, they are read: from a room, from a sheet of paper, from a box that joined."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Envelope, Part, Round
from feedback.operations.answers.kiosk import enter
from feedback.operations.answers.quick_entry import put_in_sheet
from feedback.operations.answers.respond import accept
from feedback.operations.counting.comments import open_comments
from feedback.operations.finish import finish_round
from feedback.operations.reports.form_paper import paper_facts
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.retention.purge import purge
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from forms.paper import line_numbers
from tests.factories import NOW, a_family_instrument, a_room, a_staff_member, drop_envelopes
from tests.factories import a_round as a_round_of_adults
from tests.reading import TODAY, a_form_to_write, a_read_round, parts_of, read_all, write

_TEXTS = [f"idea number {number}" for number in range(12)]


def _finish(school: School, round_: Round) -> bool:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    return finish_round(school, round_.id, today=TODAY, now=NOW)


def _comments(school: School, round_: Round) -> list[str]:
    with Session(school.engine) as session:
        return sorted(comment.text for comment in open_comments(school, session, round_.id))


def test_words_from_a_room_and_from_a_sheet_are_read(school: School) -> None:
    round_ = a_read_round(school)
    entered = enter(school, a_room(school, round_), "en", now=NOW)
    accept(school, entered.asked, new_form_key(), {"wish": "from a room"}, room=entered.room, now=NOW)
    clerk = a_staff_member(school, "lead", account="clerk@example.org")
    put_in_sheet(school, clerk, round_.id, new_form_key(), {"wish": "from a sheet"}, now=NOW)
    assert sorted(read_all(school)) == ["from a room", "from a sheet"]


def test_a_sheet_in_a_language_that_nobody_reads_has_the_numbers_of_all_others(school: School) -> None:
    questions = a_form_to_write().model_dump(mode="json", exclude_none=True)["sections"][0]["questions"]
    sections = [{"id": "all", "title": a_form_to_write().title, "questions": [questions[2], *questions[:2]]}]
    form = type(a_form_to_write()).model_validate(
        {**a_form_to_write().model_dump(mode="json", exclude_none=True), "sections": sections}
    )
    round_ = a_read_round(school, read=("en",), instrument=form)
    english, spanish = (paper_facts(school, round_.id, language) for language in ("en", "es"))
    assert "wish" in line_numbers(english.asked.instrument)
    assert "wish" not in line_numbers(spanish.asked.instrument)
    assert english.numbers == spanish.numbers == {"wish": "1", "again": "2", "liked": "3"}


def test_words_of_a_box_that_joined_are_counted_with_what_was_decided_about_them(school: School) -> None:
    first = a_read_round(school, if_too_few="join")
    write(school, first, "fine then", "he hits me", "unread then")
    assert len(read_all(school, "red")) == 3
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, first.id).state = "closed"
    later = a_read_round(school, opens_at=NOW - timedelta(hours=1), pilot=_pilot_of(school, first))
    assert not finish_round(school, first.id, today=TODAY, now=NOW)
    write(school, later, *_TEXTS)
    read_all(school)
    assert _finish(school, later)
    assert _comments(school, later) == sorted(_TEXTS)
    assert {part.state for part in parts_of(school, first)} == {"escalated"}


def _pilot_of(school: School, round_: Round) -> object:
    with Session(school.engine, expire_on_commit=False) as session:
        return session.get_one(Round, round_.id).pilot


def test_what_adults_write_has_no_second_part_and_needs_no_reader(school: School) -> None:
    round_ = a_round_of_adults(school, a_family_instrument())
    drop_envelopes(school, round_, *[{"wish": text} for text in _TEXTS])
    with Session(school.engine) as session:
        assert {(each.format, each.sealed_for_reading) for each in session.scalars(select(Envelope))} == {(1, None)}
    assert _finish(school, round_)
    assert _comments(school, round_) == sorted(_TEXTS)


def test_what_nobody_ever_reads_goes_with_the_comments(school: School) -> None:
    round_ = a_read_round(school, keep_comments_days=30)
    write(school, round_, *_TEXTS)
    assert _finish(school, round_)
    assert {part.state for part in parts_of(school, round_)} == {"waiting"}
    purge(school, today=TODAY + timedelta(days=30), now=NOW)
    assert parts_of(school, round_) == []
    assert not school.keystore.queue.has_reading_key(round_.id)


def test_an_old_backup_brings_nothing_back_to_the_readers_desk(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, *_TEXTS)
    with Session(school.engine) as session:
        rows = [(part.round_id, part.id) for part in session.scalars(select(Part))]
    assert rows == []
    assert _finish(school, round_)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "open"
        session.add(Part(round_id=round_.id, id="a" * 32, words_hash="b" * 32, state="decided", sealed=None))
    assert apply_ledger(school) == 1
    assert parts_of(school, round_) == []
