"""The product keeps its own rules, and each rule finds an example that breaks it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedback.web import respondents
from tests.rules import own
from tests.rules.own import RULES, Rule, found_in, found_in_template, found_in_templates
from tests.rules.source import RESPONDENT, ROOT, text_of

#: What may stand although a rule finds it: the file, a part of the line, and the reason.
ALLOWED = {
    (
        "tells_who_asks",
        "feedback/web/own_site.py",
        'environ.get("HTTP_HOST")',
    ): "the name of this service, not of a person",
    ("tells_who_asks", "feedback/web/own_site.py", 'headers.get("Origin", "null")'): "the page a form was sent from",
    ("tells_who_asks", "feedback/web/own_site.py", 'headers.get("Sec-Fetch-Site")'): "own site or another one, no more",
    (
        "tells_who_asks",
        "feedback/web/door/desk_sessions.py",
        "request.cookies.get(self.get_cookie_name",
    ): "sessions of the desk only",
    (
        "goes_out",
        "feedback/operations/counting/tell_readers.py",
        "import smtplib",
    ): "letters to readers, by the school's server",
    ("goes_out", "feedback/operations/door/provider.py", "authlib"): "the school's own sign-in, where one is set",
    (
        "goes_out",
        "feedback/operations/door/provider.py",
        "import requests",
    ): "to the issuer that is set, and nowhere else",
    ("unescaped", "templates/reading_queue/letter.html", "{{ address|safe }}"): "a letter in plain text, of a setting",
    ("inline", "templates/officer/check.html", "<s"): "one file to be kept and opened from a disk, with its own policy",
    ("inline", "templates/registers/pack.html", "<style>"): "the index of a pack, opened from a disk, without scripts",
    ("inline", "templates/paper/picture.html", "product:"): "for paper; WeasyPrint alone reads it, and no browser",
}

#: For each rule what breaks it, and below what looks like it and does not.
BAD: dict[Rule, tuple[str, ...]] = {
    own.tells_who_asks: (
        "request.remote_addr",
        "request.user_agent.string",
        "flask.request.headers.get('User-Agent')",
        "request.cookies['x']",
        "request.environ['REMOTE_ADDR']",
        "request.accept_languages.best",
    ),
    own.reads_a_clock: (
        "time.time()",
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "import time as t\nt.time()",
        "from time import time",
    ),
    own.keeps_a_moment: (
        "class Envelope(Base):\n    sent_at: Mapped[datetime]",
        "x = mapped_column(DateTime)",
        "x = mapped_column(String, onupdate=f)",
    ),
    own.numbers_in_order: (
        "mapped_column(primary_key=True, autoincrement=True)",
        "from uuid import uuid1",
        "uuid.uuid7()",
        "select(table.c.rowid)",
        "from sqlalchemy import Identity",
    ),
    own.writes_sql_from_words: (
        "session.execute(text(f'SELECT {x}'))",
        "session.execute('DELETE FROM a WHERE b = ' + name)",
        "text('SELECT %s' % name)",
        "connection.exec_driver_sql('SELECT {}'.format(name))",
    ),
    own.asks_a_shell: ("subprocess.run(cmd, shell=True)", "os.system('ls')", "subprocess.Popen(x, shell=is_shell)"),
    own.goes_out: ("import requests", "from urllib.request import urlopen", "import http.client", "import socket"),
    own.runs_what_it_reads: ("eval(text)", "pickle.loads(body)", "render_template_string(text)", "env.from_string(x)"),
}
GOOD: dict[Rule, str] = {
    own.tells_who_asks: "request.form.get('a')\nrequest.view_args\nanswer.headers['x'] = 'y'",
    own.reads_a_clock: "def f(now: datetime) -> None: now.date()\ntime.monotonic()",
    own.keeps_a_moment: "class Envelope(Base):\n    id: Mapped[str] = mapped_column(String(32))",
    own.numbers_in_order: "from uuid import uuid4\nmapped_column(primary_key=True, autoincrement=False)",
    own.writes_sql_from_words: "session.execute(select(Round).where(Round.id == x))\ntext('PRAGMA integrity_check')",
    own.asks_a_shell: "subprocess.run([command, 'a'], check=True)",
    own.goes_out: "from urllib.parse import urlsplit\nimport http",
    own.runs_what_it_reads: "render_template('a.html')\nyaml.safe_load(x)\nast.literal_eval(x)",
}
BAD_TEMPLATES = (
    ("{{ comment|safe }}", "unescaped"),
    ("{% autoescape false %}", "unescaped"),
    ("<script>alert(1)</script>", "inline"),
    ('<p onclick="x()">', "inline"),
    ('<p style="color: red">', "inline"),
    ("<style>p { color: red }</style>", "inline"),
    ('<img src="https://elsewhere.example/x.png">', "from elsewhere"),
    ('<script src="//elsewhere.example/x.js"></script>', "from elsewhere"),
)


def _broken() -> Iterator[tuple[str, str, str]]:
    for finding in {*found_in_templates(), *(each for rule in RULES for each in found_in(rule))}:
        yield finding.rule, finding.path, text_of(finding.path).splitlines()[finding.line - 1]


def _is_allowed(rule: str, path: str, line: str) -> bool:
    return any((rule, path) == allowed[:2] and allowed[2] in line for allowed in ALLOWED)


def test_the_product_keeps_its_rules() -> None:
    assert sorted(each for each in _broken() if not _is_allowed(*each)) == []


def test_no_exception_is_older_than_what_it_excuses() -> None:
    found = list(_broken())
    assert [one for one in ALLOWED if not any(each[:2] == one[:2] and one[2] in each[2] for each in found)] == []


def test_every_rule_has_its_examples_and_its_files() -> None:
    assert set(BAD) == set(GOOD) == set(RULES)
    assert all(RULES.values())
    assert [path for path in RESPONDENT if not Path(ROOT, path).is_file()] == []


@pytest.mark.parametrize(("rule", "code"), [(rule, code) for rule, codes in BAD.items() for code in codes])
def test_a_rule_finds_what_breaks_it(rule: Rule, code: str) -> None:
    assert list(rule(ast.parse(code))) != []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_leaves_alone_what_looks_like_it(rule: Callable[[ast.Module], Iterator[int]]) -> None:
    assert list(rule(ast.parse(GOOD[rule]))) == []


@pytest.mark.parametrize(("text", "name"), BAD_TEMPLATES)
def test_templates_hold_nothing_unescaped_inline_or_from_elsewhere(text: str, name: str) -> None:
    assert found_in_template(f"<p>\n{text}") == {(2, name)}
    fine = (
        "{{ '<bdi>'|safe }}",
        '<script src="/a.js">',
        "<style>{{ styles_within() }}",
        '<a href="/x">',
        '<p class="a">',
    )
    assert [each for each in fine if found_in_template(each)] == []


def test_every_view_that_respondents_meet_is_held_to_the_rules() -> None:
    met = {view.import_name for view in (*respondents.ANSWERED_ON, *respondents.READ)}
    assert len(met) > 5
    assert {f"{name.replace('.', '/')}.py" for name in met} <= set(RESPONDENT)
