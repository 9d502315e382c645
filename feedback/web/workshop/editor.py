"""The editor: my forms, beginning one, and a form as a list of its questions with a button for every step."""

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import Catalogue, gettext, offered
from feedback.operations.answers.draft_preview import languages_begun
from feedback.operations.errors import DraftChanged
from feedback.operations.staff import allow
from feedback.operations.workshop import drafts
from feedback.operations.workshop.open_remarks import open_remarks
from feedback.operations.workshop.origins import origins_of
from feedback.operations.workshop.published import askable, form_to_ask
from feedback.operations.workshop.versions import go_on, without_draft
from feedback.privacy.permissions import Action
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school
from feedback.web.workshop.editing import Step, revision_of, seen_draft, stored, take_step
from feedback.web.workshop.editor_preview import view_wanted
from feedback.web.workshop.editor_rows import sections_of
from feedback.web.workshop.forms_editor import FactsForm, NewForm
from feedback.web.workshop.list_steps import pressed
from forms.draft import as_data, free_id, new_draft
from forms.steps.conditions import freed, has_conditions
from forms.steps.kinds import KINDS
from forms.steps.look_over import look_over
from forms.steps.units import StepImpossible
from forms.steps.whole import change_facts

bp = Blueprint("editor", __name__, url_prefix="/<language>/desk/forms")


@bp.record_once
def _let_tabs_ask(state: object) -> None:
    # templates/workshop/tabs.html shows the pages that this app has.
    app: Flask = state.app  # type: ignore[attr-defined]  # Flask's BlueprintSetupState
    app.jinja_env.globals["current_app"] = current_app


@bp.get("/")
def index() -> str:
    """My forms, and what a new one can begin with."""
    mine = drafts.drafts_of(the_school(), signed_in())
    titles = {each.id: drafts.title_of(each) for each in mine}
    remarks = open_remarks(the_school(), signed_in(), mine)
    facts = {"drafts": mine, "titles": titles, "remarks": remarks, "left": without_draft(the_school(), signed_in())}
    return render_template("workshop/index.html", ready=askable(the_school()), **facts)


@bp.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """Begin a form with nothing in it."""
    allow(signed_in(), Action.EDIT_INSTRUMENTS)
    spoken = language_now().code
    own = spoken if spoken in offered(Catalogue.RESPONDENT) else "en"
    form = NewForm(data={"audience": "students", "ages": "", "language": own})
    if form.validate_on_submit():
        title, language, audience = form.title.data or "", form.language.data, form.audience.data
        data = new_draft(free_id(title, ()), title, language, audience=audience)
        ages = form.ages.data if audience == "students" else ""
        data |= {"ages": ages} if ages else {}
        draft_id = drafts.start_draft(the_school(), signed_in(), data, now=now())
        return redirect(url_for(".show", draft_id=draft_id))
    return render_template("workshop/new.html", form=form), 422 if form.problems() else 200


@bp.post("/begin-with/<name>")
def begin_with(name: str) -> ResponseReturnValue:
    """Begin a form with a copy of one that can be asked."""
    allow(signed_in(), Action.EDIT_INSTRUMENTS)
    data = as_data(form_to_ask(the_school(), name))
    made_from = f"{name} {data['version']}"
    draft_id = drafts.start_draft(the_school(), signed_in(), data, now=now(), adapted_from=made_from)
    flash(gettext("This is a copy of your own. What you change here changes nothing elsewhere."))
    return redirect(url_for(".show", draft_id=draft_id))


@bp.post("/go-on/<name>")
def go_on_with(name: str) -> ResponseReturnValue:
    """Go on with a published form whose draft is gone, under its own name."""
    draft_id = go_on(the_school(), signed_in(), name, now=now())
    flash(gettext("Here you write the next version. The form keeps its name, its languages and its history."))
    return redirect(url_for(".show", draft_id=draft_id))


@bp.get("/<draft_id>")
def show(draft_id: str) -> str:
    """The form: its sections and questions, what each still lacks, and the preview beside them."""
    seen = seen_draft(draft_id)
    looked = look_over(seen.data)
    return render_template(
        "workshop/show.html",
        seen=seen,
        draft=seen.draft,
        origins=origins_of(the_school(), seen.draft.adapted_from),
        looked=looked,
        sections=sections_of(seen.data, looked.lacks),
        all_kinds=KINDS,
        view=view_wanted(),
        has_conditions=has_conditions(seen.data),
        languages=languages_begun(the_school(), signed_in(), draft_id),
        spoken=request.args.get("in", ""),
    )


@bp.post("/<draft_id>/do")
def do(draft_id: str) -> ResponseReturnValue:
    """One press of a button of the list; then back to what it was about."""
    before = seen_draft(draft_id)
    step, place = pressed(before.data, request.form)
    try:
        take_step(draft_id, step, revision_of(request.form.get("revision")))
    except DraftChanged:
        flash(gettext("Somebody else changed this form meanwhile, so nothing was done. Here it is as it is now."))
    except StepImpossible as cannot:
        flash(_cannot(cannot.code))
    else:
        _tell_freed(len(freed(before.data, step.change(before.data))))
    return redirect(url_for(".show", draft_id=draft_id, _anchor=place))


@bp.post("/<draft_id>/undo")
def undo(draft_id: str) -> ResponseReturnValue:
    """Take the last step back."""
    try:
        drafts.undo(the_school(), signed_in(), draft_id, revision=revision_of(request.form.get("revision")), now=now())
        flash(gettext("The last step is taken back."))
    except DraftChanged:
        flash(gettext("Somebody else changed this form meanwhile, so nothing was done. Here it is as it is now."))
    return redirect(url_for(".show", draft_id=draft_id, _anchor="main"))


@bp.route("/<draft_id>/discard", methods=["GET", "POST"])
def discard(draft_id: str) -> ResponseReturnValue:
    """Throw the draft away, after a question."""
    seen = seen_draft(draft_id)
    if request.method == "GET":
        return render_template("workshop/discard.html", seen=seen, draft=seen.draft)
    drafts.discard_draft(the_school(), signed_in(), draft_id, now=now())
    flash(gettext("The form is thrown away."))
    return redirect(url_for(".index"))


@bp.route("/<draft_id>/facts", methods=["GET", "POST"])
def facts(draft_id: str) -> ResponseReturnValue:
    """Title, introduction, ages and the other facts of the form."""
    seen = seen_draft(draft_id)
    language = seen.draft.source_language
    words = {key: seen.data.get(key, {}).get(language, "") for key in ("title", "introduction")}
    form = FactsForm(data={**seen.data, "ages": seen.data.get("ages", ""), **words, "revision": seen.draft.revision})
    if form.validate_on_submit():
        step = Step("facts_changed", lambda data: change_facts(data, form.facts()))
        if stored(draft_id, form, step):
            return redirect(url_for(".show", draft_id=draft_id, _anchor="main"))
    page = render_template("workshop/facts.html", form=form, seen=seen, draft=seen.draft, theirs=words.values())
    return page, 409 if form.conflict else 422 if form.problems() else 200


def _tell_freed(count: int) -> None:
    if count:
        flash(gettext("What was asked only because of these answers is asked of everybody now. Look through it."))


def _cannot(code: str) -> str:
    if code == "no_room":
        return gettext("There is no room left: a section has at most 100 entries, a form 30 sections.")
    if code == "last_section":
        return gettext("A form needs one section at least. Add another one first.")
    return gettext("It stands there already: it is the first, or the last.")
