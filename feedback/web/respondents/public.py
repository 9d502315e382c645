"""What everybody may read about a round, whether it is open or not."""

from flask import Blueprint, render_template

from feedback.operations.answers.look_first import to_look_at
from feedback.operations.answers.publish import describe
from feedback.operations.heads import latest_head
from feedback.web.place import now, the_school
from feedback.web.respondents.round_pages import languages_of, speak_the_language_of_the_address, words_of

bp = Blueprint("public", __name__)
bp.before_request(speak_the_language_of_the_address)


@bp.get("/<language>/r/<code>/about")
def about(language: str, code: str) -> str:
    """What happens to my answers?"""
    asked, state = describe(the_school(), code, language)
    # A round that waits for its sheets of paper is still open, and takes nothing more from a screen.
    is_open = state == "open" and now() < asked.closes_at
    return render_template(
        "public/about.html",
        is_open=is_open,
        languages=languages_of(asked),
        head=latest_head(the_school()),
        **words_of(asked),
    )


@bp.get("/<language>/r/<code>/questions")
def questions(language: str, code: str) -> str:
    """Every question as it will be asked, for families to look at before it is: their right to inspect."""
    asked = to_look_at(the_school(), code, language)
    return render_template("public/questions.html", languages=languages_of(asked), **words_of(asked))
