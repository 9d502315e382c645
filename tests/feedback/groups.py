"""Rounds in which groups of people write about themes, counted, reviewed and signed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from feedback.models import Comment, Pilot, Round, StaffMember, Theme
from feedback.operations.counting.comments import Reading, open_comments, seal_reading
from feedback.operations.finish import finish_round
from feedback.operations.results.release import release_words
from feedback.operations.school import School
from forms.questions.base import Answer
from tests.factories import NOW, a_family_instrument, a_round, drop_envelopes

TODAY = NOW.date()


def a_round_of_groups(school: School, written: Mapping[str, Mapping[str, int]], **facts: Any) -> Round:
    """A counted round: group -> theme -> how many of the group wrote about it; themes are codes with labels alike."""
    codes = {name: f"GRP{place:03}" for place, name in enumerate(sorted(written), start=1)}
    groups = [{"code": code, "name": name, "size": 200} for name, code in codes.items()]
    plan: dict[str, Any] = {"group_size": 900, "groups": groups, "breakdowns": ["group"]}
    round_ = a_round(school, a_family_instrument(), **(plan | facts))
    for name, code in codes.items():
        answers: list[Mapping[str, Answer]] = [
            {"wish": f"{theme} {code} {number}"} for theme, people in written[name].items() for number in range(people)
        ]
        drop_envelopes(school, round_, *answers, group=code)
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=TODAY)
    _read(school, round_)
    return round_


def sign(school: School, by: StaffMember, round_: Round) -> None:
    """Let a person sign the review of a round whose themes are accepted."""
    release_words(school, by, round_.id, today=TODAY, now=NOW)


def the_round_before(school: School, pilot: Pilot, written: Mapping[str, Mapping[str, int]], **facts: Any) -> Round:
    """The same round a few months earlier."""
    was = {"opens_at": NOW - timedelta(days=90), "closes_at": NOW + timedelta(hours=1)}
    return a_round_of_groups(school, written, pilot=pilot, **(was | facts))


def _read(school: School, round_: Round) -> None:
    """As analysis would: the first word of a comment is its theme, and each theme is accepted."""
    with Session(school.engine) as session, session.begin():
        session.query(Theme).where(Theme.round_id == round_.id).delete()
        codes = set()
        for opened in list(open_comments(school, session, round_.id)):
            code = opened.text.split()[0]
            sealed = seal_reading(school, round_.id, "wish", Reading((code,), 0.9, "en", "unclear"))
            session.get_one(Comment, opened.id).sealed_reading = sealed
            codes.add(code)
        for code in sorted(codes):
            label = code.capitalize()
            session.add(Theme(round_id=round_.id, question="wish", code=code, label=label, decision="accepted"))
