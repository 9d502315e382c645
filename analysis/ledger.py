"""The ledger: what a roll-up may tell beside everything that was released of its rounds before (domain.md 2.1c P10).

Whoever reads a roll-up of three classes, and the releases of two, can subtract. So every figure is taken as the counts
that it leaves open, for a reader who knows how many people are behind each; what all figures together leave open of
each of them is worked out, without the new one and with it. Where the new one would close what another leaves open on
purpose, or would be about fewer people more than were told before than may be told of, the new one is hidden.

Roll-ups lie inside each other or side by side. Then they are a tree, each sum has one equation, and bounds that go up
and down the tree once are exact. Roll-ups that cross are refused: A+B, B+C and A+C tell B, and no bound of one sum
alone finds it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from analysis.bars import Limits
from analysis.differences import WIDTH_LEFT_OPEN, Part, Printed
from analysis.disclosure import FLOOR, band_of, share
from analysis.headlines import Counted
from analysis.roll_up import Kind, Member, NotRolledUp, WhyNot, check, count_together, dominated, summed
from analysis.summary import Figure, QuestionSummary, Reader, Share, Summary, TooFew
from analysis.tree import Rounds, Tree, left_open, tree_of


@dataclass(frozen=True, slots=True)
class Earlier:
    """A roll-up that was released before, as it was printed for one reader."""

    name: str
    rounds: Rounds
    summary: Summary


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a roll-up may show: nothing of `hidden` questions, and the others within `limits`."""

    hidden: frozenset[str]
    limits: Mapping[str, Limits]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one release says of how many gave some answers: `counts` are possible. `open_` on purpose, or `hidden`.

    `stays` is a count that must stay possible, or another figure of the same release would be told more closely.
    """

    counts: range
    open_: bool = True
    hidden: bool = False
    stays: int | None = None


def related(new: Rounds, earlier: Sequence[Earlier]) -> tuple[Earlier, ...]:
    """The earlier roll-ups that a new one is to be weighed with. NotRolledUp where it crosses or repeats one."""
    for each in earlier:
        if each.rounds == new:
            raise NotRolledUp(WhyNot.MADE_BEFORE, each.name)
        if each.rounds & new and not (each.rounds < new or new < each.rounds):
            raise NotRolledUp(WhyNot.CROSSES, each.name)
    whole = max([new, *(each.rounds for each in earlier if new < each.rounds)], key=len)
    return tuple(each for each in earlier if each.rounds <= whole)


def sum_up(
    new: Collection[str],
    kind: Kind,
    members: Mapping[str, Member],
    released: Mapping[Reader, Mapping[str, Summary]],
    earlier: Mapping[Reader, Sequence[Earlier]],
) -> dict[Reader, Summary]:
    """The roll-up of the rounds `new`, for each reader; NotRolledUp says why there is none.

    `members` and `released`, each round's release, are by round, for every round of `new` and of `earlier`, which are
    the roll-ups that `related` names. The public is told nothing that the team is not told, and nothing more
    closely.
    """
    rounds = frozenset(new)
    summed_rounds = [members[each] for each in sorted(rounds)]
    check(summed_rounds, kind)
    hidden = dominated(summed_rounds) if kind is Kind.DISTRICT else frozenset[str]()
    found, banded = {}, frozenset[str]()
    for reader in (Reader.TEAM, Reader.PUBLIC):
        allowed = weigh(rounds, members, released[reader], earlier[reader], reader=reader, banded=banded)
        hidden |= allowed.hidden
        banded = frozenset(name for name, limits in allowed.limits.items() if limits.headline is not None)
        found[reader] = summed(summed_rounds, reader=reader, hidden=hidden, limits=allowed.limits)
    if all(isinstance(question.headline, TooFew) for question in found[Reader.TEAM].questions):
        raise NotRolledUp(WhyNot.NOTHING_LEFT)
    return found


def weigh(
    new: Rounds,
    members: Mapping[str, Member],
    released: Mapping[str, Summary],
    earlier: Sequence[Earlier],
    *,
    reader: Reader,
    banded: Collection[str] = (),
) -> Allowed:
    """What the roll-up of the rounds `new` may show to this reader.

    Where its share would give something away, or where another reader's is `banded`, a band is told that can be added
    up from what was released before. `members` and `released`, each round's release for the reader, are by round, for
    every round of `new` and of `earlier`, which are those that `related` names.
    """
    tree = tree_of([new, *(each.rounds for each in earlier), *(frozenset([round_id]) for round_id in members)])
    summaries = {frozenset([round_id]): released[round_id] for round_id in members}
    summaries |= {each.rounds: each.summary for each in earlier}
    counted = {rounds: count_together([members[each] for each in sorted(rounds)]) for rounds in (*summaries, new)}
    hidden, limits = set(), {}
    for question, one in counted[new].items():
        weighed = _Weighed(
            tree,
            new,
            {rounds: each[question] for rounds, each in counted.items()},
            {rounds: each.question(question) for rounds, each in summaries.items()},
            Printed(partial(share, reader=reader), FLOOR[reader]),
        )
        band = weighed.band() if question in banded or weighed.tells_more(one.headline) else None
        if weighed.leaves_too_few() or isinstance(band, TooFew):
            hidden.add(question)
        limits[question] = Limits(weighed.cells_with_bars(), band)
    return Allowed(frozenset(hidden), limits)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One question in all releases: how it was counted, and how it was printed (all but the new one)."""

    tree: Tree
    new: Rounds
    counted: Mapping[Rounds, Counted]
    shown: Mapping[Rounds, QuestionSummary]
    printed: Printed

    def leaves_too_few(self) -> bool:
        """Whether sums less what is shown inside them would be somebody, but fewer people than may be told of."""
        sums = [rounds for rounds in (*self.shown, self.new) if self.new <= rounds and self._is_shown(rounds)]
        return any(0 < self._beside(rounds) < self.printed.floor for rounds in sums)

    def tells_more(self, cells: Collection[str]) -> bool:
        """Whether the new sum of these cells would close what another figure leaves open on purpose."""
        told, before = self._before(cells)
        part = self.counted[self.new].part_of(cells), self.counted[self.new].whole.people
        after = left_open(self.tree, self._open(told, self._figure(*part).counts))
        return any(_is_closed(each, before[rounds], after[rounds]) for rounds, each in told.items())

    def band(self) -> Figure:
        """The new headline, as far as everybody can add it up already."""
        one = self.counted[self.new]
        _told, before = self._before(one.headline)
        if one.whole.people < self.printed.floor:
            return TooFew()
        return band_of(before[self.new][0], before[self.new][-1], one.whole.people)

    def _before(self, cells: Collection[str]) -> tuple[dict[Rounds, _Told], dict[Rounds, range]]:
        told = {rounds: self._told(rounds, frozenset(cells)) for rounds in self.shown}
        return told, left_open(self.tree, self._open(told, range(self.counted[self.new].whole.people + 1)))

    def _open(self, told: Mapping[Rounds, _Told], new: range) -> dict[Rounds, range]:
        return {**{rounds: each.counts for rounds, each in told.items()}, self.new: new}

    def cells_with_bars(self) -> frozenset[str]:
        """The cells that may have bars of their own: those that have one in every round, and give nothing away."""
        column = self.counted[self.new].column
        rounds = [each for each in self.shown if len(each) == 1 and each < self.new and self.counted[each].whole.people]
        everywhere = frozenset(column.cells).intersection(*(_cells_told(self.shown[each]) for each in rounds))
        if column.overlaps:
            return frozenset(cell for cell in everywhere if not self.tells_more([cell]))
        return everywhere if len(everywhere) == len(column.cells) else frozenset()

    def _is_shown(self, rounds: Rounds) -> bool:
        return rounds == self.new or not isinstance(self.shown[rounds].headline, TooFew)

    def _beside(self, rounds: Rounds) -> int:
        """How many people of a sum are in nothing that is shown inside it."""
        people = 0
        for child in self.tree.get(rounds, ()):
            if not self._is_shown(child):
                people += self._beside(child) if child in self.tree else self.counted[child].whole.people
        return people

    def _figure(self, count: int, people: int) -> _Told:
        part = Part(count, people)
        if people < self.printed.floor:
            return _Told(range(people + 1), hidden=True)
        if self.printed.is_coded(part):
            return _Told(self.printed.counts(part))
        return _Told(range(count, count + 1), open_=False)

    def _told(self, rounds: Rounds, cells: frozenset[str]) -> _Told:
        one, shown = self.counted[rounds], self.shown[rounds]
        count, people = one.part_of(cells), one.whole.people
        headline = frozenset(one.headline)
        if isinstance(shown.headline, TooFew):
            return _Told(range(people + 1), hidden=True)
        has_bar = any(frozenset(bar.cells) == cells and not isinstance(bar.figure, TooFew) for bar in shown.bars)
        if cells == headline and shown.headline != self.printed.coding(count, people):
            return _Told(_in_band(shown.headline, people))
        if cells == headline or has_bar:
            return self._figure(count, people)
        if one.column.overlaps or cells & headline:
            return _Told(range(people + 1), hidden=True)
        if shown.headline != self.printed.coding(one.part_of(headline), people):
            return _Told(range(people + 1), hidden=True)
        # Another answer was the commonest here: those who gave it are not among these, and stay as open as they are.
        most = self._figure(one.part_of(headline), people).counts
        return _Told(range(people - most[0] + 1), hidden=True, stays=people - most[-1])


def _is_closed(told: _Told, before: range, after: range) -> bool:
    if not told.open_ or after == before:
        return False
    if told.stays is not None and told.stays not in after:
        return True
    return not told.hidden or len(after) <= WIDTH_LEFT_OPEN


def _in_band(figure: Figure, people: int) -> range:
    """The counts of a roll-up that was told as a band."""
    low, high = (figure.low, figure.high) if isinstance(figure, Share) else (0, 100)
    return range(-(-low * people // 100), high * people // 100 + 1)


def _cells_told(question: QuestionSummary) -> set[str]:
    return {bar.cells[0] for bar in question.bars if len(bar.cells) == 1 and not isinstance(bar.figure, TooFew)}
