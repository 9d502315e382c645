"""What a document may fetch: the product's own files, and nothing that a text names."""

from pathlib import Path
from typing import NoReturn

import pytest

from feedback.reports import tagged
from feedback.reports.tagged import ProductFiles
from tests.feedback.reports.conftest import text_of

_SVG = "<svg xmlns='http://www.w3.org/2000/svg'><text>needle</text></svg>"
FOREIGN = [
    "http://127.0.0.1:1/needle.png",
    "https://elsewhere.example/needle.png",
    "//elsewhere.example/needle.png",
    "file:///etc/passwd",
    "/etc/passwd",
    "ftp://elsewhere.example/needle",
    f"data:image/svg+xml,{_SVG}",
    "data:text/css,body{}",
    "product:../../etc/passwd",
    "product:../config.py",
    "product:%2e%2e/config.py",
    "product:pictograms/../../app.py",
    "product:pictures/own-0123456789abcdef.webp/../../secret",
]
#: Every place of a page that makes WeasyPrint fetch something.
PLACES = [
    '<img src="{0}" alt="">',
    '<object data="{0}"></object>',
    '<embed src="{0}">',
    '<link rel="stylesheet" href="{0}">',
    '<link rel="attachment" href="{0}">',
    '<style>@import url("{0}"); @font-face {{ font-family: x; src: url("{0}") }} p {{ font-family: x }}</style><p>x',
    '<p style="background: url(&quot;{0}&quot;)">x</p>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{0}" width="9" height="9"/><use href="{0}"/></svg>',
]


@pytest.mark.parametrize("address", FOREIGN)
def test_nothing_but_the_products_own_files_is_opened(address: str) -> None:
    with pytest.raises(ValueError, match="own files only"):
        ProductFiles().fetch(address)


@pytest.mark.parametrize("address", FOREIGN)
def test_a_document_that_names_others_is_made_without_them(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_listens(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a document went out of the house")

    monkeypatch.setattr("socket.create_connection", nobody_listens)
    monkeypatch.setattr("urllib.request.OpenerDirector.open", nobody_listens)
    body = "".join(place.format(address) for place in PLACES)
    page = tagged.lay_out(f'<html lang="en"><title>A page</title><body><p>There.</p>{body}</body></html>')
    made = tagged.write(page, identifier="x")
    assert "There." in text_of(made)
    assert "needle" not in text_of(made)
    assert b"EmbeddedFile" not in made
    assert Path("/etc/passwd").read_bytes()[:20] not in made
