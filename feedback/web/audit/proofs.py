"""How anybody can check what this school says in writing: its public key, the newest head, and a page that checks."""

import json

from flask import Blueprint, Response, abort, render_template

from feedback.operations.audit.proofs import public_key_of
from feedback.operations.heads import latest_head
from feedback.spoken import language_now
from feedback.web.place import the_school, today

bp = Blueprint("proofs", __name__)


@bp.get("/<language>/desk/proofs/")
def show() -> str:
    """The key, the head and how to check; for everybody who works at the school."""
    return render_template("officer/proofs.html", key=public_key_of(the_school()), head=latest_head(the_school()))


@bp.get("/<language>/desk/proofs/check.html")
def checker() -> Response:
    """One file that checks signed documents in a browser, without a network: to be kept and handed on."""
    page = render_template("officer/check.html", key=public_key_of(the_school()), made_on=today())
    return _file(page, "text/html", f"voicebox-check-{language_now().code}.html")


@bp.get("/public-key.pem")
def public_key() -> Response:
    """The school's public key as OpenSSL reads it, for anybody."""
    return _file(public_key_of(the_school()).pem, "application/x-pem-file", "public-key.pem")


@bp.get("/head.json")
def head() -> Response:
    """The newest signed head of the list of what staff did, for anybody who keeps one."""
    found = latest_head(the_school())
    if found is None:
        abort(404)
    return _file(json.dumps(found.document, ensure_ascii=False, indent=1), "application/json", f"head-{found.on}.json")


def _file(body: str, kind: str, name: str) -> Response:
    answer = Response(body, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
