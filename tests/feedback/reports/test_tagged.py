import logging

import page as validator
import pikepdf
import pytest

from feedback.reports import tagged
from feedback.reports.directions import directed
from feedback.reports.tagged import ProductFiles, WrongWeasyPrint
from tests.feedback.reports.conftest import opened, tags_of, text_of


def a_document(body: str, style: str = "") -> bytes:
    html = f'<html lang="en"><title>A page</title><style>{style}</style><body>{body}</body></html>'
    return tagged.write(tagged.lay_out(html), identifier="a page")


def test_a_link_is_told_by_its_words_and_is_printed() -> None:
    pdf = opened(a_document('<p><a href="https://school.example/r/7Q">What happens\n next</a></p>'))
    links = pdf.pages[0].Annots.as_list()
    assert {(str(link.Contents), int(link.F)) for link in links} == {("What happens next", 4)}


def test_words_of_an_unknown_language_are_read_in_their_own_direction() -> None:
    told = directed("<p><bdi>It is <b>fun</b>.</bdi> <bdi>إنه ممتع.</bdi> <bdi dir='ltr'>3</bdi></p>")
    assert (
        told == '<p><bdi dir="ltr">It is <b>fun</b>.</bdi> <bdi dir="rtl">إنه ممتع.</bdi> <bdi dir=\'ltr\'>3</bdi></p>'
    )


def test_what_stands_in_a_margin_is_no_part_of_the_text() -> None:
    style = "@page{@top-center{content:element(edge)}} .edge{position:running(edge)}"
    pdf = a_document('<p class="edge">Sample</p><p>The text</p>', style)
    assert "Sample" in text_of(pdf)
    assert len(tags_of(pdf, "/P")) == 1
    assert validator.is_pdf_compliant_bytes(pdf, profile="ua1")


def test_column_and_row_headers_say_which_they_are() -> None:
    table = '<table><tr><th>Answer<th scope="col">Share<tr><th scope="row">Yes<td>most</table>'
    assert [tag["scope"] for tag in tags_of(a_document(table), "/TH")] == ["/Column", "/Column", "/Row"]


def test_a_hindi_quote_leaves_no_glyph_without_a_letter() -> None:
    pdf = a_document('<blockquote lang="hi"><p>मुझे कभी-कभी अच्छी लगती है, क्योंकि</p></blockquote>')
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    assert report.is_compliant, report.to_json()
    with opened(pdf) as document:
        maps = [found.ToUnicode.read_bytes() for found in document.objects if _has_letters(found)]
    assert maps
    assert not any(b"<>" in letters for letters in maps)


def test_a_letter_that_no_font_has_is_noticed(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        a_document("<p>\ue123</p>")
    assert any(".notdef" in message for message in caplog.messages)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/x.png",
        "https://school.example/x.css",
        "data:image/png;base64,AAAA",
        "ftp://school.example/x",
        "product:../config.py",
        "product:/etc/passwd",
        "product:report.css/../../config.py",
        "product:report.py",
    ],
)
def test_only_the_products_own_files_are_opened(address: str) -> None:
    with pytest.raises(ValueError, match="own files only"):
        ProductFiles().fetch(address)


def test_the_products_own_style_is_served() -> None:
    served = ProductFiles().fetch("product:report.css")
    assert b"@page" in served.read()
    assert served.content_type == "text/css"


def test_a_file_named_in_a_text_is_not_attached() -> None:
    pdf = opened(a_document('<p><a rel="attachment" href="file:///etc/passwd">x</a></p>'))
    assert len(pdf.attachments) == 0


def test_another_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.__version__", "71.0")
    with pytest.raises(WrongWeasyPrint, match=r"71\.0 is installed"):
        # Behind the cache: it was installed by the tests before this one, and wrapping twice would tag twice.
        tagged._install.__wrapped__()


def _has_letters(found: pikepdf.Object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and "/ToUnicode" in found
