"""A whole summary, from answers to figures."""

import json
from collections.abc import Sequence

import pytest

from analysis.add_up import Answered, add_up
from analysis.summarise import summarise
from analysis.summary import (
    Bar,
    Breakdown,
    Direction,
    FindingKind,
    GroupFigure,
    Level,
    People,
    Reader,
    Share,
    Summary,
    TooFew,
    Verdict,
    freeze_summary,
    thaw_summary,
)
from analysis.tables import Column, Measure, Tally
from analysis.verdict import Criterion

HELPS = Column("helps", Measure.SCALE, ("no", "bit", "much"), frozenset({"much"}), apart=("dont-know",))
COLOUR = Column("colour", Measure.CHOICE, ("red", "green"))
USES = Column("uses", Measure.CHOICES, ("home", "class"), frozenset({"home", "class"}))
WISH = Column("wish", Measure.TEXT)


def answers(much: int, bit: int, no: int = 0, unknown: int = 0) -> list[Answered]:
    """That many people, who all like green, use it in class, and have a wish."""
    cells = ["much"] * much + ["bit"] * bit + ["no"] * no + ["dont-know"] * unknown
    return [{"helps": (cell,), "colour": ("green",), "uses": ("class",), "wish": ()} for cell in cells]


def summary_of(
    said: list[Answered],
    *,
    reader: Reader = Reader.TEAM,
    group_size: int | None = None,
    criterion: Criterion | None = None,
    classes: Sequence[str] | None = None,
) -> Summary:
    """The summary of a round with all four questions."""
    columns = [HELPS, COLOUR, USES, WISH]
    tallies = add_up(columns, said, groups={"class": classes} if classes else {})
    return summarise(columns, tallies, reader=reader, respondents=len(said), group_size=group_size, criterion=criterion)


def test_a_class_of_twelve_that_all_said_yes() -> None:
    summary = summary_of(answers(12, 0), group_size=14)
    helps = summary.question("helps")
    eighty_or_more = Share("at_least", 80, 100, 80, (49, 94))
    assert summary.people == People(10, 14)
    assert summary.rate == Share("at_least", 71, 100, 71, (71, 100))
    assert helps.headline == eighty_or_more
    assert helps.bars == (
        Bar(("much",), eighty_or_more, favourable=True),
        Bar(("no", "bit"), Share("at_most", 0, 20, 20, (6, 51))),
    )
    frozen = freeze_summary(summary)
    assert thaw_summary(frozen) == summary
    # Neither the twelve people nor the end of their own interval, 76, are anywhere in the release.
    assert not {12, 76} & set(numbers_in(json.loads(frozen)["questions"]))


def numbers_in(value: object) -> list[int]:
    """Every number in a JSON value."""
    if isinstance(value, dict):
        return numbers_in(list(value.values()))
    if isinstance(value, list):
        return [number for item in value for number in numbers_in(item)]
    return [value] if isinstance(value, int) else []


def test_who_does_not_know_is_outside_the_share() -> None:
    helps = summary_of(answers(13, 7, unknown=10)).question("helps")
    assert helps.people == People(20, 24)
    assert helps.headline == Share("exactly", 65, 65, 65, (43, 82))
    assert all("dont-know" not in bar.cells for bar in helps.bars)


def test_where_nothing_is_better_the_headline_is_the_commonest_answer() -> None:
    summary = summary_of(answers(12, 12))
    assert summary.question("colour").bars[0] == Bar(("green",), Share("at_least", 75, 100, 75, (53, 89)))
    # One person may choose several, so two choices cannot be added up to one share.
    assert [bar.cells for bar in summary.question("uses").bars] == [("class",), ("home",)]
    assert summary.question("uses").bars[1].figure == TooFew()


def test_written_words_have_people_and_nothing_else() -> None:
    wish = summary_of(answers(12, 12)).question("wish")
    assert (wish.people, wish.headline, wish.bars, wish.breakdowns) == (People(20, 24), TooFew(), (), ())


def test_too_few_people_leave_nothing_to_read() -> None:
    summary = summary_of(answers(4, 5), reader=Reader.PUBLIC, group_size=26)
    assert summary.people == TooFew()
    assert summary.rate == TooFew()
    assert summary.findings == ()
    assert all((one.people, one.headline, one.bars) == (TooFew(), TooFew(), ()) for one in summary.questions)
    assert summary_of(answers(4, 5)).question("helps").headline == Direction("about_half")


