"""Keys lie outside the database, for their owner only, and are gone when they are destroyed."""

import stat
from pathlib import Path

import pytest

from feedback.privacy.keys import KeyGone, Keystore

ROUND = "a" * 32


@pytest.fixture
def keystore(tmp_path: Path) -> Keystore:
    made = Keystore(tmp_path / "keystore")
    made.make_round_keys(ROUND)
    return made


def test_nobody_else_on_the_machine_can_read_a_key(keystore: Keystore) -> None:
    paths = [keystore.folder, *keystore.folder.rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o700}


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
