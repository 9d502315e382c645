"""Making a letter of the privacy officer as a PDF. Called in an application context."""

from feedback.i18n import speaking
from feedback.operations.audit.letters import begin_letter, keep_letter, letter_facts
from feedback.operations.reports.kinds.letter import LETTER
from feedback.operations.school import School
from feedback.reports.pdf import render_report


def make_letter(school: School, letter_id: str) -> bytes:
    """The letter as a tagged PDF, stored with its hash. NotFound."""
    page, language = letter_facts(school, letter_id)
    begin_letter(school, letter_id)
    with speaking(language, LETTER.catalogue):
        body = render_report(LETTER, page)
    keep_letter(school, letter_id, body)
    return body
