"""Which declared comparisons may stand beside one another under one question.

Each is checked with its total in `analysis.differences`. Two of them cut the same people twice: where year 5 is 5A and
5B, year 5 less 5A tells what the hidden 5B said (domain.md 2.1d attack c), and pupils who are in one class and not in
one year may be three. So several comparisons are shown only where nothing in them is hidden or coded, and nobody is
left between them; otherwise the first one that was declared stands alone.
"""

from collections.abc import Mapping

from analysis.add_up import SMALLEST_GROUP
from analysis.differences import shown_groups
from analysis.disclosure import is_exact, share
from analysis.headlines import Counted
from analysis.summary import Reader


def shown_by_variable(one: Counted, every: Mapping[str, Counted], *, reader: Reader) -> dict[str, frozenset[str]]:
    """Every declared variable, and the groups of it that may be shown at this question; none is a lone total.

    The public sees no group that the team does not see. `every` has all questions of the round: how many people two
    variables share is told by the one's question, broken down by the other.
    """
    variables = [each for each in _declared(every) if each != one.column.question]
    if reader is Reader.TEAM:
        allowed = variables
    else:
        allowed = [name for name, shown in shown_by_variable(one, every, reader=Reader.TEAM).items() if shown]
    shown = {
        variable: shown_groups(one.whole, one.parts(variable), reader=reader) if variable in allowed else frozenset()
        for variable in variables
    }
    told = [variable for variable in variables if shown[variable]]
    if all(_stand_together(one, every, first, second, shown, reader) for first in told for second in told):
        return shown
    return {variable: groups if variable == told[0] else frozenset() for variable, groups in shown.items()}


def _declared(every: Mapping[str, Counted]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(variable for one in every.values() for variable in one.groups))


def _stand_together(
    one: Counted,
    every: Mapping[str, Counted],
    first: str,
    second: str,
    shown: Mapping[str, frozenset[str]],
    reader: Reader,
) -> bool:
    """Whether two variables may both be shown; each of them with itself, always."""
    if first == second:
        return True
    open_ = all(
        group in shown[variable] and is_exact(share(*part, reader=reader))
        for variable in (first, second)
        for group, part in one.parts(variable).items()
    )
    sizes = _shared_people(every, first, second) or _shared_people(every, second, first)
    return open_ and bool(sizes) and not any(0 < size < SMALLEST_GROUP for size in sizes)


def _shared_people(every: Mapping[str, Counted], first: str, second: str) -> list[int]:
    """How many people gave each answer to the first in each group of the second; [] where that was not counted."""
    if first not in every:
        return []
    return [count for tally in every[first].groups.get(second, {}).values() for count in tally.counts.values()]
