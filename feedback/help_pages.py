"""The guides in `help/`: read from Markdown once and kept as they are drawn, and the figures of the model card."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypedDict

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from feedback.languages import SOURCE
from feedback.resources import resource_dir

#: In the order in which they are offered; each is a file `help/<language>/<page>.md`.
PAGES = (
    "leads",
    "forms",
    "readers",
    "privacy-officer",
    "operator",
    "translator",
    "developer",
    "model-card",
    "security",
    "asvs",
)
#: Paragraphs of their own, where the figures of `help/figures.json` or the points of `help/asvs.yaml` stand.
_PLACES = {"[figures]", "[asvs]"}
_JOINT = re.compile("(?<=[a-zA-Z][_/=,])(?=[a-zA-Z0-9])")


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as it is shown. `language` is what it is really in; `parts` are (id, title) of its chapters.

    `place` is "[figures]" or "[asvs]" where one of them stands, or "". What comes after it is `after`; where there is
    none, everything is `before`.
    """

    page: str
    language: str
    title: str
    lead: Markup
    parts: tuple[tuple[str, str], ...]
    before: Markup
    after: Markup
    place: str


@cache
def guide(page: str, language: str) -> Guide:
    """One of PAGES in this language, or in English where nobody has written it yet."""
    path = _file(page, language)
    spoken = language if path.is_file() else SOURCE
    return _drawn(page, spoken, _file(page, spoken).read_text(encoding="utf-8"))


@cache
def figures() -> list[dict[str, Any]]:
    """What `voicebox evaluate --json` printed for the comments that the model card tells of, a result a file."""
    found: list[dict[str, Any]] = json.loads((resource_dir("help") / "figures.json").read_text(encoding="utf-8"))
    return found


class Point(TypedDict):
    """A requirement of OWASP's ASVS as it is kept. `state` is met, not-applicable or deviation; `proof` are files."""

    id: str
    level: int
    asks: str
    state: str
    how: str
    proof: list[str]


@cache
def asvs() -> list[Point]:
    """What `help/asvs.yaml` says, in its order, which is the standard's."""
    found: list[Point] = yaml.safe_load((resource_dir("help") / "asvs.yaml").read_text(encoding="utf-8"))
    return found


def _file(page: str, language: str) -> Path:
    return resource_dir("help") / language / f"{page}.md"


def _drawn(page: str, language: str, text: str) -> Guide:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("code_inline", _code)
    tokens = markdown.parse(text)
    # A guide begins with its title and one paragraph that says what it is for.
    title, lead, rest = tokens[1].content, tokens[3:6], tokens[6:]
    parts = _number_parts(rest)
    _let_tables_scroll(rest)
    at = next((place for place, token in enumerate(rest) if token.content in _PLACES), None)
    before, after = (rest, []) if at is None else (rest[: at - 1], rest[at + 2 :])

    def draw(some: Sequence[Token]) -> Markup:
        # The text is the product's own file, and HTML in it is shown as it is written.
        return Markup(markdown.renderer.render(some, markdown.options, {}))  # noqa: S704 - see above

    return Guide(
        page, language, title, draw(lead), parts, draw(before), draw(after), rest[at].content if at is not None else ""
    )


def _code(_self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
    """Names and addresses may be broken where people would break them, on a phone."""
    return f"<code>{_JOINT.sub('<wbr>', escape(tokens[at].content))}</code>"


def _number_parts(tokens: Sequence[Token]) -> tuple[tuple[str, str], ...]:
    """Ids by number, so that a link to a chapter leads there in every language."""
    parts: list[tuple[str, str]] = []
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open" and heading.tag == "h2":
            parts.append((f"part-{len(parts) + 1}", words.content))
            heading.attrSet("id", parts[-1][0])
    return tuple(parts)


def _let_tables_scroll(tokens: list[Token]) -> None:
    """A table that is wider than a phone scrolls by itself, also by keyboard, and is named after its chapter."""
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "table_close":
            tokens.insert(place + 1, Token("scrolls_close", "div", -1, block=True))
        elif token.type == "table_open":
            chapter = next((str(one.attrs["id"]) for one in reversed(tokens[:place]) if "id" in one.attrs), "title")
            named = {"class": "scrolls", "role": "group", "tabindex": "0", "aria-labelledby": chapter}
            tokens.insert(place, Token("scrolls_open", "div", 1, block=True, attrs={**named}))
