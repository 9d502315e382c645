"""Review, comment by comment: what each is about, how it is meant, and whether it may be quoted."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.passages import word_count
from analysis.theme_codes import OTHER
from feedback.i18n import gettext
from feedback.operations.review.heard import Heard
from feedback.operations.review.sort import MOST_QUOTES, drop_quote, quote_comment, sort_comment
from feedback.operations.review.under_review import QuestionInReview
from feedback.web.place import now, signed_in, the_school
from feedback.web.review.forms_review import NO, QuoteForm, sort_form
from feedback.web.review.pages import about, find_comment, find_theme, the_round

bp = Blueprint("review_sort", __name__, url_prefix="/<language>/desk/rounds/<round_id>/review")


@bp.route("/comments/<comment_id>", methods=["GET", "POST"])
def sort(round_id: str, comment_id: str) -> ResponseReturnValue:
    """One comment with all themes; saving goes on to the next one of the list that `of` names."""
    status, review = the_round(round_id)
    question, comment = find_comment(review, comment_id)
    form, row = sort_form(question, comment), _row(question)
    if not form.validate_on_submit():
        place = [each.id for each in row].index(comment_id) if comment in row else -1
        page = render_template(
            "review/comment.html",
            form=form,
            question=question,
            comment=comment,
            came_from=_came_from(),
            before=row[place - 1] if place > 0 else None,
            after=row[place + 1] if 0 <= place < len(row) - 1 else None,
            done=sum(each.by_hand for each in row),
            of=len(row),
            back=_list(round_id, question),
            **about(status, review),
        )
        return page, 422 if form.problems() else 200
    sort_comment(
        the_school(),
        signed_in(),
        round_id,
        comment_id,
        themes=form.themes.data or (),
        mood=form.mood.data,
        now=now(),
    )
    return redirect(_next(round_id, question, row, comment_id))


@bp.route("/themes/<theme_id>/quotes/<comment_id>", methods=["GET", "POST"])
def quote(round_id: str, theme_id: str, comment_id: str) -> ResponseReturnValue:
    """Quote a comment: worded as it shall be shown, after the question whether a classmate could tell who."""
    status, review = the_round(round_id)
    question, found = find_theme(review, theme_id)
    comment = next((each for each in found.comments if each.id == comment_id), None) or abort(404)
    form = QuoteForm(data={"wording": found.worded(comment)})
    full = len(found.quoted) >= MOST_QUOTES and comment not in found.quoted
    if full or not form.validate_on_submit():
        page = render_template(
            "review/quote.html",
            form=form,
            question=question,
            theme=found,
            comment=comment,
            full=full,
            words=word_count(form.wording.data or ""),
            **about(status, review),
        )
        return page, 422 if form.problems() else 200
    quote_comment(
        the_school(),
        signed_in(),
        round_id,
        theme_id,
        comment_id,
        wording=form.wording.data or "",
        could_tell=form.could_tell.data != NO,
        now=now(),
    )
    flash(gettext("It will be quoted."))
    return redirect(url_for("review.theme", round_id=round_id, theme_id=theme_id))


@bp.post("/themes/<theme_id>/quotes/<comment_id>/drop")
def drop(round_id: str, theme_id: str, comment_id: str) -> ResponseReturnValue:
    """Quote a comment no longer."""
    drop_quote(the_school(), signed_in(), round_id, theme_id, comment_id, now=now())
    flash(gettext("It will not be quoted."))
    return redirect(url_for("review.theme", round_id=round_id, theme_id=theme_id))


def _came_from() -> str:
    return request.values.get("of", "")


def _row(question: QuestionInReview) -> tuple[Heard, ...]:
    """The comments of the list that the page was opened from."""
    found = (each.comments for each in question.themes if each.theme.id == _came_from())
    return next(found, question.other)


def _list(round_id: str, question: QuestionInReview) -> str:
    if _came_from() in {each.theme.id for each in question.themes}:
        return url_for("review.theme", round_id=round_id, theme_id=_came_from())
    return url_for("review.other", round_id=round_id, question=question.question)


def _next(round_id: str, question: QuestionInReview, row: tuple[Heard, ...], comment_id: str) -> str:
    """The next comment of the list that nobody has looked at, or the list again."""
    ids = [each.id for each in row]
    after = row[ids.index(comment_id) + 1 :] if comment_id in ids else row
    left = [each.id for each in (*after, *row) if not each.by_hand and each.id != comment_id]
    if left:
        return url_for(".sort", round_id=round_id, comment_id=left[0], of=_came_from() or OTHER)
    flash(gettext("That was the last one of these."))
    return _list(round_id, question)
