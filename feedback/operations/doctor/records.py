"""What the database, the keystore and the backups tell of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from feedback.operations.counting.reading_alarm import Alarm
from feedback.operations.doctor.row import Row, look, ok, wrong
from feedback.privacy.audit import Wrong
from feedback.privacy.retention import DAYS_UNTIL_GIVEN_UP

_LARGE_LOG = 64 * 1024**2
_A_DAY = timedelta(days=1)
_GIVEN_UP = timedelta(days=DAYS_UNTIL_GIVEN_UP)
_UPGRADE = "Run: voicebox upgrade"
_WORKER = "See whether the worker runs: systemctl status voicebox-worker, or start it: voicebox work"
_THE_END = f"A box that nobody has opened {DAYS_UNTIL_GIVEN_UP} days after its round closed is destroyed unopened."

#: What a box that closed is opened with and may be away: the officer's passphrase, the keeper's key, or nothing.
WaitsFor = Literal["passphrase", "keeper", "nothing"]


@dataclass(frozen=True, slots=True)
class LateRound:
    """A round that closed and is not counted; the day it closed on, in the school's time zone."""

    title: str
    closed_on: date


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What is known of the backups: how many, the newest one's day, and what is the matter with some."""

    newest_on: date | None
    over: int = 0
    unreadable: int = 0
    on_the_same_disk: bool = True
    with_the_keys: bool = False


def check_version(version: str | None, *, is_current: bool) -> Row:
    """Whether the database is of this version of Voicebox."""
    if not is_current:
        return wrong("migrations", f"The database is of version {version or 'none'}, not of this Voicebox.", _UPGRADE)
    return ok("migrations", f"The database is of this version ({version}).")


def check_restore(*, is_half_done: bool) -> Row:
    """Whether what stands there is the school's database, and not half a copy of it."""
    if is_half_done:
        return wrong("restore", "A restore was cut off, or goes on now.", f"If none runs any more: {_UPGRADE}")
    return ok("restore", "No restore was cut off.")


def check_floor(below: Sequence[str]) -> Row:
    """Whether every threshold is at the floor or above it; `below` are "table.column"."""
    if below:
        return wrong(
            "thresholds",
            f"Thresholds stand below the floor: {', '.join(below)}. Pages and worker do not start.",
            "Somebody changed the database by hand. Restore a backup, and tell the privacy officer.",
        )
    return ok("thresholds", "No threshold stands below the floor.")


def check_whole(said: Sequence[str]) -> Row:
    """Whether the database's file is whole; `said` is what PRAGMA integrity_check did."""
    if list(said) != ["ok"]:
        return wrong(
            "database",
            "The database's file is damaged.",
            "Stop the service and restore the newest backup: voicebox restore",
        )
    return ok("database", "The database's file is whole.")


def check_audit(first: Wrong | None) -> Row:
    """Whether the list of what staff did is as it was written, and as it was published."""
    if first is None:
        return ok("audit chain", "The list of what staff did is unbroken, and fits every head that was published.")
    return wrong(
        "audit chain",
        first.told,
        "Tell the privacy officer. Keep this database, and compare it with the backups: voicebox verify",
    )


def check_log_size(size: int) -> Row:
    """Whether deleted bytes wait in a write-ahead log of this many bytes."""
    if size > _LARGE_LOG:
        return look(
            "write-ahead log",
            f"It has {size // 1024**2} MB: somebody has been reading for long, and deleted bytes may be in it.",
            "Restart the service, then run: voicebox shake",
        )
    return ok("write-ahead log", "It is short.")


def check_chore(name: str, what: str, done_on: date | None, today: date) -> Row:
    """Whether something that is done daily was done today or yesterday."""
    if done_on is None or not today - _A_DAY <= done_on <= today:
        return wrong(name, f"{what} was last done on {done_on or 'no day at all'}.", _WORKER)
    return ok(name, f"{what} was last done on {done_on}.")


def check_waiting(late: Sequence[LateRound], waits_for: WaitsFor) -> Row:
    """Whether rounds that closed before yesterday still wait to be counted, for what, and until when they may."""
    if not late:
        return ok("waiting", "No closed round waits to be counted.")
    ends = "; ".join(f"“{each.title}” until {each.closed_on + _GIVEN_UP}" for each in late)
    until = f"A box that nobody opens is destroyed unopened: {ends}."
    if waits_for == "passphrase":
        return look("waiting", f"Closed, waiting for the officer's passphrase. {until}", "Tell the privacy officer.")
    if waits_for == "keeper":
        return look("waiting", f"Closed, and the keeper's key is away. {until}", "Bring it back into the keystore.")
    return wrong("waiting", f"Closed, and not counted. {until}", _WORKER)


