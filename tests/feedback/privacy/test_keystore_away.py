"""A key that is away is told apart from one that is lost, and nothing is read while it is being overwritten."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from feedback.privacy.keeper import KeeperAway
from feedback.privacy.key_files import KeyFiles
from feedback.privacy.keys import KeyGone, Keystore

ROUND, OTHER = "a" * 32, "b" * 32
PASSPHRASE, ANOTHER = "five words drawn by chance", "another good passphrase"
NOTED = 300


@pytest.fixture
def keystore(tmp_path: Path) -> Keystore:
    made = Keystore(tmp_path / "keystore")
    made.make_round_keys(ROUND)
    return made


def _lose_keeper(keystore: Keystore) -> None:
    (keystore.folder / "keeper.public").unlink()
    shutil.rmtree(keystore.folder / "keeper")


def test_no_new_keeper_is_made_while_a_box_is_sealed_to_another(keystore: Keystore) -> None:
    _lose_keeper(keystore)
    with pytest.raises(KeeperAway):
        keystore.keeper.make()
    with pytest.raises(KeeperAway):
        keystore.make_round_keys(OTHER)
    # The start goes on without it: open rounds take answers.
    keystore.bring_up_to_date()
    assert not (keystore.folder / "keeper").exists()
    assert keystore.public_key(ROUND)
    # The control: where nothing is sealed to the one that was, a new one is made.
    keystore.destroy_box_keys(ROUND)
    keystore.bring_up_to_date()
    keystore.make_round_keys(OTHER)
    assert keystore.box_key(OTHER)


def test_a_box_sealed_to_another_keeper_waits_for_it(keystore: Keystore, tmp_path: Path) -> None:
    other = Keystore(tmp_path / "other")
    other.make_round_keys(ROUND)
    for name in ("keeper.public", "keeper/keeper.key"):
        shutil.copy(keystore.folder / name, tmp_path / Path(name).name)
        shutil.copy(other.folder / name, keystore.folder / name)
    with pytest.raises(KeeperAway):
        keystore.box_key(ROUND)
    shutil.copy(tmp_path / "keeper.key", keystore.folder / "keeper" / "keeper.key")
    assert keystore.box_key(ROUND)


def _nothing(_keystore: Keystore) -> None:
    pass


def _counted(keystore: Keystore) -> None:
    keystore.note("counted", round=ROUND)


def _purged(keystore: Keystore) -> None:
    keystore.note("box purged", round=ROUND)


def _withdrawn(keystore: Keystore) -> None:
    keystore.note("withdrawn", round=ROUND, envelope="e")


@pytest.mark.parametrize(
    ("before", "told"), [(_nothing, KeeperAway), (_withdrawn, KeeperAway), (_counted, KeyGone), (_purged, KeyGone)]
)
def test_a_round_whose_folder_is_not_there_is_over_only_if_the_ledger_says_so(
    keystore: Keystore, before: Callable[[Keystore], None], told: type[Exception]
) -> None:
    before(keystore)
    (keystore.folder / "rounds").rename(keystore.folder / "not mounted")
    with pytest.raises(told):
        keystore.box_key(ROUND)


def test_asking_a_keystore_that_is_not_there_makes_nothing_in_its_place(tmp_path: Path) -> None:
    keystore = Keystore(tmp_path / "not mounted")
    with pytest.raises(KeeperAway):
        keystore.box_key(ROUND)
    assert (list(keystore.ledger()), keystore.folder.exists()) == ([], False)


def _fewest_read(keystore: Keystore, tidied: int) -> int:
    """The fewest entries that somebody read while the ledger was tidied this many times."""
    for number in range(NOTED):
        keystore.note("withdrawn", round=ROUND, envelope=f"{number:064x}")
    fewest, is_over = [NOTED], threading.Event()

    def read() -> None:
        while not is_over.is_set():
            fewest.append(sum(1 for _ in keystore.ledger()))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(tidied):
        keystore.note("withdrawn", round=ROUND, envelope=f"{tidied - number + NOTED:064x}")
        keystore.tidy_ledger()
    is_over.set()
    reader.join()
    return min(fewest)


def test_nobody_reads_the_ledger_while_it_is_overwritten(keystore: Keystore) -> None:
    assert _fewest_read(keystore, 20) == NOTED


def test_it_is_the_lock_that_keeps_readers_out(keystore: Keystore, monkeypatch: pytest.MonkeyPatch) -> None:
    for envelope in "ba":
        keystore.note("withdrawn", round=ROUND, envelope=envelope)

    def without_lock(_files: KeyFiles, path: Path) -> bytes:
        with path.open("rb") as opened:
            keystore.tidy_ledger()
            return opened.read()

    # The negative control: without the lock the ledger can be tidied between opening and reading it.
    with monkeypatch.context() as patched:
        patched.setattr(KeyFiles, "read", without_lock)
        assert list(keystore.ledger()) == []
    read: list[dict[str, object]] = []
    asking = threading.Thread(target=lambda: read.extend(keystore.ledger()))
    with keystore.keeper.files.locked():
        asking.start()
        asking.join(0.2)
        assert asking.is_alive()
    asking.join()
    assert [entry["envelope"] for entry in read] == ["a", "b"]


def test_the_pages_find_a_right_passphrase_while_another_is_set(keystore: Keystore) -> None:
    keystore.keeper.set_passphrase(PASSPHRASE)
    found: list[bool] = []
    changing = threading.Thread(target=lambda: keystore.keeper.set_passphrase(ANOTHER, old=PASSPHRASE))
    changing.start()
    while changing.is_alive():
        found.append(keystore.keeper.is_passphrase(PASSPHRASE) or keystore.keeper.is_passphrase(ANOTHER))
    changing.join()
    assert all(found)
    assert keystore.keeper.is_passphrase(ANOTHER)


def test_a_new_keeper_leaves_no_box_key_behind_and_opens_new_rounds(keystore: Keystore) -> None:
    keystore.keeper.set_passphrase(PASSPHRASE)
    with pytest.raises(KeeperAway):
        keystore.keeper.renew()
    keystore.renew_keeper()
    assert (keystore.has_passphrase, keystore.has_box_key(ROUND)) == (False, False)
    keystore.make_round_keys(ROUND)
    assert keystore.box_key(ROUND)
