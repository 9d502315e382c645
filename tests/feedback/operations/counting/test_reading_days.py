"""One hand-out a school day, letters that say nothing, and alarms where nobody reads."""

import smtplib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any, Self

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Envelope
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond_sealed import accept_sealed
from feedback.operations.counting.hand_out import hand_out
from feedback.operations.counting.reading_alarm import Alarm, alarm
from feedback.operations.counting.reading_queue import sign_check
from feedback.operations.counting.tell_readers import NotTold, tell_readers
from feedback.operations.doctor.records import check_reading
from feedback.operations.doctor.row import Level
from feedback.operations.errors import StorageUnavailable
from feedback.operations.finish import catch_up
from feedback.operations.school import School
from feedback.privacy.box import BROWSER_SIZES, seal
from tests.factories import NOW, a_family_instrument, a_round
from tests.reading import TODAY, a_read_round, parts_of, read_all, reader_of, write

_SATURDAY = date(2026, 11, 28)


class _Post:
    """A mail server that keeps what it takes."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.letters: list[EmailMessage] = []
        self._refuses = refuses

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def send_message(self, letter: EmailMessage) -> None:
        """Take it, or not."""
        if self._refuses:
            raise smtplib.SMTPServerDisconnected
        self.letters.append(letter)


def _runs(school: School, today: date) -> list[tuple[str, ...]]:
    run: list[tuple[str, ...]] = []

    def note(*command: str) -> bool:
        run.append(command)
        return True

    catch_up(school, now=NOW, today=today, run=note, said=lambda _: None)
    return [command for command in run if command[0] in ("hand-out", "tell-readers")]


def _with_post(school: School) -> School:
    return replace(school, settings=replace(school.settings, smtp_host="mail", smtp_from="voicebox@example.org"))


def _tell(school: School, post: Any) -> int:
    connect: Callable[..., Any] = lambda _settings: post  # noqa: E731 - a server made of one object
    return tell_readers(school, lambda *, late: ("Late" if late else "Waits", "Sign in."), connect=connect, today=TODAY)


def test_the_worker_hands_out_once_a_school_day_where_children_write(school: School) -> None:
    assert _runs(school, TODAY) == []
    a_round(school, a_family_instrument())
    assert _runs(school, TODAY) == []
    a_read_round(school)
    assert _runs(school, TODAY) == [("hand-out",)]
    hand_out(school, today=TODAY)
    assert _runs(school, TODAY) == []
    assert _runs(school, TODAY + timedelta(days=1)) == [("hand-out",)]
    assert _runs(school, _SATURDAY) == []


def test_a_hand_out_that_is_cut_off_loses_nothing_and_hands_nothing_out_twice(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = a_read_round(school)
    write(school, round_, "one", "two", "three")
    handing = "feedback.operations.counting.hand_out."
    with monkeypatch.context() as cut:
        cut.setattr(handing + "_is_still_new", _fails_after(1))
        with pytest.raises(RuntimeError, match="power cut"):
            hand_out(school, today=TODAY)
    assert parts_of(school, round_) == []
    with monkeypatch.context() as cut:
        cut.setattr(handing + "_forget_what_is_read", _fails_after(0))
        with pytest.raises(RuntimeError, match="power cut"):
            hand_out(school, today=TODAY)
    assert sorted(read_all(school)) == ["one", "three", "two"]


def _fails_after(times: int) -> Callable[..., bool]:
    left = [True] * times

    def fails(*_: object) -> bool:
        if not left:
            raise RuntimeError("power cut")
        return left.pop()

    return fails


def test_letters_go_to_who_has_something_to_read_and_say_nothing_of_it(school: School) -> None:
    school, post = _with_post(school), _Post()
    round_ = a_read_round(school)
    assert _tell(school, post) == 0
    write(school, round_, "he hits me")
    hand_out(school, today=TODAY)
    assert _runs(school, TODAY) == []  # told today already
    assert _tell(school, post) == 2
    assert {letter["To"] for letter in post.letters} == {"reader@example.org", "deputy@example.org"}
    assert all("hits" not in str(letter) and round_.title not in str(letter) for letter in post.letters)
    hand_out(school, today=TODAY + timedelta(days=1))
    _tell(school, post)
    assert post.letters[-1]["Subject"] == "Late"


def test_where_the_mail_server_refuses_it_is_tried_again(school: School) -> None:
    school = _with_post(school)
    write(school, a_read_round(school), "one")
    hand_out(school, today=TODAY)
    with pytest.raises(NotTold):
        _tell(school, _Post(refuses=True))
    assert _runs(school, TODAY) == [("tell-readers",)]


def test_words_that_nobody_read_on_their_day_and_rotas_nobody_signed_are_told(school: School) -> None:
    round_ = a_read_round(school, opens_at=NOW - timedelta(days=10))
    assert alarm(school, today=TODAY).unchecked == ("Class 2B",)
    sign_check(school, reader_of(school), now=NOW, today=TODAY)
    assert not alarm(school, today=TODAY + timedelta(days=1))
    assert alarm(school, today=TODAY + timedelta(days=3)).unchecked == ("Class 2B",)
    write(school, round_, "one")
    hand_out(school, today=TODAY)
    assert alarm(school, today=TODAY).late == ()
    hand_out(school, today=TODAY + timedelta(days=1))
    assert alarm(school, today=TODAY + timedelta(days=1)).late == ("Class 2B",)


def test_while_the_queues_keeper_is_away_nothing_is_lost_and_the_doctor_knows(school: School) -> None:
    round_ = a_read_round(school)
    write(school, round_, "one")
    key = school.keystore.folder / "keeper" / "queue.key"
    key.rename(key.with_name("elsewhere"))
    told: list[str] = []
    hand_out(school, today=TODAY, said=told.append)
    assert len(told) == 1
    assert alarm(school, today=TODAY).keys_away
    key.with_name("elsewhere").rename(key)
    assert read_all(school) == ["one"]


def test_a_keystore_that_is_not_mounted_keeps_what_a_child_typed(school: School) -> None:
    round_ = a_read_round(school)
    key = school.keystore.folder / "rounds" / round_.id / "queue.public"
    key.rename(key.with_name("elsewhere"))
    with pytest.raises(StorageUnavailable):
        write(school, round_, "one")
    key.with_name("elsewhere").rename(key)
    write(school, round_, "one")
    assert read_all(school) == ["one"]


def test_the_doctor_says_what_to_do() -> None:
    said = [
        check_reading(found)
        for found in (Alarm(), Alarm(late=("5A",)), Alarm(unchecked=("5A",)), Alarm(keys_away=True))
    ]
    assert [row.level for row in said] == [Level.OK, Level.WRONG, Level.LOOK, Level.WRONG]
    assert all(row.to_do for row in said[1:])


def test_a_page_that_seals_no_second_part_loses_nobodys_words(school: School) -> None:
    round_ = a_read_round(school)
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    sealed = seal({"typed": {"wish": ["one"]}}, school.keystore.public_key(round_.id), asked.box)[: BROWSER_SIZES[0]]
    for number, words in enumerate((b"", b"x" * 512, b"x" * 1024)):
        accept_sealed(school, asked, f"{number:032}", sealed, words=words, now=NOW)
    assert read_all(school) == []
    with Session(school.engine) as session:
        kept = session.scalars(select(Envelope)).all()
        assert [len(each.sealed_for_reading or b"") for each in kept] == [1024] * 3