def check_reading(found: Alarm) -> Row:
    """Whether what children write is read on its day, and can be."""
    if found.keys_away:
        return wrong(
            "reading queue",
            "What children write cannot be handed out: the key of the reading queue's keeper is away.",
            "Put keeper/queue.key back into the keystore, today. Then run: voicebox hand-out",
        )
    if found.late:
        return wrong(
            "reading queue", f"Not read on its day: {_list(found.late)}.", "Tell the readers and deputies now."
        )
    if found.unchecked:
        return look(
            "reading queue",
            f"No reader has signed that they looked: {_list(found.unchecked)}.",
            "Tell the readers and deputies. With VOICEBOX_SMTP_HOST they are written to when something waits.",
        )
    return ok("reading queue", "What children write is read on its day.")


def check_reports(stuck: int) -> Row:
    """Whether reports were given up."""
    if stuck:
        return look("reports", f"{stuck} reports could not be made.", "Ask for them again at the desk.")
    return ok("reports", "No report was given up.")


def check_keys(without: Sequence[str]) -> Row:
    """Whether every round that takes answers has its keys."""
    if without:
        return wrong(
            "keys",
            f"Keys, or their keeper, are missing of: {_list(without)}. Nobody can answer, or open the box.",
            f"See whether VOICEBOX_KEYSTORE is mounted, names the right folder, and is this user's to read. {_THE_END}",
        )
    return ok("keys", "Every round that takes answers has its keys.")


def check_only_copies(open_rounds: Sequence[str], disk: str) -> Row:
    """What would be gone with the disk: box keys are never copied, so no backup opens these boxes."""
    if open_rounds:
        return look(
            "one disk",
            f"If the disk of {disk} dies, these rounds are gone: {_list(open_rounds)}.",
            "Nothing to do: that is the price of box keys that nobody can copy. Let rounds be short.",
        )
    return ok("one disk", "No box is open that would be gone with the disk. Comments not yet purged would be.")


def check_ledger(lines: int, unreadable: int) -> Row:
    """Whether the ledger of what must not come back can be read."""
    if unreadable:
        return look(
            "ledger",
            f"{unreadable} of {lines} lines of the ledger cannot be read, as after a power cut.",
            "Nothing to do if there was one. Otherwise tell the privacy officer.",
        )
    return ok("ledger", f"The ledger can be read ({lines} lines).")


def check_backups(facts: BackupFacts, today: date) -> list[Row]:
    """Whether there is a backup of yesterday or today, none that is over, and a copy elsewhere."""
    rows = [_newest(facts.newest_on, today)]
    if facts.over:
        rows.append(
            wrong(
                "old backups",
                f"The days of {facts.over} backups are over.",
                "Run: voicebox backup, which removes them.",
            )
        )
    if facts.unreadable:
        rows.append(
            wrong("bad backups", f"{facts.unreadable} backups cannot be read.", "Delete them, and make a new one.")
        )
    if facts.with_the_keys:
        rows.append(
            wrong(
                "keys apart",
                "Keystore and backups lie in one folder: whoever copies it can read deleted comments again.",
                "Set VOICEBOX_BACKUPS to a folder elsewhere.",
            )
        )
    if facts.on_the_same_disk:
        rows.append(
            look(
                "backups apart",
                "The backups lie on the disk of the database: if it dies, both are gone.",
                "Set VOICEBOX_BACKUPS to another disk, or run daily: voicebox backup --to FOLDER",
            )
        )
    return rows


def _newest(newest_on: date | None, today: date) -> Row:
    if newest_on is None:
        return wrong("backup", "There is no backup.", "Run: voicebox backup")
    if not today - _A_DAY <= newest_on <= today:
        return wrong("backup", f"The newest backup is of {newest_on}.", f"Run: voicebox backup. {_WORKER}")
    return ok("backup", f"The newest backup is of {newest_on}.")


def _list(titles: Sequence[str]) -> str:
    return ", ".join(f"“{title}”" for title in titles)
