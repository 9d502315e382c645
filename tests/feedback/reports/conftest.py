"""An app with templates and languages and nothing else: a report needs no database and no request."""

import io
import subprocess
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from flask import Flask

from feedback import i18n
from feedback.config import Settings
from feedback.i18n import speaking
from feedback.operations.reports.kinds.kind import Report
from feedback.operations.reports.kinds.teacher import TEACHER
from feedback.reports.pdf import render_report
from feedback.resources import resource_dir
from forms.piping import in_full
from forms.wording import say

Render = Callable[..., bytes]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = Flask("reports", template_folder=str(resource_dir("templates")))
    folder = tmp_path_factory.mktemp("instance")
    i18n.init_app(app, Settings(secret="", instance=folder, keystore=folder, database_url="sqlite://"))
    app.add_template_global(say)
    app.add_template_global(in_full)
    return app


@pytest.fixture(scope="session")
def render_anew(app: Flask) -> Render:
    """The PDF of a page, in a language."""

    def render_anew(page: Any, language: str = "en", report: Report = TEACHER) -> bytes:
        with app.app_context(), speaking(language, report.catalogue):
            return render_report(report, page)

    return render_anew


@pytest.fixture(scope="session")
def render(render_anew: Render) -> Render:
    """Likewise, but each page is rendered once for all tests that look at it."""
    rendered: list[tuple[Any, str, bytes]] = []

    def render(page: Any, language: str = "en", report: Report = TEACHER) -> bytes:
        for known, spoken, pdf in rendered:
            if (known, spoken) == (page, language):
                return pdf
        rendered.append((page, language, render_anew(page, language, report)))
        return rendered[-1][2]

    return render


def text_of(pdf: bytes) -> str:
    """What a search, a copy or a screen reader gets, without the marks that only steer direction."""
    told = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(told.stdout.decode().translate(dict.fromkeys(range(0x202A, 0x2070))).split())


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def tags_of(pdf: bytes, kind: str) -> list[dict[str, str]]:
    """The language and the scope of each tag of one kind ("/BlockQuote") in the document's structure."""
    with opened(pdf) as document:
        tags = [tag for tag in _tags_in(document.Root.StructTreeRoot) if tag.get("/S") == kind]
        return [
            {"language": str(tag.get("/Lang", "")), "scope": str(tag.get("/A", pikepdf.Dictionary()).get("/Scope", ""))}
            for tag in tags
        ]


def _tags_in(tag: pikepdf.Object) -> list[pikepdf.Dictionary]:
    if isinstance(tag, pikepdf.Array):
        return [found for kid in tag.as_list() for found in _tags_in(kid)]
    if not isinstance(tag, pikepdf.Dictionary):
        return []
    return [tag, *_tags_in(tag.get("/K", pikepdf.Array()))]
