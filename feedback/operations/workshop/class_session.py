"""A class reads questions of a draft and says what it understood. Nobody signs in, and nothing tells who said what.

What is typed into the questions' own fields is never read: no answer of a try-out is anywhere.
"""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import TryOut, TryOutIdea, TryOutMark
from feedback.models.try_outs import MARKS
from feedback.operations.errors import LanguageUnknown, NotReady, RoundClosed, RoundUnknown
from feedback.operations.school import School
from feedback.operations.schools import name_of_form
from feedback.operations.workshop.names_in_notes import names_in
from forms.definition import Instrument
from forms.wording import one_line

LONGEST_IDEA = 200
#: More than a school's largest class gives in a lesson; the doors are open to whoever has the code.
_MOST_TIMES = 500
_MOST_IDEAS = 100


@dataclass(frozen=True, slots=True)
class AtTheClass:
    """A session as the class sees it. `decided` are ideas with what became of them: (item, words, used, reason)."""

    id: str
    instrument: Instrument
    label: str
    is_over: bool
    decided: tuple[tuple[str, str, bool, str], ...]
    school_name: str


def come_to_class(school: School, code: str, language: str) -> AtTheClass:
    """The session behind a code. RoundUnknown where there is none, LanguageUnknown."""
    with reading(school.engine) as session:
        row = session.scalar(select(TryOut).where(TryOut.code == code.upper()))
        if row is None:
            raise RoundUnknown(code)
        instrument = Instrument.model_validate_json(row.body)
        if language not in instrument.languages:
            raise LanguageUnknown(code, instrument.languages)
        ended = select(TryOutIdea).where(TryOutIdea.try_out_id == row.id, TryOutIdea.state != "open")
        decided = tuple(
            (idea.item, idea.words, idea.state == "used", idea.reason)
            for idea in session.scalars(ended.order_by(TryOutIdea.id))
        )
        name = name_of_form(school, session, row.name)
        return AtTheClass(row.id, instrument, row.label, row.state == "over", decided, name)


def say_of_item(school: School, at: AtTheClass, item: str, *, mark: str, idea: str) -> None:
    """Count one mark for one question, and keep an idea about it; `item` "" and `mark` "" for a question besides.

    NotReady: "mark", "idea_too_long", "idea_has_a_name", "enough": nothing is stored then. RoundClosed once it is over.
    """
    words = one_line(idea)
    known = {question.id for question in at.instrument.questions}
    if (item or mark or not words) and (item not in known or mark not in MARKS):
        raise NotReady("mark")
    if len(words) > LONGEST_IDEA:
        raise NotReady("idea_too_long")
    if words and names_in(school, words):
        raise NotReady("idea_has_a_name")
    with writing(school.engine) as session:
        still_open = session.scalar(select(TryOut.state).where(TryOut.id == at.id)) == "open"
        if not still_open:
            raise RoundClosed(at.id)
        if item:
            _count(session, at.id, item, mark)
        if words:
            _keep(session, at.id, item, words)


def _count(session: Session, try_out_id: str, item: str, mark: str) -> None:
    place = (TryOutMark.try_out_id == try_out_id, TryOutMark.item == item, TryOutMark.mark == mark)
    times = session.scalar(select(TryOutMark.times).where(*place))
    if times is None:
        session.add(TryOutMark(try_out_id=try_out_id, item=item, mark=mark, times=1))
    elif times >= _MOST_TIMES:
        raise NotReady("enough")
    else:
        session.execute(update(TryOutMark).where(*place).values(times=TryOutMark.times + 1))


def _keep(session: Session, try_out_id: str, item: str, words: str) -> None:
    about = (TryOutIdea.try_out_id == try_out_id, TryOutIdea.item == item, TryOutIdea.words == words)
    # Said by several groups it is one idea.
    if session.scalar(select(func.count()).where(*about)):
        return
    if (session.scalar(select(func.count()).where(TryOutIdea.try_out_id == try_out_id)) or 0) >= _MOST_IDEAS:
        raise NotReady("enough")
    session.add(TryOutIdea(try_out_id=try_out_id, item=item, words=words))
