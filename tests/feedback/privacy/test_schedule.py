"""The schedule of retention: every table has a layer or a reason, and every law its own days."""

import pytest

from feedback.config import LAWS
from feedback.models import Base
from feedback.operations.retention.layer_words import BASES
from feedback.privacy.retention import DAYS_OF_UNUSED_SLIPS, DAYS_UNTIL_GIVEN_UP
from feedback.privacy.schedule import is_too_long, kept_tables, schedule_of


@pytest.mark.parametrize("law", LAWS)
def test_every_table_belongs_to_one_layer_or_says_why_it_is_kept(law: str) -> None:
    layered = [table for layer in schedule_of(law).values() for table in layer.tables]
    assert sorted([*layered, *kept_tables()]) == sorted(Base.metadata.tables)


@pytest.mark.parametrize("law", LAWS)
def test_every_layer_has_a_code_of_its_own_and_a_ground_that_can_be_said_in_every_language(law: str) -> None:
    layers = schedule_of(law).values()
    assert len({layer.code for layer in layers}) == len(layers)
    assert {layer.basis for layer in layers} <= set(BASES)


def test_no_ground_is_translated_that_no_layer_has() -> None:
    assert {layer.basis for law in LAWS for layer in schedule_of(law).values()} == set(BASES)


def test_a_law_changes_days_and_the_schedule_says_what_the_code_does() -> None:
    assert schedule_of("us-ppra")["tallies"].days > schedule_of("strictest")["tallies"].days
    layers = schedule_of("strictest")
    assert (layers["slips"].days, layers["box"].days) == (DAYS_OF_UNUSED_SLIPS, DAYS_UNTIL_GIVEN_UP)


@pytest.mark.parametrize(
    ("law", "comments", "tallies", "refused"),
    [
        ("strictest", 90, 1095, False),
        ("strictest", 91, 1095, True),
        ("strictest", 90, 1096, True),
        ("us-ppra", 90, 1825, False),
        ("us-ppra", 90, 1826, True),
    ],
)
def test_a_round_keeps_nothing_longer_than_the_schedule(law: str, comments: int, tallies: int, refused: bool) -> None:
    assert is_too_long(law, comments, tallies) is refused
