"""Deletion certificates: to read, to take away, to print, and how anybody checks one without trusting us."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback import jobs
from feedback.i18n import gettext
from feedback.operations.errors import NotFound
from feedback.operations.retention.certificate_paper import paper_of
from feedback.operations.retention.certificates import certificate, public_parts, signed_json
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.forms_desk import DeskForm
from feedback.web.place import signed_in, the_school

bp = Blueprint("certificates", __name__, url_prefix="/<language>/desk/retention")


@bp.get("/certificates/<certificate_id>")
def show(certificate_id: str) -> str:
    """What was deleted, how, and what was looked for afterwards."""
    seen = certificate(the_school(), signed_in(), certificate_id)
    has_paper = seen.facts is not None and paper_of(the_school(), seen, language_now().code).is_file()
    return render_template("officer/certificate.html", seen=seen, has_paper=has_paper, form=DeskForm())


@bp.get("/certificates/<certificate_id>/<any(certificate, recheck):part>.json")
def take(certificate_id: str, part: str) -> Response:
    """The signed bytes, as they were signed."""
    body = signed_json(the_school(), signed_in(), certificate_id, part)
    return _attached(body, "application/json", f"{part}.json")


@bp.post("/certificates/<certificate_id>/paper")
def ask_for_paper(certificate_id: str) -> ResponseReturnValue:
    """Ask the worker to print it."""
    seen, spoken = certificate(the_school(), signed_in(), certificate_id), language_now().code
    if not paper_of(the_school(), seen, spoken).is_file():
        jobs.ask_for(the_school().settings.instance, "make-certificate", certificate_id, spoken)
        flash(gettext("The PDF is being made. Look again in a minute."))
    return redirect(url_for(".show", certificate_id=certificate_id))


@bp.get("/certificates/<certificate_id>.pdf")
def paper(certificate_id: str) -> Response:
    """The PDF, where it was made."""
    seen = certificate(the_school(), signed_in(), certificate_id)
    path = paper_of(the_school(), seen, language_now().code)
    if not path.is_file():
        raise NotFound(certificate_id)
    return _attached(path.read_bytes(), "application/pdf", "certificate.pdf")


@bp.get("/check")
def check() -> str:
    """How anybody checks a certificate with public parts and OpenSSL."""
    allow(signed_in(), Action.SEE_RETENTION)
    public_key, pem = public_parts(the_school())
    return render_template("officer/check_certificate.html", public_key=public_key, pem=pem)


@bp.get("/evidence-key.pem")
def key() -> Response:
    """The public half of the school's evidence key."""
    allow(signed_in(), Action.SEE_RETENTION)
    return _attached(public_parts(the_school())[1].encode(), "application/x-pem-file", "evidence-key.pem")


def _attached(body: bytes, mimetype: str, name: str) -> Response:
    answer = Response(body, mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
