"""Adding up answers, and merging groups that are too small to be stored."""

import pytest

from analysis.add_up import Answered, add_up
from analysis.tables import OTHER_GROUPS, Column, Measure, Tally

HELPS = Column("helps", Measure.SCALE, ("no", "a-bit", "yes"), frozenset({"yes"}), apart=("dont-know",))
USES = Column("uses", Measure.CHOICES, ("home", "class"))
WISH = Column("wish", Measure.TEXT)


def sizes(groups: list[str | None]) -> dict[str | None, int]:
    """The groups that remain, with the number of people in each, when everybody says yes."""
    tallies = add_up([HELPS], [{"helps": ("yes",)}] * len(groups), groups={"class": groups})
    return {tally.group: tally.answered for tally in tallies if tally.breakdown == "class"}


def test_every_answer_is_counted_in_its_cells() -> None:
    answers: list[Answered] = [
        {"helps": ("yes",), "uses": ("home", "class"), "wish": ()},
        {"helps": ("dont-know",), "uses": ("class",)},
        {"uses": ("class",)},
    ]
    assert add_up([HELPS, USES, WISH], answers) == (
        Tally("helps", 2, {"no": 0, "a-bit": 0, "yes": 1, "dont-know": 1}),
        Tally("uses", 3, {"home": 1, "class": 3}),
        Tally("wish", 1, {}),
    )


def test_a_question_nobody_answered_has_a_tally_of_zeros() -> None:
    assert add_up([USES], [{}]) == (Tally("uses", 0, {"home": 0, "class": 0}),)


def test_an_answer_says_a_cell_once() -> None:
    assert add_up([USES], [{"uses": ("home", "home")}])[0].counts == {"home": 1, "class": 0}


@pytest.mark.parametrize(
    ("groups", "kept"),
    [
        (["5a"] * 12 + ["5b"] * 9, {"5a": 12, "5b": 9}),
        # Three are too few, and so are the other groups until the next smallest joins them.
        (["5a"] * 12 + ["5b"] * 9 + ["5c"] * 3, {"5a": 12, OTHER_GROUPS: 12}),
        (["5a"] * 12 + ["5b"] * 9 + ["5c"] * 3 + ["5d"] * 2, {"5a": 12, "5b": 9, OTHER_GROUPS: 5}),
        # Who named no group is one of the others too: total minus groups would give them away.
        (["5a"] * 12 + ["5b"] * 9 + [None] * 2, {"5a": 12, OTHER_GROUPS: 11}),
        (["5a"] * 12 + ["5b"] * 9 + [None] * 5, {"5a": 12, "5b": 9, OTHER_GROUPS: 5}),
        # 25 = 21 + 4: nothing is left to compare, so nothing is stored.
        (["5a"] * 21 + ["5b"] * 4, {}),
        (["5a"] * 25, {}),
        (["5a"] * 2 + ["5b"] * 2, {}),
    ],
)
def test_groups_under_five_are_merged_before_anything_is_stored(groups: list[str | None], kept: dict[str, int]) -> None:
    assert sizes(groups) == kept


def test_groups_are_merged_for_each_question_by_who_answered_it() -> None:
    both: Answered = {"helps": ("yes",), "uses": ("home",)}
    one: Answered = {"uses": ("home",)}
    answers = [both] * 10 + [one] * 6
    groups = {"class": ["5a"] * 6 + ["5b"] * 4 + ["5b"] * 6}
    tallies = add_up([HELPS, USES], answers, groups=groups)
    assert [(tally.question, tally.group, tally.answered) for tally in tallies] == [
        ("helps", None, 10),
        ("uses", None, 16),
        ("uses", "5a", 6),
        ("uses", "5b", 10),
    ]


def test_written_words_and_the_grouping_question_itself_are_not_broken_down() -> None:
    answers = [{"uses": ("home",), "wish": ()}] * 5 + [{"uses": ("class",), "wish": ()}] * 5
    groups = {"uses": ["home"] * 5 + ["class"] * 5}
    assert [tally.breakdown for tally in add_up([USES, WISH], answers, groups=groups)] == [None, None]


def test_a_cell_that_was_never_asked_is_refused() -> None:
    with pytest.raises(ValueError, match="helps: no such cell: maybe"):
        add_up([HELPS], [{"helps": ("maybe",)}])


def test_a_group_for_each_respondent_or_none_at_all() -> None:
    with pytest.raises(ValueError, match="class: 1 groups for 2 respondents"):
        add_up([HELPS], [{}, {}], groups={"class": ["5a"]})
