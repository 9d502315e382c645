"""An app with templates and languages and nothing else: a report needs no database and no request."""

import io
import subprocess
from collections.abc import Callable

import pikepdf
import pytest
from flask import Flask

from feedback import i18n
from feedback.config import Settings
from feedback.i18n import Catalogue, speaking
from feedback.reports.pdf import render_teacher_report
from feedback.reports.teacher_page import TeacherPage
from feedback.resources import resource_dir

Render = Callable[..., bytes]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = Flask("reports", template_folder=str(resource_dir("templates")))
    folder = tmp_path_factory.mktemp("instance")
    i18n.init_app(app, Settings(secret="", instance=folder, keystore=folder, database_url="sqlite://"))
    return app


@pytest.fixture(scope="session")
def render(app: Flask) -> Render:
    """The PDF of a page, in a language. Each page is rendered once for all tests that look at it."""
    rendered: list[tuple[TeacherPage, str, bytes]] = []

    def render(page: TeacherPage, language: str = "en") -> bytes:
        for known, spoken, pdf in rendered:
            if (known, spoken) == (page, language):
                return pdf
        with app.app_context(), speaking(language, Catalogue.STAFF):
            rendered.append((page, language, render_teacher_report(page)))
        return rendered[-1][2]

    return render


def text_of(pdf: bytes) -> str:
    """What a search, a copy or a screen reader gets, without the marks that only steer direction."""
    told = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(told.stdout.decode().translate(dict.fromkeys(range(0x202A, 0x2070))).split())


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))
