"""R10, small: all twenty kills are in `make soak`, or with EVERY_LOOK=1."""

import os
from pathlib import Path

from tests.reliability.purge_kills import kill_the_purge
from tests.reliability.service import serving


def test_a_purge_that_is_killed_is_ended_by_the_next_one_and_certified_once(tmp_path: Path) -> None:
    kills = 20 if os.environ.get("EVERY_LOOK") else 5
    with serving(tmp_path) as service:
        outcome = kill_the_purge(service, kills=kills)
    assert (outcome.kills, outcome.wrong) == (kills, 0), outcome
    assert outcome.begun > 0, "no kill hit a purge that had begun"
