"""The translator's pages: what waits in one's own languages, a form's texts, one text, and the product's notice."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import TranslationChanged, TranslationRefused
from feedback.operations.workshop.form_words import Translated
from feedback.operations.workshop.product_words import notice_for, notices_for, sign_notice
from feedback.operations.workshop.translatable import Form, form_for, to_translate
from feedback.operations.workshop.translate import (
    Signed,
    find_text,
    remarks_now,
    sign_texts,
    translate_text,
    withdraw_signature,
)
from feedback.spoken import whole
from feedback.web.place import now, signed_in, the_school
from feedback.web.workshop.forms_translate import DigestForm, ReadForm, TextForm, facts_for_templates
from forms.glossary import ready_words
from forms.text_context import context_of
from forms.word_changes import word_changes

bp = Blueprint("translate", __name__, url_prefix="/<language>/desk/translate")
for _name, _value in facts_for_templates().items():
    bp.add_app_template_global(_value, _name)

#: Texts on a page: as many as a person can read before saying that they have.
_A_PAGE = 20
#: In the order in which they are offered to look at alone.
FILTERS = ("stale", "missing", "machine", "draft", "identical", "signed")


@dataclass(frozen=True, slots=True)
class Around:
    """A text with what stands before and after it, and the one that is next to do."""

    text: Translated
    before: Translated | None
    after: Translated | None


@bp.get("/")
def home() -> str:
    """What waits in this account's languages, and nothing else."""
    forms = to_translate(the_school(), signed_in())
    return render_template("translate/home.html", forms=forms, notices=notices_for(the_school(), signed_in()))


@bp.get("/notice/<code>")
def notice(code: str) -> str:
    """The product's notice, source and words side by side."""
    told = notice_for(the_school(), signed_in(), code)
    return render_template("translate/notice.html", notice=told, form=DigestForm(data={"digest": told.digest}))


@bp.post("/notice/<code>")
def sign_the_notice(code: str) -> ResponseReturnValue:
    """All of it was read, and says what the source says."""
    form = DigestForm()
    try:
        sign_notice(the_school(), signed_in(), code, str(form.digest.data or ""), now=now())
        flash(gettext("Signed. Thank you."))
    except TranslationChanged:
        flash(gettext("These texts have changed since you opened the page. Nothing was signed: read them again."))
    return redirect(url_for(".notice", code=code))


@bp.get("/forms/<name>/<code>/")
def show(name: str, code: str) -> str:
    """A form's texts in one language, all or those in one state, twenty a page."""
    form, told = form_for(the_school(), signed_in(), name, code)
    state = request.args.get("state", "")
    chosen = [each for each in told if state in ("", each.state)]
    pages = max(1, -(-len(chosen) // _A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    there = chosen[(page - 1) * _A_PAGE : page * _A_PAGE]
    refused = {each.text.key for each in there if any(one.hard for one in remarks_now(form, told, each, code))}
    return render_template(
        "translate/form.html",
        form=form,
        code=code,
        states={each: sum(one.state == each for one in told) for each in FILTERS},
        state=state,
        told=there,
        refused=refused,
        to_sign=[each for each in there if _can_be_signed(each) and each.text.key not in refused],
        page=page,
        pages=pages,
        opening=ReadForm(),
    )


@bp.post("/forms/<name>/<code>/sign")
def sign(name: str, code: str) -> ResponseReturnValue:
    """All that was read on a page."""
    signed = sign_texts(the_school(), signed_in(), name, code, ReadForm().texts(), now=now())
    for sentence in _told_of(signed):
        flash(sentence)
    state, page = request.args.get("state"), request.args.get("page", type=int)
    return redirect(url_for(".show", name=name, code=code, state=state, page=page))


@bp.post("/forms/<name>/<code>/withdraw")
def withdraw(name: str, code: str) -> ResponseReturnValue:
    """Take one signature back."""
    # Who may not translate this learns nothing, also without a text to take back.
    form_for(the_school(), signed_in(), name, code)
    for read in ReadForm().texts()[:1]:
        withdraw_signature(the_school(), signed_in(), name, code, read, now=now())
        flash(gettext("The signature is taken back. Nobody is asked in these words before they are signed again."))
        return redirect(url_for(".text", name=name, code=code, key=read.key))
    return redirect(url_for(".show", name=name, code=code))


@bp.route("/forms/<name>/<code>/text/<path:key>", methods=["GET", "POST"])
def text(name: str, code: str, key: str) -> ResponseReturnValue:
    """One text: its source and all that helps to understand it, and its words to write."""
    found, told = form_for(the_school(), signed_in(), name, code)
    one, typing, changed = find_text(told, key), TextForm(), None
    if not typing.is_submitted():
        typing.words.data = one.words
        typing.identical.data = one.state == "identical"
        typing.see(one)
    elif request.form.get("take"):
        typing.words.data = next(iter(ready_words(one.text, one.source, found.source, code)), typing.words.data)
    elif typing.validate():
        try:
            sign_it = request.form.get("go") == "sign"
            translate_text(the_school(), signed_in(), name, code, typing.written(key), sign=sign_it, now=now())
            flash(gettext("Saved and signed.") if sign_it else gettext("Saved."))
            return redirect(_next(name, code, key))
        except TranslationRefused as refused:
            typing.blame_found(refused.found)
        except TranslationChanged as faster:
            typing.meet(faster)
            changed = faster
    status = 409 if changed else 422 if typing.problems() else 200
    return _page(found, told, one, code, typing, changed), status


def _page(
    form: Form, told: list[Translated], one: Translated, code: str, typing: TextForm, changed: TranslationChanged | None
) -> str:
    place = told.index(one)
    return render_template(
        "translate/text.html",
        form=form,
        code=code,
        one=one,
        around=Around(one, told[place - 1] if place else None, told[place + 1] if place + 1 < len(told) else None),
        number=place + 1,
        total=len(told),
        context=context_of(form.data, one.text, form.source),
        ready=ready_words(one.text, one.source, form.source, code),
        pieces=word_changes(one.before, one.source) if one.before else (),
        remarks=remarks_now(form, told, one, code) if one.state not in ("missing", "stale") else (),
        typing=typing,
        changed=changed,
    )


def _next(name: str, code: str, key: str) -> str:
    """The next text that nobody has signed, the list where there is none."""
    _form, told = form_for(the_school(), signed_in(), name, code)
    place = next((number for number, each in enumerate(told) if each.text.key == key), 0)
    waiting = [each for each in (*told[place + 1 :], *told[:place]) if each.state != "signed"]
    if not waiting:
        return url_for(".show", name=name, code=code)
    return url_for(".text", name=name, code=code, key=waiting[0].text.key)


def _can_be_signed(one: Translated) -> bool:
    return one.state in ("machine", "draft", "identical")


def _told_of(signed: Signed) -> list[str]:
    told = []
    if signed.count:
        told.append(gettext("Signed: %(number)s. Thank you.", number=whole(signed.count)))
    if signed.changed:
        told.append(gettext("Some texts have changed since you opened the page. Please read them again."))
    if signed.refused:
        told.append(gettext("Some texts cannot be signed as they are. Open them to see what is missing."))
    return told
