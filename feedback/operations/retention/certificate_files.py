"""Signed certificates once more as files beside the database: a backup from before a deletion has none of them.

INSTANCE/certificates/<id>.json           as it was signed
                      <id>.recheck.json   what was signed when it was checked again
"""

from datetime import date
from hashlib import sha256
from pathlib import Path

from feedback.db import writing
from feedback.models import Certificate
from feedback.operations.school import School
from feedback.privacy.evidence import Genuine, NotGenuine, evidence_key, read_document

_RECHECK = ".recheck"


def keep_file(school: School, certificate_id: str, body: str, *, is_recheck: bool = False) -> None:
    """Put a signed document beside the database; done again without harm."""
    folder = folder_of(school)
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    path = folder / f"{certificate_id}{_RECHECK if is_recheck else ''}.json"
    part = path.with_suffix(".part")
    part.write_text(body, encoding="utf-8")
    part.replace(path)


def folder_of(school: School) -> Path:
    """Where certificates lie as files."""
    return school.settings.instance / "certificates"


def forget_files(school: School, certificate_id: str) -> None:
    """Everything about a certificate whose years are over: JSON and PDFs."""
    for path in folder_of(school).glob(f"{certificate_id}*"):
        path.unlink(missing_ok=True)


def bring_back(school: School) -> int:
    """Put certificates into a database that does not have them, as after a restore; how many. Forged ones stay out."""
    ours, brought = evidence_key(school.keystore), 0
    for path in sorted(folder_of(school).glob("*.json")):
        if path.stem.endswith(_RECHECK):
            continue
        body = path.read_text(encoding="utf-8")
        try:
            genuine = read_document(body.encode())
        except NotGenuine:
            continue
        if genuine.public_key == ours and genuine.facts["id"] == path.stem:
            brought += _put_back(school, genuine, body, path.with_name(f"{path.stem}{_RECHECK}.json"))
    return brought


def _put_back(school: School, genuine: Genuine, body: str, recheck: Path) -> int:
    facts = genuine.facts
    with writing(school.engine) as session:
        row = session.get(Certificate, facts["id"])
        if row is not None and row.step == "signed":
            return 0
        if row is None:
            row = Certificate(
                id=facts["id"],
                round_id=facts["scope"]["round"],
                layers=[each["layer"] for each in facts["layers"]],
                before={"title": facts["scope"]["title"]},
                begun_on=date.fromisoformat(facts["begun_on"]),
            )
            session.add(row)
        row.document, row.sha256, row.step = body, sha256(body.encode()).hexdigest(), "signed"
        row.check_after = max((date.fromisoformat(each["until"]) for each in facts["backups"]), default=None)
        row.recheck = recheck.read_text(encoding="utf-8") if recheck.is_file() else None
        return 1
