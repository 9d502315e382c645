"""Handing out to the reading queue, once a school day and in one go: what was written since lies on the readers' desks.

The worker opens the second parts of all envelopes that wait, throws their texts together, lets the word lists and the
model say which should be read first, and seals each anew. Nothing in an envelope changes, so that none shows whether it
came before today's batch or after; and a part's id follows from its envelope's, so that a hand-out which is cut off and
begun again hands nothing out twice, and loses nothing. It is one transaction, with the note that it was done.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from analysis.text.concerns import grade
from analysis.text.language import identify
from feedback.db import reading, writing
from feedback.models import WITHDRAWN, Chore, Decision, Envelope, Part, Round
from feedback.models.reading import AMBER, DECIDED, HANDED_OUT, LATE, RED
from feedback.models.reading import WAITING as TO_BE_HANDED_OUT
from feedback.operations.answers.parts import Words, open_part, seal_part
from feedback.operations.answers.respond_sealed import words_in
from feedback.operations.counting.reading_alarm import HAND_OUT
from feedback.operations.rounds.series import WAITING, counted_with
from feedback.operations.school import School
from feedback.operations.text_reader import reader_for_safety
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.box import Box, EnvelopeUnreadable, open_words
from feedback.privacy.keeper import KeeperAway
from feedback.privacy.keys import KeyGone
from feedback.privacy.queue_keys import NoQueueKey
from feedback.privacy.words import part_id, words_hash
from forms.questions.base import Measure

_AFTER_COUNT = ("counted", "scrubbed", "destroyed")
_missing: tuple[type[Exception], ...] = (KeyGone, NoQueueKey, KeeperAway)


@dataclass(frozen=True, slots=True)
class _New:
    """A text that may have to be handed out: its part, and the envelope it is from ("" after the count)."""

    part: Part
    envelope: str


def hand_out(school: School, *, today: date, said: Callable[[str], None] = lambda _sentence: None) -> None:
    """Hand out everything that was written and not handed out yet, of every round; what lies there is late.

    Repeatable: a second time on a day adds what came since, and makes nothing late. Of a round whose keys are away
    `said` is told, and its words are handed out the next day.
    """
    new = [each for round_id in _read_rounds(school) for each in _opened(school, round_id, said)]
    graded = [each for round_id in _with_counted_words(school) for each in _graded(school, round_id)]
    secrets.SystemRandom().shuffle(new)
    with writing(school.engine) as session:
        chore = session.get(Chore, HAND_OUT)
        if chore is None or chore.done_on != today:
            session.execute(update(Part).where(Part.state == HANDED_OUT).values(state=LATE))
        for part_key, sealed in graded:
            # One that was purged meanwhile stays gone.
            session.execute(update(Part).where(Part.id == part_key).values(sealed=sealed, state=HANDED_OUT))
        for each in new:
            if _is_still_new(session, each.part, each.envelope):
                session.add(each.part)
        session.merge(Chore(name=HAND_OUT, done_on=today))
    _forget_what_is_read(school)


def _read_rounds(school: School) -> list[str]:
    with reading(school.engine) as session:
        rounds = session.scalars(select(Round).where(Round.state.in_(WAITING)).order_by(Round.id))
        return [each.id for each in rounds if each.read_languages and counted_with(session, each).state in WAITING]


def _opened(school: School, round_id: str, said: Callable[[str], None]) -> list[_New]:
    try:
        pepper, reading_key = school.keystore.pepper(round_id), school.keystore.queue.reading_key(round_id)
        found = list(_texts(school, round_id, pepper))
    except _missing as missing:
        said(f"round {round_id}: what children wrote cannot be handed out. {missing}")
        return []
    words = _about(school, [text for _envelope, _id, text in found], _languages(school, round_id))
    return [
        _New(
            Part(
                round_id=round_id,
                id=id_,
                words_hash=words_hash(each.text, pepper),
                state=HANDED_OUT,
                sealed=seal_part(reading_key, round_id, each),
            ),
            envelope,
        )
        for (envelope, id_, _text), each in zip(found, words, strict=True)
    ]


def _texts(school: School, round_id: str, pepper: bytes) -> Iterator[tuple[str, str, str]]:
    """Of every envelope in the box: its id, the part's id and the text, where that was not handed out before."""
    key = school.keystore.queue.private(round_id)
    with reading(school.engine) as session:
        round_ = session.get_one(Round, round_id)
        instrument = form_of(round_)
        texts = [question.id for question in instrument.questions if question.measure is Measure.TEXT]
        known = set(session.scalars(select(Part.id).where(Part.round_id == round_id)))
        in_the_box = select(Envelope).where(Envelope.round_id == round_id, Envelope.format != WITHDRAWN)
        for envelope in session.scalars(in_the_box):
            ids = {part_id(envelope.id, question, pepper): question for question in texts}
            if ids.keys() <= known or envelope.sealed_for_reading is None:
                continue
            try:
                box = Box(round_id, round_.instrument.sha256, envelope.format)
                contents = open_words(envelope.sealed_for_reading, key, box)
            except EnvelopeUnreadable:
                continue  # not sealed by us; whatever is written in the envelope is found at the count
            words = words_in(school, round_, instrument, contents)
            for id_ in ids.keys() - known:
                if ids[id_] in words:
                    yield envelope.id, id_, words[ids[id_]]


