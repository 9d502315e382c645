"""The question bank: finding a question by its words, its goal, whom it is for, its language and how it is answered."""

import json

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import Catalogue, gettext, offered
from feedback.operations.errors import DraftChanged, NotFound, NotReady
from feedback.operations.workshop.copy_question import copy_question
from feedback.operations.workshop.drafts import draft_for, drafts_of
from feedback.operations.workshop.question_bank import MOST_SHOWN, Wanted, search
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school
from feedback.web.workshop.forms_versions import CopyForm
from forms.questions import QUESTION_TYPES

bp = Blueprint("bank", __name__, url_prefix="/<language>/desk/forms/bank")

AGES = ("6-8", "9-11", "12-14", "15-18")
GOALS = ("engagement", "equity", "achievement")
AUDIENCES = ("students", "families", "staff")
#: Letters of what is looked for.
_LONGEST = 100


@bp.get("/")
def show() -> str:
    """What is looked for, and what is found, with where it is asked."""
    wanted = _wanted()
    found = search(the_school(), signed_in(), wanted)
    return render_template(
        "workshop/bank.html",
        wanted=wanted,
        found=found[:MOST_SHOWN],
        number=len(found),
        languages=offered(Catalogue.RESPONDENT),
        goals=GOALS,
        ages=AGES,
        audiences=AUDIENCES,
        types=tuple(QUESTION_TYPES),
        drafts=[(draft.id, _title(draft.body) or draft.name) for draft in drafts_of(the_school(), signed_in())],
        form=CopyForm(),
    )


@bp.post("/copy")
def copy() -> ResponseReturnValue:
    """Take a question into a draft."""
    form = CopyForm()
    draft_id, place, question = (str(field.data or "") for field in (form.draft, form.source, form.question))
    draft = draft_for(the_school(), signed_in(), draft_id).draft
    if not form.validate_on_submit():
        raise NotFound(place)
    try:
        copy_question(the_school(), signed_in(), draft_id, place, question, revision=draft.revision, now=now())
    except DraftChanged:
        flash(gettext("Somebody changed the draft just then. Nothing was copied: try it again."))
        return redirect(url_for(".show"))
    except NotReady as refused:
        flash(_told(refused.missing[0]))
        return redirect(url_for(".show"))
    flash(gettext("The question is at the end of your draft."))
    page = "editor.show" if "editor.show" in current_app.view_functions else "versions.show"
    return redirect(url_for(page, draft_id=draft_id))


def _title(body: str) -> str:
    """What a draft is called, in the language it is written in."""
    return str(next(iter((json.loads(body).get("title") or {}).values()), ""))


def _told(code: str) -> str:
    if code == "no_words":
        return gettext("This question has no words in the language of your draft. Nothing was copied.")
    if code == "too_large":
        return gettext("Your draft is as large as a form can be. Nothing was copied.")
    return gettext("Your draft has no part to put a question in. Add one first.")


def _wanted() -> Wanted:
    """What the address asks for; what is on no list is anything."""
    asked = request.args
    lists = {"goal": GOALS, "ages": AGES, "audience": AUDIENCES, "type": tuple(QUESTION_TYPES)}
    chosen = {name: asked.get(name, "") if asked.get(name) in values else "" for name, values in lists.items()}
    here = language_now().code
    spoken = asked.get("in", here)
    language = spoken if spoken in offered(Catalogue.RESPONDENT) else here
    return Wanted(language=language, words=asked.get("words", "")[:_LONGEST].strip(), **chosen)
