"""Review: a person decides which themes are real, chooses quotes for them, and signs."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback import jobs
from feedback.i18n import gettext
from feedback.operations.errors import AlreadyReleased, NotReady
from feedback.operations.results.release import release_words
from feedback.operations.review.quality import quality_of
from feedback.operations.review.steps import undo_step
from feedback.operations.review.themes import decide_theme, make_theme, merge_themes
from feedback.operations.review.under_review import FEWEST_CORRECTIONS, Review
from feedback.web.forms_desk import DeskForm
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.review.forms_review import MergeForm, UndoForm, make_form, suggested_name, theme_form
from feedback.web.review.pages import about, find_question, find_theme, page_of, the_round, the_status, undecided

bp = Blueprint("review", __name__, url_prefix="/<language>/desk/rounds/<round_id>/review")


@bp.get("")
def show(round_id: str) -> str:
    """Each question with its themes, and what is left to decide."""
    status, review = the_round(round_id)
    return render_template(
        "review/review.html",
        questions=review.questions,
        undecided=undecided(review),
        sorted_by_hand=sum(each.sorted_by_hand for each in review.questions),
        can_follow=any(each.sorted_by_hand >= FEWEST_CORRECTIONS for each in review.questions),
        **about(status, review),
    )


@bp.post("/again")
def again(round_id: str) -> ResponseReturnValue:
    """Ask a worker to let the comments that nobody has looked at follow those that somebody has."""
    the_round(round_id)
    jobs.ask_for(the_school().settings.instance, "read-again", round_id, signed_in().id)
    flash(gettext("The others are being read again. When that is done, it stands above as the last step."))
    return redirect(url_for(".show", round_id=round_id))


@bp.route("/themes/<theme_id>", methods=["GET", "POST"])
def theme(round_id: str, theme_id: str) -> ResponseReturnValue:
    """One theme: its comments, its words, its quotes."""
    status, review = the_round(round_id)
    question, found = find_theme(review, theme_id)
    form = theme_form(found, status.instrument)
    if not form.validate_on_submit():
        page = render_template(
            "review/theme.html",
            form=form,
            question=question,
            theme=found,
            **page_of(found.comments),
            **about(status, review),
        )
        return page, 422 if form.problems() else 200
    decide_theme(
        the_school(),
        signed_in(),
        round_id,
        theme_id,
        decision=form.decision.data,
        label=form.label.data or "",
        suggested_label=suggested_name(found, status.instrument),
        now=now(),
    )
    flash(gettext("Saved."))
    return redirect(_next(review, round_id, theme_id))


@bp.post("/themes/<theme_id>/merge")
def merge(round_id: str, theme_id: str) -> ResponseReturnValue:
    """Let a theme go into another one."""
    _status, review = the_round(round_id)
    question, _found = find_theme(review, theme_id)
    into = MergeForm().into.data or ""
    merge_themes(the_school(), signed_in(), round_id, theme_id, into, now=now())
    flash(gettext("The two themes are one now."))
    target = next((each.theme.id for each in question.themes if each.theme.code == into), theme_id)
    return redirect(url_for(".theme", round_id=round_id, theme_id=target))


@bp.get("/other/<question>")
def other(round_id: str, question: str) -> str:
    """The comments of one question that no theme was found for."""
    status, review = the_round(round_id)
    found = find_question(review, question)
    return render_template("review/other.html", question=found, **page_of(found.other), **about(status, review))


@bp.post("/other/<question>/theme")
def make(round_id: str, question: str) -> ResponseReturnValue:
    """Make a theme of the comments that were ticked, wherever they stood."""
    _status, review = the_round(round_id)
    form = make_form(find_question(review, question))
    form.validate()
    ticked = set(form.comments.data or ()) & set(form.comments.choices or ())
    out_of = form.out_of.data or ""
    try:
        made = make_theme(
            the_school(),
            signed_in(),
            round_id,
            question,
            comments=ticked,
            label=form.called.data or "",
            out_of=out_of,
            now=now(),
        )
    except NotReady:
        flash(gettext("Nothing was changed: tick at least one comment, and give the new theme a name."))
        return redirect(_back(review, round_id, question, out_of))
    flash(gettext("The new theme is there."))
    return redirect(url_for(".theme", round_id=round_id, theme_id=made))


@bp.post("/undo")
def undo(round_id: str) -> ResponseReturnValue:
    """Put back what the last step changed, and go to the comment that it had sorted."""
    form = UndoForm()
    comments = undo_step(the_school(), signed_in(), round_id, form.step.data or "", now=now())
    if comments is None:
        flash(gettext("Nothing was undone: somebody did something after it."))
    else:
        flash(gettext("Undone."))
    if comments and len(comments) == 1:
        of = request.form.get("of", "")
        return redirect(url_for("review_sort.sort", round_id=round_id, comment_id=comments[0], of=of))
    return redirect(url_for(".show", round_id=round_id))


@bp.route("/sign", methods=["GET", "POST"])
def sign(round_id: str) -> ResponseReturnValue:
    """Say what will be released and what is left out for ever; then release it."""
    status, review = the_round(round_id)
    if not DeskForm().validate_on_submit():
        found = [each for question in review.questions for each in question.themes]
        accepted = [each for each in found if each.theme.decision == "accepted"]
        return render_template(
            "review/sign.html", accepted=accepted, undecided=undecided(review), **about(status, review)
        )
    release_words(the_school(), signed_in(), round_id, today=today(), now=now())
    return redirect(url_for(".show", round_id=round_id))


@bp.errorhandler(AlreadyReleased)
def released(_twice: AlreadyReleased) -> str:
    """Signed, and frozen; and how much of what the machine suggested was kept."""
    status = the_status((request.view_args or {})["round_id"])
    quality = quality_of(the_school(), signed_in(), status.round.id)
    return render_template("review/released.html", quality=quality, **about(status))


def _next(review: Review, round_id: str, theme_id: str) -> str:
    """The next theme nobody has decided about, or the list of all."""
    left = [each.theme.id for each in undecided(review) if each.theme.id != theme_id]
    return url_for(".theme", round_id=round_id, theme_id=left[0]) if left else url_for(".show", round_id=round_id)


def _back(review: Review, round_id: str, question: str, out_of: str) -> str:
    for found in find_question(review, question).themes:
        if found.theme.code == out_of:
            return url_for(".theme", round_id=round_id, theme_id=found.theme.id)
    return url_for(".other", round_id=round_id, question=question)
