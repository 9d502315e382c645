"""A draft round's own report, before anybody is asked: filled with made-up answers at the group sizes that were typed.

What is merged or hidden here is what the real report merges or hides with so many people: the same code makes both.
Nothing is stored, and no real answer is looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.add_up import Answered, add_up
from analysis.made_up import how_many, in_groups, made_up
from analysis.summarise import summarise
from analysis.summary import Breakdown, Reader, Summary, TooFew
from analysis.tables import OTHER_GROUPS, Tally
from feedback.models import StaffMember
from feedback.operations.columns import columns_of
from feedback.operations.errors import WrongState
from feedback.operations.release import criterion_of, secondary_of
from feedback.operations.rounds import RoundStatus, round_for
from feedback.operations.school import School
from feedback.privacy.permissions import Action


@dataclass(frozen=True, slots=True)
class Hidden:
    """One thing that the report will not show.

    `merged`: a group of `size` people (None: nobody said) that is counted with the others. `group`: a group whose cell
    is hidden. `groups`: no group of this variable may be shown. `bars`: answers shown as one. `question`: too few.
    """

    why: Literal["merged", "group", "groups", "bars", "question"]
    question: str = ""
    variable: str = ""
    group: str = ""
    size: int | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """`people`: how many made-up ones answered; `too_few`: fewer than the box waits for would at seven in ten."""

    status: RoundStatus
    summary: Summary
    hidden: tuple[Hidden, ...]
    people: int
    too_few: bool


def preview_of(school: School, by: StaffMember, round_id: str) -> Preview:
    """The preview of a draft. NotPermitted, NotFound for somebody else's; WrongState once it has opened."""
    status = round_for(school, by, round_id, Action.CHANGE_ROUNDS)
    round_, instrument = status.round, status.instrument
    if round_.state != "draft":
        raise WrongState(round_.state)
    columns = columns_of(instrument)
    sizes = {str(group["name"]): group["size"] for group in round_.groups}
    people = how_many(_asked(round_.group_size, sizes), at_least=round_.k)
    answers = made_up(columns, people, seed=round_.id)
    groups = {name: _groups(name, answers, sizes) for name in round_.breakdowns}
    sums = add_up(columns, answers, groups=groups)
    summary = summarise(
        columns,
        sums,
        reader=Reader.TEAM,
        respondents=people,
        group_size=round_.group_size,
        criterion=criterion_of(round_, instrument),
        secondary=secondary_of(round_, instrument),
        slips_printed=round_.group_size if round_.slips else None,
    )
    hidden = (*_merged(round_.breakdowns, groups, sizes, sums), *_hidden(summary))
    likely = how_many(_asked(round_.group_size, sizes), at_least=0)
    return Preview(status, summary, tuple(dict.fromkeys(hidden)), people, likely < round_.k)


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
    variables: Sequence[str],
    groups: Mapping[str, Sequence[str | None]],
    sizes: Mapping[str, int | None],
    sums: Sequence[Tally],
) -> Iterator[Hidden]:
    """Groups that no tally has of its own, for they are too small."""
    for variable in variables:
        told = {tally.group for tally in sums if tally.breakdown == variable}
        names = list(sizes) if variable == "group" else sorted({each for each in groups[variable] if each})
        for name in names:
            if name not in told:
                size = sizes.get(name) if variable == "group" else None
                yield Hidden("merged", variable=variable, group=name, size=size)


def _hidden(summary: Summary) -> Iterator[Hidden]:
    for each in summary.questions:
        if isinstance(each.headline, TooFew) and each.measure != "text":
            yield Hidden("question", question=each.question)
        merged = (bar.cells for bar in each.bars if len(bar.cells) > 1)
        yield from (Hidden("bars", question=each.question, cells=cells) for cells in merged)
        for breakdown in each.breakdowns:
            yield from _hidden_groups(each.question, breakdown)


def _hidden_groups(question: str, breakdown: Breakdown) -> Iterator[Hidden]:
    if not breakdown.groups:
        yield Hidden("groups", question=question, variable=breakdown.variable)
    for one in breakdown.groups:
        if isinstance(one.figure, TooFew) and one.group != OTHER_GROUPS:
            yield Hidden("group", question=question, variable=breakdown.variable, group=one.group)
