"""What we hold, and what we cannot know: for everybody in a child's words, and for the officer with how much."""

from flask import Blueprint, render_template

from feedback.i18n import Catalogue, offered
from feedback.operations.audit.what_is_held import what_is_held
from feedback.operations.heads import latest_head
from feedback.web.place import signed_in, the_school
from feedback.web.respondents.round_pages import speak_the_language_of_the_address

bp = Blueprint("held", __name__)
public = Blueprint("public_held", __name__)
public.before_request(speak_the_language_of_the_address)
bp.register_blueprint(public)


@public.get("/<language>/what-we-hold")
def everybody(language: str) -> str:  # noqa: ARG001 - it is spoken already
    """The page for everybody: no number, no cookie, nothing noted."""
    return render_template(
        "public/held.html",
        languages=offered(Catalogue.RESPONDENT),
        head=latest_head(the_school()),
        school_name=the_school().settings.school_name,
    )


@bp.get("/<language>/desk/what-we-hold")
def show() -> str:
    """The same for the desk, with every layer of this installation in bands."""
    return render_template("officer/held.html", layers=what_is_held(the_school(), signed_in()))
