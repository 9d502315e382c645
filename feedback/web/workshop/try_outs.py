"""Class try-outs at the desk: start one, read what the class said, say what becomes of its ideas."""

from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.workshop.drafts import draft_for
from feedback.operations.workshop.try_outs import TryOutSession, decide_idea, end_try_out, sessions_of, start_try_out
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school
from feedback.web.workshop.forms_try_outs import IdeaForm, TryOutForm, blame
from forms.draft import items_of
from forms.wording import say

bp = Blueprint("try_outs", __name__, url_prefix="/<language>/desk/forms")

_QUIET = ("notice",)


@bp.route("/<draft_id>/try-outs", methods=["GET", "POST"])
def show(draft_id: str) -> ResponseReturnValue:
    """All sessions of this form, and the form that starts another one."""
    seen = draft_for(the_school(), signed_in(), draft_id)
    questions = {item["id"]: item for item in items_of(seen.data) if item.get("type") not in _QUIET}
    form = TryOutForm()
    form.offer(list(questions))
    if form.validate_on_submit():
        try:
            chosen = form.items.data or []
            start_try_out(the_school(), signed_in(), draft_id, label=form.label.data or "", items=chosen, now=now())
            flash(gettext("The try-out is open. Give the class its address."))
            return redirect(url_for(".show", draft_id=draft_id))
        except NotReady as refused:
            blame(form, refused.missing)
    labels = {id_: _told(item) for id_, item in questions.items()}
    return _page(draft_id, form=form, labels=labels), 422 if form.problems() else 200


@bp.post("/<draft_id>/try-outs/<try_out_id>/end")
def end(draft_id: str, try_out_id: str) -> ResponseReturnValue:
    """The class has finished."""
    end_try_out(the_school(), signed_in(), try_out_id, now=now())
    flash(gettext("The try-out is over. Say below what becomes of each idea: the class can read it."))
    return redirect(url_for(".show", draft_id=draft_id))


@bp.route("/<draft_id>/try-outs/ideas/<idea_id>", methods=["GET", "POST"])
def decide(draft_id: str, idea_id: str) -> ResponseReturnValue:
    """Used or not used, and why."""
    session, idea = _idea(draft_id, idea_id)
    form = IdeaForm(data={"used": {"used": "yes", "not_used": "no"}.get(idea.state), "reason": idea.reason})
    if form.validate_on_submit():
        used, reason = form.used.data == "yes", form.reason.data or ""
        decide_idea(the_school(), signed_in(), idea_id, used=used, reason=reason, now=now())
        flash(gettext("The class can read what became of its idea."))
        return redirect(url_for(".show", draft_id=draft_id) + f"#session-{session.row.id}")
    seen = draft_for(the_school(), signed_in(), draft_id)
    facts = {"seen": seen, "draft": seen.draft, "draft_id": draft_id, "session": session, "idea": idea}
    page = render_template("workshop/idea.html", form=form, **facts)
    return page, 422 if form.problems() else 200


@bp.get("/<draft_id>/try-outs/<try_out_id>/qr.svg")
def qr(draft_id: str, try_out_id: str) -> Response:
    """The session's address as a QR code."""
    found = [each for each in sessions_of(the_school(), signed_in(), draft_id) if each.row.id == try_out_id]
    if not found:
        abort(404)
    drawn = BytesIO()
    # White around and behind, also on a dark page: many readers of QR codes need it.
    segno.make_qr(address_of(found[0]), error="m").save(
        drawn, kind="svg", scale=8, border=4, light="#fff", omitsize=True
    )
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


def address_of(session: TryOutSession) -> str:
    """Where the class goes, in the form's own language."""
    spoken = session.instrument.languages[0]
    path = url_for("class_session.begin", language=spoken, code=session.row.code)
    return the_school().settings.public_address.rstrip("/") + path


def _page(draft_id: str, **facts: Any) -> str:
    seen = draft_for(the_school(), signed_in(), draft_id)
    about = {"seen": seen, "draft": seen.draft, "draft_id": draft_id, "address_of": address_of}
    sessions = sessions_of(the_school(), signed_in(), draft_id)
    return render_template("workshop/try_outs.html", sessions=sessions, **about, **facts)


def _idea(draft_id: str, idea_id: str) -> tuple[TryOutSession, Any]:
    for session in sessions_of(the_school(), signed_in(), draft_id):
        for idea in (*session.besides, *(idea for tried in session.tried for idea in tried.ideas)):
            if idea.id == idea_id:
                return session, idea
    raise NotFound(idea_id)


def _told(item: dict[str, Any]) -> tuple[str, str]:
    words = item.get("text") or {}
    return say(words, language_now().code) if words else (str(item["id"]), "en")
