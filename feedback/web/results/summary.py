"""Results: the team's summary with its next steps and its PDF, and the public's page. Both read releases only."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from analysis.tables import OTHER_GROUPS
from feedback import jobs
from feedback.i18n import gettext
from feedback.operations.answers.publish import describe
from feedback.operations.errors import NotEnoughVoices, NotFound, StillInTheBox
from feedback.operations.reports.report import Wanted, ask_for_report, find_report, report_state
from feedback.operations.results.next_steps import next_steps, suggestion, word_next_step
from feedback.operations.results.read_release import headline_cells, latest, latest_public
from feedback.operations.results.read_replies import answered
from feedback.operations.review.hours import sign_by
from feedback.operations.rounds.course import RoundStatus, round_for
from feedback.operations.workshop.round_form import corrections_of
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.respondents.round_pages import below, languages_of, speak_the_language_of_the_address, words_of
from forms.definition import Instrument
from forms.piping import in_full
from forms.questions.base import Measure
from forms.wording import say

bp = Blueprint("results", __name__, url_prefix="/<language>/desk")
public_results = Blueprint("public_results", __name__)
public_results.before_request(speak_the_language_of_the_address)

#: Seconds after which a page that waits for the worker looks again.
_LOOK_AGAIN = 4


@bp.record_once
def _with_the_public_page(state: BlueprintSetupState) -> None:
    state.app.register_blueprint(public_results)


@bp.get("/rounds/<round_id>/results")
def show(round_id: str) -> ResponseReturnValue:
    """What the team may know. Before the count, and where there are too few voices, the pages below."""
    status = _round(round_id)
    released = latest(the_school(), signed_in(), round_id)
    pdf = report_state(the_school(), signed_in(), _teacher_page(round_id))
    page = render_template(
        "results/results.html",
        round=status.round,
        released=released,
        summary=released.summary,
        next_steps=next_steps(the_school(), released, status.instrument, language_now().code),
        headlines=headline_cells(released.summary),
        pdf=pdf,
        words_by=(words_by := sign_by(the_school(), status.round)),
        words_over=today() > words_by,
        corrections=corrections_of(status.round),
        **words_in(status.instrument),
    )
    waits = pdf == "asked" and "still" not in request.args
    return _look_again(page, url_for(".show", round_id=round_id)) if waits else page


@bp.post("/rounds/<round_id>/results/next-steps/<question>")
def word_step(round_id: str, question: str) -> ResponseReturnValue:
    """Keep the teacher's words for a next step."""
    status = _round(round_id)
    released = latest(the_school(), signed_in(), round_id)
    finding = next((each for each in released.summary.findings if each.question == question), None)
    if finding is None or not suggestion(finding, status.instrument, language_now().code):
        raise NotFound(round_id)
    text = request.form.get("text", "")
    word_next_step(the_school(), signed_in(), released, question, language_now().code, text, now=now())
    flash(gettext("The next step is saved."))
    return redirect(url_for(".show", round_id=round_id, _anchor=f"step-{question}"))


@bp.post("/rounds/<round_id>/results/pdf")
def make_pdf(round_id: str) -> ResponseReturnValue:
    """Ask the worker for the PDF; the page looks again until it is there."""
    latest(the_school(), signed_in(), round_id)
    wanted = _teacher_page(round_id)
    ask_for_report(the_school(), signed_in(), wanted, now=now())
    jobs.ask_for(the_school().settings.instance, *wanted.command)
    return redirect(url_for(".show", round_id=round_id, _anchor="pdf"))


@bp.get("/rounds/<round_id>/results.pdf")
def pdf(round_id: str) -> Response:
    """The PDF as it was rendered, once."""
    document = find_report(the_school(), signed_in(), _teacher_page(round_id))
    if document is None:
        raise NotFound(round_id)
    # The round's code and nothing else: a class's name in a file name travels further than the file should.
    name = f"voicebox-{_round(round_id).round.code}-{language_now().code}.pdf"
    answer = Response(document.body, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.errorhandler(StillInTheBox)
def wait(_unread: StillInTheBox) -> ResponseReturnValue:
    """Still open, or being counted: then the page looks again by itself, unless it was told not to."""
    status = _round((request.view_args or {})["round_id"])
    counting = status.round.state not in ("open", "draft")
    page = render_template("results/waiting.html", round=status.round, counting=counting, now=now())
    if request.endpoint != f"{bp.name}.show":
        return page, 409
    if not counting or "still" in request.args:
        return page
    return _look_again(page, url_for(".show", round_id=status.round.id))


@bp.errorhandler(NotEnoughVoices)
def too_few(_hidden: NotEnoughVoices) -> ResponseReturnValue:
    """Too few people answered: what that means, and what happens next."""
    status = _round((request.view_args or {})["round_id"])
    page = render_template("results/not_enough.html", round=status.round)
    return page, 200 if request.endpoint == f"{bp.name}.show" else 409


@public_results.get("/<language>/r/<code>/results")
def show_public(language: str, code: str) -> str:
    """What everybody may know of a round."""
    asked, _state = describe(the_school(), code, language)
    released = latest_public(the_school(), code)
    second = below()
    return render_template(
        "public/results.html",
        replies=answered(the_school(), code, language),
        # The same replies in the second language of a page in two, by id.
        others={line.id: line for line in answered(the_school(), code, second).lines} if second else {},
        released=released,
        summary=released.summary,
        languages=languages_of(asked),
        **words_of(asked),
        **words_in(asked.instrument),
    )


@public_results.errorhandler(StillInTheBox)
@public_results.errorhandler(NotEnoughVoices)
def nothing_yet(reason: StillInTheBox | NotEnoughVoices) -> str:
    """The box is shut, or will never be opened."""
    address = request.view_args or {}
    asked, state = describe(the_school(), address["code"], address["language"])
    return render_template(
        "public/no_results.html",
        never=isinstance(reason, NotEnoughVoices),
        state=state,
        languages=languages_of(asked),
        **words_of(asked),
    )


def words_in(instrument: Instrument) -> dict[str, Any]:
    """The instrument's words as templates/measures want them: (text, language it is in) of questions and cells."""
    language = language_now().code
    return {
        "questions": {question.id: say(in_full(question), language) for question in instrument.questions},
        "labels": {
            question.id: {option.id: say(option.label, language) for option in (*question.cells(), *question.apart())}
            for question in instrument.questions
        },
        "asks_for_words": any(question.measure is Measure.TEXT for question in instrument.questions),
        "OTHER_GROUPS": OTHER_GROUPS,
    }


def _teacher_page(round_id: str) -> Wanted:
    return Wanted(round_id, language_now().code)


def _round(round_id: str) -> RoundStatus:
    return round_for(the_school(), signed_in(), round_id, Action.SEE_RELEASES)


def _look_again(page: str, address: str) -> Response:
    # As a header: no script is needed, and the page has a link to stop it (WCAG 2.2.1, 2.2.2).
    answer = make_response(page)
    answer.headers["Refresh"] = f"{_LOOK_AGAIN}; url={address}"
    return answer
