"""Run charts: the median and what moved."""

from analysis.run_chart import RunChart, Shift, Side, run_chart
from analysis.summary import Share


def exactly(point: int) -> Share:
    """A share that is printed exactly."""
    return Share("exactly", point, point, point, (0, 100))


def chart(*points: int | Share) -> RunChart:
    """The chart of rounds r1, r2 …"""
    shares = [one if isinstance(one, Share) else exactly(one) for one in points]
    return run_chart([(f"r{place}", one) for place, one in enumerate(shares, start=1)])


def test_seven_rounds_have_no_median_yet() -> None:
    found = chart(10, 20, 30, 40, 50, 60, 70)
    assert (found.median, found.shifts, [point.label for point in found.points][::6]) == (None, (), ["r1", "r7"])


def test_six_in_a_row_above_the_median_are_a_shift() -> None:
    # Perla, Provost and Murray 2011, rule 1.
    found = chart(40, 41, 42, 40, 41, 42, 61, 62, 63, 64, 65, 66)
    assert found.median == 52
    assert found.shifts == (Shift(Side.BELOW, "r1", "r6"), Shift(Side.ABOVE, "r7", "r12"))


def test_five_in_a_row_are_none() -> None:
    assert chart(60, 40, 61, 41, 62, 63, 64, 65, 42, 43, 44, 45).shifts == ()
    assert chart(40, 41, 42, 43, 44, 60, 61, 62, 63, 64).shifts == ()


def test_points_on_the_median_neither_make_nor_break_a_shift() -> None:
    found = chart(50, 40, 41, 42, 50, 43, 44, 45, 50, 60, 61, 62, 50, 63, 70)
    assert found.median == 50
    assert found.shifts == (Shift(Side.BELOW, "r2", "r8"),)


def test_a_coded_share_that_may_lie_on_either_side_ends_a_shift() -> None:
    open_end = Share("at_most", 0, 60, 60, (0, 70))
    found = chart(40, 41, 42, 43, 44, 45, 61, 62, 63, open_end, 64, 65, 66)
    assert found.median == 60
    assert found.points[9].side is Side.CANNOT_TELL
    assert found.shifts == (Shift(Side.BELOW, "r1", "r6"),)
