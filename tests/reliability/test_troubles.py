"""R3, R4, R6, R7, R9 and R10, small and without a stop-watch: times are measured by `make soak`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.failing_disk import Fault
from tests.reliability.service import Service, serving
from tests.reliability.troubles import (
    a_whole_school_at_once,
    on_a_failing_disk,
    the_same_form,
    while_the_database_is_locked,
    with_a_wrong_clock,
)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A school with an open round, not started yet."""
    with serving(tmp_path) as school:
        school.open_round()
        yield school


@pytest.mark.parametrize("fault", [Fault.FULL, Fault.READ_ONLY, Fault.SYNC_FAILS], ids=lambda fault: fault.name)
def test_a_failing_disk_says_try_again_and_forgets_nothing(tmp_path: Path, service: Service, fault: Fault) -> None:
    outcome = on_a_failing_disk(tmp_path / "workshop", service, fault, seconds=2)
    assert outcome.is_kept, outcome
    assert outcome.statuses["503"] > 0, "nobody met the trouble"


def test_a_locked_database_makes_people_wait_and_loses_nobody(service: Service) -> None:
    outcome = while_the_database_is_locked(service, seconds=4)
    assert outcome.is_kept, outcome


def test_a_clock_that_is_more_than_a_year_wrong_changes_no_count(service: Service) -> None:
    outcome = with_a_wrong_clock(service, days=(-400, 400), each=3)
    assert outcome.is_kept, outcome


def test_a_form_sent_fifty_times_at_once_and_again_after_three_days_is_one_envelope(service: Service) -> None:
    box, statuses = the_same_form(service, times=50)
    assert box.is_kept, box
    assert (box.acknowledged, statuses) == (1, {"200": 51})


def test_a_whole_school_that_sends_at_once_is_heard_on_a_slow_disk(tmp_path: Path, service: Service) -> None:
    rush = a_whole_school_at_once(tmp_path / "workshop", service, people=60, seconds=1)
    assert rush.outcome.is_kept, rush
    assert rush.outcome.box.acknowledged == 60
