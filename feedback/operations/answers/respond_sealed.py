"""A respondent without a line: what the browser sealed comes in later, and is validated when the box is opened.

The server cannot look into it. So it lets it in as it lets in any other, by round, slip and place, seals it once more
beside the group of its slip or link, and believes nothing of what is inside: the count does what pages do while people
type.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from feedback.models import Round
from feedback.operations.answers.publish import Asked
from feedback.operations.answers.respond import put_into_box, words_part
from feedback.operations.answers.storage import storing
from feedback.operations.errors import StorageUnavailable
from feedback.operations.school import School
from feedback.privacy.box import BROWSER_SIZES, EnvelopeUnreadable, Sealed, seal_again, write_public
from feedback.privacy.carrying import CarriedFieldBroken, carried
from feedback.privacy.keeper import KeeperAway
from feedback.privacy.keys import KeyGone
from feedback.privacy.queue_keys import NoQueueKey
from forms.builder import accept_answers
from forms.definition import Instrument
from forms.questions.base import Answer, Measure
from forms.typed import accept_typed


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a browser needs to seal for a box: its public key in base64url, HPKE's `info`, and the last day to send.

    `queue_key` and `info_of_words` are the same for the part that goes to the reading queue, "" where there is none,
    and `texts` the ids of the questions whose answers are in it.
    """

    public_key: str
    info: str
    until: date
    queue_key: str = ""
    info_of_words: str = ""
    texts: tuple[str, ...] = ()


def sealing_of(school: School, asked: Asked) -> Sealing | None:
    """For the form's page; None while the key cannot be read, for then the form is asked all the same."""
    try:
        with storing(school, asked.code):
            key = _written(write_public(school.keystore.public_key(asked.round_id)))
            queue = school.keystore.queue.public(asked.round_id) if asked.read_languages else None
    except (StorageUnavailable, KeyGone, NoQueueKey, KeeperAway):
        return None
    # The last day on which something still gets in: a round that closes at midnight is over the day before.
    until = (asked.closes_at - timedelta(minutes=1)).replace(tzinfo=UTC).astimezone(school.settings.zone)
    info, info_of_words = asked.box.info.decode(), asked.box.info_of_words.decode()
    if queue is None:
        return Sealing(key, info, until.date())
    return Sealing(key, info, until.date(), _written(write_public(queue)), info_of_words, asked.texts)


def accept_sealed(
    school: School, asked: Asked, key: str, sealed: bytes, *, words: bytes = b"", slip: str = "", now: datetime
) -> None:
    """Put what a browser sealed into the round's box. The same key is the same envelope, as the form's own is.

    `words` is what it sealed to the reading queue. Where that has not the size that belongs to the envelope's, because
    an older page sealed it or somebody's program did, nothing is in the part: words that nobody has read are found at
    the count, and read then.

    No receipt comes back: this may be sent by whoever has the device now. Raises EnvelopeUnreadable where it has no
    size that a browser's envelope has, and what `accept` raises but NothingAnswered and AnswersTooLong.
    """
    if len(sealed) not in BROWSER_SIZES:
        raise EnvelopeUnreadable

    def seal_for(group: str | None) -> Sealed:
        envelope = seal_again(sealed, group, school.keystore.public_key(asked.round_id), asked.box)
        is_fine = bool(asked.read_languages) and len(words) == len(envelope)
        return Sealed(envelope, words if is_fine else words_part(school, asked, len(envelope)))

    put_into_box(school, asked, key, seal_for, slip=slip, now=now)


def answers_in(school: School, round_: Round, instrument: Instrument, contents: dict[str, Any]) -> dict[str, Answer]:
    """The valid answers of an opened envelope, whoever sealed it: {} where there is none.

    A browser has only what was typed, by question; and on a form with screens what the earlier ones carried, which
    nobody but the server can have written.
    """
    raw = contents.get("answers")
    typed = contents.get("typed")
    answered: dict[str, Any] = dict(raw) if isinstance(raw, dict) else {}
    if isinstance(typed, dict):
        answered |= {id_: answer for id_, answer in _earlier(school, round_, contents) if id_ not in typed}
        answered |= accept_typed(instrument, typed)
    return accept_answers(instrument, answered)


def words_in(school: School, round_: Round, instrument: Instrument, contents: dict[str, Any]) -> dict[str, str]:
    """What was written, by question, in an opened part for the reading queue, whoever sealed it.

    Whether somebody was asked the question is not looked at, for that depends on answers that are not in this part.
    """
    raw, typed = contents.get("answers"), contents.get("typed")
    said: dict[str, Any] = dict(raw) if isinstance(raw, dict) else {}
    if isinstance(typed, dict):
        said |= dict(_earlier(school, round_, contents))
        said |= {id_: values[0] for id_, values in typed.items() if isinstance(values, list) and values}
    texts = [question for question in instrument.questions if question.measure is Measure.TEXT]
    accepted = {question.id: question.accept(said.get(question.id)) for question in texts}
    return {id_: text for id_, text in accepted.items() if isinstance(text, str)}


def _written(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


def _earlier(school: School, round_: Round, contents: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    token = contents.get("carried")
    if not isinstance(token, str) or not token:
        return
    # Bound to the link that was opened, which a slip of another group does not change.
    for group in ("", *(str(group["code"]) for group in round_.groups)):
        bound_to = f"{round_.id} {round_.instrument.sha256} {group}"
        try:
            earlier = carried(token, secret=school.settings.secret, bound_to=bound_to).get("answers")
        except CarriedFieldBroken:
            continue
        if isinstance(earlier, dict):
            yield from earlier.items()
        return
