"""Making a report: facts become sheets, the sheets a PDF, and the PDF is stored once."""

from feedback.i18n import speaking
from feedback.operations.reports.report import Wanted, begin_report, keep_report, kept_report, report_facts
from feedback.operations.school import School
from feedback.reports.pdf import render_report


def make_report(school: School, wanted: Wanted) -> bytes:
    """The report as a PDF; rendered once, then read back.

    NotFound, and StillInTheBox or NotEnoughVoices where there is nothing to report. Called inside an application
    context.
    """
    told = report_facts(school, wanted)
    kept = kept_report(school, told)
    if kept is not None:
        keep_report(school, told, kept)
        return kept
    begin_report(school, wanted)
    with speaking(wanted.language, wanted.report.catalogue):
        body = render_report(wanted.report, told.page)
    keep_report(school, told, body)
    return body
