"""`make bench-serving`: which server to ship. Each alone and behind the shipped samples for nginx and Caddy.

For each: normal submissions (form, sending, thank-you; a new connection each) a second from 8 people at once; then,
with 200 connections that drip half a request, how many of 20 submissions are served, and how fast; and the memory of
the server's processes. Quote ratios within one run: absolute figures drift from machine to machine.

November 2026, two cores that were busy with other things too (ratio: submissions a second, to the first line's):

    server                alone          behind nginx   behind Caddy   served while slow: alone, nginx, Caddy   MB
    waitress, 8 threads   1.00           0.98           0.91           20, 20, 20                               107
    gunicorn sync x4      0.95           0.68           1.19            0, 20,  0                               305
    gunicorn gthread 2x8  0.58           0.62           0.51            0, 20,  0                               192
    granian wsgi 1x8      0.33           0.45           0.65            0, 20,  0                               115
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.proxies import PROXIES, in_front
from tests.served import Installed, free_port, install, running, submit
from tests.slow_clients import slow_clients

_APP = "feedback.app:create_app"
_GUNICORN = ["-m", "gunicorn", "--no-control-socket", "-b", "127.0.0.1:{port}", f"{_APP}()"]
_GRANIAN = ["-m", "granian", "--interface", "wsgi", "--factory", "--no-log", "--workers", "1"]
_SERVERS = {
    "waitress (shipped)": ["-m", "feedback", "serve"],
    "gunicorn sync x4": [*_GUNICORN, "-w", "4"],
    "gunicorn gthread 2x8": [*_GUNICORN, "-w", "2", "-k", "gthread", "--threads", "8"],
    "granian wsgi 1x8": [*_GRANIAN, "--host", "127.0.0.1", "--port", "{port}", "--blocking-threads", "8", _APP],
}
_NORMAL, _AT_ONCE, _WHILE_SLOW, _PATIENCE = 160, 8, 20, 5.0


@dataclass(frozen=True)
class Found:
    """What was measured of one server, alone or behind a proxy. Seconds; megabytes."""

    rate: float
    served: int
    middle: float | None
    slowest: float | None
    memory: float

    def __str__(self) -> str:
        """One line of the table, after the names."""
        slow = f"{self.middle:5.2f} {self.slowest:5.2f}" if self.middle is not None else "    -     -"
        return f"{self.rate:7.1f} {self.served:5d}/{_WHILE_SLOW} {slow} {self.memory:7.0f}"


def main() -> None:
    """Measure everything once and print the table."""
    missing = [name for name in PROXIES if not shutil.which(name, path="/usr/sbin:/usr/bin")]
    if missing:
        sys.exit("Needed for this measurement only: apt-get install -y --no-install-recommends nginx-light caddy")
    print(f"{'server':22}{'proxy':8}{'a second':>8} {'served':>8} {'p50 s':>5} {'max s':>5} {'MB':>7}  ratio")  # noqa: T201 - this is a command line
    with tempfile.TemporaryDirectory() as folder:
        installed = install(Path(folder) / "instance")
        first = 0.0
        for name, command in _SERVERS.items():
            for proxy in ("", *PROXIES):
                with _running_server(installed, command, proxy, Path(folder) / f"{len(name)}{proxy}") as (
                    port,
                    pid,
                ):
                    found = _measure(installed, port, pid)
                first = first or found.rate
                print(f"{name:22}{proxy or '-':8} {found}   {found.rate / first:4.2f}", flush=True)  # noqa: T201 - likewise


@contextmanager
def _running_server(installed: Installed, command: list[str], proxy: str, folder: Path) -> Iterator[tuple[int, int]]:
    port = free_port()
    typed = [sys.executable, *(word.format(port=port) for word in command)]
    with running(typed, {**installed.environ, "VOICEBOX_PORT": str(port)}, port) as server:
        if not proxy:
            yield port, server.pid
            return
        with in_front(proxy, port, folder) as outside:
            yield outside, server.pid


def _measure(installed: Installed, port: int, pid: int) -> Found:
    for _ in range(5):
        submit(port, installed.path)
    began = time.perf_counter()
    with ThreadPoolExecutor(_AT_ONCE) as people:
        list(people.map(lambda _number: submit(port, installed.path), range(_NORMAL)))
    rate = _NORMAL / (time.perf_counter() - began)
    memory = sum(map(_proportional_memory, _family(pid)))
    with slow_clients(port, installed.path), ThreadPoolExecutor(_WHILE_SLOW) as people:
        time.sleep(1)
        seconds = [
            each for each in people.map(lambda _number: _seconds(port, installed.path), range(_WHILE_SLOW)) if each
        ]
    middle = statistics.median(seconds) if seconds else None
    return Found(rate, len(seconds), middle, max(seconds, default=None), memory)


def _seconds(port: int, path: str) -> float | None:
    try:
        return submit(port, path, timeout=_PATIENCE)
    except (OSError, AssertionError):
        return None


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _proportional_memory(pid: int) -> float:
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main()
