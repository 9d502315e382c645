"""A report filled with made-up answers: what is merged or hidden in it is what a real one merges or hides.

The same code makes both. Nothing is stored, and no real answer is looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.add_up import SMALLEST_GROUP, Answered, add_up
from analysis.made_up import how_many, in_groups, made_up
from analysis.summarise import summarise
from analysis.summary import Breakdown, Reader, Summary, TooFew
from analysis.tables import OTHER_GROUPS, Tally
from analysis.verdict import Criterion
from feedback.operations.rounds.columns import columns_of
from forms.definition import Instrument


@dataclass(frozen=True, slots=True)
class Hidden:
    """One thing that the report will not show.

    `small`: a group of `size` people (None: nobody said) that is counted with the others; `with_small`: a larger one
    that has to go with it, so that nobody can work out the small one. `group`: a group whose cell is hidden. `groups`:
    no group of this variable may be shown, at one question or ("") at any. `bars`: answers shown as one. `question`:
    too few.
    """

    why: Literal["small", "with_small", "group", "groups", "bars", "question"]
    question: str = ""
    variable: str = ""
    group: str = ""
    size: int | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """Who is asked: how many (None: nobody said), in which groups of which sizes, and how many a box waits for."""

    asked: int | None
    voices: int
    sizes: Mapping[str, int | None]
    breakdowns: Sequence[str] = ()
    slips: int | None = None


@dataclass(frozen=True, slots=True)
class MadeUpReport:
    """`people`: how many made-up ones answered; `too_few`: fewer than the box waits for would at seven in ten."""

    summary: Summary
    hidden: tuple[Hidden, ...]
    people: int
    too_few: bool


def made_up_report(
    instrument: Instrument,
    asked: People,
    *,
    seed: str,
    criterion: Criterion | None,
    secondary: tuple[Criterion, ...] = (),
) -> MadeUpReport:
    """The team's report on this instrument, had it been asked. The same seed makes the same one."""
    columns, sizes = columns_of(instrument), asked.sizes
    people = how_many(_asked(asked.asked, sizes), at_least=asked.voices)
    answers = made_up(columns, people, seed=seed)
    groups = {name: _groups(name, answers, sizes) for name in asked.breakdowns}
    sums = add_up(columns, answers, groups=groups)
    summary = summarise(
        columns,
        sums,
        reader=Reader.TEAM,
        respondents=people,
        group_size=asked.asked,
        criterion=criterion,
        secondary=secondary,
        slips_printed=asked.slips,
    )
    hidden = [*_merged(groups, sizes, sums), *_hidden(summary), *_without_comparison(asked.breakdowns, summary)]
    likely = how_many(_asked(asked.asked, sizes), at_least=0)
    return MadeUpReport(summary, tuple(dict.fromkeys(hidden)), people, likely < asked.voices)


def _asked(group_size: int | None, sizes: Mapping[str, int | None]) -> int | None:
    """How many are asked: as was typed, or as the groups add up."""
    known = [size for size in sizes.values() if size is not None]
    return group_size if group_size is not None or len(known) < len(sizes) or not known else sum(known)


def _groups(variable: str, answers: Sequence[Answered], sizes: Mapping[str, int | None]) -> list[str | None]:
    if variable == "group":
        return in_groups(len(answers), sizes)
    cells = [answer.get(variable, ()) for answer in answers]
    return [found[0] if len(found) == 1 else None for found in cells]


def _merged(
    groups: Mapping[str, Sequence[str | None]], sizes: Mapping[str, int | None], sums: Sequence[Tally]
) -> Iterator[Hidden]:
    """Groups that are counted with the others: at every question, or at some of them."""
    for variable, members in groups.items():
        told = {(tally.question, tally.group) for tally in sums if tally.breakdown == variable}
        asked = list(dict.fromkeys(question for question, _group in told))
        for name in sizes if variable == "group" else sorted({each for each in members if each}):
            missing = [question for question in asked if (question, name) not in told]
            if len(missing) == len(asked):
                size = sizes.get(name) if variable == "group" else None
                why: Literal["small", "with_small"] = "small" if members.count(name) < SMALLEST_GROUP else "with_small"
                yield Hidden(why, variable=variable, group=name, size=size)
            else:
                yield from (Hidden("group", question=each, variable=variable, group=name) for each in missing)


def _without_comparison(variables: Sequence[str], summary: Summary) -> Iterator[Hidden]:
    """Questions at which no group may be shown; one line where that is so at all of them."""
    for variable in variables:
        compared = [one for one in summary.questions if one.question != variable and one.measure != "text"]
        shown = {
            one.question for one in compared for each in one.breakdowns if each.variable == variable and each.groups
        }
        if shown:
            hidden = (one.question for one in compared if one.question not in shown)
            yield from (Hidden("groups", question=each, variable=variable) for each in hidden)
        elif compared:
            yield Hidden("groups", variable=variable)


def _hidden(summary: Summary) -> Iterator[Hidden]:
    for each in summary.questions:
        if isinstance(each.headline, TooFew) and each.measure != "text":
            yield Hidden("question", question=each.question)
        merged = (bar.cells for bar in each.bars if len(bar.cells) > 1)
        yield from (Hidden("bars", question=each.question, cells=cells) for cells in merged)
        for breakdown in each.breakdowns:
            yield from _hidden_groups(each.question, breakdown)


def _hidden_groups(question: str, breakdown: Breakdown) -> Iterator[Hidden]:
    for one in breakdown.groups:
        if isinstance(one.figure, TooFew) and one.group != OTHER_GROUPS:
            yield Hidden("group", question=question, variable=breakdown.variable, group=one.group)
