"""What a release says: frozen values that pages, PDFs and exports read, and nothing else.

What may not be seen has no value here: a hidden figure is `TooFew`, which carries no number. A share that had to be
coarsened carries only the coarsened value, and its interval was computed from that value, so that neither a bar,
nor an interval, nor an alternative text can say more than the words do.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import TypeAdapter

from analysis.tables import Measure


class Reader(StrEnum):
    """For whom a release was coarsened: the pilot's team, or everybody."""

    TEAM = "team"
    PUBLIC = "public"


class Verdict(StrEnum):
    """The five words in which a criterion is answered."""

    CLEAR_YES = "clear_yes"
    LEANING_YES = "leaning_yes"
    CANNOT_TELL = "cannot_tell"
    LEANING_NO = "leaning_no"
    CLEAR_NO = "clear_no"


class Level(StrEnum):
    """Which of an instrument's three suggested next steps fits a finding."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class FindingKind(StrEnum):
    """What a finding's sentence is about; the sentences live in templates/macros/findings.html."""

    FAVOURABLE = "favourable"  # a share of people gave a favourable answer
    CHOSEN = "chosen"  # one answer of a question without better or worse was given most


@dataclass(frozen=True, slots=True)
class TooFew:
    """Too few people to show anything. There is no number in here on purpose."""

    kind: Literal["too_few"] = "too_few"


@dataclass(frozen=True, slots=True)
class Direction:
    """Between 5 and 9 answers: a word instead of a number."""

    word: Literal["most", "about_half", "few"]
    kind: Literal["direction"] = "direction"


@dataclass(frozen=True, slots=True)
class Share:
    """A share in whole percent, 0 to 100, as it may be printed.

    `exactly`: low == high == point. `at_least`: point == low, high == 100. `at_most`: point == high, low == 0.
    `between`: wide band low..high with point in its middle. `interval` is the Wilson 95 % interval of `point`.
    """

    shape: Literal["exactly", "at_least", "at_most", "between"]
    low: int
    high: int
    point: int
    interval: tuple[int, int]
    kind: Literal["share"] = "share"


Figure = Share | Direction | TooFew


@dataclass(frozen=True, slots=True)
class People:
    """How many people, as a band of whole numbers low..high (equal where the exact number may be shown)."""

    low: int
    high: int
    kind: Literal["people"] = "people"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: the merged cells it stands for, in the order of the form, and their figure."""

    cells: tuple[str, ...]
    figure: Figure
    favourable: bool = False


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A declared group's people and favourable share; `group` may be `tables.OTHER_GROUPS`."""

    group: str
    people: People | TooFew
    figure: Figure


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One declared variable (a question's id, or "group") and what may be shown of its groups.

    `groups` is empty where nothing may be shown: the total stands alone.
    """

    variable: str
    groups: tuple[GroupFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """One question: who answered it, its headline share, its bars, its breakdowns.

    In a ranking a bar is the share of people who put its cell among the first `places`; None in what is no ranking,
    and in releases that were stored before there were rankings.
    """

    question: str
    measure: Measure
    people: People | TooFew
    headline: Figure
    bars: tuple[Bar, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    places: int | None = None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One of the pilot's criteria and its verdict. `target` is whole percent, `minimum_voices` people."""

    question: str
    cells: tuple[str, ...]
    target: int
    minimum_voices: int
    figure: Figure
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One of at most three things to say first. `level` is None where nothing should be advised."""

    kind: FindingKind
    question: str
    cells: tuple[str, ...]
    figure: Figure
    verdict: Verdict
    level: Level | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one counted round, coarsened for one reader. `rate` is the response rate where known.

    `slips_printed` is how many single-use slips were printed; None where nobody checked that a person answers once,
    and in releases that were stored before there were slips. `also_on_paper` says that a crowd answered on screens and
    another one on paper; how many is not in here. `read_aloud` says that an adult read the questions to them.
    `criterion` is the pilot's one primary criterion; `secondary` are up to four more, told as one family
    (`analysis.secondary`), and empty in releases that were stored before there were any.
    """

    reader: Reader
    people: People | TooFew
    group_size: int | None
    rate: Figure | None
    questions: tuple[QuestionSummary, ...]
    findings: tuple[Finding, ...]
    criterion: CriterionResult | None = None
    slips_printed: int | None = None
    also_on_paper: bool = False
    read_aloud: bool = False
    secondary: tuple[CriterionResult, ...] = ()

    def question(self, question_id: str) -> QuestionSummary:
        """The summary of one question; KeyError if the round did not ask it."""
        for question in self.questions:
            if question.question == question_id:
                return question
        raise KeyError(question_id)


_SUMMARY = TypeAdapter(Summary)


def freeze_summary(summary: Summary) -> str:
    """The summary as canonical JSON, as it is stored and hashed."""
    return _SUMMARY.dump_json(summary).decode()


def thaw_summary(body: str) -> Summary:
    """The inverse of `freeze_summary`; pydantic.ValidationError where the text is not one."""
    return _SUMMARY.validate_json(body)
