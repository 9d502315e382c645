"""R12: every version that a school may still have is brought to this one, or stays exactly as it was."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import People
from feedback import migrations
from feedback.config import Settings
from feedback.models import AuditEntry, Envelope, Round, Tally
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.backup import backups_in
from feedback.operations.counting.comments import open_comments
from feedback.operations.doctor import wrong_in
from feedback.operations.errors import BackupRefused, UpgradeFailed, UpgradeStuck
from feedback.operations.finish import finish_round
from feedback.operations.pilots.life import approve, waiting_for_approval
from feedback.operations.restoring.restore import restore
from feedback.operations.restoring.upgrade import Upgraded, upgrade
from feedback.operations.results.read_release import latest
from feedback.operations.rounds.course import open_round, round_for, round_id_of
from feedback.operations.rounds.form_approvals import approve_of_round
from feedback.operations.rules import Choice, choose_rules
from feedback.operations.school import School, open_school
from feedback.privacy.receipts import new_form_key
from tests.factories import NOW, a_staff_member
from tests.feedback.old_versions import unpack
from tests.feedback.old_versions.keep import SECRET, keep
from tests.signed import sign_usual

OLD_VERSIONS = sorted((Path(__file__).parents[2] / "old_versions").glob("*.tar.xz"))
TODAY = NOW.date()


@dataclass(frozen=True)
class Old:
    """A school as an earlier version left it. `facts` are `form_key` and `receipt` of one envelope of OLD002."""

    school: School
    facts: dict[str, str]

    def round_id(self, code: str) -> str:
        return round_id_of(self.school, code)


@pytest.fixture(params=OLD_VERSIONS, ids=lambda path: path.name.removesuffix(".tar.xz"))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Old]:
    opened = _unpacked(request.param, tmp_path)
    yield opened
    opened.school.engine.dispose()


def _unpacked(file: Path, folder: Path) -> Old:
    unpack(file, folder)
    for path in (folder / "keystore").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    settings = Settings(SECRET, folder, folder / "keystore", f"sqlite:///{folder / 'voicebox.db'}")
    return Old(open_school(settings), json.loads((folder / "facts.json").read_text(encoding="utf-8")))


def _upgrade(old: Old, find_wrong: Callable[[School], frozenset[str]] = wrong_in) -> Upgraded:
    return upgrade(old.school, today=TODAY, now=NOW, account="console", find_wrong=find_wrong)


def _contents(school: School) -> list[str]:
    """Everything that is in the database, as SQL."""
    school.engine.dispose()
    with closing(sqlite3.connect(str(school.engine.url.database))) as connection:
        return list(connection.iterdump())


def test_versions_are_kept() -> None:
    assert OLD_VERSIONS


def test_an_old_school_is_brought_to_this_version_with_a_backup_of_before(old: Old) -> None:
    done = _upgrade(old)
    assert (done.before, migrations.is_current(old.school.engine)) == (old.facts["version"], True)
    assert migrations.differences(old.school.engine) == []
    assert wrong_in(old.school) == frozenset()
    (kept,) = backups_in(old.school.settings.backup_folder)
    assert (kept.file, kept.header and kept.header.version) == (done.backup, old.facts["version"])
    with Session(old.school.engine) as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "upgraded")).one()
    assert entry.facts == {"before": done.before, "after": done.after}
    assert _upgrade(old).backup is None


def test_its_open_round_takes_answers_again_and_is_counted(old: Old) -> None:
    _upgrade(old)
    asked = open_for_answers(old.school, "OLD002", "en", now=NOW)
    assert _envelopes(old) == 12
    receipt = accept(old.school, asked, old.facts["form_key"], {"again": "yes"}, now=NOW).receipt
    assert (receipt, _envelopes(old)) == (old.facts["receipt"], 12)
    accept(old.school, asked, new_form_key(), {"again": "maybe"}, now=NOW)
    assert _envelopes(old) == 13
    round_id = old.round_id("OLD002")
    with Session(old.school.engine) as session, session.begin():
        session.get_one(Round, round_id).state = "closed"
    assert finish_round(old.school, round_id, today=TODAY)
    with Session(old.school.engine) as session:
        cells = session.scalars(select(Tally).where(Tally.round_id == round_id, Tally.question == "again"))
        assert {tally.cell: tally.people for tally in cells} == {"": 13, "yes": 7, "maybe": 1, "no": 5}


def test_its_results_and_comments_are_read_and_its_draft_can_be_opened(old: Old) -> None:
    _upgrade(old)
    lead = a_staff_member(old.school, "lead", account="a.new.lead")
    release = latest(old.school, lead, old.round_id("OLD001"))
    assert isinstance(release.summary.people, People)
    with Session(old.school.engine) as session:
        assert len(list(open_comments(old.school, session, old.round_id("OLD001")))) >= 10
    # A pilot that nobody was asked about waits for a second person's yes, which there was not in its time.
    officer = a_staff_member(old.school, "officer", account="an.officer")
    for pilot in waiting_for_approval(old.school, officer):
        approve(old.school, officer, pilot.id, now=NOW)
    # Nor had anybody signed a language.
    sign_usual(old.school.engine, round_for(old.school, lead, old.round_id("OLD003")).instrument)
    # Nor was there a school year's yes.
    choose_rules(old.school, officer, Choice("england"), now=NOW)
    approve_of_round(old.school, officer, old.round_id("OLD003"), now=NOW)
    open_round(old.school, lead, old.round_id("OLD003"), now=NOW)
    assert open_for_answers(old.school, "OLD003", "en", now=NOW)


def test_a_migration_that_fails_half_way_leaves_everything_as_it_was(old: Old, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _contents(old.school)

    def fail_half_way(engine: object) -> None:
        with old.school.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE tally")
        raise RuntimeError(engine)

    monkeypatch.setattr(migrations, "upgrade", fail_half_way)
    with pytest.raises(UpgradeFailed, match="RuntimeError") as failed:
        _upgrade(old)
    assert failed.value.restored
    assert _contents(old.school) == before
    monkeypatch.undo()
    _upgrade(old)
    assert _envelopes(old) == 12


def test_what_the_doctor_newly_finds_wrong_undoes_it_and_what_was_wrong_before_does_not(old: Old) -> None:
    before = _contents(old.school)
    found = iter([frozenset({"audit chain"}), frozenset({"audit chain", "database"})])
    with pytest.raises(UpgradeFailed, match="was wrong: database"):
        _upgrade(old, lambda _school: next(found))
    assert _contents(old.school) == before
    assert _upgrade(old, lambda _school: frozenset({"audit chain"})).backup is not None


def test_an_upgrade_that_cannot_be_undone_does_not_say_that_nothing_was_changed(old: Old) -> None:
    serving, found = open_school(old.school.settings), iter([frozenset[str](), frozenset({"database"})])

    def find(_school: School) -> frozenset[str]:
        wrong = next(found)
        if wrong:
            # The service was started again meanwhile.
            assert _envelopes(Old(serving, {})) == 12
        return wrong

    with pytest.raises(UpgradeStuck, match=r"may be changed.*\n.*run: voicebox restore") as stuck:
        _upgrade(old, find)
    (kept,) = backups_in(old.school.settings.backup_folder)
    assert (stuck.value.restored, str(kept.file) in str(stuck.value)) == (False, True)
    serving.engine.dispose()
    restore(old.school, kept.file, today=TODAY, now=NOW, account="console")
    assert (_envelopes(old), migrations.is_current(old.school.engine)) == (12, True)


def test_a_service_that_still_runs_is_told_to_stop_first(old: Old) -> None:
    serving = open_school(old.school.settings)
    assert _envelopes(Old(serving, {})) == 12
    with pytest.raises(BackupRefused, match="systemctl stop"):
        _upgrade(old)
    assert migrations.version_of(old.school.engine) == old.facts["version"]
    serving.engine.dispose()


def test_a_database_of_a_newer_voicebox_is_left_alone(old: Old) -> None:
    with old.school.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0099_later'")
    with pytest.raises(UpgradeFailed, match="0099_later") as failed:
        _upgrade(old)
    assert not failed.value.restored


def test_a_new_installation_gets_its_tables_without_a_backup(school: School) -> None:
    migrations.downgrade(school.engine, "base")
    with school.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    assert _upgrade(Old(school, {})).backup is None
    assert migrations.is_current(school.engine)


def _envelopes(old: Old) -> int:
    with Session(old.school.engine) as session:
        return len(session.execute(select(Envelope.id).where(Envelope.round_id == _id_of(session))).all())


def _id_of(session: Session) -> str:
    # By columns, for an earlier version's rounds have fewer of them.
    return session.execute(select(Round.id).where(Round.code == "OLD002")).scalar_one()


def test_the_version_of_today_can_be_kept_for_the_versions_to_come(tmp_path: Path) -> None:
    kept = keep(tmp_path)
    (tmp_path / "there").mkdir()
    there = _unpacked(kept, tmp_path / "there")
    assert _envelopes(there) == 12
    assert wrong_in(there.school) == frozenset()
    assert _upgrade(there).backup is None
    there.school.engine.dispose()
