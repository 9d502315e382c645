"""`make soak`: every storm in full, on both databases, with figures. About half an hour on two quiet cores.

`python -m tests.reliability R2 R9` runs only those. Exit code 1 if a promise was not kept.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres_server import running_server
from tests.reliability import timing, troubles
from tests.reliability.count_cuts import cut_the_count
from tests.reliability.cuts import cut_the_power
from tests.reliability.failing_disk import Fault
from tests.reliability.kills import kill_the_count, kill_the_server
from tests.reliability.purge_kills import kill_the_purge
from tests.reliability.service import Service, serving

_KILLS, _KILLS_OF_COUNTS, _IMAGES, _REQUESTS = 20, 50, 1000, 2000
_MOST_P95 = 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: whether the promise was kept, and the figures."""

    kept: bool
    figures: str


def main(wanted: list[str]) -> int:
    """Run what is wanted, or everything, and print a line for each as it ends."""
    failed, began = 0, time.monotonic()
    for name, told, run in _STORMS:
        if wanted and name not in wanted:
            continue
        started = time.monotonic()
        with _folder() as folder:
            line = run(folder)
        minutes = (time.monotonic() - started) / 60
        failed += not line.kept
        _say(f"{'kept' if line.kept else 'BROKEN':7}{name:4}{minutes:5.1f} min  {told}: {line.figures}")
    _say(f"{(time.monotonic() - began) / 60:.0f} minutes, {failed} broken")
    return min(failed, 1)


def _kills(folder: Path, database_url: str = "") -> Line:
    with serving(folder, database_url=database_url) as service:
        ended = kill_the_server(service, kills=_KILLS, slips=100_000)
    figures = (
        f"{ended.box.acknowledged} acknowledged, {ended.box.lost} lost, {ended.stuck} given up, "
        f"{(ended.counted - ended.sent).total()} counted twice, {ended.felt} of {_KILLS} kills hit a post on its way"
    )
    return Line(ended.is_kept, figures)


def _kills_of_counts(folder: Path, database_url: str = "") -> Line:
    with serving(folder, database_url=database_url) as service:
        ended = kill_the_count(service, kills=_KILLS_OF_COUNTS)
    return Line(ended.wrong == 0, f"{ended.kills} kills, {ended.wrong} counts wrong, found {dict(ended.found)}")


def _kills_of_purges(folder: Path, database_url: str = "") -> Line:
    with serving(folder, database_url=database_url) as service:
        ended = kill_the_purge(service, kills=_KILLS)
    return Line(ended.wrong == 0 and ended.begun > 0, str(ended))


def _on_postgresql(storm: Callable[[Path, str], Line]) -> Callable[[Path], Line]:
    def run(folder: Path) -> Line:
        with running_server() as server:
            return storm(folder, server.url)

    return run


def _cuts(folder: Path) -> Line:
    cuts = cut_the_power(folder, images=_IMAGES, each=60)
    return Line((cuts.losing, cuts.corrupt) == (0, 0), str(cuts))


def _cuts_with_less(folder: Path) -> Line:
    cuts = cut_the_power(folder, images=_IMAGES, each=60, synchronous="NORMAL")
    return Line(cuts.losing > 0, str(cuts))


def _cuts_of_the_count(folder: Path) -> Line:
    cuts = cut_the_count(folder, images=_IMAGES // 2)
    return Line(cuts.wrong == 0, str(cuts))


def _trouble(storm: Callable[[Path, Service], troubles.Outcome]) -> Callable[[Path], Line]:
    def run(folder: Path) -> Line:
        with serving(folder) as service:
            service.open_round()
            ended = storm(folder / "workshop", service)
        return Line(ended.is_kept, f"{ended.box.acknowledged} acknowledged, {ended.box.lost} lost, {ended.statuses}")

    return run


def _same(folder: Path) -> Line:
    with serving(folder) as service:
        service.open_round()
        box, statuses = troubles.the_same_form(service, times=50)
    return Line(box.is_kept and box.acknowledged == 1, f"{statuses['200']} answers, {box.acknowledged} envelope")


def _rush(folder: Path, sync_milliseconds: int) -> Line:
    with serving(folder) as service:
        service.open_round(group_size=300)
        rush = troubles.a_whole_school_at_once(folder / "workshop", service, sync_milliseconds=sync_milliseconds)
    figures = f"p50 {rush.middle:.2f} s, p95 {rush.p95:.2f} s, longest {rush.longest:.2f} s"
    return Line(rush.outcome.is_kept and rush.p95 < _MOST_P95, figures)


def _split(measure: Callable[[Service, int], timing.Split]) -> Callable[[Path], Line]:
    def run(folder: Path) -> Line:
        with serving(folder) as service:
            split = measure(service, _REQUESTS)
        figures = f"p = {split.p:.3f}, medians {split.seconds_apart * 1000:+.3f} ms apart, {sorted(split.statuses)}"
        return Line(split.tells_nothing, figures)

    return run


def _failing(fault: Fault) -> Callable[[Path, Service], troubles.Outcome]:
    return lambda workshop, service: troubles.on_a_failing_disk(workshop, service, fault, seconds=10)


_STORMS: tuple[tuple[str, str, Callable[[Path], Line]], ...] = (
    ("R1", "every process killed under 64 posters, SQLite", _kills),
    ("R1", "every process killed under 64 posters, PostgreSQL", _on_postgresql(_kills)),
    ("R1b", "the count killed, SQLite", _kills_of_counts),
    ("R1b", "the count killed, PostgreSQL", _on_postgresql(_kills_of_counts)),
    ("R1c", "the purge killed, SQLite", _kills_of_purges),
    ("R1c", "the purge killed, PostgreSQL", _on_postgresql(_kills_of_purges)),
    ("R2", "power cuts", _cuts),
    ("R2", "power cuts with synchronous=NORMAL, which must lose some", _cuts_with_less),
    ("R2", "power cuts inside the count", _cuts_of_the_count),
    ("R3", "disk full, and freed", _trouble(_failing(Fault.FULL))),
    ("R3", "syncs fail", _trouble(_failing(Fault.SYNC_FAILS))),
    ("R4", "locked for 4 s", _trouble(lambda _, service: troubles.while_the_database_is_locked(service, seconds=4))),
    ("R4", "locked for 30 s", _trouble(lambda _, service: troubles.while_the_database_is_locked(service, seconds=30))),
    ("R6", "clock", _trouble(lambda _, service: troubles.with_a_wrong_clock(service, days=(-400, 400, 0), each=10))),
    ("R7", "one form sent fifty times, and after three days", _same),
    ("R9", "300 people in 5 s", lambda folder: _rush(folder, 0)),
    ("R9", "300 people in 5 s, syncs of 20 ms", lambda folder: _rush(folder, 20)),
    ("R10", "read-only, and healed", _trouble(_failing(Fault.READ_ONLY))),
    ("L17", "used and unknown slips", _split(timing.used_and_unknown_slips)),
    ("L17", "mistyped and unknown slips", _split(timing.mistyped_and_unknown_slips)),
    ("L17", "wrong and mistyped receipts", _split(timing.wrong_and_mistyped_receipts)),
    ("L17", "right and wrong receipts after the count", _split(timing.right_and_wrong_receipts_after_the_count)),
)


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="voicebox-soak-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is a command line


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
