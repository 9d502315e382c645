"""Somebody who types attacks into every part of every address, query and form, and reads what comes back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from zlib import crc32

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Rule
from werkzeug.wrappers import Response

_ROOT = Path(__file__).resolve().parents[1]
#: What is typed, by what it is after. The marks of what must never come back are below.
ATTACKS = {
    "html": "\"'><vb-mark onload=alert(1)></title></textarea><vb-mark>",
    "attribute": '" vb-mark="1" onfocus="x',
    "sql": "x' OR '1'='1'; DROP TABLE round; --",
    "sql number": "1 OR 1=1) UNION SELECT NULL--",
    "template": "{{919191*7}}${919191*7}<%= 919191*7 %>%(x)s{0}",
    "path": "../../../../../../etc/passwd",
    "path written": "..%2f..%2f..%2fetc%2fpasswd\x00.html",
    "header": "x\r\nSet-Cookie: vbmark=1\r\nLocation: //elsewhere.example/",
    "elsewhere": "//elsewhere.example/\\@elsewhere.example",
    "script": "javascript:alert(1)",
    "zero": "a\x00b\x1f\x7f",
    "half a letter": "\ud800\udfff\u202e",
    "number": "-99999999999999999999999999",
    "no number": "NaN",
    "long": "A" * 9000,
}
_NEVER = {
    "reflected": re.compile(r"<vb-mark|\svb-mark=\"1\""),
    "computed": re.compile(str(919191 * 7)),
    "a file": re.compile(r"root:x:0:0"),
    "the database's words": re.compile(
        r"sqlite3\.|psycopg\.|OperationalError|syntax error|sqlalchemy|Traceback \(most", re.IGNORECASE
    ),
}
_QUERY = re.compile(r"""request\.args\.(?:get|getlist)\(\s*["'](\w+)["']""")
_FORM = re.compile(r"<form\b(.*?)>(.*?)</form>", re.DOTALL)
_FIELD = re.compile(r"<(?:input|textarea|select|button)\b[^>]*?\bname=\"?([\w.-]+)\"?")
_ACTION = re.compile(r'\baction="([^"]*)"')
_TOKEN = re.compile(r'name="csrf_token"[^>]*? value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Fault:
    """What came back that must not, and where it was asked for."""

    what: str
    asked: str
    attack: str


def query_names() -> list[str]:
    """Every name of a query that any page reads."""
    sources = (_ROOT / "feedback" / "web").rglob("*.py")
    return sorted({name for path in sources for name in _QUERY.findall(path.read_text(encoding="utf-8"))} | {"next"})


def addresses(app: Flask, known: Mapping[str, str]) -> Iterator[tuple[Rule, str]]:
    """Every rule that can be asked for, filled with what is there; what nothing is known of is called "nothing"."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        values = {name: known.get(name, "nothing") for name in rule.arguments}
        for name, converter in rule._converters.items():
            if isinstance(converter, AnyConverter):
                values[name] = min(converter.items)
            elif isinstance(converter, IntegerConverter):
                values[name] = "1"
        built = rule.build({name: values[name] for name in rule.arguments})
        if built is not None:
            yield rule, built[1]


def with_attack(path: str, values: list[str], attack: str) -> Iterator[str]:
    """The address with the attack in the place of each of its values in turn."""
    for value in values:
        if f"/{value}" in path:
            yield path.replace(f"/{value}", "/" + quote(attack.encode("utf-8", "replace"), safe=""), 1)


def look(answered: Response, asked: str, attack: str) -> Iterator[Fault]:
    """What is wrong with an answer."""
    if answered.status_code >= 500:
        yield Fault(f"status {answered.status_code}", asked, attack)
    if "vbmark" in str(answered.headers.getlist("Set-Cookie")):
        yield Fault("a header of theirs", asked, attack)
    to = answered.headers.get("Location", "/")
    if not to.startswith("/") or to.startswith(("//", "/\\")):
        yield Fault(f"leads to {to}", asked, attack)
    if (answered.mimetype or "").startswith(("text/", "application/json", "image/svg")):
        said = answered.get_data(as_text=True)
        yield from (Fault(name, asked, attack) for name, form in _NEVER.items() if form.search(said))


def forms_of(answered: Response, path: str) -> Iterator[tuple[str, list[str], str]]:
    """Each form on the page that is sent: where to, its fields and its token."""
    if answered.mimetype != "text/html":
        return
    for opening, inside in _FORM.findall(answered.get_data(as_text=True)):
        if 'method="post"' in opening.lower():
            action = _ACTION.search(opening)
            token = _TOKEN.search(inside)
            fields = sorted(set(_FIELD.findall(inside)) - {"csrf_token"})
            yield (action[1] if action and action[1] else path), fields, token[1] if token else ""


def is_chosen(share: int, *of: str) -> bool:
    """One in `share`, always the same ones."""
    return crc32("|".join(of).encode("utf-8", "replace")) % share == 0


def attack_address(client: FlaskClient, path: str, values: list[str], share: int) -> Iterator[Fault]:
    """Every attack in the address and in the query."""
    for name, attack in ATTACKS.items():
        if not is_chosen(share, path, name):
            continue
        for asked in with_attack(path, values, attack):
            with client.get(asked) as answered:
                yield from look(answered, asked, name)
        with client.get(path, query_string=dict.fromkeys(query_names(), attack.encode("utf-8", "replace"))) as answered:
            yield from look(answered, f"{path}?…", name)


def attack_forms(client: FlaskClient, path: str, share: int) -> Iterator[Fault]:
    """Every attack in every field of every form on the page, one field at a time and all at once."""
    with client.get(path) as page:
        forms = list(forms_of(page, path))
    for action, fields, token in forms:
        for name, attack in ATTACKS.items():
            for which in [*([field] for field in fields), fields]:
                if "sign-out" in action or not is_chosen(share, action, name, *which):
                    continue
                typed = attack.encode("utf-8", "replace").decode()
                body = {**dict.fromkeys(fields, "1"), **dict.fromkeys(which, typed), "csrf_token": token}
                with client.post(action, data=body) as answered:
                    yield from look(answered, f"{action} {' '.join(which)}", name)
