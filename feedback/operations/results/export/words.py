"""What people wrote, as it was released: themes, their groups and the quotes that a person approved."""

from collections.abc import Iterator

from analysis.summary import TooFew
from analysis.words import QuestionWords, ThemeFigure, Words
from feedback.i18n import gettext, redacted
from feedback.operations.results.export.names import Names
from feedback.operations.results.export.rows import WordsRow
from feedback.operations.results.export.said import others_said, people_said, points_said, share_said, since_said
from forms.wording import plain_text


def words_rows(words: Words | None, names: Names) -> tuple[WordsRow, ...]:
    """Each question's writers, then theme by theme; nothing where nothing was released."""
    return tuple(row for asked in (words.questions if words else ()) for row in _question(asked, names))


def _question(asked: QuestionWords, names: Names) -> Iterator[WordsRow]:
    if isinstance(asked.people, TooFew):
        return
    text = names.questions[asked.question]
    repeated = gettext("Some texts came more than once, word for word. Each counts once.") if asked.repeated else ""
    yield WordsRow("written", asked.question, text, people=people_said(asked.people), note=repeated)
    for theme in asked.themes:
        if not isinstance(theme.people, TooFew):
            yield from _theme(asked, theme, names)


def _theme(asked: QuestionWords, theme: ThemeFigure, names: Names) -> Iterator[WordsRow]:
    about = (asked.question, names.questions[asked.question], theme.theme, plain_text(theme.label))
    yield WordsRow(
        "theme",
        *about,
        people=people_said(theme.people),
        share=share_said(theme.share) if theme.share else "",
        compared=since_said(theme.since),
        points=points_said(theme.since),
    )
    for one in theme.groups:
        if not isinstance(one.figure, TooFew):
            group = names.group(asked.variable or "", one.group)
            yield WordsRow(
                "group",
                *about,
                group_by=asked.variable or "",
                group=group,
                people=people_said(one.people),
                share=share_said(one.figure),
                compared=others_said(one.others, group),
                points=points_said(one.others),
            )
    for quote in theme.quotes:
        language = quote.language if quote.language != "und" else ""
        retold = gettext("Told in other words") if quote.retold else ""
        yield WordsRow("quote", *about, quote=plain_text(redacted(quote.text)), language=language, note=retold)
