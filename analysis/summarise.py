"""From tallies to a summary: headline shares, bars, breakdowns, the criterion's verdict and what to say first."""

from collections.abc import Mapping, Sequence

from analysis.bars import NO_LIMITS, Limits, bars
from analysis.breakdowns import shown_by_variable
from analysis.change import in_directions
from analysis.disclosure import people_band, response_rate, share
from analysis.findings import choose, finding_of
from analysis.headlines import Counted, count_question
from analysis.secondary import refuse_doubles, upheld
from analysis.summary import (
    Breakdown,
    CriterionResult,
    Figure,
    Finding,
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
    secondary: Sequence[Criterion] = (),
    slips_printed: int | None = None,
    limits: Mapping[str, Limits] | None = None,
) -> Summary:
    """The figures of one counted round for one reader, in the order of `columns`.

    `respondents` is the number of valid envelopes, `group_size` the number of people asked (None: unknown),
    `slips_printed` how many slips let an answer in (None: answers needed no slip). The cells of a criterion, primary or
    `secondary`, are the headline of its question in place of the favourable ones: two sums of the same cells would be a
    difference to take. A question's people are those inside its share, without the ones who said "don't know"; written
    words have people and nothing else. `limits` are how questions must be told beside other releases. KeyError for a
    criterion about a question or cell not asked, ValueError for two about one question, or five secondary ones.
    """
    refuse_doubles(criterion, secondary)
    people = people_band(respondents, reader=reader)
    rate = response_rate(people, group_size)
    counted = _counted(*in_directions(columns, tallies), (*secondary, *([criterion] if criterion else [])))
    questions = _questions(counted, limits or {}, reader=reader)
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
        secondary=upheld([answer(one) for one in secondary], {name: one.people for name, one in questions.items()}),
    )


def _counted(columns: Sequence[Column], tallies: Sequence[Tally], criteria: Sequence[Criterion]) -> dict[str, Counted]:
    about = {one.question: one for one in criteria}
    return {column.question: count_question(column, tallies, about.get(column.question)) for column in columns}


def _questions(
    counted: Mapping[str, Counted], limits: Mapping[str, Limits], *, reader: Reader
) -> dict[str, QuestionSummary]:
    return {
        name: _question(one, shown_by_variable(one, counted, reader=reader), limits.get(name, NO_LIMITS), reader=reader)
        for name, one in counted.items()
    }


def _question(
    one: Counted, variables: Mapping[str, frozenset[str]], limits: Limits, *, reader: Reader
) -> QuestionSummary:
    people = people_band(one.whole.people, reader=reader)
    shown = (one.column.question, one.column.measure, people)
    if not one.headline or isinstance(people, TooFew):
        return QuestionSummary(*shown, headline=TooFew())
    return QuestionSummary(
        *shown,
        headline=share(*one.whole, reader=reader) if limits.headline is None else limits.headline,
        bars=bars(one.column, one.total.counts, one.whole.people, headline=one.headline, reader=reader, limits=limits),
        breakdowns=tuple(_breakdown(one, variable, groups, reader=reader) for variable, groups in variables.items()),
        places=one.column.places if one.column.measure is Measure.RANKING else None,
    )


def _breakdown(one: Counted, variable: str, shown: frozenset[str], *, reader: Reader) -> Breakdown:
    """The groups in the order of their tallies; a hidden group carries no number, a lone total no groups."""
    if not shown:
        return Breakdown(variable)
    figures = (
        GroupFigure(group, people_band(part.people, reader=reader), share(*part, reader=reader))
        if group in shown
        else GroupFigure(group, TooFew(), TooFew())
        for group, part in one.parts(variable).items()
    )
    return Breakdown(variable, tuple(figures))


def _finding(
    one: Counted, question: QuestionSummary, criterion: Criterion | None, *, rate: Figure | None
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


def _answer(criterion: Criterion, one: Counted, question: QuestionSummary, *, rate: Figure | None) -> CriterionResult:
    unknown = set(criterion.cells) - set(one.column.cells)
    if unknown:
        raise KeyError(f"{criterion.question}: no such cell: {', '.join(sorted(unknown))}")
    figure = question.headline if set(one.headline) == set(criterion.cells) else TooFew()
    word = verdict(figure, criterion.target, rate=rate, people=question.people, minimum_voices=criterion.minimum_voices)
    return CriterionResult(
        criterion.question, criterion.cells, criterion.target, criterion.minimum_voices, figure, word
    )
