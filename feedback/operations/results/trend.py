"""One question over many rounds, in the order of time: what their releases say, as a run chart. Reads releases only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from analysis.run_chart import Side, run_chart
from analysis.summary import Figure, People, QuestionSummary, Reader, Share, Summary, TooFew
from feedback.models import Round
from feedback.operations.errors import NotEnoughVoices, ResultsPurged, StillInTheBox
from feedback.operations.results.read_release import headline_cells, read_released
from feedback.operations.rounds.series import counted_together
from feedback.operations.school import School
from feedback.operations.workshop.round_form import form_of
from forms.definition import Instrument
from forms.same_question import sameness


@dataclass(frozen=True, slots=True)
class Heard:
    """A released round: the days whose boxes were opened together (the last one is its own), and its figures."""

    round_id: str
    days: tuple[date, ...]
    summary: Summary
    asked: Instrument

    @property
    def monday(self) -> date:
        """The first day of its ISO week."""
        year, week, _weekday = self.days[-1].isocalendar()
        return date.fromisocalendar(year, week, 1)


@dataclass(frozen=True, slots=True)
class Spot:
    """What one round says of a question. `side` is where it lies beside the median, None where there is no median."""

    heard: Heard
    asked: QuestionSummary
    cells: tuple[str, ...]
    side: Side | None = None

    @property
    def figure(self) -> Figure:
        """Its headline share."""
        return self.asked.headline

    @property
    def people(self) -> People | TooFew:
        """How many answered it."""
        return self.asked.people


@dataclass(frozen=True, slots=True)
class Moved:
    """Six or more rounds in a row on one side of the median."""

    side: Side
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Trend:
    """One question's rounds. `cells` is what all shares are of; empty where that changed, and then nothing is compared.

    `median` in whole percent, from eight shares on.
    """

    question: str
    cells: tuple[str, ...]
    spots: tuple[Spot, ...]
    median: int | None = None
    moved: tuple[Moved, ...] = ()


def hear(school: School, session: Session, rounds: Iterable[Round], reader: Reader) -> list[Heard]:
    """Those of the rounds that have figures for this reader, the oldest first."""
    found = []
    for round_ in sorted(rounds, key=lambda each: (each.opens_at, each.id)):
        try:
            summary = read_released(session, round_, reader).summary
        except (StillInTheBox, NotEnoughVoices, ResultsPurged):
            continue
        days = {school.settings.day_of(each.opens_at) for each in counted_together(session, round_)}
        found.append(Heard(round_.id, tuple(sorted(days)), summary, form_of(round_)))
    return found


def trend_of(question: str, heard: Sequence[Heard]) -> Trend:
    """The question over the rounds that asked it."""
    spots = [_spot(question, each) for each in heard if any(one.question == question for one in each.summary.questions)]
    told = {spot.cells for spot in spots if isinstance(spot.figure, Share)}
    if len(told) > 1 or _has_other_answers(question, [spot.heard.asked for spot in spots]):
        return Trend(question, (), tuple(spots))
    # A label is a place in the list: two rounds may have the same name and the same day.
    shares = [(str(place), spot.figure) for place, spot in enumerate(spots) if isinstance(spot.figure, Share)]
    chart = run_chart(shares)
    sides = {int(point.label): point.side for point in chart.points}
    placed = tuple(Spot(spot.heard, spot.asked, spot.cells, sides.get(place)) for place, spot in enumerate(spots))
    moved = tuple(
        Moved(each.side, placed[int(each.first)].heard.days[-1], placed[int(each.last)].heard.days[-1])
        for each in chart.shifts
    )
    return Trend(question, next(iter(told), ()), placed, chart.median, moved)


def _has_other_answers(question: str, asked: Sequence[Instrument]) -> bool:
    """Whether one of the rounds offered other answers than the last one."""
    return any(sameness(each.question(question), asked[-1].question(question)) == "answers" for each in asked[:-1])


def _spot(question: str, heard: Heard) -> Spot:
    return Spot(heard, heard.summary.question(question), headline_cells(heard.summary).get(question, ()))
