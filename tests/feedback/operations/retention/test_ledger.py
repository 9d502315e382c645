"""What was counted, withdrawn or purged never comes back; and the ledger that says so loses no line."""

import os
import threading
from contextlib import nullcontext
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from feedback.models import Comment, Envelope, Release, Round, Slip, Tally
from feedback.operations.answers.shake import shake
from feedback.operations.counting.count import count
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.retention.purge import purge
from feedback.operations.school import School
from feedback.privacy.key_files import KeyFiles
from feedback.privacy.keys import Keystore
from tests.disk import bytes_of, copy_of, put_back
from tests.factories import NOW, a_family_instrument, a_round, drop_envelopes
from tests.feedback.operations.results.test_release import a_counted_round

TODAY = NOW.date()
YES = {"again": "yes"}


def _rows(school: School, table: type) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _state(school: School, round_: Round) -> str:
    with Session(school.engine) as session:
        return session.get_one(Round, round_.id).state


def _close(school: School, round_: Round) -> None:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"


def _ids(school: School, round_: Round) -> list[str]:
    with Session(school.engine) as session:
        return list(session.scalars(select(Envelope.id).where(Envelope.round_id == round_.id)))


def _note_withdrawn(school: School, round_: Round, id_: str) -> None:
    school.keystore.note("withdrawn", round=round_.id, envelope=sha256(id_.encode()).hexdigest())


def test_a_withdrawn_envelope_is_taken_out_of_an_old_backup_too(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 3)
    with Session(school.engine) as session:
        taken = session.scalars(select(Envelope)).first()
        assert taken is not None
        id_, sealed = taken.id, taken.sealed
    _note_withdrawn(school, round_, id_)
    # The negative control: the old database has it, and without the ledger would count it.
    assert sealed[:40] in bytes_of(school)
    assert apply_ledger(school) == 1
    with Session(school.engine) as session:
        assert sorted(session.scalars(select(Envelope.format))) == [0, 1, 1]
    assert sealed[:40] not in bytes_of(school)
    assert apply_ledger(school) == 0


def test_a_form_that_is_sent_again_after_an_old_backup_was_put_back_stays_out_of_the_count(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[YES] * 11)
    _note_withdrawn(school, round_, _ids(school, round_)[0])
    _close(school, round_)
    assert count(school, round_.id, today=TODAY)
    with Session(school.engine) as session:
        assert session.get_one(Round, round_.id).counted_envelopes == 10


def test_a_backup_brings_neither_envelopes_nor_slips_of_a_counted_round_back(school: School) -> None:
    round_ = a_round(school, slips=True)
    with Session(school.engine) as session, session.begin():
        session.add(Slip(round_id=round_.id, tag="a" * 32))
    drop_envelopes_without_slips(school, round_, 10)
    _close(school, round_)
    backup = copy_of(school)
    count(school, round_.id, today=TODAY)
    assert (_rows(school, Envelope), _rows(school, Slip)) == (0, 0)
    put_back(school, backup)
    assert (_rows(school, Envelope), _rows(school, Slip)) == (10, 1)
    assert apply_ledger(school) == 1
    assert (_rows(school, Envelope), _rows(school, Slip), _state(school, round_)) == (0, 0, "destroyed")


def drop_envelopes_without_slips(school: School, round_: Round, people: int) -> None:
    """As they lie in the box of a round with slips, whose spending is told elsewhere."""
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).slips = False
    drop_envelopes(school, round_, *[YES] * people)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).slips = True


def test_a_backup_brings_nothing_back_that_retention_deleted(school: School) -> None:
    a_counted_round(school, *[{"wish": "x"}] * 12, instrument=a_family_instrument())
    few = a_round(school)
    drop_envelopes(school, few, *[YES] * 3)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, few.id).state = "too_few"
    backup = copy_of(school)
    purge(school, today=TODAY + timedelta(days=1095), now=NOW)
    put_back(school, backup)
    assert apply_ledger(school) == 3
    assert [_rows(school, table) for table in (Comment, Tally, Release, Envelope)] == [0, 0, 0, 0]
    assert (_state(school, few), apply_ledger(school)) == ("destroyed", 0)


def test_withdrawals_are_forgotten_when_their_round_is_counted(school: School) -> None:
    counted, other = a_round(school), a_round(school)
    drop_envelopes(school, counted, *[YES] * 11)
    drop_envelopes(school, other, YES)
    for round_ in (counted, other):
        _note_withdrawn(school, round_, _ids(school, round_)[0])
    assert apply_ledger(school) == 2
    _close(school, counted)
    assert count(school, counted.id, today=TODAY)
    said = [(entry["what"], entry["round"]) for entry in school.keystore.ledger()]
    assert said == [("counted", counted.id), ("withdrawn", other.id)]
    with Session(school.engine) as session:
        assert session.get_one(Round, counted.id).counted_envelopes == 10


def test_after_a_shake_the_ledger_does_not_tell_who_withdrew_first(school: School) -> None:
    notes = [f"{n * 7 % 20:02}" for n in range(20)]
    school.keystore.note("counted", round="r")
    for note in notes:
        school.keystore.note("withdrawn", round="r", envelope=note)
    # The negative control: until then the order is that of the withdrawals.
    assert [entry.get("envelope") for entry in school.keystore.ledger()] == [None, *notes]
    shake(school, now=NOW)
    assert [entry.get("envelope") for entry in school.keystore.ledger()] == [None, *sorted(notes)]


def test_a_withdrawal_in_the_middle_of_tidying_is_not_lost(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _tidy_while_somebody_withdraws(school.keystore, monkeypatch) == ["first", "second"]


def test_without_the_lock_it_would_be(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    # The negative control.
    school.keystore.keeper.make()
    monkeypatch.setattr(KeyFiles, "locked", lambda _files, **_how: nullcontext())
    assert _tidy_while_somebody_withdraws(school.keystore, monkeypatch) == ["first"]


def _tidy_while_somebody_withdraws(keystore: Keystore, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One process tidies; after it has read the ledger, and before it has replaced it, another one adds a line."""
    keystore.note("withdrawn", round="r", envelope="first")
    somebody = threading.Thread(target=keystore.note, args=("withdrawn",), kwargs={"round": "r", "envelope": "second"})
    really = KeyFiles.replace

    def replace(files: KeyFiles, *place: Any) -> None:
        somebody.start()
        somebody.join(0.5)
        really(files, *place)

    monkeypatch.setattr(KeyFiles, "replace", replace)
    keystore.tidy_ledger()
    somebody.join()
    return [entry["envelope"] for entry in keystore.ledger()]


def test_ten_thousand_withdrawals_are_applied_and_tidied(school: School) -> None:
    pilot_rounds = [a_round(school) for _ in range(3)]
    rounds = [round_.id for round_ in pilot_rounds]
    lines = [f'{{"what": "withdrawn", "round": "{rounds[n % 3]}", "envelope": "{n:064x}"}}' for n in range(10_000)]
    (school.keystore.folder / "ledger").write_text("\n".join(lines), encoding="utf-8")
    with Session(school.engine) as session, session.begin():
        rows = [
            {"round_id": rounds[n % 3], "id": f"{n:032x}", "format": 1, "sealed": os.urandom(1024)} for n in range(900)
        ]
        session.execute(insert(Envelope), rows)
    assert apply_ledger(school) == 0
    school.keystore.tidy_ledger(rounds[:1])
    assert sum(1 for _line in school.keystore.ledger()) == 6666
