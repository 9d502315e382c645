"""The doctor at a whole school: what it finds there, what it tells on the terminal, and with which exit code."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback import migrations
from feedback.commands import backup as backup_commands
from feedback.commands import doctor as doctor_commands
from feedback.commands import place, voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.models import AuditEntry, Chore, ReportRequest, Round
from feedback.operations.doctor import Asked, Level, examine
from feedback.operations.errors import UpgradeStuck
from feedback.operations.finish import catch_up
from feedback.operations.school import School, open_school
from feedback.privacy.keys import Keystore
from tests.factories import NOW, a_round

TODAY = NOW.date()


def _find(school: School) -> dict[str, Level]:
    """The worst that is said about each thing."""
    order = list(Level)
    found: dict[str, Level] = {}
    for row in examine(school, Asked({}), now=NOW, today=TODAY):
        found[row.about] = max(found.get(row.about, Level.OK), row.level, key=order.index)
    return found


@pytest.fixture
def school_at_work(school: School, settings: Settings) -> School:
    """A school whose worker has done today's chores, with a secret of its own."""
    own = replace(settings, secret="kq3Jx0pVb7Lw9sZt2Yc5Rm8Nd4Hf6Ga1", public_address="https://voice.school.example")
    ours = School(own, school.engine, school.keystore)
    a_round(ours, title="Class 2B")
    catch_up(ours, now=NOW, today=TODAY, run=lambda *_command: True, said=list[str]().append)
    return ours


def test_a_school_at_work_has_nothing_wrong(school_at_work: School) -> None:
    found = _find(school_at_work)
    assert Level.WRONG not in found.values(), found
    assert found["one disk"] is Level.LOOK


def _set(school: School, change: object) -> None:
    with Session(school.engine) as session, session.begin():
        session.execute(change)  # type: ignore[call-overload]  # any statement


def _break_chain(school: School) -> None:
    _set(school, update(AuditEntry).values(account="nobody"))


def _lose_keys(school: School) -> None:
    with Session(school.engine) as session:
        for round_ in session.query(Round):
            school.keystore.destroy_round_keys(round_.id)


def _stop_worker(school: School) -> None:
    _set(school, update(Chore).where(Chore.name.in_(("shake", "purge"))).values(done_on=TODAY - timedelta(days=3)))


def _leap(school: School) -> None:
    _set(school, update(Chore).where(Chore.name == "clock").values(done_on=TODAY - timedelta(days=400)))


def _leave_uncounted(school: School) -> None:
    _set(school, update(Round).values(opens_at=NOW - timedelta(days=9), closes_at=NOW - timedelta(days=2)))


def _give_up_report(school: School) -> None:
    with Session(school.engine) as session, session.begin():
        session.add(ReportRequest(round_id=session.query(Round.id).scalar(), language="en", tries=3))


def _tear_ledger(school: School) -> None:
    with (school.settings.keystore / "ledger").open("a", encoding="utf-8") as ledger:
        ledger.write('{"what": "cou')


def _open_folder(school: School) -> None:
    school.settings.keystore.chmod(0o755)


def _delete_backups(school: School) -> None:
    for path in school.settings.backup_folder.iterdir():
        path.unlink()


def _spoil_backup(school: School) -> None:
    next(school.settings.backup_folder.iterdir()).write_bytes(b"spoilt")


def _go_back(school: School) -> None:
    migrations.downgrade(school.engine, "0001")


@pytest.mark.parametrize(
    ("happens", "about", "level"),
    [
        (_break_chain, "audit chain", Level.WRONG),
        (_lose_keys, "keys", Level.WRONG),
        (_stop_worker, "shake", Level.WRONG),
        (_stop_worker, "purge", Level.WRONG),
        (_leap, "clock", Level.WRONG),
        (_leave_uncounted, "waiting", Level.WRONG),
        (_give_up_report, "reports", Level.LOOK),
        (_tear_ledger, "ledger", Level.LOOK),
        (_open_folder, "file modes", Level.WRONG),
        (_delete_backups, "backup", Level.WRONG),
        (_spoil_backup, "bad backups", Level.WRONG),
        (_go_back, "migrations", Level.WRONG),
    ],
)
def test_what_happens_to_a_school_is_found(
    school_at_work: School, happens: Callable[[School], None], about: str, level: Level
) -> None:
    happens(school_at_work)
    assert _find(school_at_work)[about] is level


