"""Voicebox as it runs in a school: processes of their own, on a free port of this machine, with one open round."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from feedback.config import read_settings
from feedback.migrations import upgrade
from feedback.operations.school import now_utc, open_school
from tests.factories import a_family_instrument, a_round

_SECRET = "kq3Jx0pVb7Lw9sZt2Yc5Rm8Nd4Hf6Ga1"
HIDDEN = re.compile(r'name="?(form_key|carried)"? value="([^"]*)"')
_FORM = "application/x-www-form-urlencoded"
_STARTS_WITHIN = 60
ANSWERS = {"q-ease": "easy", "q-again": "yes", "q-days": "3"}


@dataclass(frozen=True)
class Installed:
    """A school with its folder, the environment its commands run in, and the path of its open round."""

    instance: Path
    environ: dict[str, str]
    path: str


def install(instance: Path) -> Installed:
    """A school with a round for families that is open now, by the real clock."""
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "VOICEBOX_SECRET": _SECRET,
        "VOICEBOX_INSTANCE": str(instance),
    }
    school = open_school(read_settings(environ))
    upgrade(school.engine)
    day = timedelta(days=1)
    round_ = a_round(
        school, a_family_instrument(), opens_at=now_utc() - day, closes_at=now_utc() + 7 * day, group_size=100_000
    )
    school.engine.dispose()
    return Installed(instance, environ, f"/en/r/{round_.code}")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


@contextmanager
def running(command: Sequence[str], environ: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The command as a process, once it listens on the port; it is ended with the block."""
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=60)


@contextmanager
def serving(installed: Installed, code: str = "") -> Iterator[int]:
    """`voicebox serve` as shipped, on a free port; `code` is Python that runs before it, to switch a control off."""
    port = free_port()
    command = [sys.executable, "-c", f"{code}\nfrom feedback.__main__ import main\nmain()", "serve"]
    with running(command, {**installed.environ, "VOICEBOX_PORT": str(port)}, port):
        yield port


def submit(port: int, path: str, *, timeout: float = 10) -> float:
    """Open the form, send it, and read the thank-you; seconds it took. OSError or AssertionError where it did not."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path)
        page = connection.getresponse().read().decode()
        body = urlencode({**ANSWERS, **dict(HIDDEN.findall(page)), "go": "send"})
        connection.request("POST", path, body, {"Content-Type": _FORM})
        answer = connection.getresponse()
        thanks = answer.read().decode()
        assert answer.status == 200, answer.status
        assert re.search(r"\d{4} \d{4} \d{4} \d{4}", thanks), "a page without a receipt"
    except http.client.HTTPException as broken:
        raise OSError(str(broken)) from broken
    finally:
        connection.close()
    return time.perf_counter() - began


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1].decode())
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing listens on {port}")
