"""Who reads what children write: a reader and a deputy for each language, named before a round opens.

"A trained adult who is not your teacher": an account with the reader's role and without a teacher's, and never the one
that owns the round. It is asked again whenever somebody reads, for roles change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Pilot, Reader, Round, StaffMember
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.rounds.series import WAITING
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.instruments import asks_children_to_write, keep_version, without_writing
from feedback.privacy.permissions import Action
from forms.definition import Instrument


@dataclass(frozen=True, slots=True)
class Pair:
    """The ids of the accounts that read in one language; "" for nobody."""

    reader: str = ""
    deputy: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether two people cover every day."""
        return bool(self.reader and self.deputy)


@dataclass(frozen=True, slots=True)
class Readers:
    """A round's readers by language, who could be one (id -> account), and the languages without help contacts."""

    by_language: Mapping[str, Pair]
    possible: Mapping[str, str]
    without_contacts: tuple[str, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which somebody reads, and children may write."""
        return tuple(language for language, pair in self.by_language.items() if pair.is_whole)


def readers_for(school: School, by: StaffMember, round_id: str) -> Readers:
    """Who reads, and who could; NotFound where this account may not name them."""
    with reading(school.engine) as session:
        round_ = _round(session, round_id)
        allow(by, Action.CHANGE_ROUNDS, round_)
        named = _named(session, round_id)
        pairs = {language: named.get(language, Pair()) for language in round_.languages}
        possible = {member.id: member.account for member in _possible(session, round_)}
        words = session.get_one(Pilot, round_.pilot_id).words
        silent = [language for language in round_.languages if not words.get(language, {}).get("contacts")]
    return Readers(pairs, possible, tuple(silent))


def name_readers(
    school: School, by: StaffMember, round_id: str, pairs: Mapping[str, Pair], *, now: datetime
) -> Readers:
    """Say who reads in each language. NotReady: "reader_unfit" for an account that may not, "deputy_same".

    While the round is a draft, this decides in which languages children may write. Afterwards only people change: in a
    language that is read somebody always has to be named, and in the others nobody can (NotReady "reader_needed").
    """
    with writing(school.engine) as session:
        round_ = _round(session, round_id)
        allow(by, Action.CHANGE_ROUNDS, round_)
        if round_.state not in ("draft", *WAITING, "counting", "counted", "scrubbed"):
            raise WrongState(round_.state)
        pairs = {language: pairs.get(language, Pair()) for language in round_.languages}
        _refuse_unfit(pairs.values(), {member.id for member in _possible(session, round_)})
        read = [language for language, pair in pairs.items() if pair.is_whole]
        if round_.state == "draft":
            round_.read_languages = read if _is_asked_to_write(round_) else []
        elif read != round_.read_languages:
            raise NotReady("reader_needed")
        session.execute(delete(Reader).where(Reader.round_id == round_id))
        session.add_all(_rows(round_id, pairs))
        record(session, now, by.account, "readers_named", round_id, languages=read)
    return readers_for(school, by, round_id)


def settle_writing(school: School, session: Session, round_: Round) -> None:
    """A round opens: with keys for its reading queue, or without any place for children to write. KeeperAway.

    Who reads is asked anew: somebody who was named weeks ago may have another role by now. NotReady where nothing
    would be left to ask.
    """
    instrument = Instrument.model_validate_json(round_.instrument.body)
    if not asks_children_to_write(instrument):
        return
    round_.read_languages = languages_read(session, round_)
    if round_.read_languages:
        school.keystore.queue.make(round_.id)
    else:
        round_.instrument = keep_version(session, without_writing(instrument))


def languages_read(session: Session, round_: Round) -> list[str]:
    """The round's languages with a reader and a deputy who may read it today, in its order."""
    possible = {member.id for member in _possible(session, round_)}
    named = _named(session, round_.id)
    pairs = {language: named.get(language, Pair()) for language in round_.languages}
    return [language for language, pair in pairs.items() if {pair.reader, pair.deputy} <= possible]


def read_by(session: Session, member: StaffMember) -> dict[str, frozenset[str]]:
    """The rounds this account reads, each with its languages; none where its roles do not allow it (any more)."""
    found: dict[str, set[str]] = {}
    for row in session.scalars(select(Reader).where(Reader.staff_id == member.id)):
        if _may_read(member, session.get_one(Round, row.round_id)):
            found.setdefault(row.round_id, set()).add(row.language)
    return {round_id: frozenset(languages) for round_id, languages in found.items()}


def _round(session: Session, round_id: str) -> Round:
    found = session.get(Round, round_id)
    if found is None:
        raise NotFound(round_id)
    return found


def _is_asked_to_write(round_: Round) -> bool:
    # Answers from a file were written elsewhere: for them every school day is over.
    return not round_.imported and asks_children_to_write(Instrument.model_validate_json(round_.instrument.body))


def _possible(session: Session, round_: Round) -> list[StaffMember]:
    members = session.scalars(select(StaffMember).where(StaffMember.is_reader).order_by(StaffMember.account))
    return [member for member in members if _may_read(member, round_)]


def _may_read(member: StaffMember, round_: Round) -> bool:
    return member.is_reader and not member.is_teacher and member.id != round_.owner_id


def _refuse_unfit(pairs: Iterable[Pair], possible: set[str]) -> None:
    named = [pair for pair in pairs if pair != Pair()]
    if not {id_ for pair in named for id_ in (pair.reader, pair.deputy)} - {""} <= possible:
        raise NotReady("reader_unfit")
    if any(pair.reader == pair.deputy for pair in named):
        raise NotReady("deputy_same")


def _named(session: Session, round_id: str) -> dict[str, Pair]:
    rows = list(session.scalars(select(Reader).where(Reader.round_id == round_id)))
    ids = {(row.language, row.is_deputy): row.staff_id for row in rows}
    return {row.language: Pair(ids.get((row.language, False), ""), ids.get((row.language, True), "")) for row in rows}


def _rows(round_id: str, pairs: Mapping[str, Pair]) -> list[Reader]:
    # Only where both are named: half a cover is none, and nobody would read what is written there.
    return [
        Reader(round_id=round_id, language=language, is_deputy=is_deputy, staff_id=id_)
        for language, pair in pairs.items()
        if pair.is_whole
        for is_deputy, id_ in ((False, pair.reader), (True, pair.deputy))
    ]
