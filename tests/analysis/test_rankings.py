"""Rankings and shared points: what may be told where people are in several cells, or a tie counts twice."""

import json

from hypothesis import given
from hypothesis import strategies as st

from analysis.bars import bars
from analysis.summarise import summarise
from analysis.summary import Bar, Reader, Share, Summary, TooFew, freeze_summary, thaw_summary
from analysis.tables import Column, Measure, Tally
from analysis.verdict import Criterion

FIRST = Column("first", Measure.RANKING, ("books", "games", "songs"))
TOP_TWO = Column("top", Measure.RANKING, ("a", "b", "c", "d"), places=2)


def summary_of(column: Column, counts: dict[str, int], people: int, criterion: Criterion | None = None) -> Summary:
    """The team's figures of one ranking."""
    tally = Tally(column.question, people, counts)
    return summarise([column], [tally], reader=Reader.TEAM, respondents=people, group_size=None, criterion=criterion)


def shown(counts: list[int], people: int, reader: Reader = Reader.TEAM) -> tuple[Bar, ...]:
    """The bars of the ranking with two places; its first cell is the headline."""
    named = dict(zip(TOP_TWO.cells, counts, strict=True))
    return bars(TOP_TWO, named, people, headline=("a",), reader=reader)


def test_first_places_add_up_like_one_choice() -> None:
    first = summary_of(FIRST, {"books": 14, "games": 8, "songs": 2}, 24).questions[0]
    assert first.places == 1
    assert first.bars == (
        Bar(("books",), Share("exactly", 58, 58, 58, (37, 77))),
        Bar(("games", "songs"), Share("exactly", 42, 42, 42, (23, 63))),
    )


def test_a_release_from_before_there_were_rankings_can_still_be_read() -> None:
    body = json.loads(freeze_summary(summary_of(FIRST, {"books": 14, "games": 8, "songs": 2}, 24)))
    assert body["questions"][0].pop("places") == 1
    assert thaw_summary(json.dumps(body)).questions[0].places is None


def test_a_ranking_with_more_places_says_so_and_has_a_bar_for_each() -> None:
    top = summary_of(TOP_TWO, {"a": 17, "b": 13, "c": 10, "d": 8}, 24).questions[0]
    assert top.places == 2
    assert [bar.cells for bar in top.bars] == [("a",), ("b",), ("c",), ("d",)]


def test_a_coded_cell_of_a_ranking_is_not_told_by_the_others() -> None:
    # 20 of 24 is "75 % or more". Both places of everybody are 48, and 12, 9 and 7 would leave exactly 20.
    top = summary_of(TOP_TWO, {"a": 20, "b": 12, "c": 9, "d": 7}, 24).questions[0]
    assert top.bars[-1] == Bar(("c", "d"), TooFew())


def test_what_is_hidden_in_a_ranking_is_enough_people_together() -> None:
    # Everybody filled both places: 80 in all, so 78 shown would tell that two people put c or d among their first.
    last = shown([38, 40, 1, 1], 40)[-1]
    assert last == Bar(("b", "c", "d"), TooFew())
    # The control: of boxes to tick nobody knows the sum, so b has its bar.
    ticked = Column("ticked", Measure.CHOICES, TOP_TWO.cells)
    counts = dict(zip(ticked.cells, [38, 40, 1, 1], strict=True))
    assert bars(ticked, counts, 40, headline=("a",), reader=Reader.TEAM)[-1].cells == ("c", "d")


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(0, 40), st.sampled_from(Reader))
def test_no_ranking_leaves_a_few_people_to_subtract(counts: list[int], more: int, reader: Reader) -> None:
    hidden = [bar for bar in shown(counts, max(counts) + more, reader) if isinstance(bar.figure, TooFew)]
    for bar in hidden:
        together = sum(dict(zip(TOP_TWO.cells, counts, strict=True))[cell] for cell in bar.cells)
        assert together >= (10 if reader is Reader.PUBLIC else 5) or set(bar.cells) == set(TOP_TWO.cells[1:])


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(0, 40))
def test_the_public_never_sees_a_place_that_the_team_does_not_see(counts: list[int], more: int) -> None:
    people = max(counts) + more
    told = {
        reader: {bar.cells for bar in shown(counts, people, reader) if not isinstance(bar.figure, TooFew)}
        for reader in Reader
    }
    assert told[Reader.PUBLIC] <= told[Reader.TEAM]


def test_a_criterion_of_several_places_together_cannot_be_added() -> None:
    # With points a tie counts twice, so even first places are not added up.
    counts = {"books": 14, "games": 12, "songs": 2}
    summary = summary_of(FIRST, counts, 24, Criterion("first", ("books", "games"), 60, 10))
    assert summary.criterion is not None
    assert summary.criterion.figure == TooFew()
    one = summary_of(FIRST, counts, 24, Criterion("first", ("games",), 60, 10))
    assert one.criterion is not None
    assert one.criterion.figure == Share("exactly", 50, 50, 50, (30, 70))
