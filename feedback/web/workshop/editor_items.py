"""The editor's page of one question or notice: exactly the fields of its kind, saved by hand or by itself."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FieldList

from feedback.i18n import gettext
from feedback.operations.errors import DraftChanged
from feedback.operations.workshop.drafts import DraftAsSeen
from feedback.operations.workshop.try_outs import history_of
from feedback.web.place import signed_in, the_school
from feedback.web.workshop.editing import Step, seen_draft, stored, take_step, words_within
from feedback.web.workshop.editor_rows import BREAKDOWNS, asked_of
from feedback.web.workshop.forms_item import ItemForm, item_form
from feedback.web.workshop.forms_lines import LINES, parts_of_line
from feedback.web.workshop.line_actions import after_pressing, place_of_line
from feedback.web.workshop.pictogram_names import picture_names
from forms.draft import ids_of, items_of
from forms.labels import READY_SCALES, ready_options
from forms.steps.another_kind import copy_as, id_of_copy_as, other_kinds
from forms.steps.change import change_unit, unit_in_its_place
from forms.steps.conditions import answers_before, freed
from forms.steps.items import place_unit
from forms.steps.lines import Line
from forms.steps.units import StepImpossible, Unit, find_unit
from forms.texts import Data

bp = Blueprint("editor_items", __name__, url_prefix="/<language>/desk/forms/<draft_id>/items")

#: What a button may send besides those of the lines.
_READY = "ready-"
#: Fields with words that nobody wants to type again.
_TYPED = ("text", "title", "why", "hint", "then", "now", "unit", "low_step", "middle_step", "high_step")


@bp.get("/<item_id>")
def item(draft_id: str, item_id: str) -> ResponseReturnValue:
    """A question or a notice."""
    seen = seen_draft(draft_id)
    unit = find_unit(seen.data, item_id)[2]
    form = item_form(seen.data, unit)
    form.show_at(seen.draft.revision)
    return _page(form, seen, unit)


@bp.post("/<item_id>")
def change(draft_id: str, item_id: str) -> ResponseReturnValue:
    """Keep what was typed, and go where the button leads."""
    seen = seen_draft(draft_id)
    if item_id not in ids_of(seen.data):
        return _gone(seen)
    unit = find_unit(seen.data, item_id)[2]
    typed = after_pressing(request.form)
    form = item_form(seen.data, unit, typed)
    if not form.validate() or not form.check(seen.data, unit):
        return _refused(form, seen, unit)
    facts, step = form.facts(), typed.get("go", "")
    facts |= _ready(step, seen.draft.source_language)
    section = request.form.get("section", "")

    def put(data: Data) -> Data:
        changed = change_unit(data, item_id, facts)
        now = unit_in_its_place(data, changed, item_id)
        return place_unit(changed, now, section=section) if _is_elsewhere(changed, now, section) else changed

    if not stored(draft_id, form, Step("item_changed", put, item_id)):
        return _refused(form, seen, unit)
    after = put(seen.data)
    if freed(seen.data, after) and step != "keep":
        flash(gettext("What was asked only because of these answers is asked of everybody now. Look through it."))
    return _on(form, draft_id, unit_in_its_place(seen.data, change_unit(seen.data, item_id, facts), item_id))


def _on(form: ItemForm, draft_id: str, item_id: str) -> ResponseReturnValue:
    """Where the pressed button leads."""
    go = request.form.get("go", "")
    here = url_for(".item", draft_id=draft_id, item_id=item_id)
    if go == "keep":
        return jsonify(revision=form.revision.data, action=here, ids=_ids_of_lines(form), said=gettext("Saved"))
    if go == "condition":
        return redirect(url_for("editor_parts.condition", draft_id=draft_id, what="item", part_id=item_id))
    if go == "another":
        return _copied_as(form, draft_id, item_id)
    place = _place_after(form, go)
    if place:
        return redirect(f"{here}#{place}")
    return redirect(url_for("editor.show", draft_id=draft_id, _anchor=f"item-{item_id}"))


def _place_after(form: ItemForm, go: str) -> str:
    """Where on the same page the button leads; "" where it leads away from it."""
    if go.startswith("more-"):
        name = go.removeprefix("more-")
        return f"{name}-{len(form.lines(name)) if name in LINES else 0}-label"
    return "options-0-label" if go.startswith(_READY) else place_of_line(request.form)


def _copied_as(form: ItemForm, draft_id: str, item_id: str) -> ResponseReturnValue:
    """What was typed is kept by now: the same as a question of another kind, right behind this one."""
    data, kind = seen_draft(draft_id).data, request.form.get("another", "")
    here = url_for(".item", draft_id=draft_id, item_id=item_id)
    if kind not in other_kinds(find_unit(data, item_id)[2]):
        return redirect(f"{here}#another")
    new = id_of_copy_as(data, item_id, kind)
    try:
        take_step(draft_id, Step("item_copied", lambda now: copy_as(now, item_id, kind), new), form.seen())
    except (DraftChanged, StepImpossible):
        flash(gettext("It could not be copied: somebody else is changing this form, or the section is full."))
        return redirect(here)
    flash(gettext("Here is the copy. The first question is still there, right before it: remove it if it has to go."))
    return redirect(f"{url_for('.item', draft_id=draft_id, item_id=new)}#main")


def _refused(form: ItemForm, seen: DraftAsSeen, unit: Unit) -> ResponseReturnValue:
    if request.form.get("go") != "keep":
        return _page(form, seen, unit)
    if form.conflict:
        said = gettext("Somebody else changed this form meanwhile. Press “Save” to see both: nothing is lost.")
        return jsonify(said=said, conflict=True), 409
    return jsonify(said=gettext("Not saved yet:"), problems=form.problems()), 422


def _gone(seen: DraftAsSeen) -> ResponseReturnValue:
    said = gettext("Somebody else removed this meanwhile")
    if request.form.get("go") == "keep":
        return jsonify(said=said, conflict=True), 409
    typed = [value for name, value in request.form.items() if name in _TYPED or name.endswith("-label")]
    return render_template("workshop/gone.html", seen=seen, draft=seen.draft, typed=filter(None, typed)), 409


def _page(form: ItemForm, seen: DraftAsSeen, unit: Unit) -> ResponseReturnValue:
    known = {each["id"]: each for each in items_of(seen.data)}
    ready = {name: ready_options(name, seen.draft.source_language) for name in READY_SCALES}
    page = render_template(
        "workshop/item.html",
        form=form,
        seen=seen,
        draft=seen.draft,
        unit=unit,
        kind=form.kind,
        parts_of_line=parts_of_line,
        pictogram_names=picture_names(),
        can_compare=form.kind in BREAKDOWNS,
        before=answers_before(seen.data, unit[0]["id"]),
        others=other_kinds(unit),
        asked=asked_of(unit[0], known, seen.draft.source_language),
        section=seen.data["sections"][find_unit(seen.data, unit[0]["id"])[0]]["id"],
        ready={name: steps for name, steps in ready.items() if steps and form.kind in ("scale", "matrix", "then-now")},
        theirs=list(words_within(seen.data, unit)),
        heard=history_of(the_school(), signed_in(), seen.draft.id, *(each["id"] for each in unit)),
    )
    return page, 409 if form.conflict else 422 if form.problems() else 200


def _ready(go: str, language: str) -> dict[str, Any]:
    """The answers of a ready-made scale, where that button was pressed."""
    options = ready_options(go.removeprefix(_READY), language) if go.startswith(_READY) else []
    return {"options": [Line(each["id"], each["label"][language]) for each in options]} if options else {}


def _is_elsewhere(data: Data, item_id: str, section: str) -> bool:
    known = {each["id"] for each in data["sections"]}
    return section in known and data["sections"][find_unit(data, item_id)[0]]["id"] != section


def _ids_of_lines(form: ItemForm) -> dict[str, str]:
    """The ids that new answers got, by the name of their hidden field."""
    lists = [form[name] for name in LINES if name in form and isinstance(form[name], FieldList)]
    return {entry.form["id"].name: entry.form["id"].data or "" for each in lists for entry in each.entries}
