"""Two rounds of one question, from what their releases print."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from analysis.ordinal import Magnitude, cliffs_delta
from analysis.summarise import summarise
from analysis.summary import QuestionSummary, Reader
from analysis.tables import Column, Measure, Tally
from analysis.waves import WaveDifference, between_waves
from analysis.words import Beside

SCALE = Column("helps", Measure.SCALE, ("no", "bit", "much", "very"), frozenset({"much", "very"}))
USES = Column("uses", Measure.CHOICES, ("home", "class", "bus"))


def wave(*counts: int, column: Column = SCALE, people: int | None = None) -> QuestionSummary:
    """The team's figures of one round."""
    everybody = sum(counts) if people is None else people
    tally = Tally(column.question, everybody, dict(zip(column.cells, counts, strict=True)))
    summary = summarise([column], [tally], reader=Reader.TEAM, respondents=everybody, group_size=None, criterion=None)
    return summary.questions[0]


def test_where_every_step_is_printed_the_end_is_rated_beside_the_baseline() -> None:
    found = between_waves(wave(30, 30, 20, 20), wave(10, 20, 30, 40))
    assert found.rating is not None
    # By hand: P(end above) = 0.2*0.3 + 0.3*0.6 + 0.4*0.8 = 0.56, P(below) = 0.1*0.7 + 0.2*0.4 + 0.3*0.2 = 0.21.
    assert (found.rating.delta, found.rating.magnitude) == (0.35, Magnitude.MEDIUM)
    assert found.rating.times == 68  # 0.56 and half of the 0.23 that are tied
    assert (found.beside, found.share, found.unpaired) == (Beside.MORE, None, True)
    assert 0.15 < found.rating.interval[0] < 0.35 < found.rating.interval[1] < 0.55
    assert found.rating.chance < 0.001
    assert found.detectable == 0.23


def test_turned_round_it_rates_lower() -> None:
    found = between_waves(wave(10, 20, 30, 40), wave(30, 30, 20, 20))
    assert found.beside is Beside.LESS
    assert found.rating is not None
    assert (found.rating.delta, found.rating.times) == (-0.35, 32)


def test_many_people_who_say_the_same_twice_are_alike_and_few_can_not_tell() -> None:
    assert between_waves(wave(300, 300, 200, 200), wave(300, 300, 200, 200)).beside is Beside.ALIKE
    few = between_waves(wave(10, 10, 10, 10), wave(8, 9, 11, 12))
    assert few.rating is not None
    assert few.beside is Beside.CANNOT_TELL


def test_merged_steps_leave_the_difference_of_the_headline_shares() -> None:
    # 30 of 100 and 75 of 100 for "much" and "very"; in the baseline "very" was too few to stand alone.
    found = between_waves(wave(40, 30, 27, 3), wave(10, 15, 35, 40))
    assert (found.rating, found.cells) == (None, ("much", "very"))
    assert found.share is not None
    assert found.beside is found.share.beside is Beside.MORE
    # Newcombe 1998, method 10: 45 - 13.3 to 45 + 11.0; half a percent of rounding at either share opens it by one.
    assert found.points == (30, 57)


def test_another_headline_in_each_round_can_not_be_told_unless_the_answers_are_named() -> None:
    colour = Column("colour", Measure.CHOICE, ("red", "green", "blue"))
    baseline, end = wave(60, 36, 4, column=colour), wave(20, 76, 4, column=colour)
    assert between_waves(baseline, end) == WaveDifference("colour", Beside.CANNOT_TELL, detectable=0.23)
    assert between_waves(baseline, replace(baseline, people=end.people), cells=("red",)).points is not None


def test_answers_that_overlap_are_never_added_up() -> None:
    before, after = (wave(home, 50, 30, column=USES, people=100) for home in (60, 80))
    assert between_waves(before, after, cells=("home",)).beside is Beside.MORE
    assert between_waves(before, after, cells=("home", "class")).beside is Beside.CANNOT_TELL


def test_words_and_hidden_rounds_can_not_tell() -> None:
    for small in (wave(1, 1, 1, 1), wave(1, 2, 3, 2)):
        found = between_waves(small, wave(10, 15, 35, 40))
        assert (found.beside, found.rating, found.points) == (Beside.CANNOT_TELL, None, None)


def test_two_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="two questions: helps and uses"):
        between_waves(wave(10, 15, 35, 40), wave(60, 50, 30, column=USES, people=100))


def test_what_is_said_can_be_frozen() -> None:
    adapter = TypeAdapter(WaveDifference)
    for end in (wave(10, 20, 30, 40), wave(40, 30, 27, 3)):
        found = between_waves(wave(30, 30, 20, 20), end)
        assert adapter.validate_json(adapter.dump_json(found)) == found


STEPS = st.lists(st.integers(5, 60), min_size=4, max_size=4)


@given(STEPS, STEPS)
def test_a_rating_is_never_surer_than_the_true_counts_are(before: list[int], after: list[int]) -> None:
    found = between_waves(wave(*before), wave(*after))
    assume(found.rating is not None)
    assert found.rating is not None
    truth = cliffs_delta(after, before)
    assert found.rating.interval[0] <= truth.delta <= found.rating.interval[1]
    # The low end of the bands has fewer people, and rounding opens the interval further.
    assert found.rating.interval[1] - found.rating.interval[0] >= truth.interval[1] - truth.interval[0] - 0.01
