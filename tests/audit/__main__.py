"""`make audit`: Lighthouse, pa11y, HTML validators and a bad line over the respondents' pages.

The exit code is 1 where any of them finds something.
"""

import tempfile
from pathlib import Path

from tests.audit import checkers
from tests.audit.bad_line import CONNECTING, View, view
from tests.audit.pages import Shown, shown

_MOST_BYTES, _MOST_REQUESTS, _MOST_MS = 14_000, 3, 1000


def main() -> None:
    """Print a line for each page, and one for the first view of ten questions."""
    with tempfile.TemporaryDirectory() as folder, shown(Path(folder)) as pages:
        failed = _check_pages(pages, Path(folder))
        failed += _check_view(view(pages.ten))
    for said in failed:
        _say(said)
    raise SystemExit(1 if failed else 0)


def _check_pages(pages: Shown, folder: Path) -> list[str]:
    failed = []
    validators = {"html-validate": checkers.html_validate, **({"vnu": checkers.vnu} if checkers.has_vnu() else {})}
    _say("\t".join(["page".ljust(26), *checkers.LEAST, "pa11y", *validators]))
    for name, address in pages.pages.items():
        scores = checkers.lighthouse(address)
        failed += [
            f"{name}: Lighthouse {each} {score}" for each, score in scores.items() if score < checkers.LEAST[each]
        ]
        kept = folder / f"{name}.html"
        kept.write_text(pages.html[name], encoding="utf-8")
        found = {"pa11y": checkers.pa11y(address, folder)} | {each: find(kept) for each, find in validators.items()}
        failed += [f"{name}: {each}: {said}" for each, faults in found.items() for said in faults]
        counts = [str(len(faults)) for faults in found.values()]
        _say("\t".join([name.ljust(26), *(str(score).ljust(8) for score in scores.values()), *counts]))
    return failed


def _check_view(seen: View) -> list[str]:
    _say(f"First view of ten questions: {seen.requests} requests, {seen.elsewhere} of them to others;")
    _say(f"  {seen.bodies} bytes compressed, {seen.sent} with headers;")
    _say("on a phone four times as slow as this machine, 400 kbit/s, 400 ms, from the first request on")
    _say(f"  (TCP and TLS take {CONNECTING} ms more before it): the first question is there after {seen.there:.0f} ms,")
    _say(f"  drawn and ready to be answered after {seen.answerable:.0f} ms, everything loaded after {seen.all:.0f} ms.")
    limits = {
        "requests": (seen.requests, _MOST_REQUESTS),
        "requests to others": (seen.elsewhere, 0),
        "bytes": (seen.bodies, _MOST_BYTES),
        "milliseconds": (seen.answerable, _MOST_MS),
    }
    return [f"first view: {found:.0f} {what}, at most {most}" for what, (found, most) in limits.items() if found > most]


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is a command line


if __name__ == "__main__":
    main()
