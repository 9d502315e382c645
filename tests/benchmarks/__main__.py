"""`make bench`: whole respondent sessions of Voicebox beside the bare ceiling, in the same run, as ratios.

The ceiling is the smallest Flask application that validates ten fields and inserts one row: same server (waitress),
same durability (SQLite, WAL, synchronous=FULL), same client. A session is a new connection, GET the form, POST it,
read the thank-you page. Absolute figures drift from machine to machine; quote the ratio.
"""

import json
import multiprocessing
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.benchmarks.ceiling import serve_ceiling
from tests.benchmarks.sessions import Target, run_sessions
from tests.benchmarks.voicebox import serve_voicebox

_CLIENTS = (1, 8, 32)
_SESSIONS = 300
_REPEATS = 3


def main() -> None:
    """Run both, three times in turn, and print medians and ratios."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        targets = {}
        for name, serve in (("ceiling", serve_ceiling), ("voicebox", serve_voicebox)):
            mine, theirs = context.Pipe()
            server = context.Process(target=serve, args=(theirs, str(Path(folder) / name)), daemon=True)
            server.start()
            targets[name] = Target(*mine.recv())
        for turn, clients in enumerate(_CLIENTS):
            rates: dict[str, list[float]] = {name: [] for name in targets}
            late: dict[str, list[float]] = {name: [] for name in targets}
            for repeat in range(_REPEATS):
                for name, target in targets.items():
                    started = time.perf_counter()
                    posts = run_sessions(target, clients, _SESSIONS, run=turn * _REPEATS + repeat)
                    rates[name].append(_SESSIONS / (time.perf_counter() - started))
                    late[name].append(statistics.quantiles(posts, n=20)[-1] * 1000)
            middle = {name: statistics.median(found) for name, found in rates.items()}
            print(  # noqa: T201 - this is a command line
                json.dumps(
                    {
                        "clients": clients,
                        "sessions_per_second": {name: round(rate, 1) for name, rate in middle.items()},
                        "ratio_to_ceiling": round(middle["voicebox"] / middle["ceiling"], 3),
                        "post_p95_ms": {name: round(statistics.median(found), 1) for name, found in late.items()},
                    }
                )
            )
        _compare_envelopes(Path(folder) / "voicebox" / "voicebox.db", _SESSIONS * _REPEATS * len(_CLIENTS))


def _compare_envelopes(database: Path, acknowledged: int) -> None:
    with closing(sqlite3.connect(database)) as box:
        ((envelopes,),) = box.execute("SELECT count(*) FROM envelope").fetchall()
    print(json.dumps({"acknowledged": acknowledged, "envelopes": envelopes}))  # noqa: T201 - as above
    assert envelopes == acknowledged, "an answer was lost, or counted twice"


if __name__ == "__main__":
    main()
