"""The schools of a district: for its own administrators, who add them, name them and choose at which they are."""

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.schools import LONGEST_NAME, add_school, is_of_district, rename_school, schools_of
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.web.forms_desk import N_, DeskForm, LineField, Needed
from feedback.web.place import now, signed_in, the_installation, the_school

bp = Blueprint("schools", __name__, url_prefix="/<language>/desk/schools")

_SENTENCES = {
    "name": N_("Please give the school a name."),
    "name_taken": N_("Another school is called that already."),
}


class SchoolForm(DeskForm):
    """What a school is called."""

    name = LineField(longest=LONGEST_NAME, validators=[Needed(_SENTENCES["name"])])


@bp.app_template_global("schools_to_choose")
def schools_to_choose() -> bool:
    """Whether this account works for several schools, so that it has to be said at which one it is."""
    return is_of_district(signed_in()) and len(schools_of(the_installation())) > 1


@bp.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """All schools, the one where this account is, and a new one."""
    _only_of_district()
    form = SchoolForm()
    if request.method == "POST":
        allow(signed_in(), Action.KEEP_SCHOOLS)
    if form.validate_on_submit() and _said(form, None):
        flash(gettext("The school is added. Its staff get their accounts next."))
        return redirect(url_for(".index"))
    page = render_template(
        "access/schools.html", form=form, schools=schools_of(the_installation()), here=the_school().only
    )
    return page, 422 if form.problems() else 200


@bp.route("/<school_id>", methods=["GET", "POST"])
def rename(school_id: str) -> ResponseReturnValue:
    """Call a school something else."""
    _only_of_district()
    allow(signed_in(), Action.KEEP_SCHOOLS)
    found = next((each for each in schools_of(the_installation()) if each.id == school_id), None) or abort(404)
    form = SchoolForm(data={"name": found.name})
    if form.validate_on_submit() and _said(form, school_id):
        flash(gettext("The school has its new name."))
        return redirect(url_for(".index"))
    return render_template("access/school.html", form=form, found=found), 422 if form.problems() else 200


@bp.post("/<school_id>/here")
def be_at(school_id: str) -> ResponseReturnValue:
    """From now on this browser is at that school."""
    _only_of_district()
    if school_id not in {each.id for each in schools_of(the_installation())}:
        abort(404)
    session["school_id"] = school_id
    return redirect(url_for("pilots.home"))


def _only_of_district() -> None:
    """To everybody else there is no such page: nobody at a school sees anything of districts."""
    if not is_of_district(signed_in()):
        abort(404)


def _said(form: SchoolForm, school_id: str | None) -> bool:
    name = form.name.data or ""
    try:
        if school_id is None:
            add_school(the_installation(), signed_in(), name, now=now())
        else:
            rename_school(the_installation(), signed_in(), school_id, name, now=now())
    except NotReady as refused:
        for code in refused.missing:
            form.blame("name", _SENTENCES[code])
        return False
    return True
