"""The files of a form's texts at the desk: downloads, and a file that comes back, seen before it is taken.

Between the two presses nothing is stored: what would be taken travels in the page, signed and packed.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import FileStorage

from feedback.i18n import gettext, translations_now
from feedback.operations.errors import DraftChanged
from feedback.operations.workshop.form_files import plan_for, sheet_for, take_file
from feedback.web.forms_desk import N_, DeskForm
from feedback.web.place import now, signed_in, the_school
from forms.translation_files import FORMATS, LARGEST, FileRefused, FileUnit, Found, Plan, read, write
from forms.translation_files.sheet import WHY

bp = Blueprint("form_files", __name__, url_prefix="/<language>/desk/forms/<draft_id>/files/<in_language>")

#: Bytes of a request with a file: a little beside it. A larger file is refused where it is read, with its cure.
_WITH_FILE = LARGEST + 100_000
#: Bytes of what was read on its way back: texts packed and signed are seldom larger than the file, never twice.
_WITH_TEXTS = 2 * LARGEST


class TextFileForm(DeskForm):
    """A file with texts."""

    file = FileField()

    def found(self) -> Found | None:
        """What the file says, or None: then the form says why not."""
        given = self.file.data
        if not isinstance(given, FileStorage) or not given.filename:
            self.blame("file", N_("Choose a file first."))
            return None
        raw = given.read(LARGEST + 1)
        given.close()
        try:
            return read(raw)
        except FileRefused as refused:
            self.refuse_file(refused)
            return None

    def refuse_file(self, refused: FileRefused) -> None:
        """Say at the field why the file is not taken, and where in it."""
        said = gettext(WHY[refused.why])
        if refused.detail:
            said = gettext("%(why)s In the file: %(detail)s", why=said, detail=refused.detail)
        self.file.errors = [said]


@bp.url_value_preprocessor
def _allow_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A file may be larger than other forms are. Before everything else, because the check of forgeries reads it."""
    if endpoint == "form_files.look":
        request.max_content_length = _WITH_FILE
    elif endpoint == "form_files.take":
        request.max_content_length = request.max_form_memory_size = _WITH_TEXTS


@bp.get("")
def show(draft_id: str, in_language: str) -> ResponseReturnValue:
    """Downloads, and a place for a file that comes back."""
    return _page(draft_id, in_language, TextFileForm(formdata=None))


@bp.get("/texts.<any(xliff21, xliff12, po, csv, xlsx):format_>")
def download(draft_id: str, in_language: str, format_: str) -> ResponseReturnValue:
    """The texts as a file."""
    sheet = sheet_for(the_school(), signed_in(), draft_id, in_language)
    kind = FORMATS[format_]
    try:
        answer = Response(write(format_, sheet), mimetype=kind.mimetype)
    except FileRefused as refused:
        form = TextFileForm(formdata=None)
        form.refuse_file(refused)
        return _page(draft_id, in_language, form)
    name = f"{sheet.form}-{in_language}.{kind.ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.post("")
def look(draft_id: str, in_language: str) -> ResponseReturnValue:
    """What a file would change; nothing is stored."""
    form = TextFileForm()
    # Who may not take a file learns nothing about one.
    sheet_for(the_school(), signed_in(), draft_id, in_language)
    found = form.found() if form.validate_on_submit() else None
    if found is not None:
        try:
            return _plan_page(draft_id, in_language, found)
        except FileRefused as refused:
            form.refuse_file(refused)
    return _page(draft_id, in_language, form)


@bp.post("/take")
def take(draft_id: str, in_language: str) -> ResponseReturnValue:
    """Take what was seen; where something else would be taken by now, show that first."""
    sheet_for(the_school(), signed_in(), draft_id, in_language)
    try:
        found, seen = _unpacked(request.form.get("read", ""), draft_id, in_language)
    except (BadData, ValueError, TypeError):
        abort(400)
    try:
        texts = take_file(the_school(), signed_in(), draft_id, in_language, found, seen=seen, now=now())
    except DraftChanged:
        return _plan_page(draft_id, in_language, found, changed=True)
    told = translations_now().ngettext(
        "%(count)s text was taken from the file.", "%(count)s texts were taken from the file.", texts
    )
    flash(told % {"count": texts})
    return redirect(url_for(".show", draft_id=draft_id, in_language=in_language))


def _page(draft_id: str, in_language: str, form: TextFileForm) -> ResponseReturnValue:
    sheet = sheet_for(the_school(), signed_in(), draft_id, in_language)
    made = render_template("form_files/show.html", form=form, sheet=sheet, draft_id=draft_id, formats=list(FORMATS))
    return made, 422 if form.problems() else 200


def _plan_page(draft_id: str, in_language: str, found: Found, *, changed: bool = False) -> ResponseReturnValue:
    plan = plan_for(the_school(), signed_in(), draft_id, in_language, found)
    page = render_template(
        "form_files/plan.html",
        plan=plan,
        found=found,
        draft_id=draft_id,
        in_language=in_language,
        read=_packed(found, plan, draft_id, in_language),
        changed=changed,
    )
    return page, 409 if changed else 200


def _signer(draft_id: str, in_language: str) -> URLSafeSerializer:
    """For this account, form and language alone."""
    salt = f"texts of a file {signed_in().id} {draft_id} {in_language}"
    return URLSafeSerializer(the_school().settings.secret, salt=salt)


def _packed(found: Found, plan: Plan, draft_id: str, in_language: str) -> str:
    """What would be taken, and the digest of it."""
    texts = [[unit.key, unit.source, unit.words, unit.said, unit.mark] for unit in (line.unit for line in plan.taken)]
    about = [found.form, found.source_language, found.language, found.made_from]
    packed: str | bytes = _signer(draft_id, in_language).dumps([*about, plan.digest, texts])
    return packed if isinstance(packed, str) else packed.decode()


def _unpacked(packed: str, draft_id: str, in_language: str) -> tuple[Found, str]:
    """As `_packed` was given it; BadData."""
    form, source_language, language, made_from, seen, texts = _signer(draft_id, in_language).loads(packed)
    units = tuple(FileUnit(*each) for each in texts)
    return Found(form, source_language, language, units, made_from), seen
