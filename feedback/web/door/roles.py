"""The roles of one account, changed for a reason; who sees more afterwards gets it by two people."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.door.staff_accounts import AccountShown, account_for, ask_for_roles, change_roles, needs_two
from feedback.operations.errors import NotReady, SecondPersonNeeded
from feedback.operations.two_people import LONGEST_REASON
from feedback.privacy.permissions import ROLES
from feedback.web.forms_desk import N_, DeskForm, LineField, Needed, SomeOfField
from feedback.web.place import now, signed_in, the_school
from feedback.web.role_names import role_said

bp = Blueprint("roles", __name__, url_prefix="/<language>/desk/accounts")

#: Code -> (field, sentence).
_SENTENCES = {
    "reason": ("reason", N_("Write down why, in a sentence.")),
    "roles": ("roles", N_("Choose at least one role.")),
    "languages": ("roles", N_("This account has no language yet, which interpreters and translators need.")),
    "officer": ("roles", N_("A privacy officer is never an administrator: these are two people.")),
    "administrator": ("roles", N_("An administrator is never a lead or a reader: whoever gives rights reads nothing.")),
    "auditor": ("roles", N_("An auditor has no other role.")),
    "yourself": ("roles", N_("Nobody changes their own roles. Ask another administrator.")),
    "last_officer": (
        "roles",
        N_("This is the last privacy officer. No administrator can take that role away: name another officer first."),
    ),
    "last_administrator": ("roles", N_("This is the last administrator. Name another one first.")),
}


class RolesForm(DeskForm):
    """Which roles, and why."""

    roles = SomeOfField(choices=list[Any](ROLES), validators=[Needed(N_("Choose at least one role."))])
    reason = LineField(longest=LONGEST_REASON, validators=[Needed(N_("Write down why, in a sentence."))])


@bp.route("/<account_id>/roles", methods=["GET", "POST"])
def change(account_id: str) -> ResponseReturnValue:
    """One account's roles."""
    found = account_for(the_school(), signed_in(), account_id)
    form = RolesForm(data={"roles": [role for role in ROLES if role in found.roles]})
    if form.validate_on_submit():
        try:
            return _change(found, form)
        except NotReady as refused:
            for code in refused.missing:
                form.blame(*_SENTENCES[code])
    labels = {role: (role_said(role), "") for role in ROLES}
    page = render_template("access/roles.html", form=form, found=found, labels=labels)
    return page, 422 if form.problems() else 200


def _change(found: AccountShown, form: RolesForm) -> ResponseReturnValue:
    chosen, reason = form.roles.data or [], form.reason.data or ""
    try:
        change_roles(the_school(), signed_in(), found.id, chosen, reason=reason, now=now())
    except SecondPersonNeeded:
        if not needs_two(found.roles, chosen):
            raise
        ask_for_roles(the_school(), signed_in(), found.id, chosen, reason=reason, now=now())
        flash(gettext("A second person has to say yes. Then come back here and choose the same again."))
        return redirect(url_for("two_people.show"))
    flash(gettext("The roles are changed."))
    return redirect(url_for("access.show"))
