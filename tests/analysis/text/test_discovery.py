"""Groups of comments that mean alike: by meaning and not by language, the same in any order."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text.discovery import FEWEST, discover
from analysis.text.offsets import without_language

WIDTH = 16


def comments(seed: int = 0, *, groups: int = 3, each: int = 30) -> tuple[np.ndarray, list[str], list[str], list[int]]:
    """Rows about `groups` things in two languages, which lie further apart than the things do."""
    chance = np.random.default_rng(seed)
    about = [number % groups for number in range(groups * each)]
    spoken = ["en" if chance.random() < 0.6 else "so" for _ in about]
    rows = np.eye(WIDTH)[about] + 2 * np.array([np.eye(WIDTH)[15 if one == "so" else 14] for one in spoken])
    rows = rows + chance.normal(0, 0.08, rows.shape)
    return rows.astype(np.float32), [f"comment {number}" for number in range(len(about))], spoken, about


def test_groups_are_by_meaning_and_not_by_language() -> None:
    rows, texts, spoken, about = comments()
    found = discover(rows, texts, spoken)
    assert len(found) >= 3
    for group in found:
        assert len({about[place] for place in group.members}) == 1
    assert any({spoken[place] for place in group.members} == {"en", "so"} for group in found)


def test_without_taking_the_languages_away_they_would_decide() -> None:
    rows, _texts, spoken, _about = comments()
    assert np.linalg.norm(rows[spoken.index("en")] - rows[spoken.index("so")]) > 1.5
    moved = without_language(rows, spoken)
    assert np.linalg.norm(moved[[one == "en" for one in spoken]].mean(0)) < 0.15


@given(st.permutations(range(60)))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_comments_changes_nothing(order: list[int]) -> None:
    rows, texts, spoken, _about = comments(each=20)
    straight = {frozenset(texts[place] for place in group.members) for group in discover(rows, texts, spoken)}
    turned = discover(rows[order], [texts[i] for i in order], [spoken[i] for i in order])
    assert {frozenset(texts[order[place]] for place in group.members) for group in turned} == straight


def test_few_comments_and_pasted_ones_are_no_group() -> None:
    rows, texts, spoken, _about = comments()
    assert discover(rows[: 2 * FEWEST - 1], texts[: 2 * FEWEST - 1], spoken[: 2 * FEWEST - 1]) == []
    assert discover(rows, ["the same"] * len(texts), spoken) == []
