"""What corrections of some comments say of the others."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.text.corrected import Suggested, themes_anew

#: Two kinds of comments, ten each, far from each other; within a kind they are close, but no two are the same.
_KINDS = 2
_EACH = 10


@pytest.fixture
def rows() -> NDArray[np.float32]:
    chance = np.random.default_rng(0)
    middles = np.repeat(np.eye(_KINDS, 8), _EACH, axis=0)
    raw = middles + 0.1 * chance.standard_normal(middles.shape)
    return np.asarray(raw / np.linalg.norm(raw, axis=1, keepdims=True), dtype=np.float32)


def _said(theme: str, confidence: float = 0.8) -> Suggested:
    return Suggested((theme,) if theme else (), confidence)


def _some(themes: tuple[str, ...], places: range) -> list[tuple[str, ...] | None]:
    return [themes if place in places else None for place in range(_KINDS * _EACH)]


def test_comments_that_mean_alike_follow_and_others_stay(rows: NDArray[np.float32]) -> None:
    suggested = [_said("food")] * _EACH + [_said("transport")] * _EACH
    found = themes_anew(rows, suggested, _some(("own-1",), range(6)))
    assert found == [("own-1",)] * _EACH + [("transport",)] * _EACH


def test_where_a_person_agrees_with_the_machine_nothing_changes(rows: NDArray[np.float32]) -> None:
    suggested = [_said("food")] * _EACH + [_said("transport", 0.3)] * _EACH
    found = themes_anew(rows, suggested, _some(("food",), range(6)))
    assert found == [one.themes for one in suggested]


def test_what_a_person_said_stays_whatever_the_others_are(rows: NDArray[np.float32]) -> None:
    corrected = _some(("own-1",), range(8))
    corrected[9] = ("food", "homework")
    found = themes_anew(rows, [_said("food")] * 20, corrected)
    assert found[9] == ("food", "homework")
    assert found[8] == ("own-1",)


def test_no_theme_is_an_answer_too(rows: NDArray[np.float32]) -> None:
    found = themes_anew(rows, [_said("food")] * 20, _some((), range(6)))
    assert found[6:10] == [()] * 4
    back = themes_anew(rows, [_said("")] * 20, _some(("food",), range(6)))
    assert back[6:10] == [("food",)] * 4


def test_a_second_theme_stays_with_the_first(rows: NDArray[np.float32]) -> None:
    suggested = [Suggested(("food", "homework"), 0.9)] * 20
    found = themes_anew(rows, suggested, _some(("food", "homework"), range(6)))
    assert found == [("food", "homework")] * 20


def test_without_meaning_the_machines_own_theme_says_who_follows() -> None:
    suggested = [_said("food")] * _EACH + [_said("transport")] * _EACH
    found = themes_anew(np.zeros((20, 1), np.float32), suggested, _some(("own-1",), range(8)))
    assert found[8:] == [("own-1",)] * 2 + [("transport",)] * _EACH


def test_the_same_comments_in_another_order_get_the_same_themes(rows: NDArray[np.float32]) -> None:
    suggested = [_said("food", 0.4), _said("homework", 0.6)] * _EACH
    corrected = _some(("own-1",), range(3, 12))
    order = np.random.default_rng(1).permutation(len(rows))
    found = themes_anew(rows, suggested, corrected)
    mixed = themes_anew(rows[order], [suggested[i] for i in order], [corrected[i] for i in order])
    assert [found[i] for i in order] == mixed
