"""The doctor: looks at an installation from all sides, and says in plain words what to do.

Each check decides in a small pure function (`machine`, `proxy`, `records`); here and in `facts` they are given what
they decide about. `wrong_in` is what `operations.restoring.upgrade` compares before and after.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from feedback import migrations
from feedback.config import NotConfigured
from feedback.copies import is_half_restored
from feedback.db import refuse_unsafe_server
from feedback.operations.clock import is_credible, last_seen_day
from feedback.operations.counting.reading_alarm import alarm
from feedback.operations.doctor import facts, machine, proxy, records
from feedback.operations.doctor.row import Level, Row, ok, wrong
from feedback.operations.floor import below_floor
from feedback.operations.heads import first_wrong_entry
from feedback.operations.reports.report import given_up_reports
from feedback.operations.school import School

__all__ = ["Asked", "Level", "Row", "examine", "wrong_in"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the doctor is told beside the school: the environment, and files of the proxy (none: the usual ones)."""

    environ: Mapping[str, str]
    proxy_configurations: Sequence[Path] = ()
    proxy_logs: Sequence[Path] = ()


def examine(school: School, asked: Asked, *, now: datetime, today: date) -> list[Row]:
    """Everything that can be seen from here, in the order in which a person would look."""
    return [
        *_settings(school, asked),
        *_machine(school),
        *_database(school, now=now, today=today),
        *records.check_backups(facts.backups(school, today=today), today),
        *_proxy(school, asked),
    ]


def wrong_in(school: School) -> frozenset[str]:
    """Names of the checks of database and keystore that fail, whatever the day; of any version of the database."""
    return frozenset(row.about for row in _structure(school) if row.level is Level.WRONG)


def _settings(school: School, asked: Asked) -> Iterator[Row]:
    yield machine.check_secret(school.settings.secret)
    yield machine.check_debug(asked.environ)
    yield machine.check_address(school.settings.public_address)
    yield machine.check_hosts(school.settings.host_name, school.settings.trusted_hosts)
    yield machine.check_time_zone(school.settings.time_zone)


def _machine(school: School) -> Iterator[Row]:
    yield from machine.check_modes(facts.modes(school))
    yield machine.check_space(facts.free(school), school.settings.instance)
    yield machine.check_swap(facts.swaps(), facts.encrypted_swaps())
    yield machine.check_core_dumps(facts.core_limit(), facts.units())
    yield machine.check_journal(*facts.journal_hits())
    if school.settings.model_folder is not None:
        yield machine.check_own_encoder(*facts.own_encoder(school.settings.model_folder))


def _database(school: School, *, now: datetime, today: date) -> Iterator[Row]:
    try:
        yield from _structure(school)
        if not migrations.is_current(school.engine):
            return
        seen = last_seen_day(school)
        yield machine.check_clock(is_credible(today, seen), today, seen)
        days = facts.chores(school)
        yield records.check_chore("shake", "Shaking the boxes", days.get("shake"), today)
        yield records.check_chore("purge", "Deleting what is due", days.get("purge"), today)
        late = facts.late_rounds(school, now=now)
        yield records.check_waiting(late, facts.waits_for(school) if late else "nothing")
        yield records.check_reading(alarm(school, today=today))
        yield records.check_reports(given_up_reports(school))
        yield records.check_only_copies(facts.open_boxes(school), str(school.settings.keystore))
        yield records.check_log_size(facts.log_size(school))
    except (DBAPIError, NotConfigured) as unusable:
        # The server's refusal says what to run; an error of the database says only its kind, and holds nothing typed.
        said = str(unusable) if isinstance(unusable, NotConfigured) else f"It answers {type(unusable).__name__}."
        yield wrong("connection", f"The database cannot be used. {said}", "Cure that, then run the doctor again.")


def _structure(school: School) -> Iterator[Row]:
    if school.engine.dialect.name == "postgresql":
        refuse_unsafe_server(school.engine)
        yield ok("server", "The PostgreSQL server's settings tell nobody what people answer.")
    version = migrations.version_of(school.engine)
    yield records.check_restore(is_half_done=is_half_restored(school.engine))
    yield records.check_version(version, is_current=migrations.is_current(school.engine))
    yield records.check_floor(below_floor(school.engine))
    if version is None:
        return
    yield records.check_whole(facts.integrity(school))
    yield records.check_audit(first_wrong_entry(school))
    yield records.check_keys(facts.rounds_without_keys(school))
    yield records.check_ledger(*facts.ledger_lines(school))


def _proxy(school: School, asked: Asked) -> Iterator[Row]:
    found = facts.proxy_configurations(school, asked.proxy_configurations)
    yield from proxy.check_configurations(found)
    yield proxy.check_only_tls(school.settings.is_https, found)
    for log in asked.proxy_logs:
        yield proxy.check_log(str(log), facts.lines_of(log))
