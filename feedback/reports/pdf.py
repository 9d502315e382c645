"""Reports as PDFs: a sheet around the same partial, of the same facts, as the page shows.

Whoever calls this is inside an application context and speaks the report's language (`i18n.speaking`).
"""

from hashlib import sha256
from typing import Any

from flask import current_app

from feedback.operations.reports.kinds.kind import Report, Room
from feedback.reports.papers import square, typed_address


def render_report(report: Report, page: Any) -> bytes:
    """The facts as tagged PDF/UA-1, in the first of the report's rooms that fits on its sides, else in the last one.

    The same facts and language give the same bytes.
    """
    # WeasyPrint takes two seconds to import, and most commands and every web request do without it.
    from feedback.reports import tagged  # noqa: PLC0415 - see above

    fitting = None
    for room in report.rooms:
        html = sheet_html(report, page, room)
        document = tagged.lay_out(html)
        if report.sides is None or len(document.pages) <= report.sides:
            fitting = fitting or (document, html)
            if not report.on_first_side or report.on_first_side in document.pages[0].anchors:
                fitting = document, html
                break
    document, html = fitting or (document, html)
    return tagged.write(document, identifier=sha256(html.encode()).hexdigest()[:32])


def sheet_html(report: Report, page: Any, room: Room) -> str:
    """What the sheets are printed from."""
    # Not flask.render_template: a document must not depend on what the pages' context processors add to a request.
    drawn = {"square": square, "typed": typed_address}
    return current_app.jinja_env.get_template(report.template).render(**report.variables(page, room), **drawn)
