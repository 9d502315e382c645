"""What was purged is in no new backup; in an old one it lies sealed, and nobody has the key any more."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Comment
from feedback.operations.backup import backup, work_folder
from feedback.operations.counting.comments import open_comments
from feedback.operations.retention.certificates import certificates, check_again, signed_json
from feedback.operations.retention.purge import purge
from feedback.operations.school import School
from feedback.privacy.backups import open_backup
from feedback.privacy.evidence import read_document
from feedback.privacy.keys import KeyGone
from tests.factories import NOW, a_family_instrument, a_staff_member
from tests.feedback.operations.results.test_release import a_counted_round

TODAY = NOW.date()
DUE = TODAY + timedelta(days=90)
NEEDLE = "needle-5d20c7e1 on the swing"


def test_an_old_backup_holds_what_nobody_can_read_and_is_named_until_it_is_over(school: School) -> None:
    officer = a_staff_member(school, "officer")
    answers = [{"wish": f"{NEEDLE} {n}"} for n in range(12)]
    round_ = a_counted_round(school, *answers, instrument=a_family_instrument())
    with Session(school.engine) as session:
        # It is there, and can be read, until the purge.
        assert any(NEEDLE in each.text for each in open_comments(school, session, round_.id))
        sealed = session.scalars(select(Comment.sealed)).first()
    assert sealed is not None
    old = backup(school, today=DUE - timedelta(days=1), now=NOW, account="console")
    purge(school, today=DUE, now=NOW + timedelta(days=90))
    new = backup(school, today=DUE, now=NOW, account="console")
    bodies = [_opened(school, kept.file) for kept in (old, new)]
    assert [_holds(body, sealed) for body in bodies] == [True, False]
    assert not any(_holds(body, NEEDLE.encode()) for body in bodies)
    everything = [path.read_bytes() for path in school.settings.instance.rglob("*") if path.is_file()]
    assert not any(_holds(body, NEEDLE.encode()) for body in everything)
    with pytest.raises(KeyGone):
        school.keystore.data_key(round_.id)
    facts = certificates(school, officer)[0].facts
    assert facts is not None
    (told,) = facts["backups"]
    assert (told["file"], told["until"]) == (old.file.name, str(DUE + timedelta(days=13)))
    assert told["can_still_hold"].startswith("nothing readable")
    assert check_again(school, today=DUE + timedelta(days=13), now=NOW) == 0
    assert check_again(school, today=DUE + timedelta(days=14), now=NOW) == 1
    again = read_document(signed_json(school, officer, certificates(school, officer)[0].id, "recheck"))
    assert again.facts["search"]["found_after_in"] == []
    assert again.facts["search"]["backups_opened"] == 1


def _holds(body: bytes, needle: bytes) -> bool:
    return needle in body or needle.hex().encode() in body


def _opened(school: School, file: Path) -> bytes:
    with work_folder(school) as folder:
        with file.open("rb") as source, (folder / "copy").open("wb") as target:
            open_backup(source, target, secret=school.settings.secret)
        return (folder / "copy").read_bytes()
