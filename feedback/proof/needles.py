"""Needles: things planted where only the proof knows them, and looked for in every byte of every file afterwards."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from feedback.db import reading
from feedback.models import Comment, Envelope
from feedback.operations.answers.receipts import clean_after_withdrawals, withdraw
from feedback.operations.answers.shake import shake
from feedback.operations.counting.count import count
from feedback.operations.retention.purge import purge
from feedback.operations.rounds.course import close_round
from feedback.proof.made_up import LONGEST_TEXT, TEXTS, MadeUp, Sent, open_class, send
from feedback.proof.verdict import Check, Line
from forms.questions.base import Answer
from forms.wording import N_

_PEOPLE = 14
_SHORT = 300
#: A window of sealed bytes in every so many, so that one lies whole on a page wherever the page ends.
_WINDOW, _EVERY = 48, 400
_PURGED_AFTER_DAYS = 100

_PLAIN = Check(
    "what people write and hold is in no file",
    N_("Answers, names, receipts, slip codes and form keys are stored nowhere in clear, at no moment."),
)
_FOUND = Check(
    "the test itself works: needles",
    N_("The envelopes that wait in the box are found by the same search, so it would find them afterwards."),
)
_WITHDRAWN = Check(
    "what was withdrawn is gone",
    N_("A withdrawn envelope is in no byte of any file once the worker has cleaned up, which it does every minute."),
)
_COUNTED = Check(
    "what was counted is shredded", N_("After the count no envelope, no slip and no key of the box is in any file.")
)
_PURGED = Check(
    "what was purged is gone", N_("After retention's purge what people wrote is in no file, sealed or not.")
)


@dataclass(frozen=True, slots=True)
class Needle:
    """Bytes to look for, by what they are; never shown."""

    what: str
    bodies: tuple[bytes, ...]


def look_for_needles(made_up: MadeUp, *, scrubs: bool = True) -> Iterator[Line]:
    """A class with needles in its answers, through withdrawal, shake, count and purge; a line for each.

    With `scrubs=False` the box is neither shaken nor counted, to see that the search then finds something.
    """
    asked, hat = open_class(made_up, _PEOPLE)
    answers = [_answers(number) for number in range(_PEOPLE)]
    sent = [send(made_up, asked, hat.pop(), answer) for answer in answers]
    plain = _plain(answers, sent)
    sealed = _sealed_envelopes(made_up, asked.round_id)
    clear = set(search(made_up.folder, plain))
    waiting = set(search(made_up.folder, sealed))
    yield _FOUND.line(len(waiting) == len(sealed), f"{len(waiting)} of {len(sealed)} waiting envelopes are found")
    if not scrubs:
        return
    gone = [sent[1], sent[2]]
    for each in gone:
        withdraw(made_up.school, asked.code, each.receipt, now=made_up.now)
    # As the worker does every minute.
    clean_after_withdrawals(made_up.school)
    taken = [needle for needle in sealed if needle.what in {each.envelope for each in gone}]
    clear |= set(search(made_up.folder, plain))
    yield _told(_WITHDRAWN, search(made_up.folder, taken), "2 envelopes withdrawn, 300 and 20,000 bytes of answers")
    shake(made_up.school, now=made_up.now)
    clear |= set(search(made_up.folder, plain))
    key = (made_up.school.keystore.folder / "rounds" / asked.round_id / "box.key").read_bytes()
    close_round(made_up.school, made_up.lead, asked.round_id, now=made_up.now)
    count(made_up.school, asked.round_id, today=made_up.now.date())
    clear |= set(search(made_up.folder, plain))
    tags = [Needle(each.tag, (each.tag.encode(), bytes.fromhex(each.tag))) for each in sent]
    ids = [Needle(each.envelope, (each.envelope.encode(), bytes.fromhex(each.envelope))) for each in sent]
    shredded = [*sealed, *tags, *ids, Needle("the box key", _windows(key))]
    yield _told(
        _COUNTED, search(made_up.folder, shredded), f"{len(sealed)} envelopes, {len(tags)} slips and the box key"
    )
    yield _purged(made_up, asked.round_id)
    clear |= set(search(made_up.folder, plain))
    yield _told(_PLAIN, sorted(clear), f"{len(plain)} needles looked for at five moments")


def search(folder: Path, needles: Iterable[Needle]) -> list[str]:
    """What of the needles is in any file of the folder, or in the name of one."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    everything = b"\0".join([*(path.read_bytes() for path in files), *(str(path).encode() for path in files)])
    return [needle.what for needle in needles if any(body in everything for body in needle.bodies)]


def _purged(made_up: MadeUp, round_id: str) -> Line:
    with reading(made_up.school.engine) as session:
        rows = session.execute(select(Comment.id, Comment.sealed).where(Comment.round_id == round_id)).all()
    comments = [Needle(id_, _windows(sealed)) for id_, sealed in rows]
    kept = len(search(made_up.folder, comments))
    later = made_up.now + timedelta(days=_PURGED_AFTER_DAYS)
    purge(made_up.school, today=later.date(), now=later)
    left = search(made_up.folder, comments)
    line = _told(_PURGED, left, f"{len(comments)} comments")
    if kept < len(comments):
        return _PURGED.line(holds=False, seen="the search did not find the comments before the purge")
    return line


def _told(check: Check, found: list[str], looked_for: str) -> Line:
    # What was found is counted, not named: a needle's name may be a tag or an id.
    return check.line(not found, f"{len(found)} found ({looked_for})")


def _answers(number: int) -> dict[str, Answer]:
    name = f"Needlename{secrets.token_hex(8)}"
    if number == 2:
        return {"again": "yes", **{text: _text(LONGEST_TEXT) for text in TEXTS[:4]}}
    return {"again": "no", TEXTS[0]: f"{name} {_text(_SHORT)}"}


def _text(length: int) -> str:
    """Nothing that redaction would touch, so that what is kept of it is whole."""
    words = " ".join("".join(secrets.choice("abdegiklmnoprtuvz") for _ in range(9)) for _ in range(length // 10 + 1))
    return words[:length]


def _plain(answers: list[dict[str, Answer]], sent: list[Sent]) -> list[Needle]:
    found = [
        Needle("an answer", tuple(text.encode()[at : at + _WINDOW] for at in range(0, len(text) - _WINDOW, _EVERY)))
        for answer in answers
        for question, text in answer.items()
        if question != "again" and isinstance(text, str)
    ]
    for each in sent:
        found.append(Needle("a receipt", _spellings(each.receipt, " ")))
        found.append(Needle("a slip's code", _spellings(each.slip, "-")))
        found.append(Needle("a form key", (each.form_key.encode(), bytes.fromhex(each.form_key))))
    return found


def _spellings(code: str, between: str) -> tuple[bytes, ...]:
    return code.encode(), code.replace(between, "").encode()


def _sealed_envelopes(made_up: MadeUp, round_id: str) -> list[Needle]:
    with reading(made_up.school.engine) as session:
        rows = session.execute(select(Envelope.id, Envelope.sealed).where(Envelope.round_id == round_id))
        return [Needle(id_, _windows(sealed)) for id_, sealed in rows]


def _windows(sealed: bytes) -> tuple[bytes, ...]:
    return tuple(sealed[at : at + _WINDOW] for at in range(0, len(sealed) - _WINDOW + 1, _EVERY))
