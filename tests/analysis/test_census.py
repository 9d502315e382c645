"""Whole groups and net scores: only from what is printed, and never narrower than that."""

from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.census import Bounds, Net, net_of, net_score, share_of, whole_group
from analysis.disclosure import people_band, share
from analysis.proportions import newcombe_together, opposed
from analysis.spread import wilson
from analysis.summarise import summarise
from analysis.summary import Direction, People, QuestionSummary, Reader, Share, TooFew
from analysis.tables import Column, Measure, Tally

TEAM = Reader.TEAM
SCALE = Column("helps", Measure.SCALE, ("no", "bit", "much", "very"), frozenset({"much", "very"}))
TOP, BOTTOM = frozenset({"much", "very"}), frozenset({"no", "bit"})


def scale(*counts: int) -> QuestionSummary:
    """The team's figures of the scale."""
    tally = Tally("helps", sum(counts), dict(zip(SCALE.cells, counts, strict=True)))
    return summarise([SCALE], [tally], reader=TEAM, respondents=sum(counts), group_size=None, criterion=None).questions[
        0
    ]


def test_sixteen_of_twenty_two_in_a_class_of_twenty_six_from_what_is_printed() -> None:
    # domain.md 4.3 has 62 to 77 from the true counts; "73 %" of "20 to 24 people" leaves more open:
    # 0.725 * 20 / 26 = 55.8 %, and (0.735 * 20 + 6) / 26 = 79.6 %.
    assert whole_group(share(16, 22, reader=TEAM), People(20, 24), 26) == Bounds(55, 80)


def test_a_coded_end_is_open_and_a_word_has_no_bounds() -> None:
    assert whole_group(Share("at_least", 80, 100, 80, (49, 94)), People(10, 14), 14) == Bounds(56, 100)
    assert whole_group(Direction("most"), People(5, 9), 9) == TooFew()
    assert whole_group(TooFew(), TooFew(), 9) == TooFew()


@given(st.integers(10, 200), st.integers(0, 200), st.integers(0, 60), st.integers(0, 60))
def test_the_bounds_hold_whatever_the_silent_ones_would_have_said(
    people: int, said: int, silent: int, of_them: int
) -> None:
    assume(said <= people and of_them <= silent)
    bounds = whole_group(share(said, people, reader=TEAM), people_band(people, reader=TEAM), people + silent)
    assert isinstance(bounds, Bounds)
    assert bounds.low <= 100 * (said + of_them) / (people + silent) <= bounds.high


@pytest.mark.parametrize(
    ("table", "interval"),
    [
        # Newcombe 1998 (Statistics in Medicine 17, 2635-2650), table II, method 10.
        ((36, 12, 2, 0), (0.0569, 0.3404)),
        # M. W. Fagerland, S. Lydersen and P. Laake, Statistics in Medicine 33 (2014), 2850-2875: Bentur's patients.
        ((1, 1, 7, 12), (-0.507, -0.026)),
    ],
)
def test_shares_of_the_same_people_are_newcombes(table: tuple[int, ...], interval: tuple[float, float]) -> None:
    both, first, second, neither = table
    people = sum(table)
    together = both * neither - first * second
    # Newcombe's phi, with his correction where it is above 0.
    product = max(0.0, together - people / 2) if together > 0 else float(together)
    sides = (both + first) * (second + neither) * (both + second) * (first + neither)
    shares = [((both + one) / people, *wilson(both + one, people)) for one in (first, second)]
    found = newcombe_together(shares[0], shares[1], product / sqrt(sides))
    assert found == pytest.approx(interval, abs=5e-4)


def test_nobody_is_at_both_ends_of_a_scale() -> None:
    # 50 people, 30 at the top, 10 at the bottom: phi = (0 * 10 - 30 * 10) / sqrt(30 * 20 * 10 * 40).
    assert opposed(0.6, 0.2) == pytest.approx(-300 / sqrt(30 * 20 * 10 * 40))
    assert opposed(1, 0) == 0


def test_more_for_it_than_against_it() -> None:
    net = net_score(share(30, 50, reader=TEAM), share(10, 50, reader=TEAM), People(50, 54))
    # Wilson: 46.2 to 72.4 and 11.2 to 33.0; phi = -0.612; 40 - 24.1 and 40 + 19.1, outwards.
    assert net == Net(40, 40, 40, (15, 60))
    assert net_score(share(30, 50, reader=TEAM), Direction("few"), People(50, 54)) == TooFew()
    with pytest.raises(ValueError, match="no parts of one whole: 60 and 50"):
        net_score(share(30, 50, reader=TEAM), share(25, 50, reader=TEAM), People(50, 54))


def test_coded_ends_leave_the_net_score_open() -> None:
    net = net_score(Share("at_least", 80, 100, 80, (49, 94)), Share("at_most", 0, 20, 20, (6, 51)), People(10, 14))
    assert isinstance(net, Net)
    assert (net.low, net.high, net.point) == (60, 100, 60)
    assert net.interval[0] < 60
    assert net.interval[1] == 100


def test_the_net_score_of_a_question_is_that_of_its_bars() -> None:
    single = net_of(scale(7, 9, 10, 8), TOP, BOTTOM)  # 21, 26, 29 and 24 %
    merged = net_of(scale(4, 11, 10, 7), TOP, BOTTOM)  # 53 and 47 %
    assert isinstance(single, Net)
    assert isinstance(merged, Net)
    assert (single.point, merged.point) == (6, 6)
    # What the bars do not tell: "no" alone, where it stands with "bit".
    assert net_of(scale(4, 11, 10, 7), TOP, frozenset({"no"})) == TooFew()
    assert share_of(scale(1, 1, 1, 1), TOP) == TooFew()


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_the_interval_holds_what_was_said(counts: list[int]) -> None:
    assume(sum(counts) >= 10)
    net = net_of(scale(*counts), TOP, BOTTOM)
    assert isinstance(net, Net)
    truth = 100 * (counts[3] + counts[2] - counts[1] - counts[0]) / sum(counts)
    assert net.interval[0] <= truth <= net.interval[1]
    assert -100 <= net.interval[0] <= net.low <= net.point <= net.high <= net.interval[1] <= 100
