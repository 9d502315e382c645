"""What a deletion certificate says, read when the deletion begins and when nothing is left; and its signature.

Numbers about people are bands: at least k, or fewer. Rows that are not about people are told exactly.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import writing
from feedback.models import AuditEntry, Certificate, Comment, Document, Envelope, Release, Round, Slip, Tally, TryOut
from feedback.operations.backup import backups_in
from feedback.operations.record import record
from feedback.operations.retention.certificate_files import keep_file
from feedback.operations.retention.marker import Search
from feedback.operations.rounds.series import counted_together
from feedback.operations.rules import law_in
from feedback.operations.school import School
from feedback.operations.workshop.try_outs_over import try_outs_due
from feedback.privacy.audit import FIRST
from feedback.privacy.evidence import canonical, sign_document
from feedback.privacy.schedule import schedule_of

_OfARound = Comment | Document | Envelope | Release | Tally
KIND, RECHECK = "deletion-certificate", "deletion-recheck"
#: Which keys of a round open what is in a layer, by their files' names.
_KEYS = {
    "comments": ("data.key", "reading.key"),
    "box": ("box.key", "box.public", "pepper", "data.key", "queue.key", "queue.public", "reading.key"),
}
_METHODS = {
    "sqlite": "keys destroyed; rows overwritten (secure_delete=ON) in batches; VACUUM; wal_checkpoint(TRUNCATE)",
    "postgresql": "keys destroyed; rows deleted in batches; VACUUM FULL; write-ahead log switched. Archives of that "
    "log, base backups and replicas are the operator's, and keep what is not sealed as long as they are kept",
}
_SEALED, _CLEAR = "nothing readable: its keys are destroyed", "figures or words, readable with VOICEBOX_SECRET only"


def band(number: int, k: int) -> str:
    """How many people's rows: ">= k" or "< k", never a number below it."""
    return f">= {k}" if number >= k else f"< {k}"


def chain_head(session: Session) -> dict[str, Any]:
    """Number and hash of the newest audit entry."""
    last = session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))
    return {"number": last.number, "hash": last.hash} if last else {"number": 0, "hash": FIRST}


def before_of_round(session: Session, round_id: str, layers: Sequence[str]) -> dict[str, Any]:
    """What a certificate will say of a round and what was there."""
    round_ = session.get_one(Round, round_id)
    counts: dict[str, Any] = {}
    if "comments" in layers:
        counts["comments"] = band(_rows(session, Comment, round_id), round_.k)
    if "tallies" in layers:
        for name, table in (("figures", Tally), ("releases", Release), ("documents", Document)):
            counts[name] = _rows(session, table, round_id)
    if "box" in layers:
        counts["boxes"] = 1
    if "slips" in layers:
        counts["unused codes"] = "not told: it would tell how many were used"
    kept = {"comments": round_.keep_comments_days, "tallies": round_.keep_tallies_days}
    return {"counts": counts, "title": round_.title, "planned_days": {name: kept.get(name) for name in layers}}


def before_of_try_outs(session: Session, school: School, today: date) -> dict[str, Any]:
    """The same for the try-outs that are due; which they are is fixed here."""
    ids = try_outs_due(session, school, today)
    return {"counts": {"try-outs": len(ids)}, "title": "", "planned_days": {"try_outs": None}, "try_outs": ids}


def keys_of(session: Session, school: School, round_id: str | None, layers: Sequence[str]) -> list[str]:
    """The names of the keys that this deletion destroys."""
    if round_id is None:
        return []
    names = sorted({name for layer in layers for name in _KEYS.get(layer, ())})
    together = counted_together(session, session.get_one(Round, round_id))
    paths = [f"rounds/{each.id}/{name}" for each in together for name in names]
    return [path for path in paths if (school.keystore.folder / path).exists()]


