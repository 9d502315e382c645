"""A pilot at a glance: who answered, what decides, waves side by side, use and costs. Reads releases and the book."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.summary import QuestionSummary
from analysis.waves import WaveDifference, between_waves
from feedback.models import Pilot, StaffMember
from feedback.operations.evidence.pilot_evidence import Beside, evidence_of
from feedback.operations.evidence.pilot_voices import Voices, voices_of
from feedback.operations.pilots.pilot import pilot_for
from feedback.operations.results.read_release import headline_cells
from feedback.operations.school import School
from forms.same_question import Sameness, sameness

WAVES = ("baseline", "middle", "end")


@dataclass(frozen=True, slots=True)
class WaveLine:
    """One question in one released wave; `voices` says which round, `cells` what the headline is the share of."""

    wave: str
    voices: Voices
    asked: QuestionSummary
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InWaves:
    """One question of one audience in two waves or more, in their order; `difference` is the last beside the first."""

    question: str
    lines: tuple[WaveLine, ...]
    difference: WaveDifference
    #: Whether it was put in other words in between.
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything is of rounds whose release this account may see, in the order in which they closed."""

    pilot: Pilot
    voices: tuple[Voices, ...]
    waves: tuple[InWaves, ...]
    beside: Beside
    #: Questions that have other answers now than in an earlier wave, each with the round that asked it last.
    other_answers: tuple[tuple[str, Voices], ...] = ()


def dashboard_of(school: School, by: StaffMember, pilot_id: str) -> Dashboard:
    """The dashboard. NotPermitted, NotFound for a pilot on whose team the account is not."""
    voices = tuple(reversed(voices_of(school, by, pilot_id)))
    beside = evidence_of(school, by, pilot_id)
    return Dashboard(pilot_for(school, by, pilot_id), voices, in_waves(voices), beside, with_other_answers(voices))


def in_waves(voices: Sequence[Voices]) -> tuple[InWaves, ...]:
    """Each question that was asked of the same audience in more than one wave; of a wave, its last round.

    Of a question with other answers than before nothing is put side by side: `with_other_answers` names it.
    """
    found = []
    for question, lines in _asked_again(voices):
        kinds = {_between(question, one, lines[-1]) for one in lines[:-1]}
        # Side by side only what is the share of the same answers.
        if "answers" not in kinds and len({(line.asked.measure, line.cells) for line in lines}) == 1:
            difference = between_waves(lines[0].asked, lines[-1].asked)
            found.append(InWaves(question, tuple(lines), difference, reworded="words" in kinds))
    return tuple(found)


def with_other_answers(voices: Sequence[Voices]) -> tuple[tuple[str, Voices], ...]:
    """Each question that two waves asked under the same id with other answers, with the round that asked it last."""
    return tuple(
        (question, lines[-1].voices)
        for question, lines in _asked_again(voices)
        if any(_between(question, one, lines[-1]) == "answers" for one in lines[:-1])
    )


def _asked_again(voices: Sequence[Voices]) -> Iterator[tuple[str, list[WaveLine]]]:
    for audience in dict.fromkeys(each.round.audience for each in voices):
        last = {each.round.wave: each for each in voices if each.round.audience == audience}
        waves = [last[wave] for wave in WAVES if wave in last]
        for question in dict.fromkeys(one.question for each in waves for one in each.released.summary.questions):
            lines = [line for each in waves if (line := _line(each, question)) is not None]
            if len(lines) > 1:
                yield question, lines


def _between(question: str, before: WaveLine, after: WaveLine) -> Sameness:
    return sameness(before.voices.instrument.question(question), after.voices.instrument.question(question))


def _line(voices: Voices, question: str) -> WaveLine | None:
    summary = voices.released.summary
    asked = next((one for one in summary.questions if one.question == question and one.bars), None)
    if asked is None:
        return None
    return WaveLine(voices.round.wave, voices, asked, headline_cells(summary).get(question, ()))
