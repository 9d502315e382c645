"""bandit over the product: what it finds is mended, or bears its reason beside it, in the line."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.source import ROOT

#: Of whole kinds: an import is no use, and every use is looked at by itself.
_IMPORTS_ONLY = {
    "B403": "pickletools, which reads and runs nothing, in a proof that no pickle holds an answer",
    "B404": "subprocess; each call is looked at as B602 to B607",
    "B405": "the type Element; what reads XML is defusedxml",
}
#: Where ruff has no word for it: migrations are frozen, and what is wrong with a password is said in words.
_FILES = {
    ("B608", "feedback/migrations/versions/0011_workshop.py"): "a constant of the same file",
    ("B105", "feedback/commands/install.py"): "sentences",
}
_REASON = re.compile(r"# noqa: (?:[A-Z]+\d+, )*S(\d+)(?:, [A-Z]+\d+)* - \S")


def _found(*paths: Path | str) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "bandit", "-r", "-q", "-f", "json", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    report = json.loads(done.stdout)
    assert report["errors"] == []
    assert report["metrics"]["_totals"]["nosec"] == 0, "reasons stand in one form only, ruff's"
    found: list[dict[str, object]] = report["results"]
    return found


def _without_reason(found: dict[str, object]) -> bool:
    """ruff knows bandit's checks by the same numbers, so one word in the line serves both."""
    number, path, span = str(found["test_id"]), str(found["filename"]), found["line_range"]
    assert isinstance(span, list)
    if number in _IMPORTS_ONLY or (number, path) in _FILES:
        return False
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()[min(span) - 1 : max(span)]
    return number[1:] not in {reason for line in lines for reason in _REASON.findall(line)}


def test_bandit_finds_nothing_that_has_no_reason_beside_it() -> None:
    found = _found("feedback", "forms", "analysis")
    assert len(found) > 20, "it has looked"
    assert [(each["test_id"], each["filename"], each["line_number"]) for each in found if _without_reason(each)] == []


@pytest.mark.parametrize("line", ["subprocess.run(x, shell=True)", "eval(x)", "hashlib.md5(x)", "tempfile.mktemp()"])
def test_bandit_finds_what_it_should(tmp_path: Path, line: str) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text(f"import hashlib, subprocess, tempfile\n\ndef f(x):\n    return {line}\n", encoding="utf-8")
    assert [each for each in _found(bad) if _without_reason(each)] != []
