"""Pages as people meet them. Opening one always checks what every page of the school must have."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Self

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedback.languages import direction_of

_TYPED = {"input", "textarea", "select", "option"}
_HEADINGS = {"h1", "h2", "h3", "h4"}


class Page(HTMLParser):
    """A page with its status, its words and the form on it, as it would be sent."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.response, self.status = response, response.status_code
        self.lang = self.dir = self.title = self.action = self.words = ""
        self.fields: dict[str, list[str]] = {}
        self.links: dict[str, str] = {}
        self._headings: list[int] = []
        self._ids: list[str] = []
        self._labelled: set[str] = set()
        self._unlabelled: list[str] = []
        self._open: list[str] = []
        self._text_of: str | None = None
        self._list: str | None = None
        self.feed(response.text)
        self._check()

    @property
    def receipt(self) -> str:
        """The receipt on the page, "dddd dddd dddd dddd"."""
        (found,) = re.findall(r'<p class="receipt">([\d ]+)</p>', self.response.text)
        return str(found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the page has to have, and what its form would send."""
        has = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        if "id" in has:
            self._ids.append(has["id"])
        if tag == "html":
            self.lang, self.dir = has["lang"], has["dir"]
        elif tag == "form":
            self.action = has["action"]
        elif tag == "a":
            self.links[has["href"]] = has.get("lang", self.lang)
        elif tag == "label" and "for" in has:
            self._labelled.add(has["for"])
        elif tag in _HEADINGS:
            self._headings.append(int(tag[1]))
        elif tag in _TYPED:
            self._typed(tag, has)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag and everything in it that has no end of its own."""
        while self._open and self._open.pop() != tag:
            pass
        self._text_of = None

    def handle_data(self, data: str) -> None:
        """Collect title, words and typed text."""
        if self._open[-1:] == ["title"]:
            self.title += data
        elif self._open[-1:] == ["style"]:
            return  # no words
        elif self._text_of:
            self.fields[self._text_of] = [data.removeprefix("\r\n")]
        else:
            self.words += data

    def _selected(self, has: dict[str, str]) -> None:
        """As a browser does: what is selected, or else the first."""
        if self._list and (self._list not in self.fields or "selected" in has):
            self.fields[self._list] = [has["value"]]

    def _typed(self, tag: str, has: dict[str, str]) -> None:
        if tag == "option":
            self._selected(has)
            return
        kind = has.get("type", tag)
        self._list = has["name"] if tag == "select" else None
        if kind != "hidden" and "label" not in self._open:
            self._unlabelled.append(has.get("id") or has["name"])
        if "name" not in has:
            return  # a script's own, which no form sends
        if kind in ("radio", "checkbox"):
            if "checked" in has:
                self.fields.setdefault(has["name"], []).append(has["value"])
        elif kind != "select":
            self.fields[has["name"]] = [has.get("value", "")]
            self._text_of = has["name"] if tag == "textarea" else None

    def _check(self) -> None:
        assert self.dir == direction_of(self.lang)
        assert self.title.strip()
        assert self._headings.count(1) == 1
        assert all(later - before <= 1 for before, later in zip(self._headings, self._headings[1:], strict=False))
        assert len(self._ids) == len(set(self._ids))
        assert set(self._unlabelled) <= self._labelled
        assert "Traceback" not in self.response.text


class Respondent:
    """Somebody who answers without JavaScript, in a browser that is given nothing to keep."""

    def __init__(self, client: FlaskClient, address: str) -> None:
        self._client = client
        self.page = self._read(client.get(address))

    def press(self, go: str, **typed: str | Iterable[str]) -> Self:
        """Send the form as it stands on the page, with these answers ("liked=...") and this button."""
        named = {f"q-{id_}": answer for id_, answer in typed.items()}
        body = {**self.page.fields, **named, "go": go}
        self.page = self._read(self._client.post(self.page.action, data=body))
        return self

    def _read(self, response: TestResponse) -> Page:
        assert "Set-Cookie" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"
        return Page(response)
