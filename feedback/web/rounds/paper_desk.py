"""Paper and messages at the desk: what can be printed for a round, and words to copy. Voicebox sends nothing itself."""

import re
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from feedback import jobs
from feedback.i18n import Catalogue, offered, speak, speaking
from feedback.operations.errors import NotFound
from feedback.operations.reports import form_paper
from feedback.operations.reports.form_paper import Paper, PaperFacts, paper_facts, papers_in
from feedback.operations.rounds.course import RoundStatus, round_for
from feedback.spoken import language_now
from feedback.two_languages import JOIN, both_of
from feedback.web.place import signed_in, the_school

bp = Blueprint("paper_desk", __name__, url_prefix="/<language>/desk")

#: Seconds after which a page that waits for the worker looks again.
_LOOK_AGAIN = 4
#: Characters of a short message: what one SMS holds (GSM 03.38; fewer in other alphabets, which phones then join).
SHORT = 160
_GAPS = re.compile(r"\n{3,}")
#: When which message is for, in order.
OCCASIONS = ("notice", "opening", "reminder", "second-reminder", "last-day", "results")


@dataclass(frozen=True, slots=True)
class Message:
    """One message to copy, for an SMS and for a letter or an app."""

    occasion: str
    short: str
    long: str


@bp.get("/rounds/<round_id>/papers")
def show(round_id: str) -> ResponseReturnValue:
    """What can be printed, language by language; the page looks again while the worker makes something."""
    status, group = _round(round_id), _group()
    languages, below = _languages(status), _below(status)
    printed = [f"{spoken}{JOIN}{below}" if below else spoken for spoken in languages if spoken != below]
    states = {spoken: form_paper.papers_state(the_school(), signed_in(), round_id, spoken, group) for spoken in printed}
    chosen = next((each for each in status.round.groups if each["code"] == group), None)
    page = make_response(
        render_template(
            "paper_desk/papers.html",
            round=status.round,
            states=states,
            papers_in=papers_in,
            group=chosen,
            languages=languages,
            below=below,
            both_of=both_of,
            # What every link of this page carries along.
            kept={"round_id": round_id, "group": group or None, "below": below or None},
        )
    )
    if "asked" in states.values() and "still" not in request.args:
        # As a header: no script is needed, and the page has a link to stop it (WCAG 2.2.1, 2.2.2).
        again = url_for(".show", round_id=round_id, group=group or None, below=below or None)
        page.headers["Refresh"] = f"{_LOOK_AGAIN}; url={again}"
    return page


@bp.post("/rounds/<round_id>/papers/<spoken>")
def make(round_id: str, spoken: str) -> ResponseReturnValue:
    """Ask the worker for the papers in one language."""
    group = _group()
    form_paper.ask_for_papers(the_school(), signed_in(), round_id, spoken, group)
    jobs.ask_for(the_school().settings.instance, "make-papers", round_id, spoken, f"--group={group}")
    below = both_of(spoken)[1]
    return redirect(url_for(".show", round_id=round_id, group=group or None, below=below, _anchor=f"in-{spoken}"))


@bp.get("/rounds/<round_id>/papers/<name>.pdf")
def pdf(round_id: str, name: str) -> Response:
    """One paper as it was made: "form-zh-Hans"."""
    paper, _, spoken = name.partition("-")
    group = _group()
    if paper not in set(Paper):
        raise NotFound(round_id)
    document = form_paper.find_paper(the_school(), signed_in(), round_id, Paper(paper), spoken, group)
    if document is None:
        raise NotFound(round_id)
    # The round's code and nothing else: a class's name in a file name travels further than the file should.
    called = "-".join(filter(None, ("voicebox", _round(round_id).round.code, group, paper, spoken)))
    answer = Response(document.body, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{called}.pdf")
    return answer


@bp.get("/rounds/<round_id>/messages/<spoken>")
def messages(round_id: str, spoken: str) -> str:
    """Messages in one language, in boxes to copy from."""
    status, group = _round(round_id), _group()
    if spoken not in _languages(status):
        raise NotFound(round_id)
    facts = paper_facts(the_school(), round_id, spoken, group)
    return render_template(
        "paper_desk/messages.html",
        round=status.round,
        spoken=spoken,
        languages=_languages(status),
        messages=messages_in(facts),
        most=SHORT,
        group=next((each for each in status.round.groups if each["code"] == group), None),
    )


def messages_in(facts: PaperFacts) -> list[Message]:
    """The messages of a round, in the language of its facts."""
    desk = language_now().code
    with speaking(facts.language, Catalogue.RESPONDENT):
        said = [Message(each, _short(facts, each), _said("long", facts, each)) for each in OCCASIONS]
    speak(desk, Catalogue.STAFF)
    return said


def _short(facts: PaperFacts, occasion: str) -> str:
    """With the school's name where there is room for it, and with everything that is only kind."""
    whole, terse = (_said("short", facts, occasion, whole=whole) for whole in (True, False))
    named = [f"{facts.asked.school_name}: {said}" for said in (whole, terse)]
    return next((said for said in (*named, whole) if len(said) <= SHORT), terse)


def _said(length: str, facts: PaperFacts, occasion: str, *, whole: bool = True) -> str:
    return plain_text_of(
        f"paper/messages/{length}.html",
        facts=facts,
        asked=facts.asked,
        instrument=facts.asked.instrument,
        occasion=occasion,
        whole=whole,
    )


def plain_text_of(template: str, **facts: object) -> str:
    """What a template of a text says, as plain text with an empty line between paragraphs."""
    lines = render_template(template, **facts).splitlines()
    # Paragraphs that a round has no use for leave their empty lines behind.
    text = _GAPS.sub("\n\n", "\n".join(line.strip() for line in lines).strip())
    # A text, not a page: what the template escaped is escaped anew wherever it is shown.
    return Markup(text).unescape()  # noqa: S704 - unescaped at once


def _round(round_id: str) -> RoundStatus:
    return round_for(the_school(), signed_in(), round_id)


def _languages(status: RoundStatus) -> list[str]:
    return [spoken for spoken in status.round.languages if spoken in offered(Catalogue.RESPONDENT)]


def _below(status: RoundStatus) -> str:
    """The language that stands below each other one, if one was chosen."""
    below = request.args.get("below", "")
    if below and below not in _languages(status):
        raise NotFound(status.round.id)
    return below


def _group() -> str:
    return request.args.get("group", "")
