"""One release, and both releases of one round, against a solver: a hundred made-up rounds, and some by hand.

A count that one figure tells by itself, because few people are known exactly (5 of 10 are "40 to 60 %"), is no
disclosure where five people or more are on either side: as percents of twenty are printed.
"""

import random
from collections.abc import Mapping

import pytest

from analysis import bars, differences, summarise
from analysis.differences import shown_groups
from analysis.headlines import Counted
from analysis.summary import Reader
from tests.attacks.made_up import ASKED, MadeUp, Person, a_crowd, attack_on, counted
from tests.attacks.solver import Attack
from tests.looks import is_every

#: What people are compared by; classes lie inside years, languages lie across both.
BREAKDOWNS = ((), ("year",), ("group",), ("year", "group"), ("language", "group"), ("year", "group", "language"))
SIZES = (10, 12, 20, 24, 31, 45, 60, 90, 130)


def a_made_up_round(seed: int) -> MadeUp:
    """The same round for the same seed."""
    luck = random.Random(seed)  # noqa: S311 - the same rounds in every run
    variables = luck.choice(BREAKDOWNS)
    return counted("A", a_crowd(luck, luck.choice(SIZES)), variables)


def found_in(round_: MadeUp) -> list[str]:
    """What the public finds in its own release, and what the team finds in both."""
    return [one for asked in ASKED for reader in Reader for one in _attack(round_, asked.question, reader).found()]


@pytest.mark.parametrize(
    "seeds", [range(first, first + 25) for first in range(0, 400 if is_every() else 50, 25)], ids=str
)
def test_nobody_works_out_what_a_release_hides(seeds: range) -> None:
    assert [(seed, found) for seed in seeds if (found := found_in(a_made_up_round(seed)))] == []


def test_every_made_up_release_has_something_to_find() -> None:
    # Were nothing hidden or coded, the solver would have nothing to do and every test above would hold.
    aims = [len(_attack(a_made_up_round(seed), "uses", Reader.TEAM).targets) for seed in range(25)]
    assert sum(aims) > 50


def test_the_attacker_finds_two_comparisons_that_are_each_fine_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    def each_alone(one: Counted, every: Mapping[str, Counted], *, reader: Reader) -> dict[str, frozenset[str]]:
        variables = {name for each in every.values() for name in each.groups} - {one.column.question}
        return {name: shown_groups(one.whole, one.parts(name), reader=reader) for name in sorted(variables)}

    monkeypatch.setattr(summarise, "shown_by_variable", each_alone)
    assert any("left over" in found for found in found_in(a_made_up_round(11)) + found_in(_years_and_classes()))


def test_the_attacker_finds_a_breakdown_that_hides_only_what_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "_told_too_much", lambda *_facts: set())
    monkeypatch.setattr(differences, "_people_without_figure", lambda *_facts: [])
    assert any(found_in(a_made_up_round(seed)) for seed in range(10))


def test_the_attacker_finds_a_coded_place_of_a_ranking_that_the_others_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars, "_sum_tells_more", lambda *_facts, **_more: False)
    assert any("top" in found for seed in range(20) for found in found_in(a_made_up_round(seed)))


def test_a_year_less_its_shown_class_does_not_tell_the_hidden_class() -> None:
    assert found_in(_years_and_classes()) == []


def _years_and_classes() -> MadeUp:
    """Year 5 is 5A and seven of 5B; year 6 is 6A and 6B. All questions were answered by everybody."""
    sizes = {"5A": 20, "5B": 7, "6A": 15, "6B": 18}
    people = [
        Person(
            {"year": f"y{name[0]}", "group": name, "language": "en"},
            {
                "helps": ("much" if place % 2 else "no",),
                "again": ("red" if place % 2 else "green",),
                "uses": ("home",) if place % 2 else ("class", "bus"),
                "top": ("a", "b", "c") if place % 2 else ("c", "d", "e"),
                "year": (f"y{name[0]}",),
                "language": ("en",),
            },
        )
        for name, size in sizes.items()
        for place in range(size)
    ]
    return counted("A", people, ("year", "group"))


def _attack(round_: MadeUp, question: str, reader: Reader) -> Attack:
    asked = next(each for each in ASKED if each.question == question)
    attack = attack_on(asked, round_)
    attack.read(round_.body(reader), reader.value, [round_.name])
    if reader is Reader.TEAM:
        # The team reads the public's too; what is hidden from the public only is no secret to it.
        own = len(attack.targets)
        attack.read(round_.body(Reader.PUBLIC), "public", [round_.name])
        del attack.targets[own:]
    return attack
