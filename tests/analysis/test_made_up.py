"""Made-up answers fit their questions, come in the numbers that were typed, and are the same each time."""

import pytest

from analysis.add_up import add_up
from analysis.made_up import how_many, in_groups, made_up
from analysis.tables import Column, Measure

SCALE = Column("ease", Measure.SCALE, ("hard", "fair", "easy"), frozenset({"easy"}), apart=("unknown",))
COLUMNS = (
    SCALE,
    Column("liked", Measure.CHOICES, ("games", "books", "stars")),
    Column("order", Measure.RANKING, ("a", "b", "c"), places=2),
    Column("wish", Measure.TEXT),
)


def test_every_made_up_answer_is_one_that_a_person_could_give() -> None:
    answers = made_up(COLUMNS, 200, seed="one")
    totals = {tally.question: tally for tally in add_up(COLUMNS, answers)}
    assert all(150 < tally.answered <= 200 for tally in totals.values())
    assert all(totals["ease"].counts.values())
    assert all(len(answer["order"]) == 2 for answer in answers if "order" in answer)


def test_the_same_round_always_shows_the_same_answers_and_another_one_others() -> None:
    assert made_up(COLUMNS, 40, seed="one") == made_up(COLUMNS, 40, seed="one")
    assert made_up(COLUMNS, 40, seed="one") != made_up(COLUMNS, 40, seed="two")


@pytest.mark.parametrize(
    ("asked", "at_least", "people"), [(100, 10, 70), (12, 10, 10), (12, 0, 8), (8, 10, 8), (None, 20, 30)]
)
def test_seven_in_ten_answer_or_as_many_as_the_box_waits_for(asked: int | None, at_least: int, people: int) -> None:
    assert how_many(asked, at_least=at_least) == people


def test_groups_are_as_large_as_they_were_said_to_be() -> None:
    members = in_groups(21, {"5A": 20, "5B": 4, "5C": None})
    assert {group: members.count(group) for group in ("5A", "5B", "5C")} == {"5A": 12, "5B": 2, "5C": 7}
    assert in_groups(3, {}) == [None, None, None]
    assert sorted(map(str, in_groups(5, {"a": None, "b": None}))) == ["a", "a", "a", "b", "b"]
