"""Overlapping releases against a solver: classes, and the roll-ups that they are in, inside and beside each other."""

import random
from collections.abc import Sequence

import pytest

from analysis import ledger
from analysis.ledger import Earlier, related, sum_up
from analysis.roll_up import Kind, NotRolledUp
from analysis.summary import Reader, Summary
from tests.attacks.made_up import ASKED, MadeUp, a_crowd, attack_on, counted, frozen
from tests.looks import is_every

#: Roll-ups in the order in which they are made.
WAYS = (("AB",), ("ABC",), ("AB", "ABC"), ("ABC", "AB"), ("AB", "CD", "ABCD"), ("ABCD", "CD"))
SIZES = (10, 11, 12, 14, 20, 24, 31, 45)
Sums = list[tuple[str, dict[Reader, Summary]]]


def a_school(seed: int) -> tuple[dict[str, MadeUp], tuple[str, ...]]:
    """Four classes, and which of them are put together."""
    luck = random.Random(seed)  # noqa: S311 - the same classes in every run
    variables = luck.choice(((), (), ("group",)))
    rounds = {name: counted(name, a_crowd(luck, luck.choice(SIZES)), variables) for name in "ABCD"}
    return rounds, luck.choice(WAYS)


def put_together(rounds: dict[str, MadeUp], way: Sequence[str]) -> Sums:
    """The roll-ups, each weighed with those before it; what is refused is not there."""
    done: Sums = []
    for new in way:
        earlier = {
            reader: related(frozenset(new), [Earlier(name, frozenset(name), made[reader]) for name, made in done])
            for reader in Reader
        }
        names = frozenset(new).union(*(each.rounds for each in earlier[Reader.TEAM]))
        members = {name: rounds[name].member for name in names}
        released = {reader: {name: rounds[name].released[reader] for name in names} for reader in Reader}
        try:
            done.append((new, sum_up(new, Kind.SCHOOL, members, released, earlier)))
        except NotRolledUp:
            continue
    return done


def found_in(rounds: dict[str, MadeUp], sums: Sums) -> list[str]:
    """What the public finds in its releases, and what the team finds in both."""
    found = []
    for asked in ASKED:
        for reader in Reader:
            attack = attack_on(asked, *rounds.values())
            own = 0
            for each in (Reader.TEAM, Reader.PUBLIC) if reader is Reader.TEAM else (reader,):
                for name, round_ in rounds.items():
                    attack.read(round_.body(each), name, name)
                for name, made in sums:
                    attack.read(frozen(made[each]), name, name)
                own = own or len(attack.targets)
            del attack.targets[own:]
            found += attack.found()
    return found


@pytest.mark.parametrize(
    "seeds", [range(first, first + 8) for first in range(0, 152 if is_every() else 16, 8)], ids=str
)
def test_no_sum_of_classes_tells_what_a_class_hides(seeds: range) -> None:
    schools = {seed: a_school(seed) for seed in seeds}
    found = {seed: found_in(rounds, put_together(rounds, way)) for seed, (rounds, way) in schools.items()}
    assert {seed: each for seed, each in found.items() if each} == {}


def test_most_sums_tell_something() -> None:
    told = [
        question.headline.kind
        for seed in range(20)
        for _name, made in put_together(*a_school(seed))
        for question in made[Reader.TEAM].questions
    ]
    assert told.count("share") > 0.6 * len(told)


def test_the_attacker_finds_sums_that_nobody_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger._Weighed, "tells_more", lambda *_facts: False)
    assert any(found_in(rounds, put_together(rounds, way)) for rounds, way in map(a_school, range(5)))


def test_the_attacker_finds_three_people_between_a_class_and_a_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = {seed: a_school(seed)[0] for seed in range(40)}
    small = {
        seed: school
        for seed, school in rounds.items()
        if any(0 < len([1 for person in school[name].people if "top" in person.answers]) < 5 for name in "AB")
    }
    assert [found for school in small.values() for found in found_in(school, put_together(school, ("AB",)))] == []
    monkeypatch.setattr(ledger._Weighed, "leaves_too_few", lambda *_facts: False)
    monkeypatch.setattr(ledger._Weighed, "tells_more", lambda *_facts: False)
    found = [one for school in small.values() for one in found_in(school, put_together(school, ("AB",)))]
    assert any("left over" in one for one in found)
