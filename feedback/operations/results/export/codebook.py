"""The codebook: what was asked, with which answers, and what each of them counts as."""

from collections.abc import Collection, Iterator

from feedback.operations.results.export.rows import CodeRow
from feedback.operations.results.export.said import answer_said
from feedback.spoken import language_now
from forms.definition import Instrument
from forms.piping import in_full
from forms.questions.base import Measure, Question
from forms.wording import say


def codebook_of(instrument: Instrument, breakdowns: Collection[str]) -> tuple[CodeRow, ...]:
    """Every question of the form, answer by answer. `breakdowns` are those that were declared."""
    return tuple(row for question in instrument.questions for row in _question(question, breakdowns))


def _question(question: Question, breakdowns: Collection[str]) -> Iterator[CodeRow]:
    language = language_now().code
    facts = {
        "why": say(question.why, language)[0],
        "hint": say(question.hint, language)[0] if question.hint else "",
        "breakdown": "yes" if question.id in breakdowns else "",
    }
    about = (question.id, say(in_full(question), language)[0], question.type, question.measure.value)
    answers = tuple(_answers(question, language))
    for id_, label, role in answers or (("", "", ""),):
        yield CodeRow(*about, id_, label, role, **facts)


def _answers(question: Question, language: str) -> Iterator[tuple[str, str, str]]:
    """(id, label, role). Of what was asked twice, what figures tell of it, then the steps of its scale."""
    if question.measure is Measure.CHANGE:
        for cell in question.outcomes():
            yield cell, answer_said(cell, {}), "favourable" if cell in question.best_outcomes() else ""
        for step in question.steps():
            yield step.id, say(step.label, language)[0], "step"
        return
    for option in question.cells():
        yield option.id, say(option.label, language)[0], "favourable" if option.id in question.favourable() else ""
    for option in question.apart():
        yield option.id, say(option.label, language)[0], "apart"
