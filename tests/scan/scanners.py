"""wapiti and sqlmap, each bounded in time and asked for its findings in a form that can be counted."""

import json
import re
import subprocess
from pathlib import Path

from werkzeug.routing import Map

from tests.scan.sessions import KEPT_FROM, Target
from tests.scan.walk import Desk, open_page, written

#: A place of their own: they bring a hundred packages, which have no business among the product's.
BIN = Path(__file__).resolve().parents[2] / ".venv-scan" / "bin"
#: Seconds for one scanner in one role; five roles and two scanners stay below a quarter of an hour.
_TIME = 30
_TIME_SQLMAP = 60
_TRIED = re.compile(r"testing if .* parameter .* is dynamic")
_FOUND = re.compile(r"(?:Parameter: .*|.*(?:is vulnerable|appears to be .*injectable).*)")
#: What would be looked for in programs that are not here, or brings load and no finding.
_MODULES = (
    "crlf,csp,cookieflags,csrf,exec,file,htaccess,http_headers,methods,redirect,sql,ssrf,xss,permanentxss,xxe,upload"
)
#: wapiti's words for what is deliberately so, each with its reason.
EXPECTED = {
    "Cross Site Request Forgery": "respondents have no session to borrow; at the desk a test presses without the token",
    "HTTP Secure Headers": "HSTS is said over HTTPS, and the scanner's school has none",
    "Secure Flag cookie": "likewise: over HTTPS the cookie is Secure and has the prefix __Host-",
    "Unencrypted Channels": "likewise",
}


def wapiti(target: Target, folder: Path) -> tuple[int, list[str]]:
    """How many pages it saw, and its findings, of the kinds that are not expected."""
    report = folder / f"wapiti-{target.who}.json"
    command = [BIN / "wapiti", "-u", target.address, "--scope", "domain", "-m", _MODULES, "-f", "json", "-o", report]
    command += ["--max-scan-time", str(_TIME), "--max-attack-time", "4", "-d", "3", "--flush-session", "--no-bugreport"]
    command += ["--store-session", folder / target.who]
    for path in KEPT_FROM:
        command += ["-x", f"{target.address.split('/en/')[0]}/*{path}*"]
    cookie = target.sign_in()
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    _run(command, 12 * _TIME)
    if cookie and open_page(target.address, cookie) is None:
        return 0, ["its sign-in was ended on the way: all it saw after that is the page to sign in"]
    if not report.exists():
        return 0, ["it did not come to an end"]
    said = json.loads(report.read_text(encoding="utf-8"))
    found = [
        f"{kind}: {one['method']} {one['path']} {one['info']}"
        for kind, ones in {**said["vulnerabilities"], **said["anomalies"]}.items()
        if kind not in EXPECTED
        for one in ones
    ]
    return int(said["infos"]["crawled_pages_nbr"]), found


def sqlmap(target: Target, folder: Path, rules: Map) -> tuple[int, list[str]]:
    """How many places of addresses and forms it tried, and its findings.

    Its own crawler understands no page behind a sign-in: `tests.scan.walk` finds what there is to send.
    """
    log = folder / f"sqlmap-{target.who}.txt"
    cookie = target.sign_in()
    log.write_text(written(target, cookie, Desk(target, cookie, rules).requests()), encoding="utf-8")
    command = [BIN / "sqlmap", "-l", log, "--batch", "--level=1", "--risk=1", "--technique=BEU", "--dbms=sqlite"]
    command += ["--threads=2", "--time-limit", _TIME_SQLMAP, f"--output-dir={folder / target.who}-sqlmap"]
    command += ["--disable-coloring", "--flush-session", f"--results-file={folder / target.who}-sqlmap.csv"]
    said = _run(command, _TIME_SQLMAP + 30)
    return len(_TRIED.findall(said)), [line for line in said.splitlines() if _FOUND.fullmatch(line.strip())]


def _run(command: list[object], seconds: int) -> str:
    try:
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as late:
        return late.stdout.decode(errors="replace") if isinstance(late.stdout, bytes) else ""
    return done.stdout + done.stderr
