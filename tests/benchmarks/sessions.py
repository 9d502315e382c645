"""Respondents for a benchmark: each opens a new connection, gets the form, posts it and reads the answer."""

import http.client
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

_HIDDEN = re.compile(r'name="?(form_key|carried)"? value="([^"]*)"')


@dataclass(frozen=True)
class Target:
    """Where to go and what to answer."""

    port: int
    paths: list[str]
    form: dict[str, str]


def run_sessions(target: Target, clients: int, sessions: int, run: int = 0) -> list[float]:
    """Seconds that each POST took; AssertionError if one was not answered with a thank-you page.

    `run` says which of the target's paths they go to.
    """
    path = target.paths[run % len(target.paths)]
    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(lambda _number: _session(target, path), range(sessions)))


def _session(target: Target, path: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=30)
    connection.request("GET", path)
    page = connection.getresponse().read().decode()
    form = {**target.form, **dict(_HIDDEN.findall(page)), "step": "send"}
    started = time.perf_counter()
    connection.request("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, answer.status
    return time.perf_counter() - started
