"""The editor's pages of a form's parts: adding one, a section, a theme, of whom something is asked."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import DraftChanged
from feedback.operations.workshop.drafts import DraftAsSeen
from feedback.web.workshop.editing import Step, revision_of, seen_draft, stored, take_step
from feedback.web.workshop.forms_editor import AddForm, ConditionForm, SectionForm, ThemeForm
from forms.draft import free_id, ids_of
from forms.steps.conditions import earlier_than, put_condition, put_section_condition
from forms.steps.items import add_unit
from forms.steps.kinds import new_unit
from forms.steps.sections import add_section, change_section, id_for_section
from forms.steps.units import find_section, find_unit
from forms.steps.whole import id_for_theme, put_theme, remove_theme
from forms.texts import Data

bp = Blueprint("editor_parts", __name__, url_prefix="/<language>/desk/forms/<draft_id>")


@bp.route("/add", methods=["GET", "POST"])
def add(draft_id: str) -> ResponseReturnValue:
    """One more question or notice: its kind and its words; the rest follows on its own page."""
    seen = seen_draft(draft_id)
    section, after = _wanted(seen.data)
    form = AddForm(data={"kind": request.args.get("kind", "scale"), "revision": seen.draft.revision})
    if form.validate_on_submit():
        kind, words = form.kind.data, form.words.data or ""
        id_ = free_id(words, ids_of(seen.data))
        code = "notice_added" if kind == "notice" else "question_added"
        step = Step(code, lambda now: add_unit(now, new_unit(now, kind, words), section=section, after=after), id_)
        if stored(draft_id, form, step):
            return redirect(url_for("editor_items.item", draft_id=draft_id, item_id=id_, _anchor="main"))
    page = render_template("workshop/add.html", form=form, seen=seen, draft=seen.draft, section=section, after=after)
    return page, _status(form)


@bp.route("/sections/new", methods=["GET", "POST"])
def new_section(draft_id: str) -> ResponseReturnValue:
    """One more section, at the end."""
    seen = seen_draft(draft_id)
    form = SectionForm(data={"revision": seen.draft.revision})
    if form.validate_on_submit():
        title = form.title.data or ""
        id_ = id_for_section(seen.data, title)
        if stored(draft_id, form, Step("section_added", lambda now: add_section(now, title), id_)):
            return redirect(url_for("editor.show", draft_id=draft_id, _anchor=f"section-{id_}"))
    page = render_template("workshop/section.html", form=form, seen=seen, draft=seen.draft, section=None, theirs=())
    return page, _status(form)


@bp.route("/sections/<section_id>", methods=["GET", "POST"])
def section(draft_id: str, section_id: str) -> ResponseReturnValue:
    """A section's title."""
    seen = seen_draft(draft_id)
    found = seen.data["sections"][find_section(seen.data, section_id)]
    title = found["title"].get(seen.draft.source_language, "")
    form = SectionForm(data={"title": title, "revision": seen.draft.revision})
    if form.validate_on_submit():
        step = Step("section_changed", lambda now: change_section(now, section_id, form.title.data or ""), section_id)
        if stored(draft_id, form, step):
            return redirect(url_for("editor.show", draft_id=draft_id, _anchor=f"section-{section_id}"))
    page = render_template(
        "workshop/section.html", form=form, seen=seen, draft=seen.draft, section=found, theirs=(title,)
    )
    return page, _status(form)


