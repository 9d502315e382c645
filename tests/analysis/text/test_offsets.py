"""Each language is put where the others are: by what a round has of it, and by what the encoder is known to do."""

from pathlib import Path

import numpy as np
import pytest

from analysis.text.e5.weights import Floats
from analysis.text.offsets import load_offsets, offsets_of, save_offsets, without_language

_WIDTH = 8


def _rows(about: list[int], spoken: list[str]) -> Floats:
    """Rows about a thing each; Somali ones lie far away."""
    far = np.array([np.eye(_WIDTH)[7] * (3 if one == "so" else 0) for one in spoken])
    return np.asarray(np.eye(_WIDTH)[about] + far, dtype=np.float32)


@pytest.fixture
def usual() -> dict[str, Floats]:
    about, spoken = [0, 1, 2, 3] * 10, ["en"] * 20 + ["so"] * 20
    return offsets_of(_rows(about, spoken), spoken)


def test_one_voice_in_a_language_lies_beside_those_who_say_the_same(usual: dict[str, Floats]) -> None:
    about, spoken = [0, 1] * 10 + [1], ["en"] * 20 + ["so"]
    rows = _rows(about, spoken)
    moved = without_language(rows, spoken, usual)
    assert moved[-1] @ moved[1] > 0.9
    assert moved[-1] @ moved[0] < 0
    # Without what is known of the encoder it lies nowhere near.
    alone = without_language(rows, spoken)
    assert alone[-1] @ alone[1] < 0.5


def test_where_many_write_a_language_their_own_mean_decides() -> None:
    about, spoken = [0, 1] * 400, ["en"] * 400 + ["so"] * 400
    wrong = {"en": np.eye(_WIDTH, dtype=np.float32)[5], "so": np.eye(_WIDTH, dtype=np.float32)[6]}
    moved = without_language(_rows(about, spoken), spoken, wrong)
    assert np.linalg.norm(moved[:400].mean(0) - moved[400:].mean(0)) < 0.3


def test_what_was_kept_is_read_back(tmp_path: Path, usual: dict[str, Floats]) -> None:
    save_offsets(usual, tmp_path / "offsets.npz")
    kept = load_offsets(tmp_path / "offsets.npz")
    assert set(kept) == {"en", "so"}
    assert all((kept[language] == usual[language]).all() for language in usual)
