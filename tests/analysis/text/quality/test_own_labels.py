"""A codebook that is not ours, learned from the file that has it."""

import numpy as np
import pytest

from analysis.text.e5.weights import Floats
from analysis.text.quality.labelled import Labelled
from analysis.text.quality.own_labels import learned_f1

_EACH = 30


def _file(*codes: str) -> list[Labelled]:
    return [Labelled(f"{code} {number}", "vi", (code,)) for code in codes for number in range(_EACH)]


def _rows(of: int, *, tell: float) -> Floats:
    """Rows of so many codes, which lie apart by their code as far as `tell` says."""
    chance = np.random.default_rng(0)
    raw = tell * np.repeat(np.eye(of, 16), _EACH, axis=0) + chance.standard_normal((of * _EACH, 16))
    return np.asarray(raw / np.linalg.norm(raw, axis=1, keepdims=True), dtype=np.float32)


def test_what_the_rows_tell_is_learned_and_what_they_do_not_tell_is_not() -> None:
    rows = _file("lecturer", "facility", "others")
    assert learned_f1(rows, _rows(3, tell=8)) == pytest.approx(1)
    by_chance = learned_f1(rows, _rows(3, tell=0))
    assert by_chance is not None
    assert by_chance < 0.5


def test_codes_that_hardly_anybody_has_are_left_out() -> None:
    rows = [*_file("lecturer", "facility"), *(Labelled(f"rare {n}", "vi", ("rare",)) for n in range(5))]
    meaning = np.vstack([_rows(2, tell=8), np.eye(5, 16, 3)]).astype(np.float32)
    assert learned_f1(rows, meaning) == pytest.approx(1)


def test_one_code_can_be_learned_by_nobody() -> None:
    assert learned_f1(_file("lecturer"), _rows(1, tell=1)) is None
