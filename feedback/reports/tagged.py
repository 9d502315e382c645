"""WeasyPrint, and what its tagged output lacks. The only module that imports it.

Added, by wrapping five of its functions:

1. /Lang on every element that has its own `lang` (WeasyPrint writes only the document's): WCAG 3.1.2.
2. /Scope on table headers, which PDF checkers ask for (Kozea/WeasyPrint#2508).
3. A link's text, not its address, as its /Contents; and the flag that lets it be printed.
4. A character for glyphs that share one with their neighbour (Devanagari, some Arabic marks): WeasyPrint writes an
   empty mapping, which breaks PDF/UA-1, 7.21.7.
5. What stands in page margins becomes an artifact instead of content outside the document's structure.

These are private functions of one version, so `lay_out` refuses any other.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pydyf
import weasyprint
from flask import current_app
from weasyprint import document as weasyprint_document
from weasyprint import pdf as weasyprint_pdf
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.pdf import tags as weasyprint_tags
from weasyprint.pdf.stream import Stream
from weasyprint.urls import URLFetcher, URLFetcherResponse

from feedback.operations.workshop.pictures import read_picture
from feedback.reports.directions import directed
from feedback.resources import resource_dir

VERSION = "70.0"
#: WORD JOINER: no width, no meaning, but a character.
_NO_LETTER = "\u2060"
_PRINT = 4
_OWN_FILE = re.compile(r"product:((?:pictograms/)?[a-z-]+\.(?:css|svg))")
#: Pages link to a school's own pictures; on paper they come from the database.
_LINKED, _OWN_PICTURE = 'src="/static/school/pictures/', re.compile(r"product:pictures/(own-[0-9a-f]{16})\.webp")
_TYPES = {"css": "text/css", "svg": "image/svg+xml"}


class WrongWeasyPrint(RuntimeError):
    """The additions here fit one version of WeasyPrint, and another one is installed."""


class ProductFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint publishes no types
    """Serves "product:report.css" and its like from static/. Whatever else a text names is never opened."""

    def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002 - WeasyPrint's signature
        """The file; ValueError for every other address, which WeasyPrint turns into "nothing there"."""
        if picture := _OWN_PICTURE.fullmatch(url):
            body = read_picture(current_app.extensions["school"], picture[1])
            return URLFetcherResponse(url, body, {"Content-Type": "image/webp"})
        asked = _OWN_FILE.fullmatch(url)
        if asked is None:
            raise ValueError(f"Documents are made of the product's own files only, not of {url}")
        name = asked[1]
        kind = _TYPES[name.rsplit(".", maxsplit=1)[1]]
        return URLFetcherResponse(url, (resource_dir("static") / name).read_bytes(), {"Content-Type": kind})


def lay_out(html: str) -> Any:
    """The document's pages (`weasyprint.Document`). WrongWeasyPrint."""
    _install()
    html = html.replace(_LINKED, 'src="product:pictures/')
    return weasyprint.HTML(string=directed(html), url_fetcher=ProductFiles(), base_url="product:").render()


def write(document: Any, *, identifier: str) -> bytes:
    """PDF/UA-1; the same document and identifier give the same bytes."""
    with _no_clock():
        written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode())
    return written


@contextmanager
def _no_clock() -> Iterator[None]:
    """Where HarfBuzz cannot subset a font, fontTools does, and stamps it with the time unless this is set."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


@cache
def _install() -> None:
    if weasyprint.__version__ != VERSION:
        raise WrongWeasyPrint(
            f"WeasyPrint {weasyprint.__version__} is installed; feedback/reports/tagged.py fits {VERSION}."
        )
    weasyprint_tags._build_box_tree = _tree_with_languages(  # noqa: SLF001 - there is no public way to add a tag
        weasyprint_tags._build_box_tree  # noqa: SLF001 - likewise
    )
    weasyprint_pdf.add_links = _links_with_text(weasyprint_pdf.add_links)
    weasyprint_pdf.build_fonts_dictionary = _fonts_without_gaps(weasyprint_pdf.build_fonts_dictionary)
    weasyprint_document.draw_page = _page_with_margins_told_apart(weasyprint_document.draw_page)
    Stream.marked = _margins_as_artifacts(Stream.marked)


def _tree_with_languages(build: Any) -> Any:
    def build_box_tree(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        real = getattr(box, "_box", box)
        if isinstance(real, MarginBox):
            return
        element = getattr(real, "element", None)
        for tag in build(box, parent, *rest):
            if element is not None and element.tag not in {"html", "body"}:
                _say_language_and_scope(tag, element)
            yield tag

    return build_box_tree


def _say_language_and_scope(tag: Any, element: Any) -> None:
    language = element.get("lang")
    if language:
        tag["Lang"] = pydyf.String(language)
    if tag.get("S") == "/TH" and "A" in tag:
        tag["A"]["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"


def _links_with_text(add: Any) -> Any:
    def add_links(links_and_anchors: Any, matrix: Any, pdf: Any, page: Any, names: Any, tags: Any) -> None:
        add(links_and_anchors, matrix, pdf, page, names, tags)
        for kind, _target, _rectangle, box in links_and_anchors[0]:
            if kind in {"internal", "external"} and box.element is not None:
                box.link_annotation["F"] = _PRINT
                text = " ".join("".join(box.element.itertext()).split())
                box.link_annotation["Contents"] = pydyf.String(box.element.get("aria-label") or text)

    return add_links


def _fonts_without_gaps(build: Any) -> Any:
    def build_fonts_dictionary(pdf: Any, fonts: Any, *rest: Any) -> Any:
        for font in fonts.values():
            font.to_unicode.update({glyph: _NO_LETTER for glyph, text in font.to_unicode.items() if not text})
        return build(pdf, fonts, *rest)

    return build_fonts_dictionary


def _page_with_margins_told_apart(draw: Any) -> Any:
    def draw_page(page: Any, stream: Any) -> None:
        for margin in (child for child in page.children if isinstance(child, MarginBox)):
            for box in margin.descendants():
                box.is_in_margin = True
        draw(page, stream)

    return draw_page


def _margins_as_artifacts(marked: Any) -> Any:
    @contextmanager
    def marked_or_artifact(stream: Any, box: Any, tag: str) -> Iterator[None]:
        with stream.artifact() if getattr(box, "is_in_margin", False) else marked(stream, box, tag):
            yield

    return marked_or_artifact
