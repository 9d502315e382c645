"""The doctor sees what is wrong, each check with the same thing done right beside it."""

import stat
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from feedback.operations.doctor import Level, Row, machine, records
from feedback.operations.doctor.records import BackupFacts, LateRound
from feedback.privacy.audit import How, Wrong

TODAY = date(2026, 11, 23)
GOOD_BACKUPS = BackupFacts(newest_on=TODAY, on_the_same_disk=False)
FOLDER, FILE, ENV = stat.S_IFDIR, stat.S_IFREG, Path("/etc/voicebox/voicebox.env")
HOME = Path("/srv/voicebox")
UNIT = "[Service]\nLimitCORE=0\n"
SWAPS = "Filename Type Size Used Priority\n/dev/{} partition 1 0 -2\n"


@pytest.mark.parametrize(
    ("row", "level"),
    [
        (machine.check_secret("kq3Jx0pVb7Lw9sZt2Yc5Rm8Nd4Hf6Ga1"), Level.OK),
        (machine.check_secret("a secret only for tests 0123456789 abcdefghijklm"), Level.WRONG),
        (machine.check_secret("kq3Jx0pVb7Lw9sZt2Yc5Rm8Nd4Hf6Ga"), Level.WRONG),
        (machine.check_debug({"FLASK_DEBUG": "0"}), Level.OK),
        (machine.check_debug({"FLASK_DEBUG": "1"}), Level.WRONG),
        (machine.check_debug({"PYTHONDEVMODE": "1"}), Level.WRONG),
        (machine.check_address("https://voice.school.example"), Level.OK),
        (machine.check_address("http://localhost:8080"), Level.LOOK),
        (machine.check_address("http://127.0.0.1:8080"), Level.LOOK),
        (machine.check_address("http://localhost.school.example"), Level.WRONG),
        (machine.check_address("http://192.168.1.5"), Level.WRONG),
        (machine.check_hosts("voice.school.example", ("10.0.0.5",)), Level.OK),
        (machine.check_hosts("localhost", ("127.0.0.1",)), Level.OK),
        (machine.check_hosts("voice.school.example", ("127.0.0.1",)), Level.LOOK),
        (machine.check_space(4 * 1024**3, HOME), Level.OK),
        (machine.check_space(1024**3, HOME), Level.LOOK),
        (machine.check_space(200 * 1024**2, HOME), Level.WRONG),
        (machine.check_swap("", frozenset()), Level.OK),
        (machine.check_swap(SWAPS.format("sda2"), frozenset()), Level.LOOK),
        (machine.check_swap(SWAPS.format("dm-1"), frozenset()), Level.LOOK),
        (machine.check_swap(SWAPS.format("dm-1"), frozenset({"/dev/dm-1"})), Level.OK),
        (machine.check_swap(SWAPS.format("zram0"), frozenset()), Level.OK),
        (machine.check_core_dumps(0, {}), Level.OK),
        (machine.check_core_dumps(-1, {}), Level.LOOK),
        (machine.check_core_dumps(-1, {"voicebox-web.service": UNIT}), Level.OK),
        (machine.check_core_dumps(0, {"voicebox-web.service": "[Service]\n#LimitCORE=0\n"}), Level.WRONG),
        (machine.check_journal(True, 0), Level.OK),
        (machine.check_journal(True, 2), Level.WRONG),
        (machine.check_journal(False, 0), Level.LOOK),
        (machine.check_clock(True, TODAY, TODAY), Level.OK),
        (machine.check_clock(False, TODAY, TODAY), Level.WRONG),
        (machine.check_time_zone("Europe/Lisbon"), Level.OK),
        (machine.check_time_zone("UTC"), Level.LOOK),
        (records.check_version("0002", is_current=True), Level.OK),
        (records.check_version("0001", is_current=False), Level.WRONG),
        (records.check_whole(["ok"]), Level.OK),
        (records.check_whole(["row 3 missing from index"]), Level.WRONG),
        (records.check_audit(None), Level.OK),
        (records.check_audit(Wrong(3, How.CHANGED)), Level.WRONG),
        (records.check_log_size(4096), Level.OK),
        (records.check_log_size(65 * 1024**2), Level.LOOK),
        (records.check_chore("shake", "Shaking", TODAY, TODAY), Level.OK),
        (records.check_chore("shake", "Shaking", TODAY - timedelta(days=1), TODAY), Level.OK),
        (records.check_chore("shake", "Shaking", TODAY - timedelta(days=2), TODAY), Level.WRONG),
        (records.check_chore("shake", "Shaking", TODAY + timedelta(days=1), TODAY), Level.WRONG),
        (records.check_chore("shake", "Shaking", None, TODAY), Level.WRONG),
        (records.check_restore(is_half_done=False), Level.OK),
        (records.check_restore(is_half_done=True), Level.WRONG),
        (records.check_waiting([], "nothing"), Level.OK),
        (records.check_waiting([LateRound("Class 2B", TODAY)], "passphrase"), Level.LOOK),
        (records.check_waiting([LateRound("Class 2B", TODAY)], "keeper"), Level.LOOK),
        (records.check_waiting([LateRound("Class 2B", TODAY)], "nothing"), Level.WRONG),
        (records.check_reports(0), Level.OK),
        (records.check_reports(1), Level.LOOK),
        (records.check_keys([]), Level.OK),
        (records.check_keys(["Class 2B"]), Level.WRONG),
        (records.check_only_copies([], "/srv"), Level.OK),
        (records.check_only_copies(["Class 2B"], "/srv"), Level.LOOK),
        (records.check_ledger(3, 0), Level.OK),
        (records.check_ledger(3, 1), Level.LOOK),
    ],
)
def test_each_check_tells_right_from_wrong_and_what_to_do(row: Row, level: Level) -> None:
    assert row.level is level
    assert row.said.endswith(".")
    assert bool(row.to_do) is (level is not Level.OK)


