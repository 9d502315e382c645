"""The five words."""

import pytest

from analysis.disclosure import share
from analysis.summary import Direction, Figure, People, Reader, Share, TooFew, Verdict
from analysis.verdict import verdict

MOST_ANSWERED = Share("exactly", 80, 80, 80, (80, 80))


def word(
    count: int, people: int, target: int, *, rate: Figure | None = MOST_ANSWERED, minimum_voices: int = 10
) -> Verdict:
    """The team's verdict when `count` of `people` said yes."""
    figure = share(count, people, reader=Reader.TEAM)
    return verdict(figure, target, rate=rate, people=People(people, people), minimum_voices=minimum_voices)


@pytest.mark.parametrize(
    ("count", "people", "target", "expected"),
    [
        (70, 100, 60, Verdict.CLEAR_YES),  # 60 to 78
        (70, 100, 61, Verdict.CANNOT_TELL),
        (70, 100, 79, Verdict.CLEAR_NO),
        (70, 100, 78, Verdict.CANNOT_TELL),
        (14, 20, 60, Verdict.LEANING_YES),  # 48 to 85, ten points above
        (13, 20, 60, Verdict.CANNOT_TELL),
        (14, 20, 80, Verdict.LEANING_NO),
        (14, 20, 75, Verdict.CANNOT_TELL),
    ],
)
def test_a_target_is_answered_in_five_words(count: int, people: int, target: int, expected: Verdict) -> None:
    assert word(count, people, target) is expected


@pytest.mark.parametrize(
    "rate",
    [
        None,
        TooFew(),
        Share("exactly", 49, 49, 49, (49, 49)),
        Share("between", 46, 58, 52, (46, 58)),
        Share("at_most", 0, 20, 20, (0, 20)),
    ],
)
def test_nothing_is_clear_unless_half_are_known_to_have_answered(rate: Figure | None) -> None:
    assert word(70, 100, 60, rate=rate) is Verdict.LEANING_YES
    assert word(70, 100, 90, rate=rate) is Verdict.LEANING_NO


def test_half_of_a_known_group_is_enough_to_be_clear() -> None:
    assert word(70, 100, 60, rate=Share("at_least", 50, 100, 50, (50, 100))) is Verdict.CLEAR_YES


def test_fewer_voices_than_were_promised_cannot_tell() -> None:
    assert word(70, 100, 60, minimum_voices=101) is Verdict.CANNOT_TELL
    assert word(70, 100, 60, minimum_voices=100) is Verdict.CLEAR_YES


def test_voices_count_by_the_low_end_of_their_band() -> None:
    figure = share(22, 24, reader=Reader.TEAM)
    words = [
        verdict(figure, 50, rate=MOST_ANSWERED, people=People(20, 24), minimum_voices=voices) for voices in (20, 22)
    ]
    assert words == [Verdict.CLEAR_YES, Verdict.CANNOT_TELL]


@pytest.mark.parametrize("figure", [Direction("most"), Direction("few"), TooFew()])
def test_a_word_or_nothing_cannot_tell(figure: Figure) -> None:
    assert verdict(figure, 50, rate=MOST_ANSWERED, people=People(5, 9), minimum_voices=5) is Verdict.CANNOT_TELL


def test_eighty_percent_or_more_is_no_evidence_against_a_higher_target() -> None:
    # 12 of 12 is shown as "80 % or more", whose own interval ends at 94.
    assert word(12, 12, 95) is Verdict.CANNOT_TELL
    assert word(0, 12, 5) is Verdict.CANNOT_TELL
    assert word(0, 12, 40) is Verdict.LEANING_NO
    assert word(12, 12, 40) is Verdict.CLEAR_YES
