"""The count: once, when the round has closed, and only if at least k valid envelopes are in its box.

Four steps, each of which can be repeated after a crash: (a) the round becomes *counting*; (b) envelopes are opened,
validated, redacted and added up in memory, and nothing is written; (c) one transaction writes tallies and comments,
deletes envelopes and slips and sets *counted*; (d) the ledger notes it, the box's keys are deleted, the file scrubbed,
and the round is *scrubbed*. A crash in (a) or (b) starts again; from (c) on only (d) is left to do.

The boxes of rounds that joined this one are opened with it, each with its own key, and `k` is asked of all together.
"""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from analysis.tables import Tally as Sum
from feedback.db import reading, scrub, writing
from feedback.models import Comment, Envelope, Room, Round, Slip, Tally
from feedback.operations.answers.receipts import forget_withdrawn
from feedback.operations.counting.comments import bound, contents_of
from feedback.operations.counting.count_words import put_into_queue
from feedback.operations.counting.open_envelopes import Counted, add_up_in_memory
from feedback.operations.errors import WrongState
from feedback.operations.rounds.series import counted_together, end_below_k
from feedback.operations.school import School, now_utc
from feedback.privacy.keeper import PassphraseNeeded
from feedback.privacy.keys import KeyGone
from feedback.privacy.sealed_text import seal_text

#: Called with the name of each step that was just finished; a test cuts the power there.
Between = Callable[[str], None]

_BEFORE_COUNT, _AFTER_COUNT = ("closed", "counting"), ("counted", "scrubbed")


def count(
    school: School,
    round_id: str,
    *,
    today: date,
    now: datetime | None = None,
    passphrase: str | None = None,
    said: Callable[[str], None] = lambda _sentence: None,
    between: Between = lambda _step: None,
) -> bool:
    """Count a closed round, or finish a count that was cut off; whether it was counted (False: too few voices).

    WrongState where the round is still open, or was destroyed. PassphraseNeeded, PassphraseWrong or KeeperAway where
    the box cannot be opened now, KeyGone where its key is lost: then nothing was done. Step (d) needs no passphrase.
    `now` (UTC, naive; None is the clock's) is when a box below k opens anew, where that was promised; `said` is told
    of each box that joined and is left out, because its key is lost.
    """
    try:
        if _begin(school, round_id, passphrase):
            between("begun")
            counted = add_up_in_memory(school, round_id, passphrase, said)
            between("added up")
            if not _write(school, round_id, counted, today, now or now_utc()):
                return False
            between("written")
    except KeyGone:
        # Another worker was faster and has finished; if it was not, the key is lost and this says so.
        return _was_counted(school, round_id)
    _finish(school, round_id, between)
    return True


def _begin(school: School, round_id: str, passphrase: str | None) -> bool:
    """Step (a); whether steps (b) and (c) are still to be done."""
    with reading(school.engine) as session:
        state = session.get_one(Round, round_id).state
    if state in _BEFORE_COUNT:
        if school.keystore.has_passphrase and passphrase is None:
            raise PassphraseNeeded(round_id)
        # Tried before anything changes: a wrong passphrase must not end withdrawals.
        school.keystore.box_key(round_id, passphrase)
    with writing(school.engine) as session:
        round_ = session.get_one(Round, round_id)
        if round_.state in _AFTER_COUNT:
            return False
        if round_.state not in _BEFORE_COUNT:
            raise WrongState(round_.state)
        _leave_out_withdrawn(school, session, round_)
        round_.state = "counting"
        return True


def _leave_out_withdrawn(school: School, session: Session, round_: Round) -> None:
    """After a restore from an old backup, a form that is sent once more could put a withdrawn envelope back."""
    noted = [entry for entry in school.keystore.ledger() if entry.get("what") == "withdrawn"]
    for each in counted_together(session, round_):
        forget_withdrawn(
            school, session, each.id, {str(entry["envelope"]) for entry in noted if entry.get("round") == each.id}
        )


def _was_counted(school: School, round_id: str) -> bool:
    with reading(school.engine) as session:
        if session.get_one(Round, round_id).state not in _AFTER_COUNT:
            raise KeyGone(f"box key of round {round_id}")
        return True


def _write(school: School, round_id: str, counted: Counted, today: date, now: datetime) -> bool:
    """Step (c): one short transaction; False, and no result written, where there are too few voices."""
    with writing(school.engine) as session:
        round_ = session.get_one(Round, round_id)
        if round_.state != "counting":
            # Another worker was faster. Only a count that it finished may be finished here.
            return round_.state in _AFTER_COUNT
        if counted.envelopes < round_.k:
            end_below_k(session, round_, now)
            return False
        data_key = school.keystore.data_key(round_id)
        session.execute(insert(Tally), [row for total in counted.sums for row in _tally_rows(round_id, total)])
        for kept in counted.comments:
            sealed = seal_text(contents_of(kept), data_key, bound_to=bound(round_id, kept.question))
            session.add(Comment(round_id=round_id, question=kept.question, sealed=sealed))
        together = [each.id for each in counted_together(session, round_)]
        put_into_queue(school, session, round_id, together, counted.unread)
        for table in (Envelope, Slip, Room):
            session.execute(delete(table).where(table.round_id.in_(together)))
        round_.counted_envelopes = counted.envelopes
        round_.counted_on_paper = _told_of(counted, round_.k)
        round_.counted_on = today
        round_.state = "counted"
        return True


def _told_of(counted: Counted, k: int) -> int | None:
    """How many came on paper, where neither they nor the others are few enough to be picked out."""
    return counted.on_paper if min(counted.on_paper, counted.envelopes - counted.on_paper) >= k else None


def _tally_rows(round_id: str, total: Sum) -> list[dict[str, object]]:
    place = {
        "round_id": round_id,
        "question": total.question,
        "breakdown": total.breakdown or "",
        "group": total.group or "",
    }
    cells = {"": total.answered, **total.counts}
    return [{**place, "cell": cell, "people": people} for cell, people in cells.items()]


def _finish(school: School, round_id: str, between: Between) -> None:
    """Step (d), safe to repeat: ledger, key, file, state."""
    with reading(school.engine) as session:
        round_ = session.get_one(Round, round_id)
        state, together = round_.state, [each.id for each in counted_together(session, round_)]
    if state == "scrubbed":
        return
    if state != "counted":
        raise WrongState(state)
    # First the ledger: from now on no old backup can bring these envelopes back.
    noted = {entry.get("round") for entry in school.keystore.ledger() if entry.get("what") == "counted"}
    for each in together:
        if each not in noted:
            school.keystore.note("counted", round=each)
    between("noted")
    for each in together:
        school.keystore.destroy_box_keys(each)
    # No envelope is left that a backup could bring back, so who withdrew one need not be remembered either.
    school.keystore.tidy_ledger(together)
    between("key destroyed")
    scrub(school.engine)
    between("file scrubbed")
    with writing(school.engine) as session:
        session.get_one(Round, round_id).state = "scrubbed"