@pytest.mark.parametrize(
    ("modes", "is_open"),
    [
        ({HOME: FOLDER | 0o700}, False),
        ({HOME: FOLDER | 0o755, HOME / "voicebox.db": FILE | 0o600}, True),
        ({HOME: FOLDER | 0o700, HOME / "keystore": FOLDER | 0o750}, True),
        ({ENV: FILE | 0o640}, False),
        ({ENV: FILE | 0o644}, True),
        ({HOME: FOLDER | 0o2770, HOME / "voicebox.db": FILE | 0o660}, False),
        ({HOME: FOLDER | 0o2770, HOME / "voicebox.db": FILE | 0o664}, True),
        ({HOME: FOLDER | 0o2775}, True),
    ],
)
def test_files_are_closed_to_everybody_but_the_service(modes: dict[Path, int], is_open: bool) -> None:
    rows = machine.check_modes(modes)
    assert {row.level for row in rows} == {Level.WRONG if is_open else Level.OK}
    assert all(row.to_do.startswith("Run: chmod ") for row in rows if is_open)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (GOOD_BACKUPS, {"backup": Level.OK}),
        (replace(GOOD_BACKUPS, newest_on=None), {"backup": Level.WRONG}),
        (replace(GOOD_BACKUPS, newest_on=TODAY - timedelta(days=1)), {"backup": Level.OK}),
        (replace(GOOD_BACKUPS, newest_on=TODAY - timedelta(days=2)), {"backup": Level.WRONG}),
        (replace(GOOD_BACKUPS, newest_on=TODAY + timedelta(days=2)), {"backup": Level.WRONG}),
        (replace(GOOD_BACKUPS, over=1), {"backup": Level.OK, "old backups": Level.WRONG}),
        (replace(GOOD_BACKUPS, unreadable=1), {"backup": Level.OK, "bad backups": Level.WRONG}),
        (replace(GOOD_BACKUPS, with_the_keys=True), {"backup": Level.OK, "keys apart": Level.WRONG}),
        (replace(GOOD_BACKUPS, on_the_same_disk=True), {"backup": Level.OK, "backups apart": Level.LOOK}),
    ],
)
def test_backups_are_of_yesterday_readable_not_over_and_elsewhere(facts: BackupFacts, found: dict[str, Level]) -> None:
    assert {row.about: row.level for row in records.check_backups(facts, TODAY)} == found
