"""What else we know: notes of what was seen, work, test results, claims held against sources, and who is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.evidence.missing_voices import groups_of, write_totals
from feedback.operations.evidence.pilot_evidence import SOURCES, Beside, evidence_of, monday_of
from feedback.operations.pilots import pilot as pilots
from feedback.operations.pilots.book import NewEntry, change_entry, entry_for, strike_entry, write_entry
from feedback.operations.results.read_release import latest
from feedback.operations.rounds.course import round_for
from feedback.privacy.permissions import Action, reach
from feedback.web.forms_desk import N_, DeskForm
from feedback.web.pilots.forms_evidence import ObservationForm, claim_form, totals_form, work_form
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.results.summary import words_in

if TYPE_CHECKING:
    from analysis.summary import Summary
    from feedback.models import Pilot, Round

bp = Blueprint("evidence", __name__, url_prefix="/<language>/desk/pilots/<pilot_id>")

_KINDS = ("observation", "work_sample", "usage", "assessment", "claim", "dose", "cost")


@dataclass(frozen=True, slots=True)
class Heard:
    """A released round, and the words of its findings."""

    round: Round
    summary: Summary
    words: dict[str, Any]


@bp.get("/evidence")
def show(pilot_id: str) -> str:
    """All of it, and ways to write more."""
    pilot, beside = known(pilot_id)
    return render_template("evidence/show.html", pilot=pilot, beside=beside, monday_of=monday_of)


@bp.route("/evidence/observation", methods=["GET", "POST"])
def observe(pilot_id: str) -> ResponseReturnValue:
    """A note of what somebody saw."""
    pilot, beside = known(pilot_id)
    form = ObservationForm()
    form.offer_weeks(today())
    form.offer_claims(line.claim for line in beside.claims)
    if not form.validate_on_submit():
        return page("evidence/observation.html", form, pilot)
    body = {name: form[name].data for name in ("week", "place", "seen", "claim")}
    return kept(pilot, "observation", body, gettext("Your note is kept."))


@bp.route("/evidence/work", methods=["GET", "POST"])
def count_work(pilot_id: str) -> ResponseReturnValue:
    """Work of a class by level."""
    pilot, _beside = known(pilot_id)
    form = work_form()()
    if not form.validate_on_submit():
        return page("evidence/work.html", form, pilot)
    levels = form.merged()
    body = {"group": form.group.data, "rubric": form.rubric.data, "levels": levels, "note": form.note.data}
    told = gettext("The levels are kept.")
    if len(levels) < len(form.levels()):
        told = gettext("The levels are kept. Those with fewer than 5 pieces were put together with the next one.")
    return kept(pilot, "work_sample", body, told)


@bp.route("/evidence/claims", methods=["GET", "POST"])
def claims(pilot_id: str) -> ResponseReturnValue:
    """The matrix, findings that could be claims, and a new line."""
    pilot, beside = known(pilot_id)
    form = claim_form()()
    form.offer()
    if not form.validate_on_submit():
        heard = _heard(pilot)
        return page("evidence/claims.html", form, pilot, lines=beside.claims, sources=SOURCES, heard=heard)
    # A claim that repeats a round's figures goes when they go.
    round_id = form.round_id.data if form.round_id.data in {round_.id for round_ in pilot.rounds} else None
    body = {"claim": form.claim.data, "sources": form.sources()}
    write_entry(the_school(), signed_in(), pilot.id, NewEntry("claim", body, round_id), now=now())
    flash(gettext("The claim is kept."))
    return redirect(url_for(".claims", pilot_id=pilot.id))


@bp.route("/evidence/claims/<entry_id>", methods=["GET", "POST"])
def change_claim(pilot_id: str, entry_id: str) -> ResponseReturnValue:
    """Change a line of the matrix."""
    pilot, beside = known(pilot_id)
    line = next((each for each in beside.claims if each.entry_id == entry_id), None)
    if line is None:
        raise NotFound(entry_id)
    form = claim_form()(data={"claim": line.claim, **line.sources})
    form.offer()
    if not form.validate_on_submit():
        return page("evidence/claim.html", form, pilot, line=line, sources=SOURCES)
    body = {"claim": form.claim.data, "sources": form.sources()}
    change_entry(the_school(), signed_in(), entry_id, now=now(), body=body)
    flash(gettext("The claim is kept."))
    return redirect(url_for(".claims", pilot_id=pilot.id))


@bp.route("/evidence/people/<round_id>", methods=["GET", "POST"])
def totals(pilot_id: str, round_id: str) -> ResponseReturnValue:
    """How many people there are in each group of a round."""
    pilot, _beside = known(pilot_id)
    found = groups_of(the_school(), signed_in(), pilot_id, round_id)
    form = totals_form(group.code for group in found.groups)(
        data={f"people_{group.code}": group.people for group in found.groups}
    )
    if form.validate_on_submit():
        typed = {group.name: form[f"people_{group.code}"].data for group in found.groups}
        numbers = {name: people for name, people in typed.items() if people is not None}
        try:
            write_totals(the_school(), signed_in(), pilot_id, round_id, numbers, now=now())
            flash(gettext("The numbers are kept."))
            return redirect(url_for(".show", pilot_id=pilot_id))
        except NotReady as short:
            for group in found.groups:
                if group.name in short.missing:
                    form.blame(f"people_{group.code}", N_("More people of this group answered. Please count again."))
    return page("evidence/people.html", form, pilot, found=found)


@bp.post("/evidence/<entry_id>/strike")
def strike(pilot_id: str, entry_id: str) -> ResponseReturnValue:
    """Take a note out of the book."""
    entry = entry_for(the_school(), signed_in(), entry_id)
    if entry.pilot_id != pilot_id or entry.kind not in _KINDS:
        raise NotFound(entry_id)
    strike_entry(the_school(), signed_in(), entry_id, now=now())
    flash(gettext("It is taken out."))
    back = {"claim": ".claims", "dose": "use.show", "cost": "use.costs"}.get(entry.kind, ".show")
    return redirect(url_for(back, pilot_id=pilot_id))


def known(pilot_id: str) -> tuple[Pilot, Beside]:
    """The pilot and what is known of it, for its team."""
    pilot = pilots.pilot_for(the_school(), signed_in(), pilot_id)
    return pilot, evidence_of(the_school(), signed_in(), pilot_id)


def kept(pilot: Pilot, kind: str, body: dict[str, Any], told: str, to: str = "evidence.show") -> ResponseReturnValue:
    """Write an entry, say so, and lead on."""
    write_entry(the_school(), signed_in(), pilot.id, NewEntry(kind, body), now=now())
    flash(told)
    return redirect(url_for(to, pilot_id=pilot.id))


def page(template: str, form: DeskForm, pilot: Pilot, **more: Any) -> ResponseReturnValue:
    """A page with a form: 422 where something is wrong with what was sent."""
    made = render_template(template, form=form, pilot=pilot, monday_of=monday_of, **more)
    return made, 422 if form.problems() else 200


def _heard(pilot: Pilot) -> list[Heard]:
    """The pilot's released rounds."""
    if reach(Action.SEE_RELEASES, signed_in().roles) is None:
        return []
    found = []
    for round_ in pilot.rounds:
        if round_.state == "scrubbed" and not round_.tallies_purged_on:
            summary = latest(the_school(), signed_in(), round_.id).summary
            instrument = round_for(the_school(), signed_in(), round_.id).instrument
            found.append(Heard(round_, summary, words_in(instrument)))
    return found