def _about(school: School, texts: Sequence[str], languages: Sequence[str]) -> list[Words]:
    """Language and grade of each text. A language that nobody was named for is "": then every reader sees it."""
    spoken = [identify(text, languages) for text in texts]
    grades = grade(texts, spoken, reader_for_safety(school.settings)) if texts else []
    return [
        Words(text, language if language in languages else "", each.value)
        for text, language, each in zip(texts, spoken, grades, strict=True)
    ]


def _languages(school: School, round_id: str) -> list[str]:
    with reading(school.engine) as session:
        return list(session.get_one(Round, round_id).read_languages)


def _with_counted_words(school: School) -> list[str]:
    with reading(school.engine) as session:
        waiting = select(Part.round_id).where(Part.state == TO_BE_HANDED_OUT).distinct()
        return [each for each in session.scalars(waiting) if school.keystore.queue.has_reading_key(each)]


def _graded(school: School, round_id: str) -> Iterable[tuple[str, bytes]]:
    """What the count found that nobody had read: its part's id, and the text with language and grade, sealed anew."""
    key = school.keystore.queue.reading_key(round_id)
    with reading(school.engine) as session:
        waiting = select(Part).where(Part.round_id == round_id, Part.state == TO_BE_HANDED_OUT)
        found = [(part.id, open_part(key, part)) for part in session.scalars(waiting)]
    about = _about(school, [words.text for _id, words in found], _languages(school, round_id))
    return [
        (id_, seal_part(key, round_id, replace(words, language=seen.language, grade=seen.grade)))
        for (id_, words), seen in zip(found, about, strict=True)
    ]


def _is_still_new(session: Session, part: Part, envelope: str) -> bool:
    """Asked inside the transaction: it may have been withdrawn, counted or handed out meanwhile.

    What was decided about the same words holds for these, but not that somebody was told: this may be another child.
    """
    if session.get_one(Round, part.round_id).state not in WAITING or _is_there(session, part):
        return False
    kept = session.scalar(select(Envelope.format).where(Envelope.round_id == part.round_id, Envelope.id == envelope))
    decision = session.get(Decision, (part.round_id, part.words_hash))
    return kept not in (None, WITHDRAWN) and (decision is None or decision.verdict in (RED, AMBER))


def _is_there(session: Session, part: Part) -> bool:
    same = select(Part.state).where(Part.round_id == part.round_id, Part.id == part.id)
    return session.scalar(same) is not None


def _forget_what_is_read(school: School) -> None:
    """Of a round that was counted and read to the end nothing is left in the queue, not even its key."""
    with reading(school.engine) as session:
        rounds = [each for each in session.scalars(select(Round).order_by(Round.id)) if each.read_languages]
        over = [each.id for each in rounds if counted_with(session, each).state in _AFTER_COUNT]
        busy = set(session.scalars(select(Part.round_id).where(Part.state != DECIDED).distinct()))
    for round_id in over:
        if round_id not in busy and school.keystore.queue.has_reading_key(round_id):
            with writing(school.engine) as session:
                session.execute(delete(Part).where(Part.round_id == round_id))
            school.keystore.queue.destroy_reading_key(round_id)
