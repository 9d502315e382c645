"""What an export consists of: rows of plain text. An empty text is a cell that is not there.

Kinds, measures, verdicts and roles are codes; `export.tables` says them in words where people read them.
"""

from dataclasses import dataclass

from analysis.summary import Reader


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One fact about the round or about the figures; `question` is an id, or empty where it is about all of them."""

    topic: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as it is printed. A figure that is hidden has no row.

    `kind` is "rate", "criterion", "headline", "answer" or "group"; `answer_ids` are parted by spaces; `low` and `high`
    are how far chance could move the share; `group_by` is a question's id or "group".
    """

    kind: str
    figure: str
    question: str = ""
    text: str = ""
    measure: str = ""
    answer_ids: str = ""
    answers: str = ""
    group_by: str = ""
    group: str = ""
    people: str = ""
    low: str = ""
    high: str = ""
    verdict: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WordsRow:
    """What people wrote: `kind` is "written" (all who wrote), "theme", "group" or "quote".

    `language` is that of the quote, as far as it is known.
    """

    kind: str
    question: str
    text: str
    theme_id: str = ""
    theme: str = ""
    group_by: str = ""
    group: str = ""
    people: str = ""
    share: str = ""
    compared: str = ""
    points: str = ""
    quote: str = ""
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One answer of a question, or a question in own words, which has none.

    `role` is "favourable", "apart" (outside every share), "step" (of a scale that was asked twice) or empty.
    """

    question: str
    text: str
    type: str
    measure: str
    answer_id: str = ""
    answer: str = ""
    role: str = ""
    why: str = ""
    hint: str = ""
    breakdown: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """One release, for one reader, in one language."""

    code: str
    reader: Reader
    language: str
    notes: tuple[NoteRow, ...]
    figures: tuple[FigureRow, ...]
    words: tuple[WordsRow, ...]
    codebook: tuple[CodeRow, ...]
