"""An export as tables for people: titles and codes in words, in the language that is spoken now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from analysis.summary import Verdict
from feedback.i18n import gettext
from feedback.operations.results.export.rows import CodeRow, Export, FigureRow, NoteRow, WordsRow
from feedback.operations.results.export.said import verdict_said
from feedback.spoken import language_now
from forms.wording import N_

_ROWS = NoteRow | FigureRow | WordsRow | CodeRow
_TITLES = {
    "answer": N_("Answer"),
    "answer_id": N_("Id of the answer"),
    "answer_ids": N_("Ids of the answers"),
    "answers": N_("Answers that the figure is of"),
    "breakdown": N_("Declared for comparing groups"),
    "compared": N_("Compared"),
    "figure": N_("Figure"),
    "group": N_("Group"),
    "group_by": N_("Groups by"),
    "high": N_("Chance could make it as high as"),
    "hint": N_("Hint on the form"),
    "kind": N_("What it is"),
    "language": N_("Language of the quote"),
    "low": N_("Chance could make it as low as"),
    "measure": N_("Kind of answer"),
    "note": N_("Note"),
    "people": N_("People"),
    "points": N_("Percentage points apart"),
    "question": N_("Id of the question"),
    "quote": N_("Quote"),
    "role": N_("Counts as"),
    "share": N_("Share of those who wrote"),
    "text": N_("Question"),
    "theme": N_("Theme"),
    "theme_id": N_("Id of the theme"),
    "topic": N_("About"),
    "type": N_("Type in the form file"),
    "verdict": N_("How it came out"),
    "why": N_("Why it is asked"),
}
_CODES = {
    "kind": {
        "rate": N_("All who answered, of all who were asked"),
        "criterion": N_("What decides"),
        "headline": N_("Main figure of the question"),
        "answer": N_("Other figure of the question"),
        "group": N_("One group"),
        "written": N_("All who wrote"),
        "theme": N_("Theme"),
        "quote": N_("Quote"),
    },
    "measure": {
        "choice": N_("One answer"),
        "choices": N_("Several answers"),
        "scale": N_("Step of a scale"),
        "ranking": N_("Answers in an order"),
        "number": N_("Number"),
        "text": N_("Own words"),
        "change": N_("Then and now"),
    },
    "role": {
        "favourable": N_("Favourable"),
        "apart": N_("Outside all shares"),
        "step": N_("Step of the scale that was asked twice"),
    },
    "breakdown": {"yes": N_("Yes")},
}


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name in words, the English name of its file, a line of titles and lines of texts."""

    title: str
    name: str
    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def tables_of(export: Export) -> tuple[Table, ...]:
    """Notes, figures, words and codebook."""
    return (
        _table(gettext("Notes"), "notes", NoteRow, export.notes, {"text": gettext("What to know")}),
        _table(gettext("Figures"), "figures", FigureRow, export.figures),
        _table(gettext("Words"), "words", WordsRow, export.words),
        _table(gettext("Codebook"), "codebook", CodeRow, export.codebook),
    )


def is_from_the_right() -> bool:
    """Whether the sheets begin at the right."""
    return language_now().direction == "rtl"


def _table(
    title: str, name: str, row: type[_ROWS], rows: Sequence[_ROWS], titles: dict[str, str] | None = None
) -> Table:
    columns = [field.name for field in fields(row)]
    head = tuple((titles or {}).get(column) or gettext(_TITLES[column]) for column in columns)
    return Table(title, name, head, tuple(tuple(_said(columns, one)) for one in rows))


def _said(columns: Iterable[str], row: _ROWS) -> Iterable[str]:
    for column in columns:
        code = getattr(row, column)
        if column == "verdict" and code:
            yield verdict_said(Verdict(code))
        else:
            yield gettext(_CODES[column][code]) if code in _CODES.get(column, {}) else code
