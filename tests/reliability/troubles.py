"""R3, R4, R6, R7, R9, R10: the disk is full, slow or read-only, the database locked, the clock wrong, the form old."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles
from threading import Barrier

from sqlalchemy import create_engine, text

from tests.reliability.audit import Box, counted, look_into_the_box
from tests.reliability.failing_disk import Disk, Fault
from tests.reliability.posters import Storm
from tests.reliability.service import CHANGED, Service

_POSTERS = 16
#: Seconds of quiet before the trouble, and after it.
_QUIET = 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What respondents met, and what is in the box and in the count afterwards."""

    box: Box
    sent: Counter[str]
    counted: Counter[str]
    statuses: Counter[str]
    stuck: int

    @property
    def is_kept(self) -> bool:
        """Everything acknowledged is there and counted once, and nobody was told anything but yes or "try again"."""
        told = {status for status in self.statuses if status not in ("200", "503")}
        return self.box.is_kept and self.sent == self.counted and not self.stuck and not told


def on_a_failing_disk(workshop: Path, service: Service, fault: Fault, *, seconds: float) -> Outcome:
    """The disk fails in this way for some seconds while people post, and is then well again (R3, R10)."""
    disk = Disk(workshop, service.settings.instance)
    service.environ = {**service.environ, **disk.environ}

    @contextmanager
    def failing() -> Iterator[None]:
        disk.now(fault)
        yield
        disk.now(Fault.NONE)

    return _through(service, failing, seconds=seconds)


def while_the_database_is_locked(service: Service, *, seconds: float) -> Outcome:
    """Another process holds the database for some seconds while people post (R4)."""

    @contextmanager
    def locked() -> Iterator[None]:
        engine = create_engine(service.settings.database_url, isolation_level="AUTOCOMMIT")
        sqlite = engine.dialect.name == "sqlite"
        with engine.connect() as other:
            other.execute(text("BEGIN IMMEDIATE" if sqlite else "BEGIN"))
            if not sqlite:
                other.execute(text("LOCK TABLE envelope IN ACCESS EXCLUSIVE MODE"))
            yield
            other.execute(text("ROLLBACK"))
        engine.dispose()

    return _through(service, locked, seconds=seconds)


def with_a_wrong_clock(service: Service, *, days: tuple[int, ...], each: int) -> Outcome:
    """The server is killed and comes back with another date, again and again (R6)."""
    service.program = CHANGED
    storm = Storm(service.port, service.address)
    for shift in days:
        service.start(HARNESS_CLOCK_DAYS=str(shift))
        storm.run(_POSTERS, each)
        service.kill()
    return _outcome(service, storm)


def the_same_form(service: Service, *, times: int, later_days: int = 3) -> tuple[Box, Counter[str]]:
    """One form is sent many times at once, and again after some days (R7)."""
    service.program = CHANGED
    service.start()
    storm = Storm(service.port, service.address)
    form_key, body = storm.fill_in(storm.hidden_fields(), "easy")
    together = Barrier(times)
    with ThreadPoolExecutor(times) as pool:
        list(pool.map(lambda _: together.wait() is None or storm.send(form_key, body), range(times)))
    service.kill()
    service.start(HARNESS_CLOCK_DAYS=str(later_days))
    storm.deliver(form_key, body, Random(1))  # noqa: S311 - how long to wait, not a secret
    return look_into_the_box(service, storm), storm.statuses


@dataclass(frozen=True, slots=True)
class Rush:
    """Seconds that people waited for the answer to "send", and what is in the box."""

    outcome: Outcome
    middle: float
    p95: float
    longest: float


def a_whole_school_at_once(
    workshop: Path, service: Service, *, people: int = 300, seconds: float = 5.0, sync_milliseconds: int = 20
) -> Rush:
    """So many people, who have the form open, send it within so many seconds, on a disk with slow syncs (R9)."""
    disk = Disk(workshop, service.settings.instance)
    service.environ = {**service.environ, **disk.environ}
    service.start()
    disk.sync_takes(sync_milliseconds)
    storm = Storm(service.port, service.address)
    dice = Random(1)  # noqa: S311 - when each of them presses the button
    forms = [storm.fill_in(storm.hidden_fields(), "easy") for _ in range(people)]
    started = time.monotonic()

    def somebody(form: tuple[str, bytes], moment: float) -> None:
        time.sleep(max(0.0, started + moment - time.monotonic()))
        storm.deliver(*form, dice)

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(somebody, forms, [dice.uniform(0, seconds) for _ in range(people)]))
    service.stop()
    return Rush(_outcome(service, storm), median(storm.seconds), quantiles(storm.seconds, n=20)[-1], max(storm.seconds))


def _through(service: Service, trouble: Callable[[], AbstractContextManager[None]], *, seconds: float) -> Outcome:
    service.start()
    storm = Storm(service.port, service.address, patience=240)
    with storm.raging(_POSTERS):
        time.sleep(_QUIET)
        with trouble():
            time.sleep(seconds)
        assert service.is_alive, "the trouble killed the server"
        time.sleep(_QUIET)
    service.stop()
    return _outcome(service, storm)


def _outcome(service: Service, storm: Storm) -> Outcome:
    box = look_into_the_box(service, storm)
    service.finish()
    return Outcome(box, Counter(storm.sent.values()), counted(service), storm.statuses, len(storm.stuck))
