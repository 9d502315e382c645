"""`make scan`: a line for each scanner in each role. The exit code is 1 where one finds something, or looks at nothing.

There is no schemathesis: it tests interfaces for programs, and Voicebox has none.
"""

import tempfile
from pathlib import Path

from tests.scan.scanners import sqlmap, wapiti
from tests.scan.sessions import targets


def main() -> None:
    """Scan and say what was found."""
    failed = False
    with tempfile.TemporaryDirectory() as folder, targets(Path(folder, "school")) as attackers:
        for target in attackers:
            for name, scan in (("wapiti", wapiti), ("sqlmap", sqlmap)):
                seen, found = scan(target, Path(folder))
                _say(f"{name}\t{target.who.ljust(14)}{seen} looked at, {len(found)} found")
                for line in found:
                    _say(f"  {line}")
                # sqlmap finds no form of its liking on some desks; wapiti has to find pages on every one.
                failed |= bool(found) or (name == "wapiti" and not seen)
    raise SystemExit(1 if failed else 0)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is a command line


if __name__ == "__main__":
    main()
