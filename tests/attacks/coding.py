"""What a printed figure may mean, in people: the rules of domain.md 2.1b, written down a second time by the attacker.

Nothing is imported from the product: a mistake in its coding must not be made here once more.
"""

from typing import Any

#: One figure of a frozen release, as JSON has it.
Figure = dict[str, Any]
#: The least and the most people.
Bounds = tuple[int, int]


def bounds_of(figure: Figure, people: int, *, of_a_sum: bool = False) -> Bounds:
    """The least and the most of `people`, who are known exactly, that would be printed as this figure.

    Sums over rounds may have a band with any ends.
    """
    if of_a_sum and figure["kind"] == "share" and figure["shape"] == "between":
        low, high = -(-figure["low"] * people // 100), figure["high"] * people // 100
        return low, high
    fits = [count for count in range(people + 1) if may_be(figure, count, people)]
    if not fits:
        raise AssertionError(f"no count of {people} people is printed as {figure}")
    return fits[0], fits[-1]


def may_be(figure: Figure, count: int, people: int) -> bool:
    """Whether `count` of `people` may be printed like this."""
    if figure["kind"] == "too_few":
        return True
    if figure["kind"] == "direction":
        return bool(_in_words(count, people) == figure["word"])
    if people < 20 and figure["point"] in (20, 30, 50, 70, 80):
        return _in_bands(figure, count, people)
    percent = _percent(count, people)
    if figure["shape"] == "at_least":
        return bool(percent >= figure["point"])
    if figure["shape"] == "at_most":
        return bool(percent <= figure["point"])
    return bool(percent == figure["point"])


def is_open(figure: Figure) -> bool:
    """Whether the figure leaves the count open on purpose."""
    return bool(figure["kind"] != "share" or figure["shape"] != "exactly")


def _in_words(count: int, people: int) -> str:
    third = 1 if people == 6 else people // 3
    if count <= third:
        return "few"
    return "most" if people - count <= third else "about_half"


def _in_bands(figure: Figure, count: int, people: int) -> bool:
    twenties = 5 * count
    if figure["shape"] == "at_least":
        return twenties >= 4 * people
    if figure["shape"] == "at_most":
        return twenties <= people
    if figure["low"] == 20:
        return people < twenties <= 2 * people
    if figure["low"] == 40:
        return 2 * people < twenties < 3 * people
    return 3 * people <= twenties < 4 * people


def _percent(count: int, people: int) -> int:
    """Whole percent, half to even, without floating point."""
    whole, rest = divmod(100 * count, people)
    return whole + (2 * rest > people or (2 * rest == people and whole % 2))
