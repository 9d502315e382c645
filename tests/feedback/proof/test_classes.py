"""The attacks find what there is to find, and nothing after a shake: on either build of SQLite."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import text

from feedback.db import writing
from feedback.models import Envelope, Slip
from feedback.operations.answers import receipts
from feedback.operations.answers.publish import Asked
from feedback.proof import classes, needles
from feedback.proof.classes import attack_a_class, verdicts
from feedback.proof.made_up import MadeUp, Sent, made_up_school, send
from feedback.proof.needles import look_for_needles
from feedback.proof.relink import box_in, guesses, right
from feedback.proof.usual_design import attack_usual_design
from feedback.proof.verdict import Line
from forms.questions.base import Answer
from tests.factories import NOW, a_round

#: Too few for ±0.15; then the bound is five standard errors, which chance passes twice in a million.
_RUNS = 6


def _failed(lines: list[Line]) -> list[str]:
    return [line.name.split(",")[0] for line in lines if not line.holds]


def _ignore(*_what: object, **_more: object) -> None:
    pass


@pytest.mark.parametrize("people", [12, 25])
def test_after_a_shake_and_after_the_count_nobody_is_linked_and_no_order_is_left(
    tmp_path: Path, sqlite_build: ModuleType, people: int
) -> None:
    with made_up_school(tmp_path, now=NOW, driver=sqlite_build) as made_up:
        seen = [attack_a_class(made_up, people) for _ in range(_RUNS)]
    assert _failed(verdicts(seen)) == []
    assert all((each.in_log_before, each.in_log_after, each.slips_left) == (people, 0, 0) for each in seen)


def test_without_a_shake_every_slip_is_linked_and_the_order_is_read_off(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classes, "shake", _ignore)
    seen = [attack_a_class(made_up, 12) for _ in range(3)]
    assert _failed(verdicts(seen)) == ["slips cannot be linked to envelopes", "the order of answers is gone"]
    assert all(each.in_log_after == 12 for each in seen)


def test_slips_left_after_the_count_are_told(made_up: MadeUp) -> None:
    seen = replace(attack_a_class(made_up, 12), slips_left=1)
    assert "slips cannot be linked to envelopes" in _failed(verdicts([seen]))


def test_a_test_that_finds_nothing_before_the_shake_is_no_test(made_up: MadeUp) -> None:
    blind = replace(attack_a_class(made_up, 12), in_log_before=0, tau_before={"overflow page": 0.1})
    assert _failed(verdicts([blind])) == ["the test itself works: linking", "the test itself works: order"]


@pytest.mark.parametrize("people", [12, 25])
def test_slips_that_are_noted_when_they_are_spent_are_linked_by_their_places(made_up: MadeUp, people: int) -> None:
    # As LimeSurvey does it, in our own tables: the row of a slip comes at the moment of its use.
    round_ = a_round(made_up.school)
    truth = {}
    for _ in range(people):
        slip, envelope = secrets.token_hex(16), secrets.token_hex(16)
        truth[slip] = envelope
        with writing(made_up.school.engine) as session:
            session.add(Slip(round_id=round_.id, tag=slip, used=True))
            session.add(Envelope(round_id=round_.id, id=envelope, format=1, sealed=secrets.token_bytes(1024)))
    file = made_up.file()
    found = {name: right(guess, truth) for name, guess in guesses(file, box_in(file, round_.id)).items()}
    assert max(found.values()) >= 0.75 * people
    with made_up.school.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM")
    file = made_up.file()
    # Seven right ones of twelve or more happen by chance once in ten thousand classes.
    assert all(right(guess, truth) < 7 for guess in guesses(file, box_in(file, round_.id)).values())


def test_the_usual_design_is_linked_whole(tmp_path: Path) -> None:
    assert attack_usual_design(tmp_path, 12).seen.startswith("12 of 12")


def test_needles_are_in_no_byte_of_any_file(tmp_path: Path, sqlite_build: ModuleType) -> None:
    with made_up_school(tmp_path, now=NOW, driver=sqlite_build) as made_up:
        lines = list(look_for_needles(made_up))
    assert _failed(lines) == []
    assert len(lines) == 5


def test_a_withdrawal_that_does_not_scrub_is_found(
    tmp_path: Path, sqlite_build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipts, "scrub", _ignore)
    with made_up_school(tmp_path, now=NOW, driver=sqlite_build) as made_up:
        assert "what was withdrawn is gone" in _failed(list(look_for_needles(made_up)))


@pytest.mark.parametrize(
    ("operation", "line"),
    [("counting.count", "what was counted is shredded"), ("retention.deletions", "what was purged is gone")],
)
def test_papers_that_are_only_deleted_are_found(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch, operation: str, line: str
) -> None:
    monkeypatch.setattr(f"feedback.operations.{operation}.scrub", _ignore)
    assert _failed(list(look_for_needles(made_up))) == [line]


def test_answers_in_clear_are_found(made_up: MadeUp, monkeypatch: pytest.MonkeyPatch) -> None:
    def remember(where: MadeUp, asked: Asked, slip: str, answers: dict[str, Answer]) -> Sent:
        sent = send(where, asked, slip, answers)
        with (where.folder / "debug.log").open("a") as log:
            log.write(f"{sent.receipt}\n")
        return sent

    monkeypatch.setattr(needles, "send", remember)
    assert _failed(list(look_for_needles(made_up))) == ["what people write and hold is in no file"]


def test_the_made_up_school_says_what_its_build_of_sqlite_does(tmp_path: Path, sqlite_build: ModuleType) -> None:
    # Were both builds to delete securely by default, the tests on the second one would show nothing.
    connect: Callable[[str], object] = sqlite_build.connect
    told = connect(":memory:").execute("PRAGMA secure_delete").fetchone()  # type: ignore[attr-defined]  # a DBAPI's
    assert told == ((1,) if sqlite_build.__name__ == "sqlite3" else (0,))
    with (
        made_up_school(tmp_path, now=NOW, driver=sqlite_build) as made_up,
        made_up.school.engine.connect() as connection,
    ):
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1
