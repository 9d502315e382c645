"""The figures of a release as rows: what is printed on its page, and no row for what is hidden there."""

from collections.abc import Iterator

from analysis.summary import Figure, QuestionSummary, Summary, TooFew, Verdict
from analysis.tables import Measure
from feedback.i18n import gettext
from feedback.operations.results.export.names import Names
from feedback.operations.results.export.rows import FigureRow
from feedback.operations.results.export.said import (
    answers_said,
    certainty_said,
    ends_said,
    people_said,
    share_said,
)
from feedback.operations.results.read_release import headline_cells


def figure_rows(summary: Summary, names: Names) -> tuple[FigureRow, ...]:
    """Who answered, what decides, then every question in the order of the form."""
    headlines = headline_cells(summary)
    rows = [*_rate(summary), *_criterion(summary, names)]
    for question in summary.questions:
        rows += _question(summary, question, headlines[question.question], names)
    return tuple(rows)


def _rate(summary: Summary) -> Iterator[FigureRow]:
    if summary.rate is not None and not isinstance(summary.rate, TooFew):
        # Everybody was asked: nothing was sampled, so chance moves nothing.
        yield FigureRow("rate", share_said(summary.rate), people=people_said(summary.people))


def _criterion(summary: Summary, names: Names) -> Iterator[FigureRow]:
    result = summary.criterion
    if result is not None and not isinstance(result.figure, TooFew):
        question = summary.question(result.question)
        yield _row(
            "criterion",
            question,
            result.figure,
            result.cells,
            names,
            verdict=result.verdict.value,
            note=_note(question),
        )


def _question(
    summary: Summary, question: QuestionSummary, headline: tuple[str, ...], names: Names
) -> Iterator[FigureRow]:
    found = next((finding for finding in summary.findings if finding.question == question.question), None)
    is_a_bar = headline in {bar.cells for bar in question.bars}
    if not is_a_bar and headline and not isinstance(question.headline, TooFew):
        note = _note(question, found.verdict if found else None)
        yield _row("headline", question, question.headline, headline, names, note=note)
    for bar in question.bars:
        first = bar.cells == headline
        if not isinstance(bar.figure, TooFew):
            note = _note(question, found.verdict if found and first else None)
            yield _row("headline" if first else "answer", question, bar.figure, bar.cells, names, note=note)
    yield from _groups(question, headline, names)


def _groups(question: QuestionSummary, headline: tuple[str, ...], names: Names) -> Iterator[FigureRow]:
    for breakdown in question.breakdowns:
        for one in breakdown.groups:
            if not isinstance(one.figure, TooFew):
                yield _row(
                    "group",
                    question,
                    one.figure,
                    headline,
                    names,
                    group_by=breakdown.variable,
                    group=names.group(breakdown.variable, one.group),
                    people=people_said(one.people),
                )


def _row(
    kind: str, question: QuestionSummary, figure: Figure, cells: tuple[str, ...], names: Names, **more: str
) -> FigureRow:
    low, high = ends_said(figure)
    facts = {"people": people_said(question.people), **more}
    return FigureRow(
        kind,
        share_said(figure),
        question=question.question,
        text=names.questions[question.question],
        measure=question.measure.value,
        answer_ids=" ".join(cells),
        answers=answers_said(cells, names.labels[question.question], question.places),
        low=low,
        high=high,
        **facts,
    )


def _note(question: QuestionSummary, verdict: Verdict | None = None) -> str:
    """How sure a finding is, and how to read shares that do not add up to all people."""
    sentences = [certainty_said(verdict)] if verdict else []
    if question.measure is Measure.CHOICES:
        sentences.append(gettext("One person could choose several answers."))
    if question.measure is Measure.CHANGE:
        sentences.append(gettext("People answered twice: for before and for now. We show how it changed."))
    return " ".join(sentences)
