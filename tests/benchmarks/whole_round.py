"""A whole round of many comments through the product: `python -m tests.benchmarks.whole_round 100000`.

A box is filled, closed and counted with the shipped command. Then its comments are read, once without being disturbed
and once, in a copy of the school, killed twice on the way; both must end alike. Prints for each process its seconds,
its largest memory, and how many comments it read.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Comment, Envelope, Round, Theme
from feedback.operations.counting.comments import OpenedComment, open_comments
from feedback.privacy.box import FORMAT, Box, seal
from tests.benchmarks.reading import comments
from tests.reliability.service import Service, serving

#: When the reading is killed, as shares of the comments that are read by then.
_KILLED_AT = (0.3, 0.7)
_AT_ONCE = 5000


def main(size: int) -> None:
    """Measure; stops with an error where the disturbed school ended otherwise."""
    with TemporaryDirectory() as folder, serving(Path(folder) / "one") as school:
        round_ = school.open_round(group_size=size)
        _fill(school, round_, size)
        click.echo(f"{size} envelopes")
        began = time.perf_counter()
        school.finish()
        click.echo(f"  count                        {time.perf_counter() - began:8.1f} s")
        shutil.copytree(school.folder, Path(folder) / "two")
        _read(school, round_)
        with serving(Path(folder) / "two") as copy:
            for share in _KILLED_AT:
                _read(copy, round_, until=round(share * size))
            _read(copy, round_)
            if _ended(school, round_) != _ended(copy, round_):
                raise SystemExit("The school whose worker was killed ended otherwise.")
        click.echo("Killed or not: the same readings, the same themes.")


def _fill(service: Service, round_: Round, size: int) -> None:
    chance = random.Random(0)  # noqa: S311 - repeatable on purpose
    with service.school() as school, Session(school.engine) as session:
        key = school.keystore.public_key(round_.id)
        box = Box(round_.id, session.get_one(Round, round_.id).instrument.sha256)
        for number, text in enumerate(comments(size), 1):
            sealed = seal({"answers": {"ease": "easy", "wish": text}, "group": None}, key, box)
            session.add(
                Envelope(round_id=round_.id, id=f"{chance.getrandbits(128):032x}", format=FORMAT, sealed=sealed)
            )
            if number % _AT_ONCE == 0:
                session.commit()
        session.commit()


def _read(service: Service, round_: Round, *, until: int | None = None) -> None:
    """Run the shipped command, or kill it once so many comments are read."""
    before, began = _read_so_far(service, round_), time.perf_counter()
    process, memory = service.run("read-comments", round_.id), 0
    while process.poll() is None:
        memory = max(memory, _memory(process))
        time.sleep(0.5)
        if until is not None and _read_so_far(service, round_) >= until:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if until is None and process.returncode:
        raise SystemExit(service.said.read_text(encoding="utf-8", errors="replace")[-2000:])
    took, now = time.perf_counter() - began, _read_so_far(service, round_)
    what = "reading" if until is None else f"reading, killed at {now}"
    click.echo(f"  {what:28} {took:8.1f} s, at most {memory:6.0f} MB, {now - before} comments read")


def _memory(process: subprocess.Popen[bytes]) -> int:
    """The largest memory of the process so far, in MB; 0 once it has ended."""
    try:
        told = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) // 1024 for line in told.splitlines() if line.startswith("VmHWM")), 0)


def _read_so_far(service: Service, round_: Round) -> int:
    with service.school() as school, Session(school.engine) as session:
        counted = select(func.count()).where(Comment.round_id == round_.id, Comment.sealed_reading.is_not(None))
        return session.scalar(counted) or 0


def _ended(service: Service, round_: Round) -> tuple[list[OpenedComment], list[tuple[str, str]]]:
    with service.school() as school, Session(school.engine) as session:
        themes = session.scalars(select(Theme).where(Theme.round_id == round_.id))
        found = sorted((theme.question, theme.code) for theme in themes)
        return list(open_comments(school, session, round_.id)), found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
