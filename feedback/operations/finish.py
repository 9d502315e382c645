"""What happens to a round after its last envelope, in order; any part can be cut off and is taken up again."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select

from feedback.db import NotScrubbed, reading, scrub, writing
from feedback.models import Chore, Comment, Decision, Envelope, Part, Release, Room, Round, Slip
from feedback.operations.backup import backup
from feedback.operations.certificates import check_again
from feedback.operations.clock import believes
from feedback.operations.count import count
from feedback.operations.deletions import carry_on, has_unfinished
from feedback.operations.documents_asked_for import documents_asked_for
from feedback.operations.errors import BackupRefused
from feedback.operations.heads import sign_head
from feedback.operations.purge import delete_comments, delete_results, purge
from feedback.operations.receipts import clean_after_withdrawals, forget_withdrawn
from feedback.operations.release import release_figures
from feedback.operations.rounds import close_due_rounds
from feedback.operations.school import School
from feedback.operations.series import WAITING
from feedback.operations.shake import shake
from feedback.operations.tell_readers import CHORE as LETTERS
from feedback.privacy.keeper import KeeperAway, PassphraseNeeded
from feedback.privacy.keys import BOX_IS_OVER, KeyGone

#: The chore that `hand_out` notes; that module would bring all of analysis along.
HAND_OUT = "hand-out"
#: Runs one of our commands; whether it succeeded.
Run = Callable[..., bool]


@dataclass(slots=True)
class _Noted:
    """What the ledger says of one round. `withdrawn`: SHA-256 of an envelope's id -> tag of the slip for it (or "")."""

    box_is_over: bool = False
    comments_purged_on: date | None = None
    tallies_purged_on: date | None = None
    withdrawn: dict[str, str] = field(default_factory=dict)


def finish_round(
    school: School,
    round_id: str,
    *,
    today: date,
    now: datetime | None = None,
    passphrase: str | None = None,
    said: Callable[[str], None] = lambda _sentence: None,
) -> bool:
    """Count a closed round and release its figures; False where there were too few voices. Repeatable. As `count`.

    PassphraseNeeded, PassphraseWrong or KeeperAway where its box cannot be opened now; KeyGone where its key is lost.
    """
    if not count(school, round_id, today=today, now=now, passphrase=passphrase, said=said):
        return False
    release_figures(school, round_id, today=today)
    return True


def catch_up(school: School, *, now: datetime, today: date, run: Run, said: Callable[[str], None]) -> None:
    """Do whatever the database says is still to be done. `run` starts a command of ours for the heavy work.

    Each round is on its own: one that cannot be finished is told of and holds up no other.
    """
    # Whatever day it is: this asks for no day, and no request does it.
    clean_after_withdrawals(school)
    if not believes(school, today=today):
        said(f"the clock leapt to {today}: nothing is closed, counted or purged. See `voicebox doctor`")
        _shake_daily(school, now=now, today=today, said=said)
        return
    for round_id in close_due_rounds(school, now=now):
        _try_to_finish(school, round_id, now=now, today=today, said=said)
    for round_id in _counted_without_figures(school):
        release_figures(school, round_id, today=today)
    for round_id in _with_unread_comments(school):
        run("read-comments", round_id)
    for command in documents_asked_for(school):
        run(*command)
    _do_daily(school, now=now, today=today, said=said)
    _have_words_read(school, today=today, run=run)


def _try_to_finish(school: School, round_id: str, *, now: datetime, today: date, said: Callable[[str], None]) -> None:
    try:
        finish_round(school, round_id, today=today, now=now, said=said)
    except PassphraseNeeded:
        pass  # closed, waiting for the officer
    except KeeperAway as away:
        said(f"round {round_id} waits. {away}")
    except KeyGone:
        # Never destroyed here: a keystore that comes back may bring the key. Retention ends what nobody can open.
        said(f"round {round_id} waits: the key of its box is lost. See `voicebox doctor`")
    except NotScrubbed:
        said(f"round {round_id} is counted; scrubbing is tried again")


def apply_ledger(school: School) -> int:
    """At every start: what the ledger says was counted, purged or withdrawn must not come back from an old backup.

    Returns how many things had to be put right. A round that the ledger counted and this database did not is lost to
    this database: its envelopes go, and it is marked destroyed, whether envelopes were in it or not. The keystore is
    brought up to date first.
    """
    school.keystore.bring_up_to_date()
    noted = _noted_by_round(school)
    if not noted:
        return 0
    with reading(school.engine) as session:
        here = session.execute(select(Round.id, Round.state, Round.comments_purged_on, Round.tallies_purged_on)).all()
    mended = sum(_put_right(school, round_, noted[round_.id]) for round_ in here if round_.id in noted)
    if mended:
        # Where somebody keeps reading, the next shake does it.
        with suppress(NotScrubbed):
            scrub(school.engine)
    return mended


