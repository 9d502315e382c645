"""Review: a person reads what people wrote, accepts themes, chooses quotes and signs."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.disclosure import people_band
from analysis.summary import People, Reader
from feedback.i18n import gettext
from feedback.operations.errors import AlreadyReleased
from feedback.operations.release import release_words
from feedback.operations.review import (
    MOST_QUOTES,
    OTHER,
    QuestionInReview,
    ThemeInReview,
    decide_theme,
    move_comment,
    review_of,
    sign_by,
)
from feedback.operations.rounds import RoundStatus, round_for
from feedback.privacy.permissions import Action
from feedback.web.forms_desk import DeskForm
from feedback.web.forms_review import MoveForm, theme_form, theme_words
from feedback.web.place import now, signed_in, the_school, today

bp = Blueprint("review", __name__, url_prefix="/<language>/desk/rounds/<round_id>/review")

#: Comments on one page. Their order is that of random ids, so the first pages are a sample.
_A_PAGE = 20


@bp.get("")
def show(round_id: str) -> str:
    """Each question with its themes, and what is left to decide."""
    status, questions = _round(round_id)
    return render_template("review/review.html", questions=questions, undecided=_undecided(questions), **_about(status))


@bp.route("/themes/<theme_id>", methods=["GET", "POST"])
def theme(round_id: str, theme_id: str) -> ResponseReturnValue:
    """One theme: its comments, its words, its quotes. Turning the page saves as well."""
    status, questions = _round(round_id)
    question, found = _find(questions, theme_id)
    form = theme_form(found, status.instrument)
    if not form.validate_on_submit():
        page = render_template(
            "review/theme.html", form=form, question=question, theme=found, **_page(found.comments), **_about(status)
        )
        return page, 422 if form.problems() else 200
    decide_theme(
        the_school(),
        signed_in(),
        theme_id,
        decision=form.decision.data,
        label=form.label.data or "",
        quotes=form.quotes.data or (),
        now=now(),
    )
    flash(gettext("Saved."))
    return redirect(_next(questions, round_id, theme_id))


@bp.get("/other/<question>")
def other(round_id: str, question: str) -> str:
    """The comments of one question that no theme was found for."""
    status, questions = _round(round_id)
    found = next((each for each in questions if each.question == question and not each.too_few), None) or abort(404)
    return render_template("review/other.html", question=found, **_page(found.other), **_about(status))


@bp.post("/comments/<comment_id>")
def move(round_id: str, comment_id: str) -> ResponseReturnValue:
    """Say that a comment belongs to another theme, and go back to where it was."""
    _round(round_id)
    move_comment(the_school(), signed_in(), comment_id, MoveForm().theme.data or "", now=now())
    flash(gettext("The comment was moved."))
    theme_id = request.form.get("from", "")
    if theme_id:
        return redirect(url_for(".theme", round_id=round_id, theme_id=theme_id))
    return redirect(url_for(".show", round_id=round_id))


@bp.route("/sign", methods=["GET", "POST"])
def sign(round_id: str) -> ResponseReturnValue:
    """Say what will be released and what is left out for ever; then release it."""
    status, questions = _round(round_id)
    if not DeskForm().validate_on_submit():
        accepted = [each for question in questions for each in question.themes if each.theme.decision == "accepted"]
        undecided = _undecided(questions)
        return render_template("review/sign.html", accepted=accepted, undecided=undecided, **_about(status))
    release_words(the_school(), signed_in(), round_id, today=today(), now=now())
    return redirect(url_for(".show", round_id=round_id))


@bp.errorhandler(AlreadyReleased)
def released(_twice: AlreadyReleased) -> str:
    """Signed, and frozen."""
    status = round_for(the_school(), signed_in(), (request.view_args or {})["round_id"], Action.REVIEW_COMMENTS)
    return render_template("review/released.html", **_about(status))


def _round(round_id: str) -> tuple[RoundStatus, tuple[QuestionInReview, ...]]:
    status = round_for(the_school(), signed_in(), round_id, Action.REVIEW_COMMENTS)
    return status, review_of(the_school(), signed_in(), round_id)


def _about(status: RoundStatus) -> dict[str, object]:
    last_day = sign_by(the_school(), status.round)
    return {
        "sign_by": last_day,
        "over": today() > last_day,
        "round": status.round,
        "instrument": status.instrument,
        "by_size": _by_size,
        "can_be_shown": _can_be_shown,
        "theme_words": partial(theme_words, instrument=status.instrument),
        "MOST_QUOTES": MOST_QUOTES,
        "OTHER": OTHER,
    }


def _find(questions: tuple[QuestionInReview, ...], theme_id: str) -> tuple[QuestionInReview, ThemeInReview]:
    both = ((question, found) for question in questions for found in question.themes if found.theme.id == theme_id)
    return next(both, None) or abort(404)


def _page(comments: tuple[object, ...]) -> dict[str, object]:
    last = max(1, -(-len(comments) // _A_PAGE))
    at = min(max(request.args.get("page", 1, type=int), 1), last)
    return {"at": at, "last": last, "here": comments[(at - 1) * _A_PAGE : at * _A_PAGE]}


def _undecided(questions: tuple[QuestionInReview, ...]) -> list[ThemeInReview]:
    return [
        each
        for question in questions
        for each in _by_size(question)
        if each.theme.decision == "suggested" and _can_be_shown(each)
    ]


def _by_size(question: QuestionInReview) -> list[ThemeInReview]:
    return sorted(question.themes, key=lambda each: -len(each.comments))


def _can_be_shown(found: ThemeInReview) -> bool:
    """Whether enough people wrote about it for the team to hear of it; the release decides again."""
    return isinstance(people_band(len(found.comments), reader=Reader.TEAM), People)


def _next(questions: tuple[QuestionInReview, ...], round_id: str, theme_id: str) -> str:
    """The page that was turned to, or the next theme nobody has decided about, or the list of all."""
    turned = request.form.get("turn", type=int)
    if turned:
        return url_for(".theme", round_id=round_id, theme_id=theme_id, page=turned)
    left = [each.theme.id for each in _undecided(questions) if each.theme.id != theme_id]
    return url_for(".theme", round_id=round_id, theme_id=left[0]) if left else url_for(".show", round_id=round_id)
