"""A pilot's secondary criteria: up to four, each about its own question, whose verdicts are told as one family.

Four targets are four chances to be lucky. So a verdict that rests on an interval holds only where Holm's correction
over all of them upholds it; otherwise it falls to what the printed share alone allows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.proportions import chance_of_share
from analysis.several import FALSE_ALARMS, holm
from analysis.summary import CriterionResult, People, Share, TooFew, Verdict
from analysis.verdict import Criterion, by_point

#: More than these, and none of them is one that was chosen.
MOST = 4


def refuse_doubles(primary: Criterion | None, secondary: Sequence[Criterion]) -> None:
    """ValueError for more than four secondary criteria, or for two criteria about one question."""
    if len(secondary) > MOST:
        raise ValueError(f"more than {MOST} secondary criteria: {len(secondary)}")
    asked = [one.question for one in secondary] + ([primary.question] if primary else [])
    for question in asked:
        if asked.count(question) > 1:
            raise ValueError(f"two criteria about one question: {question}")


def upheld(results: Sequence[CriterionResult], people: Mapping[str, People | TooFew]) -> tuple[CriterionResult, ...]:
    """The same results with the verdicts that the family upholds; `people` are each question's, as printed."""
    chances = holm([_chance(one, people[one.question]) for one in results])
    return tuple(
        one if chance <= FALSE_ALARMS else replace(one, verdict=_by_point(one))
        for one, chance in zip(results, chances, strict=True)
    )


def _by_point(result: CriterionResult) -> Verdict:
    # What could not be told, for example with too few voices, can not be told by a point either.
    if result.verdict is Verdict.CANNOT_TELL or not isinstance(result.figure, Share):
        return Verdict.CANNOT_TELL
    return by_point(result.figure, result.target)


def _chance(result: CriterionResult, people: People | TooFew) -> float:
    """How likely the share is if the target is the truth, at the end of its code that lies nearest to the target."""
    figure = result.figure
    if not isinstance(figure, Share) or not isinstance(people, People):
        return 1.0
    nearest = min(max(result.target, figure.low), figure.high)
    return chance_of_share(nearest / 100, people.low, result.target / 100)
