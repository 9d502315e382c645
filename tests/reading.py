"""A round in which children write, with the two people who read it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Part, Reader, Round, StaffMember
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.counting.hand_out import hand_out
from feedback.operations.counting.reading_queue import decide, next_to_read
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from forms.definition import Instrument
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member, an_instrument

TODAY = NOW.date()
READER, DEPUTY = "reader@example.org", "deputy@example.org"


def a_form_to_write(**changes: Any) -> Instrument:
    """A form for nine- to eleven-year-olds with a place to write, "wish"."""
    wish = a_family_instrument().question("wish").model_dump(mode="json", exclude_none=True)
    asked = [each.model_dump(mode="json", exclude_none=True) for each in an_instrument().questions]
    return an_instrument(questions=[*asked, wish], **changes)


def a_read_round(school: School, *, read: tuple[str, ...] = ("en", "ar", "es"), **facts: Any) -> Round:
    """An open round of children with a reader and a deputy in these languages."""
    instrument = facts.pop("instrument", None) or a_form_to_write()
    round_ = a_round(school, instrument, read_languages=list(read), **facts)
    school.keystore.queue.make(round_.id)
    reader, deputy = reader_of(school), reader_of(school, DEPUTY)
    with Session(school.engine) as session, session.begin():
        for language in read:
            session.add(Reader(round_id=round_.id, language=language, is_deputy=False, staff_id=reader.id))
            session.add(Reader(round_id=round_.id, language=language, is_deputy=True, staff_id=deputy.id))
    return round_


def reader_of(school: School, account: str = READER) -> StaffMember:
    """The account that reads."""
    with Session(school.engine, expire_on_commit=False) as session:
        found = session.scalar(select(StaffMember).where(StaffMember.account == account))
    return found or a_staff_member(school, "reader", account=account)


def write(school: School, round_: Round, *texts: str, again: str = "yes") -> list[str]:
    """One child a text; their receipts."""
    asked = open_for_answers(school, round_.code, round_.languages[0], now=NOW)
    answers = [{"again": again, **({"wish": text} if text else {})} for text in texts]
    return [accept(school, asked, new_form_key(), answer, now=NOW).receipt for answer in answers]


def read_all(school: School, verdict: str = "fine", *, account: str = READER, instead: str = "") -> list[str]:
    """Hand out, and decide about everything in the order in which it is shown; the texts."""
    hand_out(school, today=TODAY)
    seen = []
    while (found := next_to_read(school, reader_of(school, account))) is not None:
        seen.append(found.text)
        decide(school, reader_of(school, account), found.id, verdict, instead=instead, now=NOW)
    return seen


def parts_of(school: School, round_: Round) -> list[Part]:
    """What is in the queue of this round, as it is stored."""
    with Session(school.engine, expire_on_commit=False) as session:
        return list(session.scalars(select(Part).where(Part.round_id == round_.id)))
