"""A class tries questions out: one question a page, three large buttons, a line for its own words. Nobody signs in.

The questions' own fields are there to be tried, and what is typed into them is never read.
"""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import translations_now
from feedback.operations.errors import NotReady
from feedback.operations.workshop.class_session import LONGEST_IDEA, AtTheClass, come_to_class, say_of_item
from feedback.spoken import language_now
from feedback.web.place import the_school
from feedback.web.respondents.round_pages import speak_the_language_of_the_address
from forms.builder import build_form, field_name

bp = Blueprint("class_session", __name__)
bp.before_request(speak_the_language_of_the_address)

_ADDRESS = "/<language>/try/<code>"


@bp.get(_ADDRESS)
def begin(language: str, code: str) -> str:
    """What this is about; or, once it is over, what became of the class's ideas."""
    at = come_to_class(the_school(), code, language)
    return render_template("class_session/over.html" if at.is_over else "class_session/begin.html", **_facts(at))


@bp.route(_ADDRESS + "/<int:number>", methods=["GET", "POST"])
def item(language: str, code: str, number: int) -> ResponseReturnValue:
    """Question `number` of the session; after the last one comes the page for a question of the class's own."""
    at = come_to_class(the_school(), code, language)
    questions = at.instrument.questions
    if at.is_over:
        return redirect(url_for(".begin", language=language, code=code), 303)
    if not 1 <= number <= len(questions) + 1:
        abort(404)
    about = questions[number - 1] if number <= len(questions) else None
    if request.method == "GET":
        return _page(at, number, about)
    idea, mark = request.form.get("idea", ""), request.form.get("mark", "")
    try:
        if about is not None or idea.strip():
            say_of_item(the_school(), at, about.id if about else "", mark=mark if about else "", idea=idea)
    except NotReady as refused:
        return _page(at, number, about, problem=refused.missing[0], idea=idea), 422
    if about is None:
        return redirect(url_for(".thank", language=language, code=code), 303)
    return redirect(url_for(".item", language=language, code=code, number=number + 1), 303)


@bp.get(_ADDRESS + "/thanks")
def thank(language: str, code: str) -> str:
    """Thank you, and where to see what becomes of the ideas."""
    return render_template("class_session/thanks.html", **_facts(come_to_class(the_school(), code, language)))


def _page(at: AtTheClass, number: int, about: object, problem: str = "", idea: str = "") -> str:
    facts = _facts(at) | {"number": number, "problem": problem, "idea": idea, "longest": LONGEST_IDEA}
    if about is None:
        return render_template("class_session/besides.html", **facts)
    question = at.instrument.questions[number - 1]
    form = build_form(at.instrument, language_now().code, questions=[question.id], translations=translations_now())()
    return render_template("class_session/item.html", question=question, field=form[field_name(question.id)], **facts)


def _facts(at: AtTheClass) -> dict[str, object]:
    instrument = at.instrument
    return {
        "at": at,
        "instrument": instrument,
        "languages": list(instrument.languages),
        "school_name": at.school_name,
        "audience_class": f"ages-{instrument.ages}" if instrument.ages else instrument.audience,
    }
