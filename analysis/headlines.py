"""Which share stands first for a question: the criterion's answers, the favourable ones, or the one given most."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.differences import Part
from analysis.summary import FindingKind
from analysis.tables import Column, Measure, Tally
from analysis.verdict import Criterion


@dataclass(frozen=True, slots=True)
class Counted:
    """One question's tallies, with the cells whose share is its headline."""

    column: Column
    total: Tally
    groups: Mapping[str, Mapping[str, Tally]]
    headline: tuple[str, ...]
    kind: FindingKind

    @property
    def whole(self) -> Part:
        """Everybody's part."""
        return self.part(self.total)

    def parts(self, variable: str) -> dict[str, Part]:
        """The part of each group of a variable, in the order of their tallies."""
        return {group: self.part(tally) for group, tally in self.groups.get(variable, {}).items()}

    def part_of(self, cells: Collection[str]) -> int:
        """How many of everybody are in any of these cells, where each is in one of them at most."""
        return sum(self.total.counts[cell] for cell in cells)

    def part(self, tally: Tally) -> Part:
        """How many gave a headline answer, of how many people inside the share."""
        apart = sum(tally.counts[cell] for cell in self.column.apart)
        return Part(sum(tally.counts[cell] for cell in self.headline), tally.answered - apart)


def count_question(column: Column, tallies: Sequence[Tally], criterion: Criterion | None) -> Counted:
    """The question's tallies among all of them; its headline is the criterion's, the favourable or the commonest."""
    total = Tally(column.question, 0, dict.fromkeys(column.cells + column.apart, 0))
    groups: dict[str, dict[str, Tally]] = {}
    for tally in tallies:
        if tally.question == column.question and tally.breakdown is None:
            total = tally
        elif tally.question == column.question and tally.breakdown is not None and tally.group is not None:
            groups.setdefault(tally.breakdown, {})[tally.group] = tally
    wanted = column.favourable
    if criterion is not None and criterion.question == column.question:
        wanted = frozenset(criterion.cells)
    if wanted and _can_be_added(column, wanted):
        headline = tuple(cell for cell in column.cells if cell in wanted)
        return Counted(column, total, groups, headline, FindingKind.FAVOURABLE)
    most_chosen = max(column.cells, key=lambda cell: total.counts[cell], default=None)
    return Counted(column, total, groups, (most_chosen,) if most_chosen else (), FindingKind.CHOSEN)


def _can_be_added(column: Column, cells: frozenset[str]) -> bool:
    """Nobody can say how many people chose at least one of several cells when one person may choose several."""
    # Where points were shared out a tie counts twice.
    return len(cells) == 1 or not (column.overlaps or column.measure is Measure.RANKING)
