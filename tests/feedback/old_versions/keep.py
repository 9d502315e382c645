"""Keeps a school as this version of Voicebox leaves it: `python -m tests.feedback.old_versions.keep`.

Run once before a new migration is written; tests/feedback/operations/living/test_upgrade.py upgrades every kept one.
"""

import json
import tarfile
import tempfile
from pathlib import Path

from sqlalchemy.orm import Session

from feedback.config import Settings
from feedback.migrations import upgrade, version_of
from feedback.models import Round
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.finish import finish_round
from feedback.operations.school import School, open_school
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member, drop_envelopes

#: As in tests/conftest.py: carried fields and backups would need it.
SECRET = "a secret only for tests 0123456789 abcdefghijklm"
_FOLDER = Path(__file__).parent
_FORM_KEY = "0" * 32


def keep(folder: Path = _FOLDER) -> Path:
    """The new file in the folder: OLD001 counted with comments, OLD002 open with 12 envelopes, OLD003 a draft."""
    with tempfile.TemporaryDirectory() as place:
        instance = Path(place)
        database = f"sqlite:///{instance / 'voicebox.db'}"
        school = open_school(Settings(SECRET, instance, instance / "keystore", database))
        upgrade(school.engine)
        version = version_of(school.engine) or ""
        facts = {"version": version, "form_key": _FORM_KEY, "receipt": _fill(school)}
        # Closing the last connection leaves one file, without a log beside it.
        school.engine.dispose()
        (instance / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
        kept = folder / f"{version}.tar.xz"
        with tarfile.open(kept, "w:xz") as packed:
            for name in ("voicebox.db", "facts.json", "keystore"):
                packed.add(instance / name, name)
    return kept


def _fill(school: School) -> str:
    """The receipt of the envelope in OLD002 whose form key is known."""
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    counted = a_round(school, a_family_instrument(), pilot=pilot, code="OLD001", owner_id=lead.id)
    drop_envelopes(school, counted, *[{"again": "yes", "wish": "Warm soup, please"}] * 12)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, counted.id).state = "closed"
    finish_round(school, counted.id, today=NOW.date())
    waiting = a_round(school, pilot=pilot, code="OLD002", owner_id=lead.id)
    drop_envelopes(school, waiting, *[{"again": "yes"}] * 6, *[{"again": "no"}] * 5)
    a_round(school, pilot=pilot, code="OLD003", owner_id=lead.id, state="draft")
    asked = open_for_answers(school, waiting.code, "en", now=NOW)
    return accept(school, asked, _FORM_KEY, {"again": "yes"}, now=NOW).receipt


if __name__ == "__main__":
    print(keep())  # noqa: T201 - a script says what it made
