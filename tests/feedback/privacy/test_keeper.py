"""Who opens a round cannot open its box; with a passphrase nobody can without the privacy officer."""

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedback.config import check_keystore
from feedback.privacy.box import Box, open_envelope, seal, write_private
from feedback.privacy.handover import HandoverBroken, WorkerAway, WorkerKey, hand_over
from feedback.privacy.keeper import KeeperAway, PassphraseNeeded, PassphraseWeak, PassphraseWrong
from feedback.privacy.keys import Keystore
from tests.feedback.old_versions import unpack

ROUND, OTHER = "a" * 32, "b" * 32
PASSPHRASE = "five words drawn by chance"
OLD = Path(__file__).parents[1] / "old_versions" / "0001_first_tables.tar.xz"
#: Two users of this machine that are nobody in particular, and the group of both.
WORKER, PAGES, GROUP = 64001, 64002, 64003


@pytest.fixture
def keystore(tmp_path: Path) -> Keystore:
    made = Keystore(tmp_path / "keystore")
    made.make_round_keys(ROUND)
    return made


def _bytes(keystore: Keystore) -> bytes:
    return b"".join(path.read_bytes() for path in keystore.folder.rglob("*") if path.is_file())


def test_what_the_public_key_seals_the_kept_key_opens(keystore: Keystore) -> None:
    sealed = seal({"again": "yes"}, keystore.public_key(ROUND), Box(ROUND, "c" * 64))
    assert open_envelope(sealed, keystore.box_key(ROUND), Box(ROUND, "c" * 64)) == {"again": "yes"}


def test_a_box_key_lies_nowhere_in_clear(keystore: Keystore) -> None:
    secret = keystore.box_key(ROUND).private_numbers().private_value.to_bytes(32)
    assert secret not in _bytes(keystore)
    assert write_private(keystore.box_key(ROUND)) not in _bytes(keystore)
    # The control: written as the version before did, the search finds it.
    (keystore.folder / "rounds" / ROUND / "box.key").write_bytes(write_private(keystore.box_key(ROUND)))
    assert write_private(keystore.box_key(ROUND)) in _bytes(keystore)


def test_a_box_key_moved_to_another_round_opens_nothing(keystore: Keystore) -> None:
    keystore.make_round_keys(OTHER)
    rounds = keystore.folder / "rounds"
    shutil.copy(rounds / ROUND / "box.key", rounds / OTHER / "box.key")
    with pytest.raises(KeeperAway):
        keystore.box_key(OTHER)


def test_while_the_keeper_is_away_rounds_open_and_no_box_does(keystore: Keystore, tmp_path: Path) -> None:
    (keystore.folder / "keeper").rename(tmp_path / "elsewhere")
    keystore.make_round_keys(OTHER)
    with pytest.raises(KeeperAway):
        keystore.box_key(OTHER)
    keystore.bring_up_to_date()
    (tmp_path / "elsewhere").rename(keystore.folder / "keeper")
    assert keystore.box_key(OTHER)


def test_a_lost_public_half_is_made_again_from_the_private_one(keystore: Keystore) -> None:
    (keystore.folder / "keeper.public").unlink()
    keystore.bring_up_to_date()
    assert keystore.box_key(ROUND)


def test_with_a_passphrase_no_box_opens_without_it(keystore: Keystore) -> None:
    before = write_private(keystore.keeper.private())
    assert before in _bytes(keystore)
    keystore.keeper.set_passphrase(PASSPHRASE)
    assert before not in _bytes(keystore)
    assert keystore.has_passphrase
    with pytest.raises(PassphraseNeeded):
        keystore.box_key(ROUND)
    with pytest.raises(PassphraseWrong):
        keystore.box_key(ROUND, "five other words drawn by chance")
    # As another keyboard sends it, and as it is pasted.
    assert keystore.box_key(ROUND, f"{PASSPHRASE}\n")
    keystore.make_round_keys(OTHER)
    assert keystore.box_key(OTHER, PASSPHRASE)


def test_pages_check_the_passphrase_without_the_key(keystore: Keystore) -> None:
    assert not keystore.keeper.is_passphrase("")
    keystore.keeper.set_passphrase("zwölf Bäume am Fluss")
    assert keystore.keeper.is_passphrase("zwo\u0308lf Ba\u0308ume am Fluss ")
    assert not keystore.keeper.is_passphrase("zwölf bäume am fluss")


def test_a_passphrase_is_changed_and_removed_by_whoever_knows_it(keystore: Keystore) -> None:
    keystore.keeper.set_passphrase(PASSPHRASE)
    with pytest.raises(PassphraseNeeded):
        keystore.keeper.set_passphrase("another good passphrase")
    with pytest.raises(PassphraseWeak):
        keystore.keeper.set_passphrase("too short", old=PASSPHRASE)
    keystore.keeper.set_passphrase("another good passphrase", old=PASSPHRASE)
    assert not keystore.keeper.is_passphrase(PASSPHRASE)
    with pytest.raises(PassphraseWrong):
        keystore.keeper.remove_passphrase(PASSPHRASE)
    keystore.keeper.remove_passphrase("another good passphrase")
    assert (keystore.has_passphrase, keystore.box_key(ROUND) is not None) == (False, True)


