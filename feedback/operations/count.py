"""The count: once, when the round has closed, and only if at least k valid envelopes are in its box.

Four steps, each of which can be repeated after a crash: (a) the round becomes *counting*; (b) envelopes are opened,
validated, redacted and added up in memory, and nothing is written; (c) one transaction writes tallies and comments,
deletes the envelopes and sets *counted*; (d) the ledger notes it, the box key is deleted, the file scrubbed, and the
round is *scrubbed*. A crash in (a) or (b) starts again; from (c) on only (d) is left to do.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from analysis.add_up import add_up
from analysis.tables import Tally as Sum
from analysis.text.redaction import redact
from feedback.db import reading, scrub, writing
from feedback.models import Comment, Envelope, Round, Tally
from feedback.operations.columns import columns_of
from feedback.operations.comments import bound
from feedback.operations.errors import WrongState
from feedback.operations.publish import read_instrument
from feedback.operations.rounds import end_below_k
from feedback.operations.school import School
from feedback.privacy.box import Box, EnvelopeUnreadable, open_envelope
from feedback.privacy.keys import KeyGone
from feedback.privacy.sealed_text import seal_text
from forms.builder import accept_answers
from forms.definition import Instrument
from forms.questions.base import Answer, Measure

#: Called with the name of each step that was just finished; a test cuts the power there.
Between = Callable[[str], None]


_AFTER_COUNT = ("counted", "scrubbed")


@dataclass(frozen=True, slots=True)
class _Opened:
    """One valid envelope, in memory only."""

    answers: dict[str, Answer]
    group: str | None


@dataclass(frozen=True, slots=True)
class _Counted:
    """What step (b) found: tallies, and comments in random order as (question, redacted text)."""

    envelopes: int
    sums: tuple[Sum, ...]
    comments: list[tuple[str, str]]


def count(school: School, round_id: str, *, today: date, between: Between = lambda _step: None) -> bool:
    """Count a closed round, or finish a count that was cut off; whether it was counted (False: too few voices).

    WrongState where the round is still open, or was destroyed.
    """
    if _begin(school, round_id):
        between("begun")
        try:
            counted = _add_up_in_memory(school, round_id)
        except KeyGone:
            # Another worker was faster and has finished; if it was not, the box is lost and this says so.
            return _was_counted(school, round_id)
        between("added up")
        if not _write(school, round_id, counted, today):
            return False
        between("written")
    _finish(school, round_id, between)
    return True


def _begin(school: School, round_id: str) -> bool:
    """Step (a); whether steps (b) and (c) are still to be done."""
    with writing(school.engine) as session:
        round_ = session.get_one(Round, round_id)
        if round_.state in _AFTER_COUNT:
            return False
        if round_.state not in ("closed", "counting"):
            raise WrongState(round_.state)
        round_.state = "counting"
        return True


def _was_counted(school: School, round_id: str) -> bool:
    with reading(school.engine) as session:
        if session.get_one(Round, round_id).state not in _AFTER_COUNT:
            raise KeyGone(f"box key of round {round_id}")
        return True


def _add_up_in_memory(school: School, round_id: str) -> _Counted:
    with writing(school.engine) as session:
        round_ = session.get_one(Round, round_id)
        instrument = read_instrument(round_.instrument.body)
        opened = _open_all(school, session, round_, instrument)
        variables = list(round_.breakdowns)
        names = {group["code"]: group["name"] for group in round_.groups}
    rows = [_cells(instrument, one.answers) for one in opened]
    groups = {
        variable: [_group(one, cells, variable, names) for one, cells in zip(opened, rows, strict=True)]
        for variable in variables
    }
    comments = [
        (question.id, text)
        for one in opened
        for question in instrument.questions
        if question.measure is Measure.TEXT and (text := _redacted(one.answers.get(question.id)))
    ]
    secrets.SystemRandom().shuffle(comments)
    return _Counted(len(opened), add_up(columns_of(instrument), rows, groups=groups), comments)


def _open_all(school: School, session: Session, round_: Round, instrument: Instrument) -> list[_Opened]:
    key = school.keystore.box_key(round_.id)
    opened = []
    for envelope in session.scalars(select(Envelope).where(Envelope.round_id == round_.id)):
        try:
            contents = open_envelope(envelope.sealed, key, Box(round_.id, round_.instrument.sha256, envelope.format))
        except EnvelopeUnreadable:
            continue
        answers = accept_answers(instrument, contents.get("answers"))
        group = contents.get("group")
        # An empty envelope is nobody's voice, and does not count towards k.
        if answers:
            opened.append(_Opened(answers, group if isinstance(group, str) else None))
    return opened


def _cells(instrument: Instrument, answers: dict[str, Answer]) -> dict[str, tuple[str, ...]]:
    return {
        question.id: question.cell_of(answers[question.id])
        for question in instrument.questions
        if question.id in answers
    }


def _group(one: _Opened, cells: dict[str, tuple[str, ...]], variable: str, names: dict[str, str]) -> str | None:
    if variable == "group":
        return names.get(one.group or "")
    found = cells.get(variable, ())
    return found[0] if len(found) == 1 else None


def _redacted(text: object) -> str:
    return redact(text).text if isinstance(text, str) else ""


def _write(school: School, round_id: str, counted: _Counted, today: date) -> bool:
    """Step (c): one short transaction; False, and no result written, where there are too few voices."""
    with writing(school.engine) as session:
        round_ = session.get_one(Round, round_id)
        if round_.state != "counting":
            # Another worker was faster. Only a count that it finished may be finished here.
            return round_.state in _AFTER_COUNT
        if counted.envelopes < round_.k:
            end_below_k(round_)
            return False
        data_key = school.keystore.data_key(round_id)
        session.execute(insert(Tally), [row for total in counted.sums for row in _tally_rows(round_id, total)])
        for question, text in counted.comments:
            sealed = seal_text({"text": text}, data_key, bound_to=bound(round_id, question))
            session.add(Comment(round_id=round_id, question=question, sealed=sealed))
        session.execute(delete(Envelope).where(Envelope.round_id == round_id))
        round_.counted_envelopes = counted.envelopes
        round_.counted_on = today
        round_.state = "counted"
        return True


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
    with writing(school.engine) as session:
        state = session.get_one(Round, round_id).state
    if state == "scrubbed":
        return
    if state != "counted":
        raise WrongState(state)
    # First the ledger: from now on no old backup can bring these envelopes back.
    if not any(entry.get("what") == "counted" and entry.get("round") == round_id for entry in school.keystore.ledger()):
        school.keystore.note("counted", round=round_id)
    between("noted")
    school.keystore.destroy_box_key(round_id)
    between("key destroyed")
    scrub(school.engine)
    between("file scrubbed")
    with writing(school.engine) as session:
        session.get_one(Round, round_id).state = "scrubbed"
