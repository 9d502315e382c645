"""Keys lie outside the database, for their owner only, and are gone when they are destroyed."""

import os
import stat
from pathlib import Path

import pytest

from feedback.config import NotConfigured, check_keystore
from feedback.privacy.keys import KeyGone, Keystore

ROUND = "a" * 32


@pytest.fixture
def keystore(tmp_path: Path) -> Keystore:
    made = Keystore(tmp_path / "keystore")
    made.make_round_keys(ROUND)
    return made


def _modes(keystore: Keystore) -> dict[str, int]:
    paths = [keystore.folder, *keystore.folder.rglob("*")]
    return {str(path.relative_to(keystore.folder)): stat.S_IMODE(path.stat().st_mode) for path in paths}


def test_nobody_else_on_the_machine_can_read_a_key(keystore: Keystore) -> None:
    keystore.note("counted", round=ROUND)
    keystore.keeper.set_passphrase("a good long passphrase")
    paths = [keystore.folder, *keystore.folder.rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o700}
    check_keystore(keystore.folder)


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_pages_and_worker_share_everything_but_the_keeper(tmp_path: Path, umask: int) -> None:
    keystore = Keystore(tmp_path / "keystore")
    keystore.folder.mkdir()
    keystore.folder.chmod(0o2770)
    before = os.umask(umask)
    try:
        keystore.make_round_keys(ROUND)
        keystore.note("counted", round=ROUND)
        keystore.keeper.set_passphrase("a good long passphrase")
    finally:
        os.umask(before)
    modes = _modes(keystore)
    assert {name: modes.pop(name) for name in ("keeper", "keeper/keeper.key")} == {
        "keeper": 0o700,
        "keeper/keeper.key": 0o600,
    }
    assert {name: mode for name, mode in modes.items() if mode != 0o660} == {
        ".": 0o2770,
        "rounds": 0o2770,
        f"rounds/{ROUND}": 0o2770,
    }
    check_keystore(keystore.folder)


@pytest.mark.parametrize(
    ("shared", "path", "mode", "cure"),
    [
        (False, "ledger", 0o640, "chmod -R go-rwx {}"),
        (False, "rounds", 0o755, "chmod -R go-rwx {}"),
        (True, "ledger", 0o664, "chmod -R o-rwx {}"),
        (True, "keeper", 0o750, "chmod -R go-rwx {}/keeper"),
        (True, "keeper/keeper.key", 0o640, "chmod -R go-rwx {}/keeper"),
    ],
)
def test_a_keystore_that_is_too_open_stops_the_start_and_names_the_cure(
    tmp_path: Path, shared: bool, path: str, mode: int, cure: str
) -> None:
    keystore = Keystore(tmp_path / "keystore")
    keystore.folder.mkdir()
    keystore.folder.chmod(0o2770 if shared else 0o700)
    keystore.make_round_keys(ROUND)
    keystore.note("counted", round=ROUND)
    check_keystore(keystore.folder)
    (keystore.folder / path).chmod(mode)
    with pytest.raises(NotConfigured) as refused:
        check_keystore(keystore.folder)
    assert str(keystore.folder / path) in str(refused.value)
    assert cure.format(keystore.folder) in str(refused.value)


def test_making_keys_twice_changes_none(keystore: Keystore) -> None:
    before = keystore.pepper(ROUND), keystore.data_key(ROUND)
    keystore.make_round_keys(ROUND)
    assert (keystore.pepper(ROUND), keystore.data_key(ROUND)) == before


def test_a_destroyed_box_key_is_gone_and_the_rest_stays(keystore: Keystore) -> None:
    keystore.destroy_box_key(ROUND)
    keystore.destroy_box_key(ROUND)
    assert not keystore.has_box_key(ROUND)
    with pytest.raises(KeyGone):
        keystore.box_key(ROUND)
    assert len(keystore.data_key(ROUND)) == 32


def test_the_ledger_keeps_its_order_and_passes_over_a_torn_line(keystore: Keystore) -> None:
    keystore.note("counted", round=ROUND)
    with (keystore.folder / "ledger").open("a", encoding="utf-8") as file:
        file.write('{"what": "cou')
    assert list(keystore.ledger()) == [{"round": ROUND, "what": "counted"}]


def test_a_line_after_a_torn_one_is_still_read(keystore: Keystore) -> None:
    with (keystore.folder / "ledger").open("w", encoding="utf-8") as file:
        file.write('{"what": "cou')
    keystore.note("counted", round=ROUND)
    assert list(keystore.ledger()) == [{"round": ROUND, "what": "counted"}]


def test_a_destroyed_key_is_overwritten_before_its_name_goes(keystore: Keystore, tmp_path: Path) -> None:
    path = keystore.folder / "rounds" / ROUND / "box.key"
    kept, body = tmp_path / "another name for the same bytes", path.read_bytes()
    kept.hardlink_to(path)
    keystore.destroy_box_key(ROUND)
    assert (path.exists(), kept.stat().st_size, kept.read_bytes() == body) == (False, len(body), False)
