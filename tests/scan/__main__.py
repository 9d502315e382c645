"""`make scan`: a line for each scanner in each role, and first for a page with a hole, which both have to find.

The exit code is 1 where one finds something, looks at nothing, or misses the hole. There is no schemathesis: it tests
interfaces for programs, and Voicebox has none.
"""

import tempfile
from pathlib import Path

from werkzeug.routing import Map

from feedback.app import create_app
from feedback.config import read_settings
from tests.scan.planted import RULES, planted
from tests.scan.scanners import sqlmap, wapiti
from tests.scan.sessions import Target, targets
from tests.served import install


def main() -> None:
    """Scan and say what was found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with planted() as hole:
            seen = [bool(found) for _looked_at, found in _scan(hole, folder, RULES)]
        failed = not all(seen)
        rules = create_app(read_settings(install(folder / "rules").environ)).url_map
        with targets(folder / "school") as attackers:
            for target in attackers:
                for looked_at, found in _scan(target, folder, rules):
                    failed |= bool(found) or not looked_at
    raise SystemExit(1 if failed else 0)


def _scan(target: Target, folder: Path, rules: Map) -> list[tuple[int, list[str]]]:
    """(how much was looked at, what was found) by each scanner."""
    done = []
    for name, looked_at, found in (("wapiti", *wapiti(target, folder)), ("sqlmap", *sqlmap(target, folder, rules))):
        _say(f"{name}\t{target.who.ljust(14)}{looked_at} looked at, {len(found)} found")
        for line in found:
            _say(f"  {line}")
        done.append((looked_at, found))
    return done


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is a command line


if __name__ == "__main__":
    main()
