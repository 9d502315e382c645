"""From tallies to a summary: headline shares, bars, breakdowns, the criterion's verdict and what to say first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.change import in_directions
from analysis.differences import Part, shown_groups
from analysis.disclosure import bars, people_band, response_rate, share
from analysis.findings import choose, finding_of
from analysis.secondary import refuse_doubles, upheld
from analysis.summary import (
    Breakdown,
    CriterionResult,
    Figure,
    Finding,
    FindingKind,
    GroupFigure,
    QuestionSummary,
    Reader,
    Summary,
    TooFew,
)
from analysis.tables import Column, Measure, Tally
from analysis.verdict import Criterion, verdict


def summarise(  # noqa: PLR0913 - each keyword is one thing that the school declared, and none follows from another
    columns: Sequence[Column],
    tallies: Sequence[Tally],
    *,
    reader: Reader,
    respondents: int,
    group_size: int | None,
    criterion: Criterion | None,
    slips_printed: int | None = None,
    also_on_paper: bool = False,
    secondary: Sequence[Criterion] = (),
) -> Summary:
    """The figures of one counted round for one reader, in the order of `columns`.

    `respondents` is the number of valid envelopes, `group_size` the number of people asked (None: unknown),
    `slips_printed` how many slips let an answer in (None: answers needed no slip), `also_on_paper` is passed on. The
    cells of a criterion, primary or `secondary`, are the headline of its question in place of the favourable ones: two
    sums of the same cells would be a difference to take. A question's people are those inside its share, without the
    ones who said "don't know"; written words have people and nothing else. KeyError for a criterion about a question or
    cell not asked, ValueError for two about one question or more than four secondary ones.
    """
    refuse_doubles(criterion, secondary)
    columns, tallies = in_directions(columns, tallies)
    people = people_band(respondents, reader=reader)
    rate = response_rate(people, group_size)
    wanted = {one.question: frozenset(one.cells) for one in (*secondary, *([criterion] if criterion else []))}
    counted = {column.question: _count(column, tallies, wanted.get(column.question)) for column in columns}
    variables = tuple(dict.fromkeys(tally.breakdown for tally in tallies if tally.breakdown is not None))
    questions = {name: _question(one, variables, reader=reader) for name, one in counted.items()}
    found = (_finding(one, questions[name], criterion, rate=rate) for name, one in counted.items())

    def answer(one: Criterion) -> CriterionResult:
        return _answer(one, counted[one.question], questions[one.question], rate=rate)

    return Summary(
        reader=reader,
        people=people,
        group_size=group_size,
        rate=rate,
        questions=tuple(questions.values()),
        findings=choose([one for one in found if one is not None], first=criterion.question if criterion else None),
        criterion=answer(criterion) if criterion else None,
        slips_printed=slips_printed,
        also_on_paper=also_on_paper,
        secondary=upheld([answer(one) for one in secondary], {name: one.people for name, one in questions.items()}),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """One question's tallies, with the cells whose share is its headline."""

    column: Column
    total: Tally
    groups: Mapping[str, Mapping[str, Tally]]
    headline: tuple[str, ...]
    kind: FindingKind

    def part(self, tally: Tally) -> Part:
        """How many gave a headline answer, of how many people inside the share."""
        apart = sum(tally.counts[cell] for cell in self.column.apart)
        return Part(sum(tally.counts[cell] for cell in self.headline), tally.answered - apart)


def _count(column: Column, tallies: Sequence[Tally], criterion: frozenset[str] | None) -> _Counted:
    """`criterion` are the cells of a criterion about this question."""
    total = Tally(column.question, 0, dict.fromkeys(column.cells + column.apart, 0))
    groups: dict[str, dict[str, Tally]] = {}
    for tally in tallies:
        if tally.question == column.question and tally.breakdown is None:
            total = tally
        elif tally.question == column.question and tally.breakdown is not None and tally.group is not None:
            groups.setdefault(tally.breakdown, {})[tally.group] = tally
    wanted = column.favourable if criterion is None else criterion
    if wanted and _can_be_added(column, wanted):
        headline = tuple(cell for cell in column.cells if cell in wanted)
        return _Counted(column, total, groups, headline, FindingKind.FAVOURABLE)
    most_chosen = max(column.cells, key=lambda cell: total.counts[cell], default=None)
    return _Counted(column, total, groups, (most_chosen,) if most_chosen else (), FindingKind.CHOSEN)


def _can_be_added(column: Column, cells: frozenset[str]) -> bool:
    """Nobody can say how many people chose at least one of several cells when one person may choose several."""
    # Where points were shared out a tie counts twice.
    return len(cells) == 1 or not (column.overlaps or column.measure is Measure.RANKING)


def _question(one: _Counted, variables: Sequence[str], *, reader: Reader) -> QuestionSummary:
    part = one.part(one.total)
    people = people_band(part.people, reader=reader)
    shown = (one.column.question, one.column.measure, people)
    if not one.headline or isinstance(people, TooFew):
        return QuestionSummary(*shown, headline=TooFew())
    breakdowns = (_breakdown(one, variable, reader=reader) for variable in variables if variable != one.column.question)
    return QuestionSummary(
        *shown,
        headline=share(*part, reader=reader),
        bars=bars(one.column, one.total.counts, part.people, headline=one.headline, reader=reader),
        breakdowns=tuple(breakdowns),
        places=one.column.places if one.column.measure is Measure.RANKING else None,
    )


def _breakdown(one: _Counted, variable: str, *, reader: Reader) -> Breakdown:
    """The groups in the order of their tallies; a hidden group carries no number, a lone total no groups."""
    parts = {group: one.part(tally) for group, tally in one.groups.get(variable, {}).items()}
    shown = shown_groups(one.part(one.total), parts, reader=reader)
    if not shown:
        return Breakdown(variable)
    figures = (
        GroupFigure(group, people_band(part.people, reader=reader), share(*part, reader=reader))
        if group in shown
        else GroupFigure(group, TooFew(), TooFew())
        for group, part in parts.items()
    )
    return Breakdown(variable, tuple(figures))


def _finding(
    one: _Counted, question: QuestionSummary, criterion: Criterion | None, *, rate: Figure | None
) -> Finding | None:
    if criterion is None or criterion.question != question.question:
        return finding_of(question, one.kind, one.headline, rate=rate)
    return finding_of(
        question,
        one.kind,
        one.headline,
        rate=rate,
        target=criterion.target,
        minimum_voices=criterion.minimum_voices,
    )


def _answer(criterion: Criterion, one: _Counted, question: QuestionSummary, *, rate: Figure | None) -> CriterionResult:
    unknown = set(criterion.cells) - set(one.column.cells)
    if unknown:
        raise KeyError(f"{criterion.question}: no such cell: {', '.join(sorted(unknown))}")
    figure = question.headline if set(one.headline) == set(criterion.cells) else TooFew()
    word = verdict(figure, criterion.target, rate=rate, people=question.people, minimum_voices=criterion.minimum_voices)
    return CriterionResult(
        criterion.question, criterion.cells, criterion.target, criterion.minimum_voices, figure, word
    )
