"""What happens to a round after its last envelope, in order; any part can be cut off and is taken up again."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select

from feedback.db import NotScrubbed, reading, writing
from feedback.models import Chore, Comment, Release, Round
from feedback.operations.answers.receipts import clean_after_withdrawals
from feedback.operations.answers.shake import shake
from feedback.operations.audit.documents_asked_for import documents_asked_for
from feedback.operations.backup import backup
from feedback.operations.clock import believes
from feedback.operations.counting.count import count
from feedback.operations.counting.reading_alarm import HAND_OUT
from feedback.operations.counting.tell_readers import CHORE as LETTERS
from feedback.operations.errors import BackupRefused
from feedback.operations.heads import sign_head
from feedback.operations.results.release import release_figures
from feedback.operations.retention.certificates import check_again
from feedback.operations.retention.deletions import carry_on, has_unfinished
from feedback.operations.retention.purge import purge
from feedback.operations.rounds.course import close_due_rounds
from feedback.operations.rounds.series import WAITING
from feedback.operations.school import School
from feedback.privacy.keeper import KeeperAway, PassphraseNeeded
from feedback.privacy.keys import KeyGone

#: Runs one of our commands; whether it succeeded.
Run = Callable[..., bool]


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