def _type(school: School, *words: str) -> Result:
    environ = {
        "VOICEBOX_SECRET": school.settings.secret,
        "VOICEBOX_INSTANCE": str(school.settings.instance),
        "VOICEBOX_DATABASE_URL": school.settings.database_url,
        "VOICEBOX_PUBLIC_ADDRESS": school.settings.public_address,
    }
    school.engine.dispose()
    opened: list[School] = []

    def open_and_remember(settings: Settings) -> School:
        opened.append(open_school(settings))
        return opened[-1]

    # A command's process ends, and lets go of the database.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, "open_school", open_and_remember)
        done = CliRunner(env=environ).invoke(voicebox, words, obj=Place(_no_app))
    for one in opened:
        one.engine.dispose()
    return done


def _no_app(_settings: Settings) -> Flask:
    raise AssertionError("these commands render nothing")


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line lives on the same day as the school."""
    for module in (backup_commands, doctor_commands):
        monkeypatch.setattr(module, "now_utc", lambda: NOW)
        monkeypatch.setattr(module, "today", lambda _school: TODAY)


def test_the_doctor_says_what_to_do_and_ends_with_1_if_anything_is_wrong(school_at_work: School) -> None:
    well = _type(school_at_work, "doctor")
    assert (well.exit_code, "0 wrong." in well.output) == (0, True), well.output
    _delete_backups(school_at_work)
    ill = _type(school_at_work, "doctor")
    assert (ill.exit_code, "1 wrong." in ill.output) == (1, True)
    assert "wrong  backup: There is no backup.\n       → Run: voicebox backup\n" in ill.output


def test_backing_up_restoring_and_upgrading_are_told_in_words(school_at_work: School, tmp_path: Path) -> None:
    made = _type(school_at_work, "backup", "--to", str(tmp_path / "usb"))
    file = made.output.splitlines()[0]
    assert (made.exit_code, file) == (0, str(tmp_path / "usb" / "voicebox-2026-11-23-1.backup"))
    assert "It is over on 2026-12-07." in made.output
    restored = _type(school_at_work, "restore", file)
    assert (restored.exit_code, "as it was on 2026-11-23" in restored.output) == (0, True), restored.output
    (tmp_path / "letter").write_text("Dear school", encoding="utf-8")
    refused = _type(school_at_work, "restore", str(tmp_path / "letter"))
    assert (refused.exit_code, "Nothing was changed. letter cannot be restored" in refused.output) == (1, True)
    assert "up to date (" in _type(school_at_work, "upgrade").output
    assert "Today is 2026-11-23." in _type(school_at_work, "clock-is-right").output


def test_an_upgrade_that_fails_ends_with_1_and_says_that_it_was_undone(
    school_at_work: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations.downgrade(school_at_work.engine, "0001")
    found = iter([frozenset[str](), frozenset({"database"})])
    monkeypatch.setattr(backup_commands, "wrong_in", lambda _school: next(found))
    failed = _type(school_at_work, "upgrade")
    assert (failed.exit_code, "the backup was put back" in failed.output) == (1, True), failed.output
    assert migrations.version_of(school_at_work.engine) == "0001_first_tables"


def test_an_upgrade_that_is_stuck_ends_with_3_and_claims_nothing_else(
    school_at_work: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stick(*_school: School, **_facts: object) -> None:
        raise UpgradeStuck("The database may be changed.")

    monkeypatch.setattr(backup_commands, "upgrade", stick)
    failed = _type(school_at_work, "upgrade")
    assert (failed.exit_code, failed.output) == (3, "Error: The database may be changed.\n")


def test_slips_that_were_printed_after_the_backup_are_told_of(school_at_work: School) -> None:
    file = _type(school_at_work, "backup").output.splitlines()[0]
    assert "Slips of" not in _type(school_at_work, "restore", file).output
    a_round(school_at_work, title="Class 3A", slips=True)
    file = _type(school_at_work, "backup").output.splitlines()[0]
    told = _type(school_at_work, "restore", file).output
    assert "Slips of “Class 3A” that were printed after the backup are not known any more" in told


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (lambda keystore: keystore.keeper.set_passphrase("five random words are long"), "officer's passphrase"),
        (lambda keystore: keystore.folder.joinpath("keeper").rename(keystore.folder / "away"), "keeper's key is away"),
        (lambda _keystore: None, "not counted"),
    ],
    ids=["passphrase", "keeper away", "nothing"],
)
def test_a_round_that_waits_is_told_with_what_for_and_until_when(
    school_at_work: School, happens: Callable[[Keystore], None], told: str
) -> None:
    _leave_uncounted(school_at_work)
    happens(school_at_work.keystore)
    (row,) = [row for row in examine(school_at_work, Asked({}), now=NOW, today=TODAY) if row.about == "waiting"]
    assert told in row.said
    # It closed on 21 November, and 60 days are given.
    assert "“Class 2B” until 2027-01-20" in row.said
