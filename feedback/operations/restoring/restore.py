"""Restoring a backup: proved first, put beside, brought up to date and mended, and only then put in its place."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, select

from feedback import migrations
from feedback.copies import CopyImpossible, InUse, replacing, unpad
from feedback.db import NotScrubbed, reading, writing
from feedback.models import Round
from feedback.operations.answers.shake import shake
from feedback.operations.backup import work_folder
from feedback.operations.clock import believes
from feedback.operations.errors import BackupRefused
from feedback.operations.heads import last_number, note_restored
from feedback.operations.record import record
from feedback.operations.restoring.restore_yes import forget_the_yes, take_the_yes
from feedback.operations.retention.certificate_files import bring_back
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.retention.purge import purge
from feedback.operations.retention.shorten_list import shorten_again
from feedback.operations.school import School
from feedback.privacy.backups import BackupBroken, Header, open_backup

STOP_FIRST = "The database is in use. Stop the service (systemctl stop voicebox-web voicebox-worker), then again."


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, and what had to be put right in it."""

    header: Header
    #: Rounds in which the ledger undid something that the backup would have brought back.
    mended: int
    #: Rounds of which retention deleted what has become due since.
    purged: int
    #: Titles of rounds that wait to be counted and whose keys are gone, as after the loss of a disk.
    without_keys: tuple[str, ...]
    #: Titles of open rounds with slips: what was printed after the backup is not known to them.
    with_slips: tuple[str, ...]


def restore(school: School, file: Path, *, today: date, now: datetime, account: str) -> Restored:
    """Put a backup in the place of the database. BackupRefused, and nothing changed, where that cannot be.

    Where there is a database with people who could, two of them have agreed to it before: `restore_yes`.
    """
    agreed = take_the_yes(school, file.name, today=today)
    with in_place(school, file) as (there, header):
        migrations.upgrade(there.engine)
        last = last_number(there)
        mended = apply_ledger(there)
        bring_back(there)
        shorten_again(there)
        purged = purge(there, today=today, now=now) if believes(there, today=today) else []
        # Whatever order the rows had where the backup was made, nobody reads it off this database.
        with suppress(NotScrubbed):
            shake(there, now=now)
        restored = Restored(header, mended, len(purged), _without_keys(there), _with_slips(there))
        with writing(there.engine) as session:
            facts = {"made_on": header.made_on.isoformat(), "mended": mended, "purged": len(purged), **agreed}
            forget_the_yes(session, file.name)
            record(session, now, account, "restored", file.name, **facts)
    note_restored(school, last=last, today=today)
    return restored


@contextmanager
def in_place(school: School, file: Path) -> Iterator[tuple[School, Header]]:
    """The school as the backup has it, to be mended in the block; the present one stays where the block raises."""
    with work_folder(school) as folder:
        copy = folder / "copy"
        header = open_copy(school, file, copy)
        try:
            with replacing(school.engine, copy) as engine:
                yield _with(school, engine), header
        except InUse as used:
            raise BackupRefused(STOP_FIRST) from used
        except CopyImpossible as impossible:
            raise BackupRefused(str(impossible)) from impossible


def open_copy(school: School, file: Path, copy: Path) -> Header:
    """Write what is sealed in a backup to `copy`, which needs a version that we know. BackupRefused."""
    try:
        with file.open("rb") as source, copy.open("wb") as target:
            header = open_backup(source, target, secret=school.settings.secret)
        unpad(copy)
    except BackupBroken as broken:
        raise BackupRefused(f"{file.name} cannot be restored: {broken}.") from broken
    except OSError as unreadable:
        raise BackupRefused(f"{file.name} cannot be read: {unreadable.strerror}.") from unreadable
    _refuse_foreign(school, header)
    return header


def _refuse_foreign(school: School, header: Header) -> None:
    if header.kind != school.engine.dialect.name:
        raise BackupRefused(f"This is a backup of {header.kind}, and VOICEBOX_DATABASE_URL names another database.")
    if not migrations.is_known(header.version):
        raise BackupRefused(
            f"This backup was made by a newer Voicebox (its database is {header.version}). Install that version first."
        )


def _with(school: School, engine: Engine) -> School:
    return replace(school, engine=engine)


def _without_keys(school: School) -> tuple[str, ...]:
    with reading(school.engine) as session:
        waiting = session.scalars(select(Round).where(Round.state.in_(("open", "closed"))).order_by(Round.title))
        return tuple(round_.title for round_ in waiting if not school.keystore.has_box_key(round_.id))


def _with_slips(school: School) -> tuple[str, ...]:
    with reading(school.engine) as session:
        asked = select(Round.title).where(Round.state == "open", Round.slips)
        return tuple(session.scalars(asked.order_by(Round.title)))
