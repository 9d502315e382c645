"""Opening a box in memory, for the count: what lies in it is validated, redacted and added up, and nothing is kept."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.add_up import add_up
from analysis.comment_groups import Kept, kept_with_groups
from analysis.tables import Tally as Sum
from analysis.text.language import identify
from analysis.text.redaction import Redactor
from feedback.db import reading
from feedback.models import WITHDRAWN, Envelope, Round
from feedback.operations.answers.respond_sealed import answers_in
from feedback.operations.counting.count_words import Unread, Written, sort_out
from feedback.operations.counting.home_languages import languages_met
from feedback.operations.counting.name_words import sealed_names
from feedback.operations.rounds.columns import columns_of
from feedback.operations.rounds.series import counted_together
from feedback.operations.school import School
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.box import PAPER, Box, EnvelopeUnreadable, open_envelope
from feedback.privacy.keys import BoxKey
from forms.definition import Instrument
from forms.questions.base import Answer, Measure


@dataclass(frozen=True, slots=True)
class Counted:
    """What opening found: tallies, and redacted comments in random order.

    `unread` are words of children that nobody has read for their safety, in random order too.
    `on_paper` of the `envelopes` were typed in from sheets.
    """

    envelopes: int
    on_paper: int
    sums: tuple[Sum, ...]
    comments: list[Kept]
    unread: list[Unread]


@dataclass(frozen=True, slots=True)
class _Opened:
    """One valid envelope, in memory only. `group` is its name: each round of a series has codes of its own."""

    round_id: str
    answers: dict[str, Answer]
    group: str | None
    on_paper: bool = False


def add_up_in_memory(school: School, round_id: str, passphrase: str | None, said: Callable[[str], None]) -> Counted:
    """What the round's box holds, and those that joined it. Nothing is written.

    KeeperAway, PassphraseNeeded, PassphraseWrong, or KeyGone where the round's own key is lost; of a box that joined
    and whose key is lost `said` is told.
    """
    with reading(school.engine) as session:
        round_ = session.get_one(Round, round_id)
        instrument = form_of(round_)
        opened = _open_boxes(school, session, round_, instrument, passphrase, said)
        variables = list(round_.breakdowns)
        redact = _redaction(school, session, round_)
        written, unread = sort_out(school, session, round_, _written(instrument, opened, redact), redact)
    rows = [_cells(instrument, one.answers) for one in opened]
    groups = {
        variable: [_group(one, cells, variable) for one, cells in zip(opened, rows, strict=True)]
        for variable in variables
    }
    comments = kept_with_groups(written, groups)
    secrets.SystemRandom().shuffle(comments)
    secrets.SystemRandom().shuffle(unread)
    on_paper = sum(one.on_paper for one in opened)
    return Counted(len(opened), on_paper, add_up(columns_of(instrument), rows, groups=groups), comments, unread)


def _open_boxes(
    school: School,
    session: Session,
    round_: Round,
    instrument: Instrument,
    passphrase: str | None,
    said: Callable[[str], None],
) -> list[_Opened]:
    together = {each.id: each for each in counted_together(session, round_)}
    # A box that joined, and whose key is lost, is lost alone. One whose key is only away is waited for.
    lost = {each for each in together if each != round_.id and school.keystore.is_box_key_gone(each)}
    for each in sorted(lost):
        said(f"round {round_.id} is counted without round {each}, which joined it: the key of that box is lost")
    keys = school.keystore.box_keys([each for each in together if each not in lost], passphrase)
    return [one for each, key in keys.items() for one in _open_box(school, session, together[each], instrument, key)]


def _open_box(school: School, session: Session, round_: Round, instrument: Instrument, key: BoxKey) -> list[_Opened]:
    names = {group["code"]: group["name"] for group in round_.groups}
    opened = []
    in_the_box = select(Envelope).where(Envelope.round_id == round_.id, Envelope.format != WITHDRAWN)
    for envelope in session.scalars(in_the_box):
        try:
            contents = open_envelope(envelope.sealed, key, Box(round_.id, round_.instrument.sha256, envelope.format))
        except EnvelopeUnreadable:
            continue
        answers = answers_in(school, round_, instrument, contents)
        # An empty envelope is nobody's voice, and does not count towards k.
        if answers:
            group = names.get(str(contents.get("group")))
            opened.append(_Opened(round_.id, answers, group, on_paper=contents.get("mode") == PAPER))
    return opened


def _redaction(school: School, session: Session, round_: Round) -> Callable[[str], str]:
    """How the round's words are redacted: by the names that its school gave, in the languages that it may meet."""
    redactor = Redactor(sealed_names(school, session, counted_together(session, round_)))
    languages = languages_met(school.settings, round_.languages)
    return lambda text: redactor.redact(text, identify(text, languages)).text


def _written(instrument: Instrument, opened: list[_Opened], redact: Callable[[str], str]) -> list[Written]:
    texts = [question.id for question in instrument.questions if question.measure is Measure.TEXT]
    return [
        Written(one.round_id, question, text, redact(text), place)
        for place, one in enumerate(opened)
        for question in texts
        if isinstance(text := one.answers.get(question), str) and text.strip()
    ]


def _cells(instrument: Instrument, answers: dict[str, Answer]) -> dict[str, tuple[str, ...]]:
    return {
        question.id: question.cell_of(answers[question.id])
        for question in instrument.questions
        if question.id in answers
    }


def _group(one: _Opened, cells: dict[str, tuple[str, ...]], variable: str) -> str | None:
    if variable == "group":
        return one.group
    found = cells.get(variable, ())
    return found[0] if len(found) == 1 else None
