"""A deletion certificate as a tagged PDF: the same partial, of the same signed facts, as its page shows."""

from hashlib import sha256

from flask import current_app

from feedback.i18n import Catalogue, speaking
from feedback.operations.retention.certificate_paper import certificate_to_print, keep_paper, paper_of
from feedback.operations.school import School


def make_certificate(school: School, certificate_id: str, language: str) -> bytes:
    """The PDF, rendered once and then read back. NotFound for what is not signed. Inside an application context."""
    # WeasyPrint takes two seconds to import, and most commands do without it.
    from feedback.reports import tagged  # noqa: PLC0415 - see above

    seen = certificate_to_print(school, certificate_id)
    kept = paper_of(school, seen, language)
    if kept.is_file():
        return kept.read_bytes()
    with speaking(language, Catalogue.STAFF):
        html = current_app.jinja_env.get_template("officer/certificate_sheet.html").render(seen=seen)
        body = tagged.write(tagged.lay_out(html), identifier=sha256(html.encode()).hexdigest()[:32])
    keep_paper(school, seen, language, body)
    return body
