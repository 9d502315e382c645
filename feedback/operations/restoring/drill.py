"""A restore drill: the newest backup is opened beside everything, mended as a restore would, checked, thrown away.

It touches neither the database nor a key: of the keystore it has the ledger alone, in a copy.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback import migrations
from feedback.copies import CopyImpossible, beside
from feedback.db import reading, writing
from feedback.models import Base, Chore, Comment, Envelope, Release, Tally
from feedback.operations.backup import backups_in, work_folder
from feedback.operations.doctor.facts import integrity
from feedback.operations.errors import BackupRefused
from feedback.operations.heads import first_broken_entry
from feedback.operations.record import record
from feedback.operations.restoring.restore import open_copy
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.school import School
from feedback.privacy.keys import BOX_IS_OVER, Keystore

#: The chore that remembers the last drill.
CHORE = "restore-drill"


@dataclass(frozen=True, slots=True)
class Drilled:
    """A drill: of which backup, how many things the ledger put right in it, and what was wrong afterwards.

    `wrong` has codes: "integrity", "audit", "came_back".
    """

    file: str
    made_on: date
    mended: int
    wrong: tuple[str, ...]


def drill(school: School, *, today: date, now: datetime, account: str) -> Drilled:
    """Try the newest backup and record what came of it. BackupRefused where there is none, or it cannot be opened."""
    found = [kept for kept in backups_in(school.settings.backup_folder) if kept.header is not None]
    if not found:
        raise BackupRefused("There is no backup to try. Run: voicebox backup")
    file = found[-1].file
    with work_folder(school) as folder:
        header = open_copy(school, file, folder / "copy")
        with _there(school, folder) as there:
            migrations.upgrade(there.engine)
            mended = apply_ledger(there)
            wrong = tuple(_wrong(there))
    drilled = Drilled(file.name, header.made_on, mended, wrong)
    with writing(school.engine) as session:
        session.merge(Chore(name=CHORE, done_on=today))
        record(session, now, account, "restore_drilled", file.name, mended=mended, wrong=list(wrong))
    return drilled


@contextmanager
def _there(school: School, folder: Path) -> Iterator[School]:
    """The school as the copy has it, with a ledger and no key."""
    keystore = folder / "keystore"
    keystore.mkdir(mode=0o700)
    if (school.keystore.folder / "ledger").exists():
        (keystore / "ledger").write_text("\n".join([*school.keystore.ledger_lines(), ""]), encoding="utf-8")
    settings = replace(school.settings, instance=folder, keystore=keystore)
    try:
        with beside(school.engine, folder / "copy") as engine:
            yield School(settings, engine, Keystore(keystore))
    except CopyImpossible as impossible:
        raise BackupRefused(str(impossible)) from impossible
    finally:
        shutil.rmtree(keystore)


def _wrong(there: School) -> Iterator[str]:
    if integrity(there) != ["ok"]:
        yield "integrity"
    if first_broken_entry(there) is not None:
        yield "audit"
    with reading(there.engine) as session:
        if any(_is_back(session, entry.get("what"), str(entry.get("round"))) for entry in there.keystore.ledger()):
            yield "came_back"


def _is_back(session: Session, what: object, round_id: str) -> bool:
    tables: dict[str, tuple[type[Base], ...]] = {
        "comments purged": (Comment,),
        "tallies purged": (Tally, Release),
        **dict.fromkeys(BOX_IS_OVER, (Envelope,)),
    }
    of_round = tables.get(str(what), ())
    counts = (select(func.count()).select_from(table).filter_by(round_id=round_id) for table in of_round)
    return any(session.scalar(count) for count in counts)
