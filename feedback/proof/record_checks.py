"""What the school's own records say: the audit log, the ledger, and the keys of boxes that are over."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import (
    WITHDRAWN,
    AuditEntry,
    Chore,
    Comment,
    Decision,
    Envelope,
    Part,
    Room,
    Round,
    Slip,
    Tally,
)
from feedback.models.reading import ESCALATED
from feedback.operations.heads import first_wrong_entry
from feedback.operations.school import School
from feedback.proof.inventory import BOX_IS_OVER, STAFF_ACTIONS
from feedback.proof.verdict import Check, Line
from forms.wording import N_

_AUDIT = Check(
    "the audit log knows staff only",
    N_("What staff do is written down and chained; what respondents do, and when, is not."),
)
_KEYS = Check(
    "keys of counted boxes are gone", N_("Without its key no envelope of a counted box can ever be opened again.")
)
_LEDGER = Check(
    "nothing came back from a backup",
    N_("What was counted, withdrawn or purged is not in the database, whatever backup was restored."),
)
_ORDER = Check(
    "the ledger tells no order",
    N_("Withdrawn envelopes are remembered, so that no backup revives them, but not in the order of their withdrawal."),
)


_QUEUE = Check(
    "what was decided about words dies with the box",
    N_(
        "What children wrote is read for safety. What was decided about it is kept as hashes, and neither these nor "
        "the key that opens the envelopes' second parts outlive the box."
    ),
)


def check_records(school: School) -> list[Line]:
    """All lines about records and keys."""
    return [_audit(school), _keys(school), _ledger(school), _order(school), _queue(school)]


def last_shaken(school: School, *, today: date) -> str:
    """When the boxes were last shaken, as words for a line."""
    with reading(school.engine) as session:
        chore = session.get(Chore, "shake")
    if chore is None:
        return "the daily shake was never done yet"
    done = "today" if chore.done_on == today else f"last on {chore.done_on}"
    return f"the daily shake was done {done}"


def _audit(school: School) -> Line:
    with reading(school.engine) as session:
        actions = set(session.scalars(select(AuditEntry.action).distinct()))
        entries = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
        named = set(session.scalars(select(AuditEntry.object_id).distinct()))
        slips = {*session.scalars(select(Slip.tag)), *session.scalars(select(Room.code))}
        papers = {*session.scalars(select(Envelope.id)), *slips}
    finds = [f"the action {action} is not listed" for action in sorted(actions - STAFF_ACTIONS)]
    if named & papers:
        finds.append("an entry names an envelope or a slip")
    if (first := first_wrong_entry(school)) is not None:
        finds.append(first.told)
    return _AUDIT.by_finds(finds, f"{entries} entries, {len(actions)} kinds of action, each of them listed")


def _keys(school: School) -> Line:
    with reading(school.engine) as session:
        over = session.execute(select(Round.id, Round.code).where(Round.state.in_(BOX_IS_OVER))).all()
    finds = [f"round {code} still has its box key" for id_, code in over if school.keystore.has_box_key(id_)]
    return _KEYS.by_finds(finds, f"{len(over)} boxes are over, none has a key")


def _ledger(school: School) -> Line:
    entries = list(school.keystore.ledger())
    with reading(school.engine) as session:
        finds = [find for entry in entries for find in _revived(session, entry)]
    return _LEDGER.by_finds(sorted(set(finds)), "every entry of the ledger is kept")


def _revived(session: Session, entry: dict[str, str]) -> Iterator[str]:
    round_ = session.get(Round, entry.get("round"))
    if round_ is None:
        return
    what = entry.get("what")
    if what in ("counted", "box purged") and _rows(session, Envelope, round_.id):
        yield f"round {round_.code} has envelopes again"
    if what == "comments purged" and _rows(session, Comment, round_.id):
        yield f"round {round_.code} has comments again"
    if what == "tallies purged" and _rows(session, Tally, round_.id):
        yield f"round {round_.code} has results again"
    if what == "withdrawn":
        waiting = select(Envelope.id).where(Envelope.round_id == round_.id, Envelope.format != WITHDRAWN)
        if entry.get("envelope") in {sha256(id_.encode()).hexdigest() for id_ in session.scalars(waiting)}:
            yield f"round {round_.code} has a withdrawn envelope again"


def _order(school: School) -> Line:
    entries = [entry for entry in school.keystore.ledger() if entry.get("what") == "withdrawn"]
    withdrawn = [(str(entry.get("round")), str(entry.get("envelope"))) for entry in entries]
    is_late = any(first[0] == second[0] and first[1] > second[1] for first, second in pairwise(withdrawn))
    finds = ["withdrawals stand in the order in which they came"] if is_late else []
    return _ORDER.by_finds(finds, "no order in any withdrawals", cure="run `voicebox prove --shake`")


def _queue(school: School) -> Line:
    with reading(school.engine) as session:
        over = session.execute(select(Round.id, Round.code).where(Round.state.in_(BOX_IS_OVER))).all()
        decided = set(session.scalars(select(Decision.round_id).distinct()))
        named = select(Part.round_id).where(Part.state != ESCALATED, Part.words_hash != "").distinct()
        decided |= set(session.scalars(named))
        ids = {*session.scalars(select(Part.id)), *session.scalars(select(Part.words_hash))}
        said = set(session.scalars(select(AuditEntry.object_id).distinct()))
    folder = school.keystore.folder / "rounds"
    finds = [f"round {code} still has decisions about words" for id_, code in over if id_ in decided]
    finds += [f"round {code} still has its queue key" for id_, code in over if (folder / id_ / "queue.key").exists()]
    if said & ids:
        finds.append("an entry of the audit log names a text")
    return _QUEUE.by_finds(finds, f"{len(over)} boxes are over, none has a queue key or a decision")


def _rows(session: Session, table: type[Envelope | Comment | Tally], round_id: str) -> int:
    return session.scalar(select(func.count()).select_from(table).where(table.round_id == round_id)) or 0