def _noted_by_round(school: School) -> dict[str, _Noted]:
    noted: defaultdict[str, _Noted] = defaultdict(_Noted)
    for entry in school.keystore.ledger():
        said, what = noted[str(entry.get("round"))], entry.get("what")
        if what in BOX_IS_OVER:
            said.box_is_over = True
        elif what == "comments purged":
            said.comments_purged_on = date.fromisoformat(entry["on"])
        elif what == "tallies purged":
            said.tallies_purged_on = date.fromisoformat(entry["on"])
        elif what == "withdrawn":
            said.withdrawn[str(entry.get("envelope"))] = str(entry.get("slip", ""))
    return dict(noted)


def _put_right(school: School, round_: Any, said: _Noted) -> int:
    mended = 0
    if said.box_is_over:
        if round_.state not in ("counted", "scrubbed", "destroyed"):
            mended += _forget_box(school, round_.id)
    elif said.withdrawn and round_.state in WAITING:
        mended += _forget_withdrawn(school, round_.id, said.withdrawn)
    if said.comments_purged_on and round_.comments_purged_on is None:
        delete_comments(school, round_.id, today=said.comments_purged_on)
        mended += 1
    if said.tallies_purged_on and round_.tallies_purged_on is None:
        delete_results(school, round_.id, today=said.tallies_purged_on)
        mended += 1
    return mended


def _forget_box(school: School, round_id: str) -> int:
    with writing(school.engine) as session:
        gone = 0
        for table in (Envelope, Slip, Room, Part, Decision):
            found = select(func.count()).select_from(table).where(table.round_id == round_id)
            gone += session.scalar(found) or 0
            session.execute(delete(table).where(table.round_id == round_id))
        round_ = session.get_one(Round, round_id)
        if round_.state == "joined":
            # As it should be, unless papers came back: its page goes on pointing at the round it is counted with.
            return min(gone, 1)
        round_.state = "destroyed"
        return 1


def _forget_withdrawn(school: School, round_id: str, withdrawn: dict[str, str]) -> int:
    with writing(school.engine) as session:
        return min(forget_withdrawn(school, session, round_id, set(withdrawn), withdrawn), 1)


def _do_daily(school: School, *, now: datetime, today: date, said: Callable[[str], None]) -> None:
    """Shake, purge and back up once a day, whenever the computer is on: many an office turns it off at night."""
    _shake_daily(school, now=now, today=today, said=said)
    if _is_due(school, "purge", today):
        purge(school, today=today, now=now)
        check_again(school, today=today, now=now)
        _is_done(school, "purge", today)
    elif has_unfinished(school):
        # Cut off, or asked for by two people, or somebody kept reading while it was scrubbed.
        carry_on(school, today=today, now=now)
    if _is_due(school, "backup", today):
        try:
            backup(school, today=today, now=now, account="schedule")
        except BackupRefused as refused:
            # Not tried again today: it would shake every box every minute.
            said(f"there is no backup of {today}: {refused}")
        _is_done(school, "backup", today)
    # Last, so that the head of a day has what was done on it by itself.
    sign_head(school, today=today)


def _have_words_read(school: School, *, today: date, run: Run) -> None:
    """Once a school day, when the computer is on for the first time: children were promised no other day."""
    if not school.settings.calendar.is_school_day(today) or not _is_anything_read(school):
        return
    if _is_due(school, HAND_OUT, today):
        run("hand-out")
    # Last of all, and again until the mail server takes them.
    if school.settings.smtp_host and not _is_due(school, HAND_OUT, today) and _is_due(school, LETTERS, today):
        run("tell-readers")


def _is_anything_read(school: School) -> bool:
    with reading(school.engine) as session:
        rounds = [each for each in session.scalars(select(Round)) if each.read_languages]
        return any(each.state in WAITING or school.keystore.queue.has_reading_key(each.id) for each in rounds)


def _shake_daily(school: School, *, now: datetime, today: date, said: Callable[[str], None]) -> None:
    if _is_due(school, "shake", today):
        try:
            shake(school, now=now)
        except NotScrubbed:
            # Whoever keeps reading must not hold up what retention promises, nor the backup.
            said("the boxes are shaken, and somebody keeps reading: scrubbing is tried again")


def _is_due(school: School, name: str, today: date) -> bool:
    with reading(school.engine) as session:
        chore = session.get(Chore, name)
        # Not "earlier than": a day to come was noted while the clock was wrong, and must not stop the chore until then.
        return chore is None or chore.done_on != today


def _is_done(school: School, name: str, today: date) -> None:
    with writing(school.engine) as session:
        session.merge(Chore(name=name, done_on=today))


def _counted_without_figures(school: School) -> list[str]:
    with reading(school.engine) as session:
        figures = select(Release.round_id).where(Release.part == "figures")
        counted = select(Round.id).where(Round.state == "scrubbed", Round.tallies_purged_on.is_(None))
        return list(session.scalars(counted.where(Round.id.not_in(figures))))


def _with_unread_comments(school: School) -> list[str]:
    with reading(school.engine) as session:
        waiting = session.scalars(select(Comment.round_id).where(Comment.sealed_reading.is_(None)).distinct()).all()
    return [round_id for round_id in waiting if school.keystore.has_data_key(round_id)]
