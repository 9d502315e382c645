"""Another school's pack in the browser: what is in it and who signed it, and the second press that takes it in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, HiddenField

from feedback.i18n import gettext
from feedback.operations.errors import NotReady
from feedback.operations.workshop.bring_in_pack import (
    LARGEST_PACK,
    LookedPack,
    carried_pack,
    look_into_pack,
    take_in_pack,
)
from feedback.web.forms_desk import N_, DeskForm
from feedback.web.place import now, signed_in, the_school
from forms.exchange.pack_members import PackRefused
from forms.exchange.pack_sentences import SENTENCES, VOICES

_REFUSED = {
    "not_compared": ("compared", N_("Compare the letters with the other school, and tick the box.")),
    "another_file": ("file", N_("Choose the same file once more: it has to be the one that you looked into.")),
    "too_many": ("file", N_("There are 500 pictures already. Remove some that no form uses.")),
    "too_large": ("file", N_("The form in the pack is larger than a form can be.")),
}


class PackForm(DeskForm):
    """The pack that was looked at, or the file once more; and whether somebody compared the letters."""

    pack = HiddenField()
    sealed = HiddenField()
    file = FileField()
    compared = BooleanField()


def sentence_of(refused: PackRefused) -> str:
    """Why a pack is refused, in the language of the page."""
    return gettext(SENTENCES[refused.code]) % {"member": refused.member}


def show_pack(body: bytes) -> str:
    """What is in the pack. Raises PackRefused."""
    looked = look_into_pack(the_school(), signed_in(), body)
    form = PackForm(formdata=None, data={"pack": looked.carried, "sealed": looked.sealed})
    return _page(form, looked)


def keep_pack() -> ResponseReturnValue:
    """Take the pack in, or show it again with what is wrong."""
    form = PackForm()
    body = _sent(form)
    try:
        made = take_in_pack(
            the_school(), signed_in(), body, form.sealed.data or "", compared=bool(form.compared.data), now=now()
        )
    except NotReady as refused:
        for code in refused.missing:
            form.blame(*_REFUSED[code])
        return _again(form, body), 422
    except PackRefused as refused:
        form.blame("file", sentence_of(refused))
        return _again(form, body), 422
    flash(gettext("The form is a draft now, with its pictures and recordings. Nobody is asked before you say so."))
    return redirect(url_for("editor.show", draft_id=made))


def _sent(form: PackForm) -> bytes:
    given = form.file.data
    chosen = given.read(LARGEST_PACK + 1) if isinstance(given, FileStorage) else b""
    return chosen or carried_pack(form.pack.data or "")


def _again(form: PackForm, body: bytes) -> str:
    """The same page; without the pack's contents where no pack came, or another one than was looked at."""
    try:
        looked = look_into_pack(the_school(), signed_in(), body)
    except PackRefused:
        return _page(form, None)
    return _page(form, looked)


def _page(form: PackForm, looked: LookedPack | None) -> str:
    return render_template("exchange/pack.html", form=form, looked=looked, carries=bool(form.pack.data), voices=VOICES)
