"""Made-up answers, so that a round can show its own report before anybody is asked. The same seed makes the same ones.

They say nothing about anybody, and nothing is learned from them: each question leans to one answer that the seed picks.
"""

from collections.abc import Mapping, Sequence
from random import Random

from analysis.add_up import Answered
from analysis.tables import Column, Measure

#: Of a hundred people, how many answer a round, leave a question out, and say "don't know".
ANSWER, SKIP, APART = 70, 6, 5
#: How many are asked where nobody said.
UNKNOWN = 30
#: How much likelier the answer is that a question leans to.
_LEANING = 3


def how_many(asked: int | None, *, at_least: int) -> int:
    """How many of `asked` people answer: seven in ten, but as many as the box waits for, as long as they are there."""
    if asked is None:
        return max(UNKNOWN, at_least)
    return min(asked, max(round(asked * ANSWER / 100), at_least))


def in_groups(people: int, sizes: Mapping[str, int | None]) -> list[str | None]:
    """The group of each of `people`, in proportion to the groups' sizes; a size that nobody said is the mean one."""
    if not sizes:
        return [None] * people
    known = [size for size in sizes.values() if size]
    mean = sum(known) / len(known) if known else 1.0
    weights = {group: size or mean for group, size in sizes.items()}
    whole = sum(weights.values())
    shares = {group: people * weight / whole for group, weight in weights.items()}
    counts = {group: int(share) for group, share in shares.items()}
    # What is left goes to those who lost most by rounding down; their order settles ties.
    behind = sorted(shares, key=lambda group: counts[group] - shares[group])
    for group in behind[: people - sum(counts.values())]:
        counts[group] += 1
    return [group for group, count in counts.items() for _each in range(count)]


def made_up(columns: Sequence[Column], people: int, *, seed: str) -> list[Answered]:
    """The answers of so many people to these questions, as `add_up` takes them."""
    # For a picture of a report: nobody must be unable to guess it.
    dice = Random(seed)  # noqa: S311 - no secret is made of it
    leanings = {column.question: _weights(column, dice) for column in columns}
    return [
        {
            column.question: _answer(column, leanings[column.question], dice)
            for column in columns
            if dice.randrange(100) >= SKIP
        }
        for _person in range(people)
    ]


def _weights(column: Column, dice: Random) -> list[int]:
    """How likely each cell is: one most, its neighbours more than the others."""
    if not column.cells:
        return []
    top = dice.randrange(len(column.cells))
    return [max(1, _LEANING - abs(place - top)) ** 2 for place in range(len(column.cells))]


def _answer(column: Column, weights: Sequence[int], dice: Random) -> tuple[str, ...]:
    if column.measure is Measure.TEXT or not column.cells:
        return ()
    if column.apart and dice.randrange(100) < APART:
        return (dice.choice(column.apart),)
    if column.measure is Measure.RANKING:
        return tuple(dice.sample(column.cells, min(column.places, len(column.cells))))
    first = dice.choices(column.cells, weights)[0]
    if column.measure is Measure.CHOICES and len(column.cells) > 1 and dice.randrange(2):
        return tuple({first, dice.choice(column.cells)})
    return (first,)
