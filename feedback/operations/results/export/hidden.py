"""What an export says of figures that stand together, and of figures that are not there. No number is in any of it."""

from collections.abc import Iterator

from analysis.summary import Breakdown, QuestionSummary, TooFew
from analysis.tables import Measure
from analysis.words import QuestionWords
from feedback.i18n import gettext
from feedback.models import Round
from feedback.operations.results.export.names import Names
from feedback.operations.results.export.said import answers_said
from feedback.operations.results.read_release import Released


def hidden_notes(round_: Round, released: Released, names: Names) -> Iterator[tuple[str, str]]:
    """(question id, sentence) for everything that was merged or hidden, in the order of the form."""
    for question in released.summary.questions:
        for sentence in _of_question(question, names):
            yield question.question, sentence
    if released.words is not None:
        for asked in released.words.questions:
            for sentence in _of_words(asked):
                yield asked.question, sentence
    elif round_.comments_purged_on is not None:
        yield "", gettext("What people wrote has been deleted on schedule.")
    elif any(question.measure is Measure.TEXT for question in released.summary.questions):
        yield "", gettext("What people wrote is not in here: nobody has signed it.")


def _of_question(question: QuestionSummary, names: Names) -> Iterator[str]:
    if isinstance(question.people, TooFew):
        yield (
            gettext("Too few people wrote something to show it.")
            if question.measure is Measure.TEXT
            else gettext("Too few people answered this question to show anything.")
        )
        return
    labels = names.labels[question.question]
    for bar in question.bars:
        said = answers_said(bar.cells, labels)
        if isinstance(bar.figure, TooFew):
            yield gettext("Too few to show: %(answers)s", answers=said)
        elif len(bar.cells) > 1:
            yield gettext("Told as one, so that nobody can be picked out: %(answers)s", answers=said)
    for breakdown in question.breakdowns:
        yield from _of_groups(breakdown, names)


def _of_groups(breakdown: Breakdown, names: Names) -> Iterator[str]:
    variable = names.variable(breakdown.variable)
    if not breakdown.groups:
        yield gettext("The groups are too small to be compared here: %(variable)s", variable=variable)
    for one in breakdown.groups:
        if isinstance(one.figure, TooFew):
            group = names.group(breakdown.variable, one.group)
            if breakdown.variable in names.questions:
                yield gettext(
                    "Too few to show, of those who said “%(answer)s” to: %(question)s", answer=group, question=variable
                )
            else:
                yield gettext("Too few to show: the group %(group)s", group=group)


def _of_words(asked: QuestionWords) -> Iterator[str]:
    if isinstance(asked.people, TooFew):
        yield gettext("Too few people wrote something to show it.")
        return
    if not asked.themes:
        yield gettext("There are no comments that may be shown.")
    if any(theme.groups for theme in asked.themes):
        yield gettext("Only groups that can be shown without singling anybody out are listed and compared.")
    if asked.variable and any(not theme.groups for theme in asked.themes):
        yield gettext("Groups are left out of some themes: it would single out a few people.")
