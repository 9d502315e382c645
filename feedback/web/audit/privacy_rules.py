"""Whose law the school goes by, in plain words with its sources; the officer chooses, and milder rules need two."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.rules import PROFILE_NAMES, Choice, RulesPage, choice_asked_for, choose_rules, rules_page
from feedback.operations.staff import allow
from feedback.operations.two_people import agree, decline, withdraw
from feedback.privacy.jurisdictions import jurisdictions
from feedback.privacy.permissions import Action
from feedback.web.place import now, signed_in, the_school
from feedback.web.rounds.forms_rules import RulesForm

bp = Blueprint("privacy_rules", __name__, url_prefix="/<language>/desk/profile")


@bp.app_template_filter("profile_words")
def profile_words(profile: str) -> str:
    """What a set of rules is called."""
    return gettext(PROFILE_NAMES[profile])


@bp.get("")
def show() -> str:
    """The rules that hold, and what waits for a second person."""
    page = rules_page(the_school(), signed_in(), now=now())
    return _page(page, _as_they_are(page))


@bp.post("")
def choose() -> ResponseReturnValue:
    """Let other rules hold; milder ones wait for somebody else."""
    allow(signed_in(), Action.CHOOSE_RULES)
    page, form = rules_page(the_school(), signed_in(), now=now()), RulesForm()
    if form.validate():
        try:
            return _chosen(form.choice(), form.reason.data or "")
        except NotReady as refused:
            form.blame_rules(refused.missing)
    return _page(page, form), 422


@bp.post("/asked/<approval_id>/<any(yes, no, back, do):answer>")
def answer(approval_id: str, answer: str) -> ResponseReturnValue:
    """The second person's yes or no; and whoever asked takes it back, or does what was agreed to."""
    if answer == "do":
        return _chosen(choice_asked_for(the_school(), signed_in(), approval_id, now=now()))
    {"yes": agree, "no": decline, "back": withdraw}[answer](the_school(), signed_in(), approval_id, now=now())
    return redirect(url_for(".show"))


@bp.get("/<any(" + ", ".join(f"'{name}'" for name in jurisdictions()) + "):profile>")
def look(profile: str) -> str:
    """One profile to read before it is chosen."""
    rules_page(the_school(), signed_in(), now=now())
    return render_template("privacy_rules/look.html", law=jurisdictions()[profile])


def _page(page: RulesPage, form: RulesForm) -> str:
    return render_template("privacy_rules/show.html", page=page, form=form, laws=jurisdictions())


def _chosen(choice: Choice, reason: str = "") -> ResponseReturnValue:
    if choose_rules(the_school(), signed_in(), choice, reason=reason, now=now()):
        flash(gettext("These rules hold from now on. Forms wait for your yes under them."))
    else:
        flash(gettext("These rules ask for less than before. They wait for the yes of a second person."))
    return redirect(url_for(".show"))


def _as_they_are(page: RulesPage) -> RulesForm:
    holds = page.now
    data = {"k_team": holds.k_team, "k_public": holds.k_public, "notice_days": holds.notice_days, "gifts": holds.gifts}
    return RulesForm(formdata=None, data={"profile": holds.jurisdiction.id, **data})
