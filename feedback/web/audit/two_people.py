"""What needs two people: what waits for this account's yes, and what it asked for itself."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations import two_people
from feedback.web.forms_desk import DeskForm
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("two_people", __name__, url_prefix="/<language>/desk/agreements")


@bp.app_template_filter("deed_words")
def deed_words(deed: two_people.Deed) -> str:
    """What needs the second person."""
    return gettext(two_people.DEED_NAMES[deed])


@bp.get("/")
def show() -> str:
    """The list; nobody is refused it, and everybody sees only what concerns them."""
    found = two_people.open_requests(the_school(), signed_in(), now=now())
    return render_template("officer/two_people.html", found=found, form=DeskForm(), holds=two_people.DAYS_IT_HOLDS)


@bp.post("/<approval_id>/yes")
def agree(approval_id: str) -> ResponseReturnValue:
    """Say yes to what somebody else asked for."""
    two_people.agree(the_school(), signed_in(), approval_id, now=now())
    flash(gettext("You said yes. Whoever asked can do it now."))
    return redirect(url_for(".show"))


@bp.post("/<approval_id>/no")
def decline(approval_id: str) -> ResponseReturnValue:
    """Say no."""
    two_people.decline(the_school(), signed_in(), approval_id, now=now())
    flash(gettext("You said no. Nothing is done."))
    return redirect(url_for(".show"))


@bp.post("/<approval_id>/back")
def withdraw(approval_id: str) -> ResponseReturnValue:
    """Take back what one asked for."""
    two_people.withdraw(the_school(), signed_in(), approval_id, now=now())
    flash(gettext("You took it back. Nothing is done."))
    return redirect(url_for(".show"))
