"""At the count: what under-18s wrote is looked up by what its reader decided, before any of it becomes a comment.

Red and amber are dropped: somebody acts on them, and nobody quotes them. "Redact" is replaced by the reader's text.
What nobody has read, because it came on the last day or another program sealed it, goes to the queue and not to the
themes; it becomes a comment when it was read.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.models import Decision, Part, Round
from feedback.models.base import new_id
from feedback.models.reading import ESCALATED, FINE, HANDED_OUT, LATE, REDACT, WAITING
from feedback.operations.answers.parts import Words, open_instead, seal_part
from feedback.operations.school import School
from feedback.privacy.queue_keys import NoQueueKey
from feedback.privacy.words import words_hash


@dataclass(frozen=True, slots=True)
class Written:
    """What one person wrote to one question, in which round's box it lay, and how it would be kept.

    `place` is the person's among those counted together, in memory only: a group may stay with the comment.
    """

    round_id: str
    question: str
    text: str
    comment: str
    place: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that nobody has read. `state` is that of the part on the reader's desk that had the same words."""

    words: Words
    state: str = WAITING


def sort_out(
    school: School, session: Session, round_: Round, written: Sequence[Written], redact: Callable[[str], str]
) -> tuple[list[tuple[str, str, int]], list[Unread]]:
    """(question, text, place) of what may be kept as comments now, and what has to be read first.

    `redact` is for the reader's own texts: who takes one name out may leave another. Rounds that are not read, because
    adults wrote, or because a file brought the answers, keep everything.
    """
    if not round_.read_languages:
        return [(each.question, each.comment, each.place) for each in written if each.comment], []
    comments, unread = [], []
    desks = {id_: _Desk(school, session, id_) for id_ in {each.round_id for each in written}}
    for each in written:
        decided = desks[each.round_id].decided(each.text)
        if decided is None:
            words = Words(each.text, question=each.question, comment=each.comment)
            unread.append(Unread(words, desks[each.round_id].take(each.text)))
        elif decided.verdict == FINE and each.comment:
            comments.append((each.question, each.comment, each.place))
        elif decided.verdict == REDACT and (instead := redact(desks[each.round_id].instead(decided))):
            comments.append((each.question, instead, each.place))
    return comments, unread


def put_into_queue(
    school: School, session: Session, round_id: str, together: Iterable[str], unread: Iterable[Unread]
) -> None:
    """Part of the count's own transaction: what is unread waits for the next hand-out, or stays where it lies.

    Everything else of these boxes goes from the queue, its decisions too; what was escalated stays until somebody says
    that it is in the school's own record.
    """
    boxes = list(together)
    session.execute(delete(Part).where(Part.round_id.in_(boxes), Part.state != ESCALATED))
    session.execute(delete(Decision).where(Decision.round_id.in_(boxes)))
    try:
        key = school.keystore.queue.reading_key(round_id)
    except NoQueueKey:
        # Nobody can read it, and unread words of children are kept for nobody.
        return
    session.add_all(
        Part(
            round_id=round_id,
            id=new_id(),
            words_hash="",
            state=each.state,
            sealed=seal_part(key, round_id, each.words),
        )
        for each in unread
    )


class _Desk:
    """What lies on the readers' desks of one round, in memory."""

    def __init__(self, school: School, session: Session, round_id: str) -> None:
        self._pepper = school.keystore.pepper(round_id)
        self._queue, self._round_id = school.keystore.queue, round_id
        found = session.scalars(select(Decision).where(Decision.round_id == round_id))
        self._decisions = {decision.words_hash: decision for decision in found}
        lying = select(Part.words_hash, Part.state).where(Part.round_id == round_id, Part.state.in_((HANDED_OUT, LATE)))
        self._lying = Counter((hash_, state) for hash_, state in session.execute(lying))

    def decided(self, text: str) -> Decision | None:
        return self._decisions.get(words_hash(text, self._pepper))

    def instead(self, decision: Decision) -> str:
        try:
            return open_instead(self._queue.reading_key(self._round_id), decision)
        except NoQueueKey:
            # Lost with its disk: what was to stand there is left out, and the count goes on.
            return ""

    def take(self, text: str) -> str:
        """The state in which these words lie there, each place taken once; WAITING if they do not."""
        for state in (LATE, HANDED_OUT):
            key = (words_hash(text, self._pepper), state)
            if self._lying[key]:
                self._lying[key] -= 1
                return state
        return WAITING
