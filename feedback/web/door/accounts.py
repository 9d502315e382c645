"""Accounts of the school's staff: who there is, inviting somebody, ending what must end, links to hand over."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import translations_now
from feedback.languages import LANGUAGES
from feedback.operations.door import accounts as kept
from feedback.operations.door.links import NOT_BY_INVITATION, invite, make_link
from feedback.operations.door.sessions import end_all_of
from feedback.operations.errors import NotReady
from feedback.operations.staff import allow
from feedback.privacy.permissions import ROLES, Action
from feedback.web.door.again import needs_proof
from feedback.web.forms_desk import N_, DeskForm, LineField, Needed, SomeOfField
from feedback.web.place import now, signed_in, the_school
from feedback.web.role_names import role_said

bp = Blueprint("accounts", __name__, url_prefix="/<language>/desk/accounts")
bp.add_app_template_filter(role_said, "role_name")

_WRONG = {
    "account": ("account", N_("Type the account’s name.")),
    "account_taken": ("account", N_("There is an account with this name already.")),
    "roles": ("roles", N_("Choose at least one role.")),
    "languages": ("languages", N_("An interpreter or translator needs at least one language.")),
}


class InviteForm(DeskForm):
    """A new account."""

    account = LineField(validators=[Needed(_WRONG["account"][1])])
    roles = SomeOfField(choices=[])
    languages = SomeOfField(choices=[])


@bp.get("/")
@needs_proof
def index() -> ResponseReturnValue:
    """All accounts and what can be done with them."""
    found = kept.accounts(the_school(), signed_in())
    return render_template("door/accounts.html", form=DeskForm(), accounts=found)


@bp.route("/invite", methods=["GET", "POST"])
@needs_proof
def new() -> ResponseReturnValue:
    """Invite somebody; the link is shown once."""
    allow(signed_in(), Action.KEEP_ACCOUNTS)
    form = InviteForm()
    form.roles.offer(role for role in ROLES if role not in NOT_BY_INVITATION)
    form.languages.offer(LANGUAGES)
    if form.validate_on_submit():
        account, roles, spoken = form.account.data or "", form.roles.data or [], form.languages.data or []
        try:
            token = invite(the_school(), signed_in(), account, roles, languages=spoken, now=now())
        except NotReady as refused:
            for code in refused.missing:
                form.blame(*_WRONG[code])
        else:
            return _show_link(token, account, "invitation")
    return render_template("door/invite.html", form=form), 422 if form.errors else 200


@bp.post("/<staff_id>/<any(password, factor):kind>")
@needs_proof
def link(staff_id: str, kind: str) -> ResponseReturnValue:
    """A link to hand over, shown once."""
    account = next((one.account for one in kept.accounts(the_school(), signed_in()) if one.id == staff_id), "")
    token = make_link(the_school(), signed_in(), staff_id, now=now(), renew_factor=kind == "factor")
    return _show_link(token, account, kind)


@bp.post("/<staff_id>/<any(disable, enable, end):what>")
@needs_proof
def change(staff_id: str, what: str) -> ResponseReturnValue:
    """Disable, enable, or end wherever it is signed in."""
    acts = {"disable": kept.disable, "enable": kept.enable, "end": end_all_of}
    try:
        acts[what](the_school(), signed_in(), staff_id, now=now())
    except NotReady:
        flash(
            translations_now().gettext(N_("The school’s last privacy officer stays. Let there be another one first."))
        )
    return redirect(url_for(".index"))


def _show_link(token: str, account: str, kind: str) -> str:
    address = the_school().settings.public_address + url_for("one_time_link.use", token=token)
    return render_template("door/link.html", address=address, account=account, kind=kind)
