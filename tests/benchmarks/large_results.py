"""Pages, files and PDF of a round that very many answered: `python -m tests.benchmarks.large_results 100000`.

A box is filled and counted with the shipped command; what is timed then reads tallies and releases only. Prints
medians and worst of twenty in milliseconds, and the PDF as one whole command with its import.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask import Flask
from sqlalchemy.orm import Session

from feedback.app import create_app
from feedback.models import Envelope, Round, StaffMember
from feedback.operations.reports.report import Wanted
from feedback.operations.school import now_utc
from feedback.operations.staff import remember_browser
from feedback.privacy.box import FORMAT, Box, seal
from feedback.reports.make import make_report
from tests.factories import a_staff_member
from tests.reliability.service import Service, serving

_TIMES = 20
_AT_ONCE = 5000


def main(size: int) -> None:
    """Measure."""
    with TemporaryDirectory() as folder, serving(Path(folder) / "school") as service:
        round_ = service.open_round(group_size=size, breakdowns=["ease"])
        _fill(service, round_, size)
        began = time.perf_counter()
        service.finish()
        click.echo(f"{size} envelopes\n  count and release        {time.perf_counter() - began:8.1f} s")
        app = create_app(service.settings)
        with service.school() as school:
            lead = a_staff_member(school, "lead", account="bench@example.org")
        _time_pages(app, lead, round_)
        with app.test_request_context():
            school = app.extensions["school"]
            began = time.perf_counter()
            make_report(school, Wanted(round_.id, "en"))
            click.echo(f"  teacher PDF with import  {(time.perf_counter() - began) * 1000:8.0f} ms")


def _time_pages(app: Flask, lead: StaffMember, round_: Round) -> None:
    client = app.test_client()
    client.set_cookie(
        "voicebox", remember_browser(app.extensions["school"], None, {"staff_id": lead.id}, now=now_utc())
    )
    at = f"/en/desk/rounds/{round_.id}/results"
    _time("summary page", lambda: client.get(at).status_code)
    _time("public page", lambda: client.get(f"/en/r/{round_.code}/results").status_code)
    for kind in ("csv", "xlsx", "json"):
        _time(kind, lambda kind=kind: client.get(f"{at}/export/team.{kind}").status_code)  # type: ignore[misc]  # a default


def _time(name: str, do: Callable[[], int]) -> None:
    status, took = do(), []
    for _ in range(_TIMES):
        began = time.perf_counter()
        do()
        took.append((time.perf_counter() - began) * 1000)
    click.echo(f"  {name:24} {statistics.median(took):8.0f} ms median, {max(took):.0f} worst of {_TIMES} ({status})")


def _fill(service: Service, round_: Round, size: int) -> None:
    chance = random.Random(0)  # noqa: S311 - repeatable on purpose
    with service.school() as school, Session(school.engine) as session:
        key = school.keystore.public_key(round_.id)
        box = Box(round_.id, session.get_one(Round, round_.id).instrument.sha256)
        for number in range(1, size + 1):
            answers = {
                "ease": chance.choice(["hard", "fair", "easy"]),
                "again": chance.choice(["yes", "no"]),
            }
            sealed = seal({"answers": answers, "group": None}, key, box)
            row = Envelope(round_id=round_.id, id=f"{chance.getrandbits(128):032x}", format=FORMAT, sealed=sealed)
            session.add(row)
            if number % _AT_ONCE == 0:
                session.commit()
        session.commit()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
