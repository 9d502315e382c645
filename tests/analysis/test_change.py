"""Then and now: only whether it became less, stayed or became more is told."""

from collections.abc import Sequence

from analysis.add_up import add_up
from analysis.change import DIRECTIONS, in_directions, pair
from analysis.summarise import summarise
from analysis.summary import Bar, Direction, FindingKind, People, Reader, Share, Summary
from analysis.tables import Column, Measure, Tally
from forms.questions import then_now
from tests.forms.factories import a_question

STEPS = ("none", "some", "most")
PAIRS = tuple(pair(then, now) for then in STEPS for now in STEPS)
LIKES = Column("likes", Measure.CHANGE, PAIRS, frozenset({"none--some", "none--most", "some--most"}), steps=STEPS)


def summary_of(*pairs: str, classes: Sequence[str] | None = None) -> Summary:
    """The team's figures of people who answered with these pairs."""
    said = [{"likes": (each,)} for each in pairs]
    tallies = add_up([LIKES], said, groups={"class": classes} if classes else {})
    return summarise([LIKES], tallies, reader=Reader.TEAM, respondents=len(said), group_size=None, criterion=None)


def test_every_pair_has_one_direction() -> None:
    tally = Tally("likes", 9, dict.fromkeys(PAIRS, 1))
    (column,), (told,) = in_directions([LIKES], [tally])
    assert column == Column("likes", Measure.CHANGE, DIRECTIONS, frozenset({"more"}))
    assert told.counts == {"less": 3, "same": 3, "more": 3}
    (_,), (most,) = in_directions([LIKES], [Tally("likes", 2, {"some--none": 2, "none--most": 5})])
    assert most.counts == {"less": 2, "same": 0, "more": 5}


def test_other_questions_stay_as_they_are() -> None:
    colour, tally = Column("colour", Measure.CHOICE, ("red", "blue")), Tally("colour", 3, {"red": 1, "blue": 2})
    assert in_directions([colour], [tally]) == ([colour], [tally])


def test_a_change_is_told_as_the_share_that_says_more() -> None:
    likes = summary_of(*["none--most"] * 8, *["some--most"] * 8, *["some--some"] * 5, *["most--none"] * 3).questions[0]
    assert (likes.measure, likes.people) == (Measure.CHANGE, People(20, 24))
    assert likes.bars == (
        Bar(("more",), Share("exactly", 67, 67, 67, (45, 83)), favourable=True),
        Bar(("less", "same"), Share("exactly", 33, 33, 33, (17, 55))),
    )


def test_all_three_stand_alone_where_each_has_enough_people() -> None:
    summary = summary_of(*["none--most"] * 20, *["some--some"] * 12, *["most--none"] * 10)
    assert [bar.cells for bar in summary.questions[0].bars] == [("less",), ("same",), ("more",)]
    assert (summary.findings[0].kind, summary.findings[0].cells) == (FindingKind.FAVOURABLE, ("more",))


def test_a_few_people_are_a_word_and_no_pair_is_anywhere() -> None:
    likes = summary_of(*["none--some"] * 6, "most--some").questions[0]
    assert likes.headline == Direction("most")
    assert "--" not in str(likes)


def test_a_change_is_compared_between_groups_by_its_direction() -> None:
    pairs = ["none--most"] * 11 + ["some--some"] * 13 + ["none--most"] * 13 + ["most--some"] * 11
    (breakdown,) = summary_of(*pairs, classes=["5a"] * 24 + ["5b"] * 24).questions[0].breakdowns
    assert [one.figure for one in breakdown.groups] == [
        Share("exactly", 46, 46, 46, (27, 67)),
        Share("exactly", 54, 54, 54, (33, 73)),
    ]


def test_forms_and_analysis_name_pairs_and_directions_alike() -> None:
    question = a_question("then-now")
    ids = [option.id for option in question.steps()]
    assert [cell.id for cell in question.cells()] == [pair(then, now) for then in ids for now in ids]
    assert then_now.DIRECTIONS == DIRECTIONS
    assert question.outcomes() == DIRECTIONS
    assert question.best_outcomes() == {"more"}
