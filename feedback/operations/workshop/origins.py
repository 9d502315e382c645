"""What a form was made from, by its title: "first-look 1" says nothing to whoever has not written it."""

import json
import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import InstrumentVersion
from feedback.operations.school import School
from forms.library import names, open_library
from forms.wording import Words

_ID_AND_NUMBER = re.compile(r"([a-z][a-z0-9-]{0,79}) ([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Origin:
    """A form that another one was made from: its title in the languages that it has, and its version."""

    title: Words
    version: int


def origins_of(school: School, *adapted_from: str) -> dict[str, Origin]:
    """What is kept as "adapted from" -> the form it names, where it names one that is here: the school's or ready-made.

    Anything else is in somebody's own words, and is shown as they wrote it.
    """
    found: dict[str, Origin] = {}
    with reading(school.engine) as session:
        for said in dict.fromkeys(adapted_from):
            named = _ID_AND_NUMBER.fullmatch(said)
            title = _title(session, named[1], int(named[2])) if named else None
            if named and title:
                found[said] = Origin(title, int(named[2]))
    return found


def _title(session: Session, name: str, number: int) -> Words | None:
    # As plain JSON: to check a whole form for its title would take longer than the page that shows it.
    mine = (InstrumentVersion.name == name) & InstrumentVersion.published_on.is_not(None)
    for body in session.scalars(select(InstrumentVersion.body).where(mine)):
        own = json.loads(body)
        if own["version"] == number:
            title: Words = own["title"]
            return title
    return open_library(name).title if name in names() else None
