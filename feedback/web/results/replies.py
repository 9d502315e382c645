"""Answering back at the desk: one card for each finding, the words, a look at them in every language, publishing."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from feedback.i18n import Catalogue, gettext, speak, speaking
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.results import replies
from feedback.operations.results.read_replies import you_said
from feedback.operations.results.replies import RoundReplies, Written, replies_of
from feedback.operations.results.reply_words import SIDES
from feedback.operations.rounds.course import RoundStatus, round_for
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.results.forms_reply import (
    OWN,
    KeptForm,
    ReplyForm,
    TranslationForm,
    chosen_in,
    chosen_of,
    in_words,
    to_choose,
    typed,
)
from feedback.web.results.reply_texts import texts_in
from feedback.web.results.summary import words_in

bp = Blueprint("replies", __name__, url_prefix="/<language>/desk")


@bp.get("/rounds/<round_id>/replies")
def show(round_id: str) -> str:
    """A card for each finding, and for each question that was answered besides."""
    status, found = _round(round_id)
    summary = found.public.summary
    findings = [each.question for each in summary.findings]
    shown = findings + [each.body.question for each in found.written if each.body.question not in findings]
    return render_template(
        "replies/replies.html",
        round=status.round,
        replies=found,
        heard=[you_said(question, summary) for question in shown],
        others=[each.question for each in summary.questions if each.question not in shown],
        choices=to_choose(language_now().code),
        OWN=OWN,
        **words_in(status.instrument),
    )


@bp.get("/rounds/<round_id>/replies/to/<question>/choose")
def choose(round_id: str, question: str) -> ResponseReturnValue:
    """Choose the sentences of one reply."""
    status, found = _round(round_id)
    if question not in {each.question for each in found.public.summary.questions}:
        raise NotFound(question)
    written = found.to(question)
    page = render_template(
        "replies/choose_one.html",
        round=status.round,
        said=you_said(question, found.public.summary),
        chosen=request.args or (chosen_in(written.body) if written else {}),
        forgotten=bool(request.args),
        choices=to_choose(language_now().code),
        OWN=OWN,
        **words_in(status.instrument),
    )
    return page, 422 if request.args else 200


@bp.route("/rounds/<round_id>/replies/to/<question>/write", methods=["GET", "POST"])
def write(round_id: str, question: str) -> ResponseReturnValue:
    """Fill the blanks of the chosen sentences, or write own words."""
    status, found = _round(round_id)
    chosen, written = chosen_of(request.args), found.to(question)
    if chosen is None:
        return redirect(url_for(".choose", round_id=round_id, question=question, **_sent()))
    filled = typed(written.body, language_now().code) if written else {"owner": status.round.pilot.owner_role}
    form = ReplyForm(data=filled)
    form.ask_only(chosen)
    if form.validate_on_submit() and _kept(form, round_id, question, written):
        if request.form.get("go") == "publish":
            return publish(round_id, question)
        return redirect(url_for(".look", round_id=round_id, question=question))
    page = render_template(
        "replies/write.html",
        form=form,
        round=status.round,
        said=you_said(question, found.public.summary),
        chosen=chosen,
        sentences={side: in_words(ready, language_now().code) for side in SIDES if (ready := chosen.of(side))},
        only=[code for code in found.languages if code != language_now().code],
        **words_in(status.instrument),
    )
    return page, 422 if form.problems() else 200


@bp.get("/rounds/<round_id>/replies/to/<question>")
def look(round_id: str, question: str) -> str:
    """One reply as people read it, language by language, and what is left to do about it."""
    status, found = _round(round_id)
    written = _written(found, question)
    spoken = request.args.get("spoken") or next(iter(written.ready or found.languages))
    if spoken not in found.languages:
        raise NotFound(spoken)
    return render_template(
        "replies/look.html",
        round=status.round,
        written=written,
        spoken=spoken,
        languages=found.languages,
        preview=_preview(status, written, spoken),
        is_free=written.body.thought.ready is None or written.body.answer.ready is None,
        chosen=chosen_in(written.body),
        kept=KeptForm(formdata=None, data={"on": today()}),
        **words_in(status.instrument),
    )


@bp.post("/rounds/<round_id>/replies/to/<question>/publish")
def publish(round_id: str, question: str) -> ResponseReturnValue:
    """Show it to everybody."""
    _, found = _round(round_id)
    try:
        replies.publish_reply(the_school(), signed_in(), _written(found, question).id, now=now())
        flash(gettext("The answer is published."))
    except NotReady:
        flash(gettext("Nobody could read this answer yet: it has no words in a language of the round."))
        return redirect(url_for(".look", round_id=round_id, question=question))
    return redirect(url_for(".show", round_id=round_id, _anchor=f"to-{question}"))


@bp.post("/rounds/<round_id>/replies/to/<question>/withdraw")
def withdraw(round_id: str, question: str) -> ResponseReturnValue:
    """Take it back."""
    _, found = _round(round_id)
    replies.withdraw_reply(the_school(), signed_in(), _written(found, question).id, now=now())
    flash(gettext("The answer is taken back."))
    return redirect(url_for(".show", round_id=round_id))


@bp.post("/rounds/<round_id>/replies/to/<question>/kept")
def keep(round_id: str, question: str) -> ResponseReturnValue:
    """What was promised is done."""
    _, found = _round(round_id)
    written, form = _written(found, question), KeptForm()
    if not form.validate_on_submit() or form.on.data is None or form.on.data > today():
        flash(gettext("Choose the day on which it was done, today or earlier."))
    else:
        replies.keep_reply(the_school(), signed_in(), written.id, on=form.on.data, now=now())
        flash(gettext("Done. People can read that you kept your word."))
    return redirect(url_for(".look", round_id=round_id, question=question))


@bp.route("/rounds/<round_id>/replies/to/<question>/translate/<spoken>", methods=["GET", "POST"])
def translate(round_id: str, question: str, spoken: str) -> ResponseReturnValue:
    """Own words in one more language of the round."""
    status, found = _round(round_id)
    written = _written(found, question)
    if spoken not in found.languages:
        raise NotFound(spoken)
    free = {side: getattr(written.body, side) for side in SIDES if getattr(written.body, side).ready is None}
    drafted = any(spoken in said.drafted for said in free.values())
    form = TranslationForm(data={side: said.free.get(spoken, "") for side, said in free.items()})
    if form.validate_on_submit():
        texts = {side: form[side].data or "" for side in free}
        replies.translate_reply(
            the_school(), signed_in(), written.id, spoken, texts, by_machine=form.by_machine.data, now=now()
        )
        flash(gettext("The text is saved."))
        return redirect(url_for(".look", round_id=round_id, question=question, spoken=spoken))
    page = render_template(
        "replies/translate.html",
        form=form,
        round=status.round,
        written=written,
        spoken=spoken,
        free=free,
        drafted=drafted,
        **words_in(status.instrument),
    )
    return page, 422 if form.problems() else 200


@bp.get("/rounds/<round_id>/replies/texts")
@bp.get("/rounds/<round_id>/replies/texts/<spoken>")
def texts(round_id: str, spoken: str = "") -> str:
    """A short and a long text that lead to the answers, to copy into the school's own channels."""
    status, found = _round(round_id)
    spoken = spoken or next(iter(found.languages))
    if spoken not in found.languages:
        raise NotFound(spoken)
    short, long = texts_in(status, found, spoken)
    return render_template(
        "replies/texts.html",
        round=status.round,
        spoken=spoken,
        languages=found.languages,
        short=short,
        long=long,
        is_answered=any(each.is_public for each in found.written),
    )


