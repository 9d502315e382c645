"""Whole rounds whose counts yield each verdict, each rule of suppression and each kind of finding.

Every case is (cells of the answers, counts) and what the release then says; nothing is looked at on the way.
"""

from collections.abc import Mapping

import pytest

from analysis.summarise import summarise
from analysis.summary import Direction, FindingKind, Reader, Share, Summary, TooFew, Verdict
from analysis.tables import OTHER_GROUPS, Column, Measure, Tally
from analysis.verdict import Criterion

TEAM, PUBLIC = Reader.TEAM, Reader.PUBLIC
HELPS = Column("helps", Measure.SCALE, ("no", "bit", "much"), frozenset({"much"}), apart=("dont-know",))
COLOUR = Column("colour", Measure.CHOICE, ("red", "green", "blue"))


def released(
    *counts: int,
    column: Column = HELPS,
    reader: Reader = TEAM,
    group_size: int | None = None,
    target: int | None = None,
    groups: Mapping[str, tuple[int, ...]] | None = None,
) -> Summary:
    """The release of one question; `groups` are classes with counts of their own."""

    def tally(each: tuple[int, ...], *place: str) -> Tally:
        return Tally(
            column.question, sum(each), dict(zip(column.cells + column.apart, (*each, 0), strict=False)), *place
        )

    tallies = [tally(counts), *(tally(each, "class", name) for name, each in (groups or {}).items())]
    criterion = None if target is None else Criterion(column.question, ("much",), target, 10)
    return summarise(
        [column], tallies, reader=reader, respondents=sum(counts), group_size=group_size, criterion=criterion
    )


@pytest.mark.parametrize(
    ("counts", "target", "group_size", "word"),
    [
        # 70 of 100: Wilson 60 to 78 (domain.md 4.3); at least 95 of 110 answered.
        ((10, 20, 70), 60, 110, Verdict.CLEAR_YES),
        ((10, 20, 70), 60, 250, Verdict.LEANING_YES),  # 40 % answered
        ((2, 4, 14), 60, 24, Verdict.LEANING_YES),  # 14 of 20: 48 to 85, ten points above
        ((10, 20, 70), 65, 110, Verdict.CANNOT_TELL),
        ((2, 4, 14), 80, 24, Verdict.LEANING_NO),
        ((10, 20, 70), 79, 110, Verdict.CLEAR_NO),
        ((0, 1, 5), 10, 7, Verdict.CANNOT_TELL),  # a word, and fewer voices than ten
    ],
)
def test_a_round_yields_each_of_the_five_words(
    counts: tuple[int, ...], target: int, group_size: int, word: Verdict
) -> None:
    criterion = released(*counts, target=target, group_size=group_size).criterion
    assert criterion is not None
    assert criterion.verdict is word


def headline(summary: Summary) -> object:
    return summary.questions[0].headline


def test_too_few_people_are_too_few_for_each_reader() -> None:
    assert headline(released(1, 1, 2)) == TooFew()
    assert (headline(released(2, 3, 4)), headline(released(2, 3, 4, reader=PUBLIC))) == (
        Direction("about_half"),
        TooFew(),
    )


def test_five_to_nine_people_are_a_direction() -> None:
    words = [headline(released(*counts)) for counts in ((1, 1, 5), (2, 2, 3), (3, 2, 1))]
    assert words == [Direction("most"), Direction("about_half"), Direction("few")]


def test_ten_to_nineteen_people_are_a_wide_band() -> None:
    # 10 of 15; Wilson of 70 % of 15 is 45 to 87.
    assert headline(released(2, 3, 10)) == Share("between", 60, 80, 70, (45, 87))


def test_an_end_is_coded_and_its_interval_with_it() -> None:
    # 24 of 25: from five people aside on, 80 %; Wilson of 20 of 25 is 61 to 91.
    assert headline(released(0, 1, 24)) == Share("at_least", 80, 100, 80, (61, 91))
    assert headline(released(24, 1, 0)) == Share("at_most", 0, 20, 20, (9, 39))


def test_a_small_step_is_merged_with_its_neighbours() -> None:
    def cells(summary: Summary) -> list[tuple[str, ...]]:
        return [bar.cells for bar in summary.questions[0].bars]

    assert cells(released(4, 16, 20)) == [("much",), ("no", "bit")]
    assert cells(released(10, 12, 18)) == [("no",), ("bit",), ("much",)]


def shown(groups: Mapping[str, tuple[int, ...]]) -> dict[str, bool]:
    """Each printed group, and whether it has a figure; none where the total stands alone."""
    counts = [sum(each) for each in zip(*groups.values(), strict=True)]
    (breakdown,) = released(*counts, groups=groups).questions[0].breakdowns
    return {one.group: not isinstance(one.figure, TooFew) for one in breakdown.groups}


def test_a_hidden_group_takes_others_with_it_until_nothing_can_be_subtracted() -> None:
    groups = {"5a": (6, 6, 12), "5b": (6, 7, 11), "5c": (5, 6, 10), "5d": (1, 1, 2)}
    # 5d has four people: alone it could be subtracted. With 5c: 35 - 12 - 11 leaves 12 for both, so 8 to 12 of 5c, and
    # that is less than six wide. With 5a, too, everything is open.
    assert shown(groups) == {"5a": False, "5b": True, "5c": False, "5d": False}


def test_where_hiding_two_leaves_nothing_the_total_stands_alone() -> None:
    assert shown({"5a": (5, 6, 10), "5b": (1, 1, 2)}) == {}


def test_groups_merged_into_others_are_shown_as_one() -> None:
    groups = {"5a": (6, 6, 12), "5b": (6, 7, 11), OTHER_GROUPS: (5, 6, 10)}
    assert shown(groups) == {"5a": True, "5b": True, OTHER_GROUPS: True}


def test_each_kind_of_finding_comes_from_its_kind_of_question() -> None:
    better, common = released(10, 20, 70), released(20, 70, 10, column=COLOUR)
    assert [(one.kind, one.cells) for one in (*better.findings, *common.findings)] == [
        (FindingKind.FAVOURABLE, ("much",)),
        (FindingKind.CHOSEN, ("green",)),
    ]
    assert released(1, 1, 2).findings == ()
