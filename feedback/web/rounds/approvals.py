"""What awaits the officer's yes for this school year: every version that can be asked, with what was decided of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.rounds.family_notices import Given, give_year_notice
from feedback.operations.rounds.form_approvals import Approvals, ToApprove, approvals_of, approve_forms
from feedback.operations.workshop.form_checks import Checked, remarks_of
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.rounds.forms_rules import ApproveForm, NoticeForm
from feedback.web.rounds.notice_words import year_notice_words

bp = Blueprint("approvals", __name__, url_prefix="/<language>/desk/approvals")


@bp.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """The list; one press says yes to all that are ticked."""
    found = approvals_of(the_school(), signed_in(), now=now())
    form = ApproveForm()
    form.keys.offer(each.key for each in found.forms if not each.is_approved)
    if "all" in request.form:
        form.keys.data = list(form.keys.choices or [])
    if form.validate_on_submit():
        approve_forms(the_school(), signed_in(), form.keys.data or [], now=now())
        flash(gettext("Your yes is kept. These forms may be asked this school year."))
        return redirect(url_for(".index"))
    if not form.is_submitted():
        form.keys.data = [each.key for each in found.forms if each.waits and not each.is_approved]
    page = render_template("approvals/index.html", form=form, found=found)
    return page, 422 if form.problems() else 200


@bp.get("/<key>")
def version(key: str) -> str:
    """One version: what the checker found, what was decided, and the notice to all families of the year."""
    return _page(key, NoticeForm(formdata=None, data={"given_on": today()}))


@bp.post("/<key>/notice")
def notice(key: str) -> ResponseReturnValue:
    """All families were told of this form for the whole school year."""
    _found, one = _one(key)
    form = NoticeForm()
    form.languages.offer(one.instrument.languages)
    if form.validate():
        words = year_notice_words(one.instrument, form.languages.data or [])
        try:
            given = Given(form.given_on.data or today(), form.channel.data, words)
            give_year_notice(the_school(), signed_in(), key, given, now=now())
            return redirect(url_for(".version", key=key))
        except NotReady as refused:
            form.blame_notice(refused.missing)
    return _page(key, form), 422


def _page(key: str, form: NoticeForm) -> str:
    found, one = _one(key)
    form.languages.offer(one.instrument.languages)
    remarks = remarks_of(the_school(), one.instrument)
    facts = {"form": form, "found": found, "one": one, "remarks": remarks, "told": told}
    return render_template("approvals/version.html", spoken=language_now().code, **facts)


def told(found: Checked) -> tuple[str, str]:
    """What is wrong and what to do, in the language of the page."""
    return found.remark.told(gettext)


def _one(key: str) -> tuple[Approvals, ToApprove]:
    found = approvals_of(the_school(), signed_in(), now=now())
    for each in found.forms:
        if each.key == key:
            return found, each
    raise NotFound(key)