def _round(round_id: str) -> tuple[RoundStatus, RoundReplies]:
    found = replies_of(the_school(), signed_in(), round_id)
    return round_for(the_school(), signed_in(), round_id, Action.REPLY), found


def _sent() -> dict[str, Any]:
    """What was chosen so far, to be chosen anew; something, also where nothing was."""
    return {side: request.args.get(side, "") for side in SIDES}


def _written(found: RoundReplies, question: str) -> Written:
    written = found.to(question)
    if written is None:
        raise NotFound(question)
    return written


def _kept(form: ReplyForm, round_id: str, question: str, written: Written | None) -> bool:
    new = form.reply(question, language_now().code)
    try:
        if written is None:
            replies.write_reply(the_school(), signed_in(), round_id, new, now=now())
        else:
            replies.change_reply(the_school(), signed_in(), written.id, new, now=now())
    except NotReady as refused:
        form.blame_missing(refused.missing)
        return False
    return True


def _preview(status: RoundStatus, written: Written, spoken: str) -> Markup | None:
    """The reply as the public page shows it; None where it has no words in this language."""
    line, desk = written.lines.get(spoken), language_now().code
    if line is None:
        return None
    with speaking(spoken, Catalogue.RESPONDENT):
        page = render_template("public/reply.html", line=line, other=None, **words_in(status.instrument))
    speak(desk, Catalogue.STAFF)
    return Markup(page)  # noqa: S704 - a page of our own, which escaped everything in it
