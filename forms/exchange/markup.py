"""Text out of the markup that other tools keep in labels: harmless markup is dropped, what could act is refused."""

import re
from html import unescape
from html.parser import HTMLParser

from forms.exchange.core import FileRefused
from forms.wording import plain_text

_ACTING = ("script", "iframe", "object", "embed", "applet", "frame", "frameset", "form", "base", "meta", "link", "svg")
#: Something that acts when it is shown: an element that does, a handler, an address that is code.
_ACTS = re.compile(
    rf"<\s*/?\s*(?:{'|'.join(_ACTING)})\b|<[^>]*[\s/\"']on[a-z]{{3,}}\s*=|(?:javascript|vbscript)\s*:[^\s]|data\s*:\s*text/html",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE)
_BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote")
_HIDDEN = ("style", "title", "template", "noscript")
_MEDIA = re.compile(r"<\s*(?:img|audio|video|source|picture|canvas)\b|!\[[^\]]*\]\(", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?:https?:|mailto:|#)[^)]*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s*_])\1(?![\w*])")
_HEADING = re.compile(r"^#{1,6}\s+(?=\S)", re.MULTILINE)


def refuse_acting(text: str, place: str) -> None:
    """Raise FileRefused where a text holds a script, a frame, a handler or the like, written out or in entities."""
    for form in (text, unescape(text)):
        found = _ACTS.search(form)
        if found:
            raise FileRefused("script", place=place, found=found[0])


def plain(text: str, place: str = "") -> str:
    """The words of a text of HTML or Markdown; FileRefused where it holds something that acts."""
    refuse_acting(text, place)
    if _TAG.search(text) or re.search(r"&[a-z]+;|&#\d+;", text):
        text = _without_tags(text)
        refuse_acting(text, place)
    return plain_text(_without_marks(text))


def has_media(text: str) -> bool:
    """Whether the markup shows a picture or plays something, which the words alone do not."""
    return bool(_MEDIA.search(text))


def _without_marks(text: str) -> str:
    for pattern, kept in ((_IMAGE, r"\1"), (_LINK, r"\1"), (_STRONG, r"\2"), (_EMPHASIS, r"\2"), (_HEADING, "")):
        text = pattern.sub(kept, text)
    return text


def _without_tags(text: str) -> str:
    reader = _Words()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.said).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.said.append("\n")
        if tag == "img":
            self.said.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        if tag in _BLOCKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)
