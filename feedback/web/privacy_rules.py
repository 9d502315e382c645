"""Whose law the school goes by, in plain words with its sources; the officer chooses, and milder rules need two."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.rules import RulesPage, agree_to_rules, choose_rules, rules_page
from feedback.privacy.jurisdictions import jurisdictions
from feedback.web.forms_desk import DeskForm
from feedback.web.forms_rules import RulesForm
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("privacy_rules", __name__, url_prefix="/<language>/desk/profile")


@bp.get("")
def show() -> str:
    """The rules that hold, and what waits for a second person."""
    page = rules_page(the_school(), signed_in())
    return render_template("privacy_rules/show.html", page=page, form=_as_they_are(page), laws=jurisdictions())


@bp.post("")
def choose() -> ResponseReturnValue:
    """Let other rules hold; milder ones wait for somebody else."""
    page, form = rules_page(the_school(), signed_in()), RulesForm()
    if form.validate():
        try:
            if choose_rules(the_school(), signed_in(), form.choice(), now=now()):
                flash(gettext("These rules hold from now on. Forms wait for your yes under them."))
            else:
                flash(gettext("These rules ask for less than before. They wait for the yes of a second person."))
            return redirect(url_for(".show"))
        except NotReady as refused:
            form.blame_rules(refused.missing)
    return render_template("privacy_rules/show.html", page=page, form=form, laws=jurisdictions()), 422


@bp.post("/<any(yes, no):answer>")
def answer(answer: str) -> ResponseReturnValue:
    """The second person's yes or no; whoever asked can take it back."""
    agree_to_rules(the_school(), signed_in(), agreed=answer == "yes", now=now())
    flash(gettext("These rules hold from now on.") if answer == "yes" else gettext("The rules stay as they are."))
    return redirect(url_for(".show"))


@bp.get("/<any(" + ", ".join(f"'{name}'" for name in jurisdictions()) + "):profile>")
def look(profile: str) -> str:
    """One profile to read before it is chosen."""
    rules_page(the_school(), signed_in())
    return render_template("privacy_rules/look.html", law=jurisdictions()[profile], form=DeskForm())


def _as_they_are(page: RulesPage) -> RulesForm:
    holds = page.now
    data = {"k_team": holds.k_team, "k_public": holds.k_public, "notice_days": holds.notice_days, "gifts": holds.gifts}
    return RulesForm(formdata=None, data={"profile": holds.jurisdiction.id, **data})
