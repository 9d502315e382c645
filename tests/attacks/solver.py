"""The attacker: everything printed as linear constraints over whole numbers of people, and a solver (HiGHS).

The attacker knows what an insider may know: how many people of every group answered every question, in every
combination of groups, and the rules by which figures are coded. What is not known is who said what.

Found is a disclosure (`Attack.found`) where a hidden count is told to within ±2, where a coded count is told more
closely than that and than its own figure tells it, and where shown groups leave one to four people over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, csc_array

from tests.attacks.coding import Figure, bounds_of, is_open

#: To within ±2 is to know it among five numbers.
TOLD = 5


@dataclass(frozen=True)
class Asked:
    """What the form tells everybody of a question. `together` is what one person's cells add up to: exactly, or at
    least."""

    question: str
    cells: tuple[str, ...]
    exactly: int | None = 1
    at_least: int = 1


@dataclass(frozen=True)
class Sort:
    """People of one round who share all their groups, and how many of them answered the question."""

    round: str
    groups: Mapping[str, str]
    people: int


@dataclass(frozen=True)
class Target:
    """A count that is not to be told: of these sorts of people (by place), in these cells.

    A sum over rounds may be known as far as the releases tell it that were read before it, and as it was printed
    itself: so many equations there were `before`. What is read later may not tell more.
    """

    name: str
    sorts: frozenset[int]
    cells: frozenset[str]
    own: tuple[int, int]
    hidden: bool
    before: int | None


class Equation(NamedTuple):
    """What was printed: between `own` of these sorts are in these cells."""

    sorts: frozenset[int]
    cells: frozenset[str]
    own: tuple[int, int]


@dataclass
class Attack:
    """An attack on one question in any number of releases."""

    asked: Asked
    sorts: list[Sort]
    equations: list[Equation] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    shown: set[frozenset[int]] = field(default_factory=set)

    def read(self, release: Mapping[str, Any], name: str, rounds: Iterable[str]) -> None:
        """Take in one frozen release, of these rounds."""
        here = frozenset(place for place, sort in enumerate(self.sorts) if sort.round in set(rounds))
        question = next(each for each in release["questions"] if each["question"] == self.asked.question)
        if question["headline"]["kind"] == "too_few":
            for cell in self.asked.cells:
                self._figure(f"{name} {cell} hidden", here, frozenset([cell]), question["headline"])
            return
        cells = self._headline(release, question)
        self._figure(f"{name} headline", here, cells, question["headline"])
        for bar in question["bars"]:
            of = [bar["cells"]] if bar["figure"]["kind"] != "too_few" else [[cell] for cell in bar["cells"]]
            for one in of:
                self._figure(f"{name} {one}", here, frozenset(one), bar["figure"])
        for breakdown in question["breakdowns"]:
            named = {each["group"] for each in breakdown["groups"]}
            for each in breakdown["groups"]:
                inside = self._in_group(here, breakdown["variable"], each["group"], named)
                self._figure(f"{name} {breakdown['variable']}={each['group']}", inside, cells, each["figure"])

    def found(self) -> list[str]:
        """Every disclosure, in words."""
        return [*self._told_too_closely(), *self._handfuls()]

    def bounds(
        self, aims: Sequence[tuple[frozenset[int], frozenset[str]]], *, before: int | None = None
    ) -> list[tuple[int, int]]:
        """The least and the most of these people who can have given these answers, for each of the aims.

        All of them are one problem of many blocks, which takes a tenth of the time.
        """
        rows = [sign * self._row(*aim) for aim in aims for sign in (1, -1)]
        objective = np.concatenate(rows)
        system, low, high = self._system(before)
        result = milp(
            objective,
            constraints=LinearConstraint(
                block_diag([system] * len(rows), format="csc"), np.tile(low, len(rows)), np.tile(high, len(rows))
            ),
            bounds=Bounds(0, np.tile(self._caps, len(rows))),
            integrality=np.ones(objective.size),
        )
        assert result.success, result.message
        blocks = result.x.reshape(len(rows), -1)
        ends = [round(abs(float(row @ block))) for row, block in zip(rows, blocks, strict=True)]
        return list(zip(ends[::2], ends[1::2], strict=True))

    def _told_too_closely(self) -> list[str]:
        found, targets = [], list(dict.fromkeys(self.targets))
        if not targets:
            return []
        aims = [(one.sorts, one.cells) for one in targets]
        ends = self.bounds(aims)
        for one, (low, high) in zip(targets, ends, strict=True):
            people = self._people(one.sorts)
            allowed = min(TOLD, people if one.hidden else self._width_by_itself(one))
            if high - low < allowed:
                found.append(f"{self.asked.question}: {one.name}: {low} to {high} of {people}, printed as {one.own}")
        return found

    def _width_by_itself(self, one: Target) -> int:
        if one.before is None:
            return one.own[1] - one.own[0]
        ((least, most),) = self.bounds([(one.sorts, one.cells)], before=one.before)
        return min(one.own[1], most) - max(one.own[0], least)

    def _handfuls(self) -> list[str]:
        return [
            f"{self.asked.question}: {people} people are left over"
            for whole in self.shown
            for people in self._left_over(whole, 0, [part for part in self.shown if part < whole])
            if people
        ]

    def _left_over(self, rest: frozenset[int], people: int, parts: Sequence[frozenset[int]]) -> Iterator[int]:
        """How many people shown parts can leave of `rest`, where they are fewer than a group."""
        if people >= TOLD:
            return
        if not rest:
            yield people
            return
        first = min(rest)
        yield from self._left_over(rest - {first}, people + self.sorts[first].people, parts)
        for part in parts:
            if first in part and part <= rest:
                yield from self._left_over(rest - part, people, parts)

    def _figure(self, name: str, sorts: frozenset[int], cells: frozenset[str], figure: Figure) -> None:
        people = self._people(sorts)
        of_a_sum = len({self.sorts[place].round for place in sorts}) > 1
        own = bounds_of(figure, people, of_a_sum=of_a_sum)
        before = len(self.equations) if of_a_sum else None
        hidden = figure["kind"] == "too_few"
        if not hidden:
            self.equations.append(Equation(sorts, cells, own))
            self.shown.add(sorts)
        # A sum that is hidden or told as a band is no secret by itself, whoever is in it is in a round; its ends are.
        no_secret = of_a_sum and figure.get("shape") not in ("at_least", "at_most")
        if is_open(figure) and people and not no_secret:
            self.targets.append(Target(name, sorts, cells, own, hidden, before))

    def _headline(self, release: Mapping[str, Any], question: Mapping[str, Any]) -> frozenset[str]:
        criterion = release["criterion"]
        if criterion is not None and criterion["question"] == question["question"]:
            return frozenset(criterion["cells"])
        good = [cell for bar in question["bars"] if bar["favourable"] for cell in bar["cells"]]
        if good:
            return frozenset(good)
        return frozenset(next(bar["cells"] for bar in question["bars"] if bar["figure"] == question["headline"]))

    def _in_group(self, here: frozenset[int], variable: str, group: str, named: set[str]) -> frozenset[int]:
        """The others are whoever is in no group that has a name."""
        return frozenset(
            place
            for place in here
            if (of := self.sorts[place].groups[variable]) == group or (group == "~other" and of not in named)
        )

    def _people(self, sorts: Iterable[int]) -> int:
        return sum(self.sorts[place].people for place in sorts)

    def _row(self, sorts: Iterable[int], cells: Iterable[str]) -> np.ndarray:
        row = np.zeros((len(self.sorts), len(self.asked.cells)))
        row[np.ix_(sorted(sorts), [self.asked.cells.index(cell) for cell in cells])] = 1
        return row.ravel()

    @property
    def _caps(self) -> np.ndarray:
        return np.repeat([sort.people for sort in self.sorts], len(self.asked.cells))

    def _system(self, before: int | None) -> tuple[csc_array, np.ndarray, np.ndarray]:
        rows: list[tuple[np.ndarray, float, float]] = [
            (self._row(one.sorts, one.cells), *one.own) for one in self.equations[:before]
        ]
        for place, sort in enumerate(self.sorts):
            least = sort.people * (self.asked.exactly or self.asked.at_least)
            most = np.inf if self.asked.exactly is None else least
            rows.append((self._row([place], self.asked.cells), least, most))
        low, high = np.array([low for _, low, _ in rows]), np.array([high for *_, high in rows])
        return csc_array(np.array([row for row, _, _ in rows])), low, high