def test_groups_are_shown_beside_the_total_where_nothing_is_given_away() -> None:
    said = answers(11, 13) + answers(13, 11)
    helps = summary_of(said, classes=["5a"] * 24 + ["5b"] * 24).question("helps")
    assert helps.breakdowns == (
        Breakdown(
            "class",
            (
                GroupFigure("5a", People(20, 24), Share("exactly", 46, 46, 46, (27, 67))),
                GroupFigure("5b", People(20, 24), Share("exactly", 54, 54, 54, (33, 73))),
            ),
        ),
    )


def test_a_hidden_group_carries_no_number() -> None:
    said = answers(12, 12) + answers(12, 12) + answers(11, 11) + answers(4, 4)
    classes = ["5a"] * 24 + ["5b"] * 24 + ["5c"] * 22 + ["5d"] * 8
    (breakdown,) = summary_of(said, classes=classes).question("helps").breakdowns
    assert [(one.group, one.people, one.figure) for one in breakdown.groups[2:]] == [
        ("5c", TooFew(), TooFew()),
        ("5d", TooFew(), TooFew()),
    ]


def test_twenty_one_and_four_leave_the_total_alone() -> None:
    merged = summary_of(answers(12, 13), classes=["5a"] * 21 + ["5b"] * 4)
    assert merged.question("helps").breakdowns == ()
    # Even if tallies had been stored without merging.
    tallies = [
        Tally("colour", 25, {"red": 12, "green": 13}),
        Tally("colour", 21, {"red": 10, "green": 11}, "class", "5a"),
        Tally("colour", 4, {"red": 2, "green": 2}, "class", "5b"),
    ]
    stored = summarise([COLOUR], tallies, reader=Reader.TEAM, respondents=25, group_size=None, criterion=None)
    assert stored.question("colour").breakdowns == (Breakdown("class"),)


def test_the_criterion_is_answered_and_said_first() -> None:
    criterion = Criterion("helps", ("much", "bit"), target=60, minimum_voices=20)
    summary = summary_of(answers(30, 40, no=30), group_size=110, criterion=criterion)
    assert summary.criterion is not None
    assert summary.criterion.figure == Share("exactly", 70, 70, 70, (60, 78))
    assert summary.criterion.verdict is Verdict.CLEAR_YES
    # Its cells take the place of the favourable ones, or "much" alone would be a difference.
    assert summary.findings[0].question == "helps"
    assert summary.findings[0].cells == ("bit", "much")
    assert summary.findings[0].kind is FindingKind.FAVOURABLE
    assert summary.findings[0].level is Level.HIGH
    assert summary.question("helps").headline == summary.criterion.figure


def test_a_criterion_of_several_choices_together_cannot_tell() -> None:
    summary = summary_of(answers(50, 50), group_size=110, criterion=Criterion("uses", ("home", "class"), 60, 10))
    assert summary.criterion is not None
    assert (summary.criterion.figure, summary.criterion.verdict) == (TooFew(), Verdict.CANNOT_TELL)


@pytest.mark.parametrize(("question", "cell"), [("unasked", "much"), ("helps", "very")])
def test_a_criterion_about_nothing_that_was_asked_is_refused(question: str, cell: str) -> None:
    with pytest.raises(KeyError, match=f"{question}|{cell}"):
        summary_of(answers(12, 12), criterion=Criterion(question, (cell,), 60, 10))


def test_a_summary_says_how_many_slips_were_printed_where_answers_needed_one() -> None:
    columns = [COLOUR]
    tallies = add_up(columns, answers(12, 0), groups={})
    for slips in (None, 27):
        summary = summarise(
            columns,
            tallies,
            reader=Reader.PUBLIC,
            respondents=12,
            group_size=25,
            criterion=None,
            slips_printed=slips,
        )
        assert summary.slips_printed == slips
        assert thaw_summary(freeze_summary(summary)) == summary


def test_a_release_from_before_there_were_slips_can_still_be_read_and_says_so() -> None:
    body = json.loads(freeze_summary(summary_of(answers(12, 0))))
    del body["slips_printed"]
    assert thaw_summary(json.dumps(body)).slips_printed is None
