"""Registers: made from the system itself, to read, to take away one by one, and all together as an audit pack."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback import jobs
from feedback.i18n import gettext
from feedback.operations.audit import pack as audit_pack
from feedback.operations.audit.registers.all import REGISTERS, SIGNED, Made, read_register, sign_register
from feedback.operations.audit.registers.facts import FACTS, MAY_BE_NONE, read_facts, write_facts
from feedback.operations.audit.registers.kind import register_csv, register_json
from feedback.operations.errors import WrongState
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.audit.forms_registers import FactsForm, SignForm
from feedback.web.forms_desk import N_, DeskForm
from feedback.web.place import now, signed_in, the_school, today

bp = Blueprint("registers", __name__, url_prefix="/<language>/desk/registers")

#: In quotation marks, for a hyphen ends a bare word there.
_NAME = "<any({}):name>".format(", ".join(f'"{name}"' for name in REGISTERS))
#: Seconds after which a page that waits for the worker looks again.
_LOOK_AGAIN = 4


@bp.get("/")
def index() -> ResponseReturnValue:
    """Every register, what is missing in it, and the audit pack; looks again by itself while one is being made."""
    made = [_read(name) for name in REGISTERS]
    pack = audit_pack.pack_state(the_school(), signed_in(), language_now().code)
    page = make_response(render_template("registers/index.html", made=made, pack=pack, form=DeskForm()))
    if pack.state == "asked" and "still" not in request.args:
        # As a header: no script is needed, and the page has a link to stop it (WCAG 2.2.1, 2.2.2).
        page.headers["Refresh"] = f"{_LOOK_AGAIN}; url={url_for('.index')}"
    return page


@bp.get(f"/{_NAME}")
def show(name: str) -> str:
    """One register."""
    return _page(_read(name), SignForm())


@bp.get(f"/{_NAME}.<any(csv, json):ending>")
def file(name: str, ending: str) -> Response:
    """One register for spreadsheets or programs."""
    register = _read(name).register
    if ending == "csv":
        return _file(register_csv(register), "text/csv", f"{name}-{today()}.csv")
    return _file(register_json(register, language_now().code), "application/json", f"{name}-{today()}.json")


@bp.get(f"/{_NAME}.pdf")
def pdf(name: str) -> Response:
    """One register as it is in the newest audit pack."""
    body = audit_pack.pdf_in_pack(the_school(), signed_in(), language_now().code, name)
    return _file(body, "application/pdf", f"{name}.pdf")


@bp.post(f"/{_NAME}")
def sign(name: str) -> ResponseReturnValue:
    """Sign the text that was read."""
    allow(signed_in(), Action.KEEP_REGISTERS)
    form = SignForm()
    if not form.validate_on_submit():
        return _page(_read(name), form), 422
    said = {"text_hash": form.text_hash.data or "", "role": form.role.data or ""}
    try:
        sign_register(the_school(), signed_in(), name, language_now().code, **said, now=now())
    except WrongState:
        form.refuse(N_("The text has changed since you opened this page. Please read it again, then sign."))
        return _page(_read(name), form), 409
    flash(gettext("Signed."))
    return redirect(url_for(".show", name=name))


@bp.route("/facts", methods=["GET", "POST"])
def facts() -> ResponseReturnValue:
    """What no setting knows."""
    written = read_facts(the_school(), signed_in())
    form = FactsForm(data=written)
    if form.validate_on_submit():
        write_facts(the_school(), signed_in(), form.facts, now=now())
        flash(gettext("Written down. The registers have it now."))
        return redirect(url_for(".index"))
    page = render_template("registers/facts.html", form=form, names=FACTS, may_be_none=MAY_BE_NONE)
    return page, 422 if form.is_submitted() else 200


@bp.post("/pack")
def ask() -> ResponseReturnValue:
    """Ask the worker for a new audit pack in the language of the page."""
    language = language_now().code
    audit_pack.ask_for_pack(the_school(), signed_in(), language, now=now())
    jobs.ask_for(the_school().settings.instance, *audit_pack.command_for(language))
    return redirect(url_for(".index"))


@bp.get("/audit-pack.zip")
def take() -> Response:
    """The newest audit pack; that it was taken is noted."""
    body = audit_pack.take_pack(the_school(), signed_in(), language_now().code, now=now())
    return _file(body, "application/zip", f"audit-pack-{language_now().code}.zip")


def _read(name: str) -> Made:
    return read_register(the_school(), signed_in(), name, language_now().code)


def _page(made: Made, form: SignForm) -> str:
    if not form.is_submitted():
        form.role.data = made.signature.role if made.signature else gettext("Privacy officer")
    form.text_hash.data = made.text_hash
    pack = audit_pack.pack_state(the_school(), signed_in(), language_now().code)
    return render_template(
        "registers/register.html", made=made, form=form, pack=pack, is_signed=made.register.name in SIGNED
    )


def _file(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
