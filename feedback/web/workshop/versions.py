"""A form's versions: publishing a draft, the list of what was published, and what is new between two of them."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext, translations_now
from feedback.operations.errors import DraftChanged, NotFound, NotReady
from feedback.operations.workshop.form_checks import Checked
from feedback.operations.workshop.origins import origins_of
from feedback.operations.workshop.publish_form import ToPublish, publish_form, to_publish
from feedback.operations.workshop.versions import Versions, draft_from_version, versions_of
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school
from feedback.web.workshop.draft_places import lacks_of, named_at, naming_pictures, page_of, place_of_problem
from feedback.web.workshop.forms_versions import IN_THE_WAY, PublishForm
from forms.difference import difference, languages_changed
from forms.problems import InstrumentRefused, Problem
from forms.texts import Data

bp = Blueprint("versions", __name__, url_prefix="/<language>/desk/forms")
#: In an address: the draft as it is now.
DRAFT = "draft"


@bp.record_once
def _show_pages_that_are_there(state: BlueprintSetupState) -> None:
    """Tabs ask which pages there are."""
    state.app.jinja_env.globals["current_app"] = current_app


@bp.get("/<draft_id>/versions")
def show(draft_id: str) -> str:
    """What was published, the newest first, with its day, its note, its languages and who was asked."""
    found = versions_of(the_school(), signed_in(), draft_id)
    origins = origins_of(the_school(), found.draft.adapted_from, *(each.adapted_from for each in found.versions))
    return render_template("workshop/versions.html", found=found, origins=origins)


@bp.get("/<draft_id>/versions/<before>/<after>")
def compare(draft_id: str, before: str, after: str) -> str:
    """What is new between two versions, or between a version and the draft, in one language (`?in=`)."""
    found = versions_of(the_school(), signed_in(), draft_id)
    old, new = _data(found, before), _data(found, after)
    spoken = _spoken(found, new)
    return render_template(
        "workshop/versions_compare.html",
        found=found,
        before=before,
        after=after,
        spoken=spoken,
        languages=new["languages"],
        changes=difference(old, new, spoken),
        came_and_went=languages_changed(old, new),
        sides=(old, new),
    )


@bp.post("/<draft_id>/versions/<int:number>/draft")
def begin_again(draft_id: str, number: int) -> ResponseReturnValue:
    """A new draft that begins as this version."""
    made = draft_from_version(the_school(), signed_in(), draft_id, number, now=now())
    flash(gettext("The new draft is there. It is a form of its own."))
    return redirect(url_for(_page_of_a_draft(), draft_id=made))


@bp.route("/<draft_id>/publish", methods=["GET", "POST"])
def publish(draft_id: str) -> ResponseReturnValue:
    """The draft as it would be published, with what is in the way; and publishing it."""
    ready = to_publish(the_school(), signed_in(), draft_id)
    draft = ready.draft
    given = {"languages": ready.languages, "adapted_from": draft.adapted_from, "revision": draft.revision}
    form = PublishForm(data=given)
    form.languages.offer(ready.languages)
    problems: tuple[Problem, ...] = tuple(fault.told(translations_now().gettext) for fault in ready.faults)
    if form.validate_on_submit():
        try:
            number = _publish(form, draft_id)
            flash(gettext("Version %(number)s is published. Rounds can ask it from now on.", number=number))
            return redirect(url_for(".show", draft_id=draft_id))
        except NotReady as refused:
            # Where something else is in the way, there are no fields yet to say it at.
            form.blame_missing(tuple(code for code in refused.missing if code in IN_THE_WAY) or refused.missing)
        except DraftChanged as changed:
            form.revision.data = str(changed.revision)
            form.refuse(gettext("Somebody changed the draft meanwhile. Look at it again, and publish it then."))
        except InstrumentRefused as refused:
            problems = problems or refused.told(translations_now().gettext)
            form.refuse(gettext("The form cannot be asked like this yet."))
    return _show_publishing(form, ready, problems), 422 if form.problems() else 200


def _publish(form: PublishForm, draft_id: str) -> int:
    return publish_form(
        the_school(),
        signed_in(),
        draft_id,
        form.languages.data or (),
        revision=form.seen,
        change_note=form.change_note.data or "",
        adapted_from=form.adapted_from.data or "",
        now=now(),
    )


def _show_publishing(form: PublishForm, ready: ToPublish, problems: tuple[Problem, ...]) -> str:
    draft_id, data = ready.draft.id, ready.data
    told = [place_of_problem(draft_id, data, problem) for problem in problems]
    lacks = lacks_of(draft_id, data) if problems else []
    pictured = naming_pictures(draft_id, data, ready.unknown_pictures)
    named = named_at(data, {each.remark.key for each in ready.blocks})
    facts = {
        "named": named,
        "lacks": lacks,
        "problems": told,
        "pictured": pictured,
        "told": _blocked,
        "page_of": page_of,
    }
    return render_template("workshop/versions_publish.html", form=form, ready=ready, **facts)


def _blocked(block: Checked) -> tuple[str, str]:
    """What the checker found and what to do, in the language of the page."""
    return block.remark.told(gettext)


def _data(found: Versions, which: str) -> Data:
    if which == DRAFT:
        return found.data
    if not which.isdecimal():
        raise NotFound(which)
    return found.version(int(which)).data


def _spoken(found: Versions, data: Data) -> str:
    """The language that was chosen, where the form has it; else the page's; else the one it was written in."""
    wanted = (request.args.get("in", ""), language_now().code, found.draft.source_language)
    return next((each for each in wanted if each in data["languages"]), str(data["languages"][0]))


def _page_of_a_draft() -> str:
    return "editor.show" if "editor.show" in current_app.view_functions else "versions.show"
