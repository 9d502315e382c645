"""Making the report of a month as a PDF. Called in an application context."""

from feedback.i18n import speaking
from feedback.operations.audit.month_reports import keep_month, month_facts
from feedback.operations.reports.kinds.month import MONTH
from feedback.operations.school import School
from feedback.reports.pdf import render_report


def make_month(school: School, about: str, language: str) -> bytes:
    """The report of "2026-10" as a tagged PDF, stored with its hash. NotFound."""
    told = month_facts(school, about, language)
    with speaking(language, MONTH.catalogue):
        body = render_report(MONTH, told.page)
    keep_month(school, about, language, told, body)
    return body