def sign_certificate(
    school: School, certificate_id: str, word: str, search: Search, *, today: date, now: datetime
) -> bool:
    """Sign, unless somebody was faster, or something is there again: then it is deleted once more."""
    with writing(school.engine) as session:
        row = session.get_one(Certificate, certificate_id)
        if row.step != "scrubbing":
            return False
        after = _after(session, row)
        if any(after.values()):
            row.step = "deleting"
            return False
        backups = _backups(school, row, today)
        facts = {
            **_what(session, school, row),
            "counts": {"before": row.before["counts"], "after": after},
            "chain": {"before": row.before["chain"], "after": chain_head(session)},
            "search": _told(search, word, row),
            "backups": backups,
            "finished_on": today.isoformat(),
        }
        name = school.settings.school_name
        document = sign_document(school.keystore, KIND, facts, school_name=name, on=today)
        body = canonical(document)
        row.document, row.sha256, row.step = body.decode(), sha256(body).hexdigest(), "signed"
        row.check_after = max((date.fromisoformat(each["until"]) for each in backups), default=None)
        record(session, now, "schedule", "deletion_certified", row.id, sha256=row.sha256)
    keep_file(school, certificate_id, body.decode())
    return True


def search_told(search: Search, word: str) -> dict[str, Any]:
    """Where was looked for a word and what was found, in a certificate's form."""
    return {
        "marker_sha256": sha256(word.encode()).hexdigest(),
        "files": search.files,
        "bytes": search.size,
        "database": search.database,
        "backups_opened": search.backups_opened,
        "files_not_readable": search.unread,
        "found_after_in": list(search.found[word]),
    }


def _told(search: Search, word: str, row: Certificate) -> dict[str, Any]:
    return {**search_told(search, word), "found_before_in_layers": list(row.before.get("marker_seen", ()))}


def _what(session: Session, school: School, row: Certificate) -> dict[str, Any]:
    law = law_in(session, school.settings)
    layers = schedule_of(law)
    return {
        "id": row.id,
        "scope": {"round": row.round_id, "title": row.before["title"]},
        "law": law,
        "layers": [
            {
                "layer": name,
                "code": layers[name].code,
                "basis": layers[name].basis,
                "owner": layers[name].owner,
                "at_most_days": layers[name].days,
                "planned_days": row.before["planned_days"].get(name),
                "starts": layers[name].starts,
            }
            for name in row.layers
        ],
        "trigger": row.before["trigger"],
        "keys_destroyed": row.before["keys"],
        "method": _METHODS[school.engine.dialect.name],
        "begun_on": row.begun_on.isoformat(),
    }


def _after(session: Session, row: Certificate) -> dict[str, int]:
    counted: Mapping[str, Any] = row.before["counts"]
    if row.round_id is None:
        left = session.scalar(select(func.count()).select_from(TryOut).where(TryOut.id.in_(row.before["try_outs"])))
        return {"try-outs": left or 0}
    tables: dict[str, type[_OfARound]] = {
        "comments": Comment,
        "figures": Tally,
        "releases": Release,
        "documents": Document,
        "boxes": Envelope,
    }
    found = {name: _rows(session, tables[name], row.round_id) for name in counted if name in tables}
    if "unused codes" in counted:
        unused = select(func.count()).select_from(Slip).where(Slip.round_id == row.round_id, Slip.used.is_(False))
        found["unused codes"] = session.scalar(unused) or 0
    return found


def _backups(school: School, row: Certificate, today: date) -> list[dict[str, str]]:
    """The backups in the school's folder that are from before; what anybody carried elsewhere is not known here."""
    days = timedelta(days=school.settings.keep_backups_days)
    holds = _SEALED if set(row.layers) <= _KEYS.keys() else _CLEAR
    return [
        {
            "file": kept.file.name,
            "made_on": kept.header.made_on.isoformat(),
            "until": min(kept.header.expires_on, kept.header.made_on + days).isoformat(),
            "can_still_hold": holds,
        }
        for kept in backups_in(school.settings.backup_folder)
        if kept.header is not None and kept.header.made_on <= today
    ]


def _rows(session: Session, table: type[_OfARound], round_id: str) -> int:
    return session.scalar(select(func.count()).select_from(table).where(table.round_id == round_id)) or 0
