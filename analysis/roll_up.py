"""Roll-ups: several counted rounds that asked the same, summed as if they were one.

A school's has two classes or more. A district's has fifty people or more of two schools or more, none of which is four
fifths of anything that is shown (domain.md 2.1c P12). Nothing is broken down: the classes have releases of their own,
and what the sum tells beside those is weighed in `analysis.ledger`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.bars import Limits
from analysis.change import in_directions
from analysis.headlines import Counted, count_question
from analysis.summarise import summarise
from analysis.summary import Reader, Summary
from analysis.tables import Column, Tally
from analysis.verdict import Criterion

FEWEST_ROUNDS, FEWEST_SCHOOLS, FEWEST_IN_A_DISTRICT = 2, 2, 50
#: No school is more than this part of a district's cell, in percent.
LARGEST_PART = 80


class Kind(StrEnum):
    """Of what a roll-up is."""

    SCHOOL = "school"
    DISTRICT = "district"


class WhyNot(StrEnum):
    """Why there is no roll-up of these rounds."""

    TOO_FEW_ROUNDS = "too_few_rounds"
    OTHER_QUESTIONS = "other_questions"
    OTHER_PEOPLE = "other_people"  # families in one, students in another
    OTHER_CRITERION = "other_criterion"
    OTHER_BREAKDOWNS = "other_breakdowns"
    TOO_FEW_PEOPLE = "too_few_people"
    TOO_FEW_SCHOOLS = "too_few_schools"
    ONE_SCHOOL = "one_school"
    MADE_BEFORE = "made_before"
    CROSSES = "crosses"
    NOTHING_LEFT = "nothing_left"


class NotRolledUp(Exception):
    """There is no roll-up of these rounds. `names` are what it is about: roll-ups that were made before, a school."""

    def __init__(self, why: WhyNot, *names: str) -> None:
        super().__init__(why.value)
        self.why, self.names = why, names


@dataclass(frozen=True, slots=True)
class Member:
    """One counted and released round. `asked` is the hash of its instrument, `tallies` may hold breakdowns.

    `group_size` is how many were asked (None: unknown), `school` tells rounds of different schools apart.
    """

    round_id: str
    school: str
    asked: str
    audience: str
    criterion: Criterion | None
    breakdowns: tuple[str, ...]
    columns: tuple[Column, ...]
    tallies: tuple[Tally, ...]
    respondents: int
    group_size: int | None
    secondary: tuple[Criterion, ...] = ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria: whose answers are the headline of their questions."""
        return (*self.secondary, *([self.criterion] if self.criterion else []))

    def counted(self) -> dict[str, Counted]:
        """The round's questions with their totals, by id."""
        return {each.column.question: each for each in _counted(self.columns, self.tallies, self.criteria)}


def check(members: Sequence[Member], kind: Kind) -> None:
    """NotRolledUp where these rounds can not be summed, whatever was released before."""
    if len(members) < FEWEST_ROUNDS:
        raise NotRolledUp(WhyNot.TOO_FEW_ROUNDS)
    first = members[0]
    for other in members[1:]:
        if other.asked != first.asked:
            raise NotRolledUp(WhyNot.OTHER_QUESTIONS)
        if other.audience != first.audience:
            raise NotRolledUp(WhyNot.OTHER_PEOPLE)
        if set(other.criteria) != set(first.criteria) or other.criterion != first.criterion:
            raise NotRolledUp(WhyNot.OTHER_CRITERION)
        if set(other.breakdowns) != set(first.breakdowns):
            raise NotRolledUp(WhyNot.OTHER_BREAKDOWNS)
    if kind is Kind.DISTRICT:
        _check_district(members)


def totals(members: Sequence[Member]) -> tuple[Tally, ...]:
    """Everybody's answers, added up over the rounds."""
    answered: Counter[str] = Counter()
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for member in members:
        for tally in member.tallies:
            if tally.breakdown is None:
                answered[tally.question] += tally.answered
                # Not `+=`, which forgets cells that nobody is in.
                counts[tally.question].update(tally.counts)
    return tuple(Tally(question, people, dict(counts[question])) for question, people in answered.items())


def count_together(members: Sequence[Member]) -> dict[str, Counted]:
    """The questions with their totals over all rounds, by id."""
    first = members[0]
    return {each.column.question: each for each in _counted(first.columns, totals(members), first.criteria)}


def summed(
    members: Sequence[Member],
    *,
    reader: Reader,
    hidden: Collection[str] = (),
    limits: Mapping[str, Limits] | None = None,
) -> Summary:
    """The figures of the rounds together; `hidden` questions are left out, the others told within `limits`."""
    sizes = [member.group_size for member in members]
    return summarise(
        members[0].columns,
        [tally for tally in totals(members) if tally.question not in hidden],
        reader=reader,
        respondents=sum(member.respondents for member in members),
        group_size=None if None in sizes else sum(size or 0 for size in sizes),
        criterion=members[0].criterion,
        secondary=members[0].secondary,
        limits=limits,
    )


def dominated(members: Sequence[Member]) -> frozenset[str]:
    """The questions of a district that too few people answered, or that are nearly one school's alone."""
    counted = [(member.school, member.counted()) for member in members]
    found = set()
    for question in counted[0][1]:
        people = _by_school((school, each[question].whole.people) for school, each in counted)
        if sum(people.values()) < FEWEST_IN_A_DISTRICT or _is_one_schools(people):
            found.add(question)
    return frozenset(found)


def _counted(columns: Sequence[Column], tallies: Sequence[Tally], criteria: Sequence[Criterion]) -> Iterator[Counted]:
    columns, tallies = in_directions(columns, tallies)
    about = {criterion.question: criterion for criterion in criteria}
    return (count_question(column, tallies, about.get(column.question)) for column in columns)


def _check_district(members: Sequence[Member]) -> None:
    people = _by_school((member.school, member.respondents) for member in members)
    if len(people) < FEWEST_SCHOOLS:
        raise NotRolledUp(WhyNot.TOO_FEW_SCHOOLS)
    if sum(people.values()) < FEWEST_IN_A_DISTRICT:
        raise NotRolledUp(WhyNot.TOO_FEW_PEOPLE)
    if _is_one_schools(people):
        raise NotRolledUp(WhyNot.ONE_SCHOOL, max(people, key=lambda school: people[school]))


def _by_school(counts: Iterable[tuple[str, int]]) -> Counter[str]:
    people: Counter[str] = Counter()
    for school, count in counts:
        people[school] += count
    return people


def _is_one_schools(people: Mapping[str, int]) -> bool:
    return 100 * max(people.values()) > LARGEST_PART * sum(people.values())
