"""R2, small: the whole thousand is `make soak`."""

from pathlib import Path

from tests.reliability.count_cuts import cut_the_count
from tests.reliability.cuts import cut_the_power


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    cuts = cut_the_power(tmp_path, images=100, each=30)
    assert (cuts.losing, cuts.corrupt) == (0, 0), cuts


def test_a_database_that_syncs_less_does_lose_some_so_the_harness_can_tell(tmp_path: Path) -> None:
    cuts = cut_the_power(tmp_path, images=40, each=30, synchronous="NORMAL")
    assert cuts.losing > 0, cuts


def test_a_power_cut_inside_the_count_counts_everybody_once(tmp_path: Path) -> None:
    cuts = cut_the_count(tmp_path, images=30)
    assert cuts.wrong == 0, cuts


def test_a_count_that_syncs_less_loses_what_it_has_destroyed_the_key_of(tmp_path: Path) -> None:
    cuts = cut_the_count(tmp_path, images=30, synchronous="NORMAL", within=0.4)
    assert cuts.wrong > 0, cuts
