"""The rules, each a function from a parsed file to the numbers of lines that break it.

Written here and not for semgrep, whose wheel has 72 MB and brings thirty packages: this takes two seconds.
"""

import ast
import re
from collections.abc import Callable, Iterator

from tests.rules.source import RESPONDENT, Finding, dotted, python_files, templates, text_of, tree_of

Rule = Callable[[ast.Module], Iterator[int]]
_TELLING = {
    *("remote_addr", "remote_user", "user_agent", "access_route", "headers", "cookies", "authorization", "referrer"),
    *("accept_languages", "accept_mimetypes", "environ", "date", "from", "origin"),
}
_CLOCKS = {
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime"),
    *("datetime.now", "datetime.utcnow", "datetime.today", "datetime.datetime.now", "datetime.datetime.utcnow"),
    *("date.today", "datetime.date.today"),
}
_ORDERED_IDS = {"uuid1", "uuid6", "uuid7", "ulid", "ULID", "Identity", "SERIAL", "BigInteger"}
_OUTWARD = {
    *("requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib", "socket", "telnetlib"),
    *("smtplib", "websockets", "paramiko", "authlib"),
}
_SQL_DOORS = {"text", "execute", "exec_driver_sql", "executescript", "executemany", "literal_column"}
_SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "commands.getoutput"}
_MOMENT = re.compile(r"\b(datetime|time|timedelta)\b")
_COLUMNS_OF_TIME = {"DateTime", "TIMESTAMP", "Time", "Interval"}
_RUN = {"eval", "exec", "pickle.load", "pickle.loads"}
_TEMPLATES_OF_STRINGS = {"render_template_string", "from_string"}
_MOVING = (ast.JoinedStr, ast.BinOp)
#: What templates may not hold: words let through as they are, and what the policy of contents forbids anyway.
_IN_TEMPLATES = {
    "unescaped": re.compile(r"(?<!['\"])\|\s*safe\b|autoescape\s+false|\bMarkup\("),
    "inline": re.compile(
        r"<script(?![^>]*\bsrc=)|\s(?:on[a-z]+|style)=[\"'](?![\"'])|javascript:|<style>(?!{{ styles_within\(\) }})"
    ),
    "from elsewhere": re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//"),
}


def tells_who_asks(tree: ast.Module) -> Iterator[int]:
    """`request.remote_addr` and its like, also through `flask.request`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _TELLING and dotted(node.value).split(".")[-1] == "request":
            yield node.lineno


def reads_a_clock(tree: ast.Module) -> Iterator[int]:
    """The time of now, by any of its names; `now=` is handed in by callers, rounded as they promise."""
    aliases = {name.asname: name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            first, _, rest = dotted(node).partition(".")
            if f"{aliases.get(first) or first}.{rest}" in _CLOCKS:
                yield node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield node.lineno


def keeps_a_moment(tree: ast.Module) -> Iterator[int]:
    """A column with a time of day, or one that the database fills with its own clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            if _MOMENT.search(ast.unparse(node.annotation)):
                yield node.lineno
        elif isinstance(node, ast.Name | ast.Attribute) and dotted(node).split(".")[-1] in _COLUMNS_OF_TIME:
            yield node.lineno
        elif isinstance(node, ast.keyword) and node.arg == "onupdate":
            yield node.value.lineno


def numbers_in_order(tree: ast.Module) -> Iterator[int]:
    """An id that tells what came before what."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "autoincrement":
            if not (isinstance(node.value, ast.Constant) and node.value.value is False):
                yield node.value.lineno
        elif isinstance(node, ast.ImportFrom | ast.Import):
            if {name.name for name in node.names} & _ORDERED_IDS:
                yield node.lineno
        elif isinstance(node, ast.Attribute) and node.attr in {"uuid1", "uuid6", "uuid7", "rowid"}:
            yield node.lineno


def writes_sql_from_words(tree: ast.Module) -> Iterator[int]:
    """A statement put together of pieces, where a bound parameter belongs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and dotted(node.func).split(".")[-1] in _SQL_DOORS:
            given = node.args[0]
            is_formatted = isinstance(given, ast.Call) and dotted(given.func).endswith("format")
            is_formatted |= (
                isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute) and given.func.attr == "format"
            )
            if is_formatted or isinstance(given, _MOVING):
                yield node.lineno


def asks_a_shell(tree: ast.Module) -> Iterator[int]:
    """A command as a text for a shell to read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in _SHELLS:
            yield node.lineno
        elif isinstance(node, ast.keyword) and node.arg == "shell":
            yield node.value.lineno


def goes_out(tree: ast.Module) -> Iterator[int]:
    """What could ask another computer for something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {node.module or "", *(f"{node.module}.{name.name}" for name in node.names)}
        else:
            continue
        if any(name == out or name.startswith(f"{out}.") for name in names for out in _OUTWARD):
            yield node.lineno


def runs_what_it_reads(tree: ast.Module) -> Iterator[int]:
    """Text or bytes that become a program: eval, exec, pickle and templates made of strings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            if name in _RUN or name.split(".")[-1] in _TEMPLATES_OF_STRINGS:
                yield node.lineno


#: Each rule with the files it is for.
RULES: dict[Rule, tuple[str, ...]] = {
    tells_who_asks: (*python_files("feedback/web"), *RESPONDENT),
    reads_a_clock: RESPONDENT,
    keeps_a_moment: ("feedback/models/box.py",),
    numbers_in_order: tuple(python_files("feedback/models", "feedback/operations", "feedback/web", "feedback/privacy")),
    # Not db, migrations and proof, which name tables and columns of the product itself and read nothing of anybody.
    writes_sql_from_words: tuple(
        python_files(
            *(f"feedback/{part}" for part in ("models", "operations", "web", "privacy", "commands", "reports"))
        )
    ),
    asks_a_shell: tuple(python_files("feedback", "forms", "analysis")),
    goes_out: tuple(python_files("feedback", "forms", "analysis")),
    runs_what_it_reads: tuple(python_files("feedback", "forms", "analysis")),
}


def found_in(rule: Rule) -> set[Finding]:
    """Everything in the product that breaks this rule."""
    return {Finding(path, line, rule.__name__) for path in RULES[rule] for line in rule(tree_of(path))}


def found_in_template(text: str) -> set[tuple[int, str]]:
    """Line and rule for all that a template may not hold."""
    lines = enumerate(text.splitlines(), 1)
    return {(number, name) for number, line in lines for name, form in _IN_TEMPLATES.items() if form.search(line)}


def found_in_templates() -> set[Finding]:
    """Everything in templates that breaks a rule."""
    return {Finding(path, line, rule) for path in templates() for line, rule in found_in_template(text_of(path))}
