"""The five words in which a target is answered, from the coded figure and nothing finer (domain.md 4.3)."""

from dataclasses import dataclass

from analysis.summary import Figure, People, Share, TooFew, Verdict

#: The response rate, in percent, under which nothing is called clear.
RATE_FOR_CLEAR = 50

#: How many points beyond the target a share has to be to count as leaning while its interval crosses the target.
LEANING_BY = 10


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a pilot promised to reach: in `question`, `target` percent in `cells`, said by `minimum_voices` people."""

    question: str
    cells: tuple[str, ...]
    target: int
    minimum_voices: int


def verdict(
    figure: Figure, target: int, *, rate: Figure | None, people: People | TooFew, minimum_voices: int
) -> Verdict:
    """Is the target, in whole percent, reached?

    Clear: the interval lies wholly on one side and at least half of a group of known size answered. Leaning: the same
    without that rate, or a point ten beyond the target whose interval crosses it. Everything else, a word instead of
    a share, and fewer voices than were asked for: cannot tell. `people` counts by the low end of its band.
    """
    if not isinstance(figure, Share) or not isinstance(people, People) or people.low < minimum_voices:
        return Verdict.CANNOT_TELL
    low, high = _what_it_may_be(figure)
    clear = isinstance(rate, Share) and rate.low >= RATE_FOR_CLEAR
    if low >= target:
        return Verdict.CLEAR_YES if clear else Verdict.LEANING_YES
    if high < target:
        return Verdict.CLEAR_NO if clear else Verdict.LEANING_NO
    return by_point(figure, target)


def by_point(figure: Share, target: int) -> Verdict:
    """What the printed share alone allows to be said, however wide its interval is: leaning, or nothing."""
    if figure.point - target >= LEANING_BY and figure.shape != "at_most":
        return Verdict.LEANING_YES
    if target - figure.point >= LEANING_BY and figure.shape != "at_least":
        return Verdict.LEANING_NO
    return Verdict.CANNOT_TELL


def _what_it_may_be(figure: Share) -> tuple[int, int]:
    """The interval, opened at the coded end: "80 % or more" is never evidence against a target of 95 %."""
    low, high = figure.interval
    return (0 if figure.shape == "at_most" else low), (100 if figure.shape == "at_least" else high)
