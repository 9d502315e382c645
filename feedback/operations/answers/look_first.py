"""What families may look at before anybody is asked: the very version, whole, at a public address."""

from sqlalchemy import select

from feedback.db import reading
from feedback.models import Round
from feedback.operations.answers.publish import Asked, asked_of
from feedback.operations.errors import LanguageUnknown, RoundUnknown
from feedback.operations.school import School


def to_look_at(school: School, code: str, language: str) -> Asked:
    """A round that is open or still planned; RoundUnknown, LanguageUnknown.

    Whoever has the code may see a draft: it stands on the letter, and nowhere else. Places to write are in it, also
    where nobody is asked to write for want of a reader.
    """
    with reading(school.engine) as session:
        found = session.scalar(select(Round).where(Round.code == code.upper()))
        if found is None or found.imported:
            raise RoundUnknown(code)
        if language not in found.languages:
            raise LanguageUnknown(code, found.languages)
        return asked_of(school, found, None)
