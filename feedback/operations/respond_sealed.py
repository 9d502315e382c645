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
from feedback.operations.errors import StorageUnavailable
from feedback.operations.publish import Asked
from feedback.operations.respond import put_into_box
from feedback.operations.school import School
from feedback.operations.storage import storing
from feedback.privacy.box import BROWSER_SIZES, Box, EnvelopeUnreadable, seal_again, write_public
from feedback.privacy.carrying import CarriedFieldBroken, carried
from feedback.privacy.keeper import KeeperAway
from feedback.privacy.keys import KeyGone
from forms.builder import accept_answers
from forms.definition import Instrument
from forms.questions.base import Answer
from forms.typed import accept_typed


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a browser needs to seal for a box: its public key in base64url, HPKE's `info`, and the last day to send."""

    public_key: str
    info: str
    until: date


def sealing_of(school: School, asked: Asked) -> Sealing | None:
    """For the form's page; None while the key cannot be read, for then the form is asked all the same."""
    try:
        with storing(school, asked.code):
            key = school.keystore.public_key(asked.round_id)
    except (StorageUnavailable, KeyGone, KeeperAway):
        return None
    info = Box(asked.round_id, asked.instrument_sha256).info.decode()
    # The last day on which something still gets in: a round that closes at midnight is over the day before.
    until = (asked.closes_at - timedelta(minutes=1)).replace(tzinfo=UTC).astimezone(school.settings.zone)
    return Sealing(base64.urlsafe_b64encode(write_public(key)).decode(), info, until.date())


def accept_sealed(school: School, asked: Asked, key: str, sealed: bytes, *, slip: str = "", now: datetime) -> None:
    """Put what a browser sealed into the round's box. The same key is the same envelope, as the form's own is.

    No receipt comes back: this may be sent by whoever has the device now. Raises EnvelopeUnreadable where it has no
    size that a browser's envelope has, and what `accept` raises but NothingAnswered and AnswersTooLong.
    """
    if len(sealed) not in BROWSER_SIZES:
        raise EnvelopeUnreadable
    box = Box(asked.round_id, asked.instrument_sha256)

    def seal_for(group: str | None) -> bytes:
        return seal_again(sealed, group, school.keystore.public_key(asked.round_id), box)

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
