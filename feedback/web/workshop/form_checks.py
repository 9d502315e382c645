"""What the checker says of a draft, what may stand all the same, and the privacy officer's list of protected topics."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from feedback.i18n import gettext
from feedback.operations.errors import NotFound
from feedback.operations.workshop.drafts import draft_for
from feedback.operations.workshop.form_checks import (
    LONGEST_REASON,
    Checked,
    CheckedForm,
    checked_draft,
    checked_for,
    checked_for_officer,
    decide,
)
from feedback.privacy.permissions import Action, reach
from feedback.spoken import language_now
from feedback.web.forms_desk import N_, DeskForm, Needed, WordsField
from feedback.web.place import now, signed_in, the_school
from feedback.web.workshop.draft_places import page_of
from forms.texts import texts_of
from forms.wording import say

bp = Blueprint("form_checks", __name__, url_prefix="/<language>/desk")


class DecisionForm(DeskForm):
    """May it stand, and why?"""

    verdict = RadioField(
        choices=list[Any](("allowed", "refused")), validators=[Needed(N_("Say whether it may stand."))]
    )
    reason = WordsField(longest=LONGEST_REASON, validators=[Needed(N_("Say why: it is kept beside the form."))])


@bp.get("/forms/<draft_id>/check")
def show(draft_id: str) -> str:
    """All remarks on a draft, in the language it is written in; in all others too where `all` asks for them."""
    form = checked_draft(the_school(), signed_in(), draft_id, every_language="all" in request.args)
    draft = draft_for(the_school(), signed_in(), draft_id).draft
    facts = {"draft": draft, "draft_id": draft_id, "about": _about(form), "told": _told, "page_of": page_of}
    return render_template("workshop/check.html", form=form, **facts)


@bp.get("/topics")
def topics() -> str:
    """Every draft with protected topics, for the privacy officer."""
    forms = checked_for_officer(the_school(), signed_in(), spoken=language_now().code)
    facts = [(form, _about(form)) for form in forms]
    return render_template("workshop/topics.html", forms=facts, told=_told)


@bp.route("/forms/<draft_id>/check/<digest>", methods=["GET", "POST"])
def decide_one(draft_id: str, digest: str) -> ResponseReturnValue:
    """One remark: may it stand, and why?"""
    checked, found = _find(draft_id, digest)
    form = DecisionForm(data={"verdict": found.verdict or None, "reason": found.reason})
    back = url_for(".topics") if found.remark.needs_officer else _page_of(checked, found)
    if form.validate_on_submit():
        allowed, reason = form.verdict.data == "allowed", form.reason.data or ""
        decide(the_school(), signed_in(), draft_id, digest, allowed=allowed, reason=reason, now=now())
        flash(gettext("The decision is kept beside the form. It holds as long as the words stay as they are."))
        return redirect(back)
    page = render_template(
        "workshop/decide_check.html", form=form, found=found, back=back, about=_about(checked), told=_told
    )
    return page, 422 if form.problems() else 200


def _find(draft_id: str, digest: str) -> tuple[CheckedForm, Checked]:
    """The remark, for whoever may decide about it."""
    if not reach(Action.DECIDE_TOPICS, signed_in().roles):
        return checked_for(the_school(), signed_in(), draft_id, digest)
    for form in checked_for_officer(the_school(), signed_in(), spoken=language_now().code):
        for found in form.remarks:
            if (form.draft_id, found.remark.digest) == (draft_id, digest):
                return form, found
    raise NotFound(digest)


def _page_of(checked: CheckedForm, found: Checked) -> str:
    """The page that has the remark: those on translations stand only where all languages are checked."""
    of_translation = found.remark.language not in ("", checked.data["languages"][0])
    return url_for(".show", draft_id=checked.draft_id, all=1 if of_translation else None)


def _told(found: Checked) -> tuple[str, str]:
    """What is wrong and what to do, in the language of the page."""
    return found.remark.told(gettext)


def _about(form: CheckedForm) -> dict[str, tuple[str, str]]:
    """Key of a text, or "items/ID" -> the words it is about, with their language."""
    spoken = language_now().code
    found = {}
    for text in texts_of(form.data):
        if text.words:
            found[text.key] = say(text.words, spoken)
            if text.item and text.field == "text":
                found[f"items/{text.item}"] = say(text.words, spoken)
    return found
