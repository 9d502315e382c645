"""Reports about a round or a pilot: which there are, each as a page, and each as a PDF from the worker."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from feedback import jobs
from feedback.i18n import speaking
from feedback.operations.pilots.book import team_pilot
from feedback.operations.reports.kinds import KINDS, find_kind, kinds_of
from feedback.operations.reports.kinds.kind import ON_SCREEN, Report, Scope
from feedback.operations.reports.kinds.teacher import public_words
from feedback.operations.reports.report import (
    Wanted,
    ask_for_report,
    find_report,
    languages_made,
    languages_to_make,
    read_report,
    report_state,
)
from feedback.operations.rounds.course import round_for
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school

bp = Blueprint("reports", __name__, url_prefix="/<language>/desk")

#: Seconds after which a page that waits for the worker looks again.
_LOOK_AGAIN = 4
_SCOPES: dict[str, Scope] = {"rounds": "round", "pilots": "pilot"}
_ONE = "/<any(rounds, pilots):scope>/<about>/reports/<kind>"
#: By their names: "family-zh-Hans" would else be the kind "family-zh" in the language "Hans".
_ONE_KIND = _ONE.replace("<kind>", f"<any({', '.join(KINDS)}):kind>")


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of report: in which languages its PDF is there, waits to be made, could not be, or can be made."""

    kind: str
    languages: tuple[str, ...]
    states: dict[str, str]

    @property
    def made(self) -> list[str]:
        """Languages in which the PDF is there."""
        return self._with("made")

    @property
    def waits(self) -> list[str]:
        """Languages in which it is being made."""
        return self._with("asked")

    @property
    def failed(self) -> list[str]:
        """Languages in which it could not be made."""
        return self._with("failed")

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell yet."""
        return "nothing" in self.states.values()

    @property
    def to_make(self) -> list[str]:
        """Languages in which somebody can ask for it, the page's own first."""
        wanted = [code for code in self.languages if self.states.get(code, "none") in ("none", "failed")]
        return sorted(wanted, key=lambda code: code != language_now().code)

    def _with(self, state: str) -> list[str]:
        return [code for code, found in self.states.items() if found == state]


@bp.get("/rounds/<round_id>/reports/")
def of_round(round_id: str) -> ResponseReturnValue:
    """The reports about a round."""
    round_ = round_for(the_school(), signed_in(), round_id, Action.SEE_RELEASES).round
    return _index("rounds", round_id, title=round_.title)


@bp.get("/pilots/<pilot_id>/reports/")
def of_pilot(pilot_id: str) -> ResponseReturnValue:
    """The reports about a pilot."""
    pilot = team_pilot(the_school(), signed_in(), pilot_id)
    return _index("pilots", pilot_id, title=public_words(pilot.words, "title", language_now().code)[0], pilot=pilot)


@bp.get(_ONE)
def page(scope: str, about: str, kind: str) -> ResponseReturnValue:
    """A report to read on a screen, of the same facts as the PDF."""
    report = find_kind(kind, _SCOPES[scope])
    spoken = _spoken(report, about, request.args.get("in"))
    told = read_report(the_school(), signed_in(), Wanted(about, spoken, kind))
    with speaking(spoken, report.catalogue):
        template = current_app.jinja_env.get_template(report.body)
        body = Markup(template.render(**report.variables(told.page, ON_SCREEN)))  # noqa: S704 - our own template
    languages = _languages(report, about)
    back = _back(scope, about)
    return render_template("reports/page.html", kind=kind, spoken=spoken, body=body, languages=languages, back=back)


@bp.post(_ONE)
def make(scope: str, about: str, kind: str) -> ResponseReturnValue:
    """Ask the worker for the PDF; the list looks again until it is there."""
    report = find_kind(kind, _SCOPES[scope])
    wanted = Wanted(about, _spoken(report, about, request.form.get("in")), kind)
    read_report(the_school(), signed_in(), wanted)
    ask_for_report(the_school(), signed_in(), wanted, now=now())
    jobs.ask_for(the_school().settings.instance, *wanted.command)
    return redirect(_back(scope, about) + f"#{kind}")


@bp.get(f"{_ONE_KIND}-<spoken>.pdf")
def pdf(scope: str, about: str, kind: str, spoken: str) -> Response:
    """The PDF as it was rendered, once."""
    report = find_kind(kind, _SCOPES[scope])
    found = find_report(the_school(), signed_in(), Wanted(about, _spoken(report, about, spoken), kind))
    if found is None:
        abort(404)
    answer = Response(found.body, mimetype="application/pdf")
    # No title: a class's name in a file name travels further than the file should.
    answer.headers.set("Content-Disposition", "attachment", filename=f"voicebox-{kind}-{about[:6]}-{spoken}.pdf")
    return answer


def _index(scope: str, about: str, **facts: Any) -> ResponseReturnValue:
    rows = [_row(report, about) for report in kinds_of(_SCOPES[scope]) if _languages(report, about)]
    waits = any(row.waits for row in rows)
    looks = waits and "still" not in request.args
    answer = make_response(
        render_template("reports/index.html", rows=rows, scope=scope, about=about, waits=looks, **facts)
    )
    if looks:
        # As a header: no script is needed, and the page has a link to stop it (WCAG 2.2.1, 2.2.2).
        answer.headers["Refresh"] = f"{_LOOK_AGAIN}; url={_back(scope, about)}"
    return answer


def _row(report: Report, about: str) -> Row:
    languages = _languages(report, about)
    first = _spoken(report, about, None)
    known = languages_made(the_school(), signed_in(), Wanted(about, first, report.kind))
    asked = {first, *known} & set(languages)
    states = {code: report_state(the_school(), signed_in(), Wanted(about, code, report.kind)) for code in sorted(asked)}
    return Row(report.kind, languages, states)


def _languages(report: Report, about: str) -> tuple[str, ...]:
    """What the desk speaks now is what a staff report speaks; what others read is there in the round's languages."""
    if report.speaks is None:
        return (language_now().code,)
    return languages_to_make(the_school(), signed_in(), Wanted(about, language_now().code, report.kind))


def _spoken(report: Report, about: str, code: str | None) -> str:
    languages = _languages(report, about)
    if code is None and languages:
        return language_now().code if language_now().code in languages else languages[0]
    return code if code and code in languages else abort(404)


def _back(scope: str, about: str) -> str:
    if scope == "rounds":
        return url_for(".of_round", round_id=about)
    return url_for(".of_pilot", pilot_id=about)
