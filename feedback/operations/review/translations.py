"""What interpreters wrote of a round's comments: one sealed box a round, so that no comment is known as translated."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from feedback.models import Translations
from feedback.operations.school import School
from feedback.privacy.sealed_text import open_text, seal_text

#: Letters that a translation may have.
LONGEST_TRANSLATION = 1500
#: Bytes in which a round's box of translations grows: dozens fit into the first one.
_STEP = 16_384


@dataclass(frozen=True, slots=True)
class Translation:
    """A comment in the school's own language; `by` is "person", or "machine" for a draft that a person checked."""

    words: str
    by: str


def open_translations(school: School, session: Session, round_id: str) -> dict[str, Translation]:
    """The round's translations by the id of their comment. KeyGone once the comments are purged."""
    kept = session.get(Translations, round_id)
    if kept is None:
        return {}
    opened = open_text(kept.sealed, school.keystore.data_key(round_id), bound_to=_bound(round_id))
    return {comment: Translation(**told) for comment, told in opened.items()}


def keep_translation(school: School, session: Session, round_id: str, comment_id: str, told: Translation) -> None:
    """Put one more into the round's box, or another one in its place."""
    # Two interpreters at once: the second one waits for the first, or would write over what it has written.
    session.get(Translations, round_id, with_for_update=True)
    _keep(school, session, round_id, {**open_translations(school, session, round_id), comment_id: told})


def make_room_for_translations(school: School, session: Session, round_id: str) -> None:
    """An empty box for a round whose comments were just read, whether anything in it needs a translation or not."""
    if session.get(Translations, round_id) is None:
        _keep(school, session, round_id, {})


def _keep(school: School, session: Session, round_id: str, told: Mapping[str, Translation]) -> None:
    contents = {comment: asdict(each) for comment, each in told.items()}
    sealed = seal_text(contents, school.keystore.data_key(round_id), bound_to=_bound(round_id), step=_STEP)
    session.merge(Translations(round_id=round_id, sealed=sealed))


def _bound(round_id: str) -> str:
    return f"{round_id} translations"
