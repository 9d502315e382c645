"""Adding up: from the answers inside an opened box to tallies. What is small is merged before it leaves this module."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from analysis.tables import OTHER_GROUPS, Column, Measure, Tally

#: A declared group with fewer people than this is merged before anything is stored (domain.md 2.1a: the sector floor).
SMALLEST_GROUP = 5

#: One respondent's answers: question id -> ids of the cells the answer is counted in; `()` for written words.
Answered = Mapping[str, tuple[str, ...]]


def add_up(
    columns: Sequence[Column],
    answers: Sequence[Answered],
    *,
    groups: Mapping[str, Sequence[str | None]] | None = None,
) -> tuple[Tally, ...]:
    """Count every question alone, and by every declared variable.

    `groups[variable][i]` is the group of `answers[i]`, None where it is not known: those people are counted with the
    other groups, because total minus groups would otherwise name them. Totals come first, in the order of `columns`.
    A variable is left out where fewer than two groups remain, for the question it is itself, and for written words.
    ValueError for a cell that the column does not have, or for a variable that is not as long as `answers`.
    """
    tallies = [_tally(column, answers) for column in columns]
    for variable, members in (groups or {}).items():
        if len(members) != len(answers):
            raise ValueError(f"{variable}: {len(members)} groups for {len(answers)} respondents")
        for column in columns:
            if column.measure is not Measure.TEXT and column.question != variable:
                tallies += _by_group(column, answers, variable, members)
    return tuple(tallies)


def _by_group(column: Column, answers: Sequence[Answered], variable: str, members: Sequence[str | None]) -> list[Tally]:
    answered: dict[str, list[Answered]] = {}
    for answer, group in zip(answers, members, strict=True):
        if column.question in answer:
            answered.setdefault(OTHER_GROUPS if group is None else group, []).append(answer)
    merged = _merge_small(answered)
    if len(merged) < 2:
        return []
    return [_tally(column, merged[group], variable, group) for group in merged]


def _merge_small(answered: Mapping[str, list[Answered]]) -> dict[str, list[Answered]]:
    """Groups by name, the other groups last; each has at least SMALLEST_GROUP people, or there is only one."""
    other = list(answered.get(OTHER_GROUPS, ()))
    named = {group: answered[group] for group in sorted(answered) if group != OTHER_GROUPS}
    for group in sorted(named, key=lambda group: len(named[group])):
        # Smallest first: a rest that is still too small takes the next smallest group with it.
        if len(named[group]) < SMALLEST_GROUP or 0 < len(other) < SMALLEST_GROUP:
            other += named.pop(group)
    return named | {OTHER_GROUPS: other} if other else named


def _tally(column: Column, answers: Iterable[Answered], variable: str | None = None, group: str | None = None) -> Tally:
    answered, counts = 0, Counter[str]()
    for answer in answers:
        if column.question in answer:
            answered += 1
            counts.update(set(answer[column.question]))
    cells = column.cells + column.apart
    if unknown := sorted(set(counts) - set(cells)):
        raise ValueError(f"{column.question}: no such cell: {', '.join(unknown)}")
    return Tally(column.question, answered, {cell: counts[cell] for cell in cells}, variable, group)
