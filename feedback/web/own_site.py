"""Whom a request may come from, and under which address: this school's own pages, under this school's own address.

Nothing is taken from `X-Forwarded-*` or `Forwarded` (`feedback.commands.serving` takes them away): the school's address
is a setting. Nothing here is written down, and nothing but three headers that say nothing of a person is looked at.
"""

import re
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from werkzeug.sansio.utils import host_is_trusted

from feedback.i18n import Catalogue, gettext, offered, speak
from feedback.languages import SOURCE
from feedback.setting_values import LOOPBACK
from feedback.web.place import the_school

_READS = {"GET", "HEAD", "OPTIONS"}
_PORT = re.compile(r":\d+$")
_OTHERS = {"cross-site", "same-site"}
#: Pages of the desk that answer with a file. Another site cannot read it, and may not make anybody fetch it either.
DOWNLOADS = frozenset(
    {
        "access.review_file",
        "audit.download",
        "certificates.paper",
        "certificates.take",
        "exchange.given",
        "exports.download",
        "form_files.download",
        "letters.download",
        "months.download",
        "paper_desk.pdf",
        "pilot_plan.calendar_file",
        "proofs.checker",
        "registers.file",
        "registers.pdf",
        "registers.take",
        "reports.pdf",
        "results.pdf",
    }
)


def init_app(app: Flask) -> None:
    """Look at every request before anything else does, the sign-in and the check of forgeries included."""
    first = app.before_request_funcs.setdefault(None, [])
    first[:0] = [_refuse_other_addresses, _refuse_other_sites]
    app.after_request(_keep_files_from_other_sites)


def _refuse_other_addresses() -> Response | None:
    """400 in plain words: a page with links would be made of the very address that is not ours."""
    asked = (request.environ.get("HTTP_HOST") or request.environ.get("SERVER_NAME", "")).lower()
    # Werkzeug looks at the characters; its own list knows no IPv6.
    if host_is_trusted(asked) and _PORT.sub("", asked) in _trusted():
        return None
    wanted = request.path.split("/")[1]
    speak(wanted if wanted in offered(Catalogue.STAFF) else SOURCE, Catalogue.STAFF)
    said = gettext(
        "This is not the address of these pages. Please open %(address)s", address=the_school().settings.public_address
    )
    return Response(f"{said}\n", 400, mimetype="text/plain")


def _refuse_other_sites() -> None:
    """No other site may send a form in a visitor's name (privacy.md, L16), nor start a download at the desk.

    Browsers say Origin "null" for our own forms, because of our Referrer-Policy, so then only Sec-Fetch-Site tells.
    A browser that says neither passes: at the desk the token in the form tells, and elsewhere there is nothing to
    borrow, for respondents have no session.
    """
    if request.method in _READS:
        if request.endpoint in DOWNLOADS and _is_from_another_site():
            abort(403)
        return
    if _is_from_another_site() or not _is_ours(request.headers.get("Origin", "null")):
        abort(403)


def _keep_files_from_other_sites(response: Response) -> Response:
    """A file that was forgotten above stays here, too."""
    is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
    if is_file and request.endpoint not in DOWNLOADS and _is_from_another_site():
        response.close()
        return Response(status=403)
    return response


def _is_from_another_site() -> bool:
    return request.headers.get("Sec-Fetch-Site") in _OTHERS


def _is_ours(origin: str) -> bool:
    if origin == "null":
        return True
    try:
        sent_from = urlsplit(origin)
    except ValueError:
        return False  # no address at all, such as "http://[::1"
    settings = the_school().settings
    if settings.is_https and sent_from.scheme != "https":
        return False
    return sent_from.netloc in {request.host, urlsplit(settings.public_address).netloc}


def _trusted() -> set[str]:
    """Names without ports: the school's, those of the setting, and this computer's own while it is only tried out."""
    settings = the_school().settings
    return {settings.host_name, *settings.trusted_hosts, *(LOOPBACK if settings.host_name in LOOPBACK else ())}
