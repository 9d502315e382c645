"""The reading queue of a made-up class: whether a thief learns who wrote what, then or afterwards."""

import secrets
from collections.abc import Iterator

from sqlalchemy import select

from feedback.db import reading
from feedback.models import Decision, Envelope, Part, StaffMember
from feedback.operations.answers.receipts import clean_after_withdrawals, withdraw
from feedback.operations.answers.shake import shake
from feedback.operations.counting.count import count
from feedback.operations.counting.hand_out import hand_out
from feedback.operations.counting.reading_queue import decide, next_to_read
from feedback.operations.rounds.course import close_round
from feedback.operations.staff import add_staff
from feedback.proof.chance import tau, widest_tau
from feedback.proof.made_up import TEXTS, MadeUp, open_class, send
from feedback.proof.needles import Needle, search
from feedback.proof.verdict import Check, Line
from forms.wording import N_

_PEOPLE = 40
_WINDOW = 48

_PLAIN = Check(
    "what children write waits sealed",
    N_("Words that wait to be read, or lie on a reader's desk, are in no file in clear."),
)
_PARTS = Check(
    "second parts are alike",
    N_("Every child's envelope has one, as large as the envelope, whether anything was written or not."),
)
_ORDER = Check(
    "the reader learns no order",
    N_("What is handed out lies in an order, and under ids, that have nothing to do with who came when."),
)
_GONE = Check(
    "what was read is gone",
    N_("After the count no second part and no decision about words is in any file, nor what was withdrawn before."),
)


def look_for_words(made_up: MadeUp, *, counts: bool = True) -> Iterator[Line]:
    """A class of children through hand-out, decision, withdrawal and count; a line for each promise.

    With `counts=False` nothing is withdrawn or counted, to see that the search then finds something.
    """
    school, now = made_up.school, made_up.now
    readers = _readers(made_up)
    asked, hat = open_class(made_up, _PEOPLE, readers=(readers[0].id, readers[1].id))
    texts = [f"needle {secrets.token_hex(24)} is what I think" for _ in range(_PEOPLE)]
    sent = [
        send(made_up, asked, hat.pop(), {"again": "yes", **({TEXTS[0]: text} if number % 2 else {})})
        for number, text in enumerate(texts)
    ]
    plain = [Needle("what somebody wrote", (text.encode(),)) for text in texts[1::2]]
    clear = set(search(made_up.folder, plain))
    yield _parts(made_up, asked.round_id)
    hand_out(school, today=now.date())
    clear |= set(search(made_up.folder, plain))
    seen = []
    while (found := next_to_read(school, readers[0])) is not None:
        seen.append(texts.index(found.text))
        decide(school, readers[0], found.id, "fine", now=now)
    yield _order(seen, _PEOPLE // 2)
    sealed = _sealed(made_up, asked.round_id)
    if counts:
        withdraw(school, asked.code, sent[1].receipt, now=now)
        clean_after_withdrawals(school)
        shake(school, now=now)
        clear |= set(search(made_up.folder, plain))
        close_round(school, made_up.lead, asked.round_id, now=now)
        count(school, asked.round_id, today=now.date())
        clear |= set(search(made_up.folder, plain))
    yield _PLAIN.line(not clear, f"{len(clear)} found ({len(plain)} texts looked for at four moments)")
    left = search(made_up.folder, sealed)
    yield _GONE.line(not left, f"{len(left)} found ({len(sealed)} second parts and decisions looked for)")


def _readers(made_up: MadeUp) -> list[StaffMember]:
    accounts = ("reader", "deputy")
    password = secrets.token_urlsafe(12)
    return [add_staff(made_up.school, account, password, ("reader",), now=made_up.now) for account in accounts]


def _parts(made_up: MadeUp, round_id: str) -> Line:
    with reading(made_up.school.engine) as session:
        rows = session.execute(
            select(Envelope.sealed, Envelope.sealed_for_reading).where(Envelope.round_id == round_id)
        ).all()
    alike = all(part is not None and len(part) == len(envelope) for envelope, part in rows)
    return _PARTS.line(alike and len(rows) == _PEOPLE, f"{len(rows)} envelopes, half of them with words")


def _order(seen: list[int], expected: int) -> Line:
    found = tau([(number,) for number in seen])
    none = len(seen) == expected and abs(found) < widest_tau(expected, 1)
    return _ORDER.line(none, f"tau {found:+.2f} between coming and reading, over {len(seen)} texts")


def _sealed(made_up: MadeUp, round_id: str) -> list[Needle]:
    with reading(made_up.school.engine) as session:
        parts = session.scalars(select(Envelope.sealed_for_reading).where(Envelope.round_id == round_id)).all()
        hashes = [
            *session.scalars(select(Decision.words_hash).where(Decision.round_id == round_id)),
            *session.scalars(select(Part.words_hash).where(Part.round_id == round_id)),
        ]
    return [
        *(Needle("a second part", (part[:_WINDOW], part[-_WINDOW:])) for part in parts if part),
        *(Needle("a decision", (hash_.encode(),)) for hash_ in hashes),
    ]
