"""What may be shown of one count, and what that gives away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import people_band, possible_counts, response_rate, rest_of, share
from analysis.summary import Direction, Figure, People, Reader, Share, TooFew

TEAM, PUBLIC = Reader.TEAM, Reader.PUBLIC
READERS = st.sampled_from(Reader)


@st.composite
def counted(draw: st.DrawFn, smallest: int = 0, largest: int = 400) -> tuple[int, int]:
    """Some of some people."""
    people = draw(st.integers(smallest, largest))
    return draw(st.integers(0, people)), people


@pytest.mark.parametrize(
    ("count", "people", "figure"),
    [
        (4, 4, TooFew()),
        (4, 5, Direction("most")),
        (6, 9, Direction("most")),
        (5, 9, Direction("about_half")),
        (3, 9, Direction("few")),
        # Or "about half" of six would be three and nothing else.
        (4, 6, Direction("about_half")),
        (5, 6, Direction("most")),
        (12, 12, Share("at_least", 80, 100, 80, (49, 94))),
        (9, 12, Share("between", 60, 80, 70, (40, 89))),
        (6, 12, Share("between", 40, 60, 50, (24, 76))),
        (4, 12, Share("between", 20, 40, 30, (11, 60))),
        (0, 12, Share("at_most", 0, 20, 20, (6, 51))),
        (13, 20, Share("exactly", 65, 65, 65, (43, 82))),
        (15, 20, Share("at_least", 75, 100, 75, (53, 89))),
        (34, 40, Share("at_least", 85, 100, 85, (71, 93))),
        (33, 40, Share("exactly", 82, 82, 82, (67, 91))),
        (120, 120, Share("at_least", 95, 100, 95, (90, 98))),
    ],
)
def test_the_team_sees_a_word_a_band_or_a_percent(count: int, people: int, figure: Figure) -> None:
    assert share(count, people, reader=TEAM) == figure


@pytest.mark.parametrize(
    ("count", "people", "figure"),
    [
        (9, 9, TooFew()),
        (12, 12, Share("at_least", 80, 100, 80, (49, 94))),
        (31, 40, Share("at_least", 75, 100, 75, (60, 86))),
        (29, 40, Share("exactly", 72, 72, 72, (57, 84))),
        (120, 120, Share("at_least", 90, 100, 90, (83, 94))),
        # 89.5 %: the team reads 90 %, so the public may not read it as less than "90 % or more".
        (111, 124, Share("at_least", 90, 100, 90, (83, 94))),
    ],
)
def test_the_public_sees_no_side_of_fewer_than_ten(count: int, people: int, figure: Figure) -> None:
    assert share(count, people, reader=PUBLIC) == figure


@given(counted(smallest=5), READERS)
def test_nothing_is_ever_said_of_nobody_or_of_everybody(some: tuple[int, int], reader: Reader) -> None:
    figure = share(*some, reader=reader)
    if isinstance(figure, Share):
        assert 5 <= figure.point <= 95
        assert 0 <= figure.interval[0] <= figure.point <= figure.interval[1] <= 100
        assert some[1] >= 20 or 20 <= figure.point <= 80
        assert (figure.low, figure.high) not in {(0, 0), (100, 100)}


@given(counted(smallest=20), READERS)
def test_a_printed_percent_has_five_people_on_either_side(some: tuple[int, int], reader: Reader) -> None:
    count, people = some
    figure = share(count, people, reader=reader)
    if isinstance(figure, Share) and figure.shape == "exactly":
        smaller = min(count, people - count)
        assert smaller >= (10 if reader is PUBLIC and people >= 40 else 5)


@given(counted(), READERS)
def test_the_rest_can_be_known_from_the_share_and_says_no_more(some: tuple[int, int], reader: Reader) -> None:
    count, people = some
    figure = share(count, people, reader=reader)
    assert rest_of(figure) == share(people - count, people, reader=reader)
    assert rest_of(rest_of(figure)) == figure


@given(counted())
def test_the_public_figure_is_a_coarsening_of_the_teams(some: tuple[int, int]) -> None:
    team, public = possible_counts(*some, reader=TEAM), possible_counts(*some, reader=PUBLIC)
    assert public.start <= team.start
    assert team.stop <= public.stop


@given(counted(largest=120), READERS)
def test_possible_counts_are_those_with_the_same_figure(some: tuple[int, int], reader: Reader) -> None:
    count, people = some
    figure = share(count, people, reader=reader)
    same = [other for other in range(people + 1) if share(other, people, reader=reader) == figure]
    assert list(possible_counts(count, people, reader=reader)) == same


@given(st.integers(5, 99), READERS)
def test_a_unanimous_figure_does_not_tell_how_many_people_are_in_the_band(people: int, reader: Reader) -> None:
    lowest = people // 5 * 5
    assert share(people, people, reader=reader) == share(lowest, lowest, reader=reader)


@pytest.mark.parametrize(
    ("count", "team", "public"),
    [
        (4, TooFew(), TooFew()),
        (9, People(5, 9), TooFew()),
        (10, People(10, 14), People(10, 14)),
        (99, People(95, 99), People(95, 99)),
        (1000, People(1000, 1004), People(1000, 1004)),
    ],
)
def test_people_are_shown_in_fives(count: int, team: object, public: object) -> None:
    assert people_band(count, reader=TEAM) == team
    assert people_band(count, reader=PUBLIC) == public


def test_nobodys_share_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no share: 6 of 5"):
        share(6, 5, reader=TEAM)


@pytest.mark.parametrize(
    ("people", "group_size", "rate"),
    [
        (People(20, 24), None, None),
        (TooFew(), 26, TooFew()),
        (People(15, 19), 26, Share("between", 58, 73, 65, (58, 73))),
        (People(20, 24), 26, Share("at_least", 77, 100, 77, (77, 100))),
        (People(25, 29), 26, Share("at_least", 80, 100, 80, (80, 100))),
        (People(10, 14), 10, Share("at_least", 80, 100, 80, (80, 100))),
        (People(5, 9), 2000, Share("at_most", 0, 5, 5, (0, 5))),
        (People(120, 120), 240, Share("exactly", 50, 50, 50, (50, 50))),
    ],
)
def test_the_response_rate_is_no_finer_than_the_people(
    people: People | TooFew, group_size: int | None, rate: Figure | None
) -> None:
    assert response_rate(people, group_size) == rate
