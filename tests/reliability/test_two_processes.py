"""`voicebox start`: pages and worker side by side; a third process only watches, and is small."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.served import Installed, free_port, install, running, submit

_WITHIN = 60.0


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    return install(tmp_path)


def _two_of(process: subprocess.Popen[bytes]) -> dict[str, int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    return {Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")[3].decode(): int(child) for child in children}


def _soon(fact: Callable[[], bool]) -> bool:
    until = time.monotonic() + _WITHIN
    while not fact():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("killed", ["serve", "work", ""])
def test_when_one_stops_both_stop_and_only_a_wish_is_no_failure(installed: Installed, killed: str) -> None:
    port = free_port()
    command = [sys.executable, "-m", "feedback", "start"]
    with running(command, {**installed.environ, "VOICEBOX_PORT": str(port)}, port) as process:
        submit(port, installed.path)
        both = _two_of(process)
        assert set(both) == {"serve", "work"}
        os.kill(both[killed] if killed else process.pid, signal.SIGTERM if not killed else signal.SIGKILL)
        assert _soon(lambda: process.poll() is not None)
        assert (process.returncode == 0) is (not killed)
        assert all(map(_is_gone, both.values()))


def test_the_process_that_watches_is_small_and_none_of_the_three_leaves_a_core(installed: Installed) -> None:
    port = free_port()
    command = [sys.executable, "-m", "feedback", "start"]
    with running(command, {**installed.environ, "VOICEBOX_PORT": str(port)}, port) as process:
        told = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        kilobytes = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmRSS"))
        assert kilobytes < 25_000
        for pid in _two_of(process).values():
            # The worker may still be starting when the pages answer.
            until = time.monotonic() + 30
            while _core_limits(pid) != ["0", "0"] and time.monotonic() < until:
                time.sleep(0.1)
            assert _core_limits(pid) == ["0", "0"]


def _core_limits(pid: int) -> list[str]:
    limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii").splitlines()
    return next(line.split()[4:6] for line in limits if "core file" in line)