@bp.route("/asked-of/<any(item, section):what>/<part_id>", methods=["GET", "POST"])
def condition(draft_id: str, what: str, part_id: str) -> ResponseReturnValue:
    """Of whom it is asked: first the earlier question, then its answers."""
    seen, is_section = seen_draft(draft_id), what == "section"
    part = _part(seen.data, part_id, is_section=is_section)
    earlier = earlier_than(seen.data, part_id, is_section=is_section)
    old = part.get("show_if") or {}
    wanted = request.args.get("question", old.get("question", ""))
    chosen = next((each for each in earlier if each.id == wanted), None)
    form = ConditionForm(data={"answers": old.get("is", ()), "revision": seen.draft.revision})
    form.answers.offer([id_ for id_, _ in chosen.answers] if chosen else [])
    everybody = request.form.get("go") == "everybody"
    if form.is_submitted() and (everybody or (chosen and form.validate())):
        answers = [] if everybody else list(form.answers.data or ())
        put = put_section_condition if is_section else put_condition
        step = Step("asked_of_changed", lambda now: put(now, part_id, chosen.id if chosen else "", answers), part_id)
        if stored(draft_id, form, step):
            return redirect(url_for("editor.show", draft_id=draft_id, _anchor=f"{what}-{part_id}"))
    page = render_template(
        "workshop/condition.html",
        form=form,
        seen=seen,
        draft=seen.draft,
        part=part,
        what=what,
        earlier=earlier,
        chosen=chosen,
        theirs=(),
    )
    return page, _status(form)


@bp.route("/themes", methods=["GET", "POST"])
def themes(draft_id: str) -> ResponseReturnValue:
    """What people write about: the themes that comments are sorted by; and one more."""
    seen = seen_draft(draft_id)
    form = ThemeForm(data={"revision": seen.draft.revision})
    if form.validate_on_submit():
        id_ = id_for_theme(seen.data, form.title.data or "")
        if stored(draft_id, form, Step("theme_added", lambda now: put_theme(now, "", form.facts()), id_)):
            return redirect(url_for(".themes", draft_id=draft_id, _anchor=f"theme-{id_}"))
    page = render_template("workshop/themes.html", form=form, seen=seen, draft=seen.draft, theirs=())
    return page, _status(form)


@bp.route("/themes/<theme_id>", methods=["GET", "POST"])
def theme(draft_id: str, theme_id: str) -> ResponseReturnValue:
    """One theme."""
    seen = seen_draft(draft_id)
    typed = _theme_as_typed(seen, theme_id)
    form = ThemeForm(data={**typed, "revision": seen.draft.revision})
    if form.validate_on_submit():
        step = Step("theme_changed", lambda now: put_theme(now, theme_id, form.facts()), theme_id)
        if stored(draft_id, form, step):
            return redirect(url_for(".themes", draft_id=draft_id, _anchor=f"theme-{theme_id}"))
    page = render_template(
        "workshop/theme.html", form=form, seen=seen, draft=seen.draft, theme_id=theme_id, theirs=typed.values()
    )
    return page, _status(form)


@bp.post("/themes/<theme_id>/remove")
def drop_theme(draft_id: str, theme_id: str) -> ResponseReturnValue:
    """Take a theme out."""
    step = Step("theme_removed", lambda now: remove_theme(now, theme_id), theme_id)
    try:
        take_step(draft_id, step, revision_of(request.form.get("revision")))
    except DraftChanged:
        flash(gettext("Somebody else changed this form meanwhile, so nothing was done. Here it is as it is now."))
    return redirect(url_for(".themes", draft_id=draft_id, _anchor="main"))


def _wanted(data: Data) -> tuple[str, str]:
    """The section that something is added to, and behind what in it; the last section where none is named."""
    named = request.values.get("section", "")
    known = [each["id"] for each in data["sections"]]
    return (named if named in known else known[-1]), request.values.get("after", "")


def _part(data: Data, part_id: str, *, is_section: bool) -> Data:
    if is_section:
        section: Data = data["sections"][find_section(data, part_id)]
        return section
    return find_unit(data, part_id)[2][0]


def _theme_as_typed(seen: DraftAsSeen, theme_id: str) -> dict[str, str]:
    language = seen.draft.source_language
    for each in seen.data.get("themes", ()):
        if each["id"] == theme_id:
            examples = "\n".join(each.get("examples", {}).get(language, ()))
            next_step = each.get("next_step", {}).get(language, "")
            return {"title": each["title"].get(language, ""), "next_step": next_step, "examples": examples}
    # Says itself that there is none.
    remove_theme(seen.data, theme_id)
    return {}


def _status(form: SectionForm | ThemeForm | AddForm | ConditionForm) -> int:
    return 409 if form.conflict else 422 if form.problems() else 200
