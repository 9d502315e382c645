"""The school's list of name words, which helps to take names out of comments. Words only: nobody learns who is there.

A list falls into words at once, so that no full name survives, and is stored as tags under the round's data key. They
are used at the count and destroyed with the round's comments.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from analysis.name_words import words_of
from feedback.db import reading, writing
from feedback.models import NameWord, Round, StaffMember
from feedback.operations.errors import NameWordsRefused, WrongState
from feedback.operations.record import record
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.name_words import SealedNames, tags_of
from feedback.privacy.permissions import Action

#: Words of one list, and bytes of one file: more than the names of three thousand people.
MOST_WORDS, MOST_BYTES = 10_000, 200_000
#: From the plan on, and as long as the box is shut.
_BEFORE_THE_COUNT = ("draft", "open", "closed")


def name_words_of(school: School, by: StaffMember, round_id: str) -> int:
    """How many words the round's list has. WrongState once the box is opened: nothing would use them."""
    with reading(school.engine) as session:
        return _round(session, by, round_id).name_words


def give_name_words(school: School, by: StaffMember, round_id: str, text: str, *, now: datetime) -> int:
    """Add the words of a list to the round's; how many of them are new. Repeatable.

    NameWordsRefused, with nothing changed, for a text without words or with too many; WrongState once it is counted.
    """
    words = read_name_words(text)
    with writing(school.engine) as session:
        return _give(school, session, _round(session, by, round_id), words, account=by.account, now=now)


def give_name_words_at_the_console(school: School, round_id: str, text: str, *, account: str, now: datetime) -> int:
    """As `give_name_words`, for whoever runs the computer."""
    words = read_name_words(text)
    with writing(school.engine) as session:
        round_ = _still_to_count(find_round(session, round_id))
        return _give(school, session, round_, words, account=account, now=now)


def forget_name_words(school: School, by: StaffMember, round_id: str, *, now: datetime) -> None:
    """Delete the round's list."""
    with writing(school.engine) as session:
        round_ = _round(session, by, round_id)
        delete_name_words(session, [round_id])
        round_.name_words = 0
        record(session, now, by.account, "name_words_forgotten", round_id)


def read_name_words(text: str) -> list[str]:
    """The words of a list; NameWordsRefused for none, or too many, or what is no text."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise NameWordsRefused("too_long")
    if "\0" in text or "\ufffd" in text:
        raise NameWordsRefused("no_text")
    words = words_of(text)
    if not words:
        raise NameWordsRefused("no_words")
    if len(words) > MOST_WORDS:
        raise NameWordsRefused("too_long")
    return words


def sealed_names(school: School, session: Session, rounds: Iterable[Round]) -> SealedNames:
    """The lists of rounds that are counted together, for redaction."""
    return SealedNames(_lists(school, session, rounds))


def delete_name_words(session: Session, round_ids: Iterable[str]) -> None:
    """Delete the rows of these rounds' lists."""
    session.execute(delete(NameWord).where(NameWord.round_id.in_(list(round_ids))))


def _lists(school: School, session: Session, rounds: Iterable[Round]) -> Iterator[tuple[bytes, frozenset[str]]]:
    for round_ in rounds:
        tags = frozenset(session.scalars(select(NameWord.tag).where(NameWord.round_id == round_.id)))
        if tags and school.keystore.has_data_key(round_.id):
            yield school.keystore.data_key(round_.id), tags


def _give(school: School, session: Session, round_: Round, words: list[str], *, account: str, now: datetime) -> int:
    school.keystore.make_data_key(round_.id)
    key = school.keystore.data_key(round_.id)
    kept = set(session.scalars(select(NameWord.tag).where(NameWord.round_id == round_.id)))
    names = SealedNames([(key, frozenset(kept))])
    new = [word for word in words if not names.holds(word)]
    # In the order of the tags, which is none: rows lie in the file as they were put in.
    rows = [{"round_id": round_.id, "tag": tag} for tag in sorted(tags_of(words, key) - kept)]
    if rows:
        session.execute(insert(NameWord), rows)
    round_.name_words += len(new)
    record(session, now, account, "name_words_given", round_.id, words=len(words))
    return len(new)


def _round(session: Session, by: StaffMember, round_id: str) -> Round:
    round_ = find_round(session, round_id)
    allow(by, Action.GIVE_NAME_WORDS, round_)
    return _still_to_count(round_)


def _still_to_count(round_: Round) -> Round:
    if round_.state not in _BEFORE_THE_COUNT:
        raise WrongState(round_.state)
    return round_
