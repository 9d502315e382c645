"""Groups of comments: sealed with them, for big groups only, told to the team as shares and to nobody as comments."""

from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from analysis.tables import OTHER_GROUPS
from analysis.words import Beside, QuestionWords
from feedback.models import Round
from feedback.operations.counting.comments import open_comments, open_groups
from feedback.operations.finish import finish_round
from feedback.operations.results.read_release import latest, latest_public
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import NOW, a_pilot, a_staff_member
from tests.feedback.groups import a_round_of_groups, sign, the_round_before
from tests.reading import a_read_round, read_all, write

BIG = {"Robins": {"lunch": 36, "games": 24}, "Wrens": {"lunch": 15, "games": 45}}


def groups_of(school: School, round_: Round) -> dict[tuple[str, str], int]:
    """How many comments were kept with each group."""
    with Session(school.engine) as session:
        return dict(Counter(open_groups(school, session, round_.id).values()))


def words_of(school: School, round_: Round) -> QuestionWords:
    """What the team is told about the wishes."""
    words = latest(school, a_staff_member(school, "lead", account=f"reads {round_.code}"), round_.id).words
    assert words is not None
    return words.questions[0]


def test_a_big_group_stays_with_its_comments_and_a_small_one_goes_into_the_others(school: School) -> None:
    small = {"Finches": {"lunch": 4}, "Larks": {"lunch": 9}}
    round_ = a_round_of_groups(school, BIG | small)
    kept = {("group", "Robins"): 60, ("group", "Wrens"): 60, ("group", OTHER_GROUPS): 13}
    assert groups_of(school, round_) == kept


def test_where_one_group_would_be_a_few_nothing_is_kept(school: School) -> None:
    round_ = a_round_of_groups(school, {"Robins": {"lunch": 30}, "Wrens": {"lunch": 9}})
    assert groups_of(school, round_) == {}


def test_what_children_wrote_keeps_its_group_through_the_reading_and_what_was_dropped_counts_in_none(
    school: School,
) -> None:
    round_ = a_read_round(school, breakdowns=["again"], group_size=60)
    for again, people in (("yes", 14), ("no", 10), ("maybe", 11)):
        write(school, round_, *[f"{again} number {number}" for number in range(people)], again=again)
    read_all(school)
    write(school, round_, "please help me", again="yes")
    read_all(school, "red")
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    finish_round(school, round_.id, today=NOW.date())
    with Session(school.engine) as session:
        groups = open_groups(school, session, round_.id)
        kept = Counter((one.text.split()[0], groups[one.id]) for one in open_comments(school, session, round_.id))
    assert kept == {(again, ("again", again)): people for again, people in (("yes", 14), ("no", 10), ("maybe", 11))}


def test_a_group_is_nowhere_in_the_file_but_sealed(school_in_a_file: School) -> None:
    # By what people answered: its name is in no link.
    school = school_in_a_file
    round_ = a_round_of_groups(school, BIG, breakdowns=["group"])
    assert len(groups_of(school, round_)) == 2
    columns = Path(str(school.engine.url.database)).read_bytes()
    # Once in the round's own list, and not once for each of sixty comments.
    assert 0 < columns.count(b"Robins") < 10


def test_the_team_is_told_shares_by_group_and_the_public_is_not(school: School) -> None:
    round_ = a_round_of_groups(school, BIG)
    sign(school, a_staff_member(school, "lead"), round_)
    asked = words_of(school, round_)
    assert asked.variable == "group"
    lunch = next(theme for theme in asked.themes if theme.theme == "lunch")
    told = [(one.group, getattr(one.figure, "point", None), one.others.beside) for one in lunch.groups]
    assert told == [("Robins", 60, Beside.MORE), ("Wrens", 25, Beside.LESS)]
    public = latest_public(school, round_.code).words
    assert public is not None
    assert public.questions[0].themes
    assert all(not theme.groups and theme.share is None for theme in public.questions[0].themes)
    assert public.questions[0].variable is None


def test_a_reviewer_reads_no_group_beside_any_comment(school: School, app: Flask) -> None:
    round_ = a_round_of_groups(school, BIG)
    desk = Desk(app, a_staff_member(school, "lead"))
    page = desk.open(f"/rounds/{round_.id}/review")
    themes = [link for link in page.links if "/review/" in link]
    for path in themes:
        page = desk.open(path.split("/desk", 1)[1])
        assert "Robins" not in page.words
        assert "Wrens" not in page.words
    assert themes


def test_a_round_is_held_against_the_one_before(school: School) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    then = {"lunch": 12, "games": 48}
    before = the_round_before(school, pilot, {"Robins": then, "Wrens": then})
    sign(school, lead, before)
    round_ = a_round_of_groups(school, BIG, pilot=pilot)
    sign(school, lead, round_)
    asked = words_of(school, round_)
    assert asked.last_counted_on == NOW.date()
    since = {theme.theme: theme.since.beside for theme in asked.themes if theme.since}
    assert since == {"lunch": Beside.MORE, "games": Beside.LESS}
    # The earlier round's own figures go when it is purged, so none of them is kept here.
    assert words_of(school, before).themes[0].since is None


@pytest.mark.parametrize("other", [{"title": "Class 9Z"}, {"owner_id": "somebody"}, {"pilot": None}])
def test_a_round_is_not_held_against_other_peoples(school: School, other: dict[str, object]) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    if "owner_id" in other:
        other = {"owner_id": a_staff_member(school, account="another@example.org").id}
    if "pilot" in other:
        other = {"pilot": a_pilot(school)}
    sign(school, lead, the_round_before(school, **({"pilot": pilot, "written": BIG} | other)))  # type: ignore[arg-type]  # facts of a round
    round_ = a_round_of_groups(school, BIG, pilot=pilot)
    sign(school, lead, round_)
    assert words_of(school, round_).last_counted_on is None


def test_the_page_says_in_words_where_groups_differ_and_where_nobody_can_tell(school: School, app: Flask) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    written = {"Robins": {"lunch": 36, "games": 24, "wc": 12}, "Wrens": {"lunch": 15, "games": 45, "wc": 14}}
    sign(school, lead, the_round_before(school, pilot, {"Robins": {"lunch": 12, "wc": 28, "games": 40}}))
    round_ = a_round_of_groups(school, written, pilot=pilot)
    sign(school, lead, round_)
    words = Desk(app, lead).open(f"/rounds/{round_.id}/results").words
    assert "Robins: more often than the other groups." in words
    # The other one's sentence would only say the same again.
    assert "Wrens: less often" not in words
    assert "Whether one group wrote about it more often, we cannot tell." in words
    assert "Somewhat more often than last time." in words
    assert "We only say “more” or “less” where chance alone would hardly do it." in words
