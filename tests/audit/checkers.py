"""Others' checkers, each as its makers ship it: what they say of one page."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.conftest import BROWSERS

_NODE = Path(__file__).resolve().parents[2] / ".setup" / "audit" / "node_modules"
_VNU = _NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
_FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu"]
#: Lighthouse's scores, of 100, that a page must reach on its phone: a slow one, on a slow line.
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100}
#: Whatever else this machine does lowers the score for speed, and nothing raises it.
_TRIES = 5


def browser_path() -> str:
    """Debian's Chromium."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise SystemExit("make audit needs a browser: make set-up-test")
    return path


def lighthouse(address: str) -> dict[str, int]:
    """The best of a few runs, until all of LEAST are reached."""
    best = dict.fromkeys(LEAST, 0)
    for _ in range(_TRIES):
        told = _lighthouse(address)
        best = {name: max(score, told[name]) for name, score in best.items()}
        if all(best[name] >= LEAST[name] for name in LEAST):
            break
    return best


def pa11y(address: str, folder: Path) -> list[str]:
    """What pa11y finds with WCAG 2 AA, warnings and notices left out as it does by itself."""
    settings = folder / "pa11y.json"
    launch = {"executablePath": browser_path(), "args": _FLAGS}
    settings.write_text(json.dumps({"chromeLaunchConfig": launch, "timeout": 60_000}), encoding="utf-8")
    said = _run([_tool("pa11y"), "--config", str(settings), "--reporter", "json", address])
    return [f"{each['code']}: {each['context']}" for each in json.loads(said)]


def html_validate(page: Path) -> list[str]:
    """What breaks the HTML standard, found by html-validate."""
    settings = page.with_suffix(".json")
    settings.write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")
    said = json.loads(_run([_tool("html-validate"), "--config", str(settings), "--formatter", "json", str(page)]))
    return [f"{each['line']}: {each['message']}" for file in said for each in file["messages"]]


def has_vnu() -> bool:
    """Whether this machine can run the validator of the W3C: it needs Java."""
    return shutil.which("java") is not None


def vnu(page: Path) -> list[str]:
    """What the validator of the W3C (Nu) calls an error or a warning."""
    # It speaks of what it found on its second output.
    found = subprocess.run(
        ["java", "-jar", str(_VNU), "--format", "json", str(page)], capture_output=True, text=True, check=False
    )
    return [f"{each.get('lastLine')}: {each['message']}" for each in json.loads(found.stderr)["messages"]]


def _lighthouse(address: str) -> dict[str, int]:
    only = f"--only-categories={','.join(LEAST)}"
    flags = [f"--chrome-flags={' '.join(_FLAGS)}", only, "--output=json", "--quiet"]
    categories = json.loads(_run([_tool("lighthouse"), address, *flags]))["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in LEAST}


def _tool(name: str) -> str:
    return str(_NODE / ".bin" / name)


def _run(command: list[str]) -> str:
    environ = {**os.environ, "CHROME_PATH": browser_path()}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=300)
    if not done.stdout:
        raise SystemExit(f"{Path(command[0]).name} said nothing: {done.stderr[-600:]}")
    return done.stdout
