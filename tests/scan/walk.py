"""What a role can send: every address with a query or an id and every form, found by walking the links of its desk."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from lxml import html
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

from tests.scan.sessions import KEPT_FROM, Target

#: Pages are many alike (a language each, a form each): so many of a kind are opened.
_OF_A_KIND = 2
_MOST_PAGES = 250
#: (name, value), as the page has it filled in.
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """One request. A star ends each place that can be tried: what the address is about, the query, the fields."""

    method: str
    path: str
    body: str


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_about: object) -> None:
        return None


class Desk:
    """A walk over the pages of one role; `rules` tell which addresses are one kind of page."""

    def __init__(self, target: Target, cookie: str, rules: Map) -> None:
        self._target, self._cookie = target, cookie
        self._rules = rules.bind("localhost")
        self._root = "{0.scheme}://{0.netloc}".format(urlsplit(target.address))

    def requests(self) -> list[Sent]:
        """One request of each kind that the pages lead to."""
        found: dict[tuple[str, ...], Sent] = {}
        for page, path in self._pages():
            for method, asked, fields in (*_asked_for(page, path), *_forms(page, path)):
                kind, starred = self._kind(method, asked)
                names = [name for name, _value in fields]
                if kind and not any(word in asked for word in KEPT_FROM) and (names or "*" in starred):
                    found.setdefault((method, kind, *names), _sent(method, starred, fields))
        return list(found.values())

    def _pages(self) -> Iterator[tuple[html.HtmlElement, str]]:
        waiting, seen, kinds = deque([urlsplit(self._target.address).path]), set[str](), Counter[str]()
        while waiting and len(seen) < _MOST_PAGES:
            path = waiting.popleft()
            kind, _starred = self._kind("GET", urlsplit(path).path)
            if path in seen or kinds[kind] >= _OF_A_KIND or not kind or any(word in path for word in KEPT_FROM):
                continue
            seen.add(path)
            kinds[kind] += 1
            page = open_page(self._root + path, self._cookie)
            if page is not None:
                yield page, path
                waiting.extend(_links(page, path))

    def _kind(self, method: str, path: str) -> tuple[str, str]:
        """The endpoint, and the path with a star behind each of its values; "" where no page answers."""
        try:
            endpoint, values = self._rules.match(path, method)
        except HTTPException:
            return "", path
        tried = {str(value) for name, value in values.items() if name != "language"}
        return endpoint, "/".join(f"{part}*" if part in tried else part for part in path.split("/"))


def written(target: Target, cookie: str, sent: list[Sent]) -> str:
    """The requests as sqlmap reads them: a log in the form of Burp's."""
    parts, line = urlsplit(target.address), "=" * 54
    written: list[str] = []
    for each in sent:
        head = [f"{each.method} {each.path} HTTP/1.1", f"Host: {parts.netloc}"]
        head += [f"Cookie: {cookie}"] if cookie else []
        head += ["Content-Type: application/x-www-form-urlencoded"] if each.body else []
        ask = "\n".join(head) + f"\n\n{each.body}"
        written.append(f"{line}\n10:00:00  http://{parts.netloc}  [127.0.0.1]\n{line}\n{ask}\n{line}\n")
    return "\n".join(written)


def _sent(method: str, path: str, fields: Fields) -> Sent:
    starred = "&".join(urlencode({name: value}) + ("" if name == "csrf_token" else "*") for name, value in fields)
    if method == "GET":
        return Sent(method, f"{path}?{starred}" if starred else path, "")
    return Sent(method, path, starred)


def open_page(address: str, cookie: str) -> html.HtmlElement | None:
    """A page; None where it leads on, is refused, or is none."""
    request = Request(address, headers={"Cookie": cookie} if cookie else {})  # noqa: S310 - our own server's
    try:
        with build_opener(_Stay).open(request, timeout=30) as answered:
            said = answered.read()
            return html.fromstring(said) if "text/html" in answered.headers["Content-Type"] and said else None
    except HTTPError:
        return None


def _links(page: html.HtmlElement, path: str) -> Iterator[str]:
    for link in page.xpath("//a[@href]/@href"):
        to = urlsplit(urljoin(path, link))
        if not to.netloc and to.path.startswith("/"):
            yield f"{to.path}?{to.query}" if to.query else to.path


def _asked_for(page: html.HtmlElement, path: str) -> Iterator[tuple[str, str, Fields]]:
    for asked in (path, *_links(page, path)):
        parts = urlsplit(asked)
        yield "GET", parts.path, tuple(parse_qsl(parts.query, keep_blank_values=True))


def _forms(page: html.HtmlElement, path: str) -> Iterator[tuple[str, str, Fields]]:
    for form in page.forms:
        to = urlsplit(urljoin(path, form.get("action") or path)).path
        named = [each for each in form.inputs if each.get("name") and each.get("type") != "file"]
        fields = {each.get("name"): str(each.value or "1") for each in named}
        yield form.method, to, tuple(fields.items())