@pytest.mark.parametrize("cut_before", [1, 2, 3])
def test_a_power_cut_while_the_passphrase_is_changed_locks_nobody_out(
    keystore: Keystore, monkeypatch: pytest.MonkeyPatch, cut_before: int
) -> None:
    keystore.keeper.set_passphrase(PASSPHRASE)
    files, replaced = type(keystore.keeper.files), 0
    really = files.replace

    def cut(*place: object, **how: object) -> None:
        nonlocal replaced
        replaced += 1
        if replaced == cut_before:
            raise InterruptedError
        really(*place, **how)  # type: ignore[arg-type]  # whatever it was called with

    monkeypatch.setattr(files, "replace", cut)
    with pytest.raises(InterruptedError):
        keystore.keeper.set_passphrase("another good passphrase", old=PASSPHRASE)
    monkeypatch.undo()
    keystore.bring_up_to_date()
    fitting = [each for each in (PASSPHRASE, "another good passphrase") if keystore.keeper.is_passphrase(each)]
    assert any(_opens(keystore, each) for each in fitting)


def _opens(keystore: Keystore, passphrase: str) -> bool:
    try:
        return bool(keystore.box_key(ROUND, passphrase))
    except PassphraseWrong:
        return False


def test_plain_keys_of_the_first_version_are_taken_over(tmp_path: Path) -> None:
    unpack(OLD, tmp_path)
    keystore = Keystore(tmp_path / "keystore")
    plain = {path.parent.name: path.read_bytes() for path in (tmp_path / "keystore").rglob("box.key")}
    assert len(plain) == 2
    assert {id_: write_private(keystore.box_key(id_)) for id_ in plain} == plain
    # A take-over that was cut off before the sealed key took its place.
    folder = keystore.folder / "rounds" / min(plain)
    (folder / "box.key.old").hardlink_to(folder / "box.key")
    (folder / "box.key.new").write_bytes(b"half")
    for _ in range(2):
        keystore.bring_up_to_date()
        assert {id_: write_private(keystore.box_key(id_)) for id_ in plain} == plain
        assert not any(body in _bytes(keystore) for body in plain.values())
        assert not list(keystore.folder.rglob("*.old")) + list(keystore.folder.rglob("*.new"))


@pytest.fixture
def shared() -> Iterator[Keystore]:
    """A keystore as the installer makes it for two users: the worker's, shared through a group."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    keystore = Keystore(folder / "keystore")
    keystore.folder.mkdir()
    if os.geteuid() == 0:
        os.chown(keystore.folder, WORKER, GROUP)
    keystore.folder.chmod(0o2770)
    yield keystore
    shutil.rmtree(folder)


def test_the_pages_open_rounds_and_cannot_open_their_boxes(shared: Keystore) -> None:
    assert _as(WORKER, shared.bring_up_to_date) == "done"
    assert _as(PAGES, lambda: shared.make_round_keys(ROUND)) == "done"
    assert _as(PAGES, lambda: shared.public_key(ROUND)) == "done"
    assert _as(PAGES, shared.bring_up_to_date) == "done"
    assert _as(PAGES, lambda: check_keystore(shared.folder)) == "done"
    assert _as(PAGES, lambda: shared.box_key(ROUND)) == ("KeeperAway" if os.geteuid() == 0 else "done")
    assert _as(WORKER, lambda: shared.box_key(ROUND)) == "done"
    assert _as(PAGES, lambda: shared.note("withdrawn", round=ROUND, envelope="e")) == "done"
    assert _as(WORKER, lambda: shared.tidy_ledger([ROUND])) == "done"
    assert _as(WORKER, lambda: shared.destroy_round_keys(ROUND)) == "done"
    assert (list(shared.ledger()), list((shared.folder / "rounds" / ROUND).iterdir())) == ([], [])


def test_it_is_the_keepers_folder_that_keeps_the_pages_out(shared: Keystore) -> None:
    # The negative control: once the folder is opened, so is the box.
    _as(WORKER, lambda: shared.make_round_keys(ROUND))
    (shared.folder / "keeper").chmod(0o770)
    (shared.folder / "keeper" / "keeper.key").chmod(0o660)
    assert _as(PAGES, lambda: shared.box_key(ROUND)) == "done"


def test_pages_that_come_before_the_worker_are_told_to_wait(shared: Keystore) -> None:
    if os.geteuid() == 0:
        assert _as(PAGES, lambda: shared.make_round_keys(ROUND)) == "KeeperAway"
        assert not list(shared.folder.iterdir())
    assert _as(WORKER, lambda: shared.make_round_keys(ROUND)) == "done"


def test_what_root_makes_belongs_to_the_service(shared: Keystore) -> None:
    shared.make_round_keys(ROUND)
    owner = shared.folder.stat().st_uid
    assert {path.stat().st_uid for path in shared.folder.rglob("*")} == {owner}


def _as(user: int, act: Callable[[], object]) -> str:
    """What comes of it when another user does this: "done", or the name of the error. Without root: the same user."""
    fork = multiprocessing.get_context("fork")
    told = fork.SimpleQueue()

    def become_and_act() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(GROUP)
            os.setuid(user)
        os.umask(0o077)
        try:
            act()
        except Exception as refused:  # noqa: BLE001 - whatever it is, its name is the answer
            told.put(type(refused).__name__)
        else:
            told.put("done")

    child = fork.Process(target=become_and_act)
    child.start()
    child.join()
    return str(told.get())


def test_a_passphrase_is_handed_to_this_worker_for_this_round_only(tmp_path: Path) -> None:
    with pytest.raises(WorkerAway):
        hand_over(PASSPHRASE, ROUND, tmp_path)
    worker = WorkerKey()
    worker.publish(tmp_path)
    sealed = hand_over(PASSPHRASE, ROUND, tmp_path)
    assert PASSPHRASE not in sealed
    assert worker.take(sealed, ROUND) == PASSPHRASE
    for other, round_id in ((worker, OTHER), (WorkerKey(), ROUND)):
        with pytest.raises(HandoverBroken):
            other.take(sealed, round_id)
    worker.close()
    with pytest.raises(WorkerAway):
        hand_over(PASSPHRASE, ROUND, tmp_path)
