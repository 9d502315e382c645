"""Made-up rounds: people who answer by chance, and what the product would freeze of them."""

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.add_up import Answered, add_up
from analysis.roll_up import Member
from analysis.summarise import summarise
from analysis.summary import Reader, Summary, freeze_summary
from analysis.tables import Column, Measure
from analysis.verdict import Criterion
from tests.attacks.solver import Asked, Attack, Sort

YEARS, CLASSES, LANGUAGES = ("y5", "y6"), ("5A", "5B", "6A", "6B"), ("en", "ti", "uk")
COLUMNS = (
    Column("helps", Measure.SCALE, ("no", "bit", "much", "very"), frozenset({"much", "very"}), ("unknown",)),
    Column("again", Measure.CHOICE, ("red", "green", "blue")),
    Column("uses", Measure.CHOICES, ("home", "class", "bus", "club")),
    Column("top", Measure.RANKING, ("a", "b", "c", "d", "e"), places=3),
    Column("year", Measure.CHOICE, YEARS),
    Column("language", Measure.CHOICE, LANGUAGES),
)
#: Questions that are not themselves what is compared by.
ASKED = (
    Asked("helps", COLUMNS[0].cells),
    Asked("again", COLUMNS[1].cells),
    Asked("uses", COLUMNS[2].cells, exactly=None),
    Asked("top", COLUMNS[3].cells, exactly=3),
)
CRITERION = Criterion("helps", ("much", "very"), 60, 10)


@dataclass(frozen=True)
class Person:
    """One respondent: the groups, and the cells of each question that was answered."""

    groups: Mapping[str, str]
    answers: Answered


@dataclass(frozen=True)
class MadeUp:
    """A round as its count and its releases know it, and the people whom nobody knows any more."""

    name: str
    people: tuple[Person, ...]
    member: Member
    released: Mapping[Reader, Summary]

    def body(self, reader: Reader) -> dict[str, Any]:
        """The frozen release, as JSON."""
        return frozen(self.released[reader])


def frozen(summary: Summary) -> dict[str, Any]:
    """What is stored of a summary."""
    body: dict[str, Any] = json.loads(freeze_summary(summary))
    return body


def a_crowd(luck: random.Random, people: int) -> list[Person]:
    """People of two years with two classes each, most of whom agree with each other or do not."""
    agree, skip, first = luck.choice((0.05, 0.3, 0.5, 0.7, 0.95)), luck.choice((0, 0, 0.1, 0.6)), luck.randrange(4)
    return [_a_person(luck, agree, skip, first) for _ in range(people)]


def counted(name: str, people: Sequence[Person], variables: Sequence[str] = ()) -> MadeUp:
    """Add the people up and release the figures, as the product does."""
    groups = {variable: [person.groups[variable] for person in people] for variable in variables}
    tallies = add_up(COLUMNS, [person.answers for person in people], groups=groups)
    released = {
        reader: summarise(
            COLUMNS, tallies, reader=reader, respondents=len(people), group_size=None, criterion=CRITERION
        )
        for reader in Reader
    }
    member = Member(
        round_id=name,
        school=f"school of {name}",
        asked="the same",
        audience="students",
        criterion=CRITERION,
        breakdowns=tuple(variables),
        columns=COLUMNS,
        tallies=tallies,
        respondents=len(people),
        group_size=None,
    )
    return MadeUp(name, tuple(people), member, released)


def attack_on(asked: Asked, *rounds: MadeUp) -> Attack:
    """The attacker with an insider's knowledge of the rounds, before anything was read."""
    sorts: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()
    for round_ in rounds:
        for person in round_.people:
            if set(person.answers.get(asked.question, ())) & set(asked.cells):
                groups = tuple((variable, person.groups[variable]) for variable in round_.member.breakdowns)
                sorts[round_.name, groups] += 1
    return Attack(asked, [Sort(name, dict(groups), people) for (name, groups), people in sorts.items()])


def _a_person(luck: random.Random, agree: float, skip: float, first: int) -> Person:
    class_ = luck.choices(CLASSES, (5, 2, 4, 3))[0]
    groups = {"year": f"y{class_[0]}", "group": class_, "language": luck.choices(LANGUAGES, (12, 2, 5))[0]}
    good = luck.random() < agree
    answers: dict[str, tuple[str, ...]] = {
        "helps": (luck.choice(("much", "very") if good else ("no", "bit", "unknown")),),
        "again": (luck.choices(COLUMNS[1].cells, (8, 3, 1))[0] if good else luck.choice(COLUMNS[1].cells),),
        "uses": tuple(luck.sample(COLUMNS[2].cells, luck.choice((1, 1, 2, 3)))),
        "top": tuple(luck.sample(COLUMNS[3].cells, 3)) if not good else _places(luck, first),
    }
    kept = {question: cells for question, cells in answers.items() if luck.random() >= skip}
    return Person(groups, {**kept, "year": (groups["year"],), "language": (groups["language"],)})


def _places(luck: random.Random, first: int) -> tuple[str, ...]:
    cells = COLUMNS[3].cells
    return (cells[first], *luck.sample([cell for cell in cells if cell != cells[first]], 2))
