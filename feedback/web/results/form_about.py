"""About a form that can be asked: whom it is for, what it asks, and a sample of its report with made-up answers."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from feedback.operations.results.read_release import headline_cells
from feedback.operations.rounds.about_form import about_form
from feedback.web.forms_desk import DeskForm, WholeNumberField
from feedback.web.place import signed_in, the_school
from feedback.web.results.summary import words_in

bp = Blueprint("form_about", __name__, url_prefix="/<language>/desk/forms/about")

#: How many are in the class of the sample report, where nobody typed a number.
_CLASS = 24
_MOST = 500


class PeopleForm(DeskForm):
    """How many are asked?"""

    people = WholeNumberField(least=1, most=_MOST)


@bp.get("/<name>")
def show(name: str) -> ResponseReturnValue:
    """The form in words, and its report had one class of so many been asked."""
    # Nothing is changed by looking, so no token is needed, and the address can be kept.
    form = PeopleForm(request.args or None, data={"people": _CLASS}, meta={"csrf": False})
    is_right = not request.args or form.validate()
    about = about_form(the_school(), signed_in(), name, people=form.people.data or _CLASS)
    page = render_template(
        "form_about/show.html",
        form=form,
        about=about,
        instrument=about.instrument,
        report=about.report,
        summary=about.report.summary,
        headlines=headline_cells(about.report.summary),
        # Nothing to advise: nobody has said anything.
        next_steps={},
        **words_in(about.instrument),
    )
    return page, 200 if is_right else 422
