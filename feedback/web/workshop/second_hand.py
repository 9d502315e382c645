"""Translating a text a second time without seeing the first, and settling what the two come to."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.errors import NotFound, TranslationChanged, TranslationRefused
from feedback.operations.workshop.second_hand import Blind, Pair, blind_texts, pairs, settle, translate_again
from feedback.web.place import now, signed_in, the_school
from feedback.web.workshop.forms_translate import SettleForm, TextForm
from forms.glossary import ready_words
from forms.text_context import context_of
from forms.word_changes import word_changes

bp = Blueprint("second_hand", __name__, url_prefix="/<language>/desk/translate/forms/<name>/<code>")


@bp.get("/second/")
def second(name: str, code: str) -> str:
    """The texts that somebody else has translated, with their sources only."""
    form, texts = blind_texts(the_school(), signed_in(), name, code)
    return render_template("translate/second.html", form=form, code=code, texts=texts)


@bp.route("/second/<path:key>", methods=["GET", "POST"])
def second_text(name: str, code: str, key: str) -> ResponseReturnValue:
    """One of them."""
    form, texts = blind_texts(the_school(), signed_in(), name, code)
    one = _one_of(texts, key)
    typing, changed = TextForm(), None
    if not typing.is_submitted():
        typing.words.data = one.own
        typing.see(one.text, one.revision)
    elif request.form.get("take"):
        typing.words.data = next(iter(ready_words(one.text.text, one.text.source, form.source, code)), "")
    elif typing.validate():
        try:
            translate_again(the_school(), signed_in(), name, code, typing.written(key), now=now())
            flash(gettext("Saved. Both translations can be compared now."))
            return redirect(url_for(".second", name=name, code=code))
        except TranslationRefused as refused:
            typing.blame_found(refused.found)
        except TranslationChanged as faster:
            typing.meet(faster)
            changed = faster
    page = render_template(
        "translate/second_text.html",
        form=form,
        code=code,
        one=one.text,
        context=context_of(form.data, one.text.text, form.source),
        ready=ready_words(one.text.text, one.text.source, form.source, code),
        typing=typing,
        changed=changed,
    )
    return page, 409 if changed else 422 if typing.problems() else 200


@bp.get("/compare/")
def compare(name: str, code: str) -> str:
    """What two people have translated, side by side."""
    form, found = pairs(the_school(), signed_in(), name, code)
    return render_template("translate/compare.html", form=form, code=code, pairs=found)


@bp.route("/compare/<path:key>", methods=["GET", "POST"])
def compare_text(name: str, code: str, key: str) -> ResponseReturnValue:
    """One text: choose one of the two, or write a third."""
    form, found = pairs(the_school(), signed_in(), name, code)
    pair = _pair_of(found, key)
    typing, changed = SettleForm(), None
    if not typing.is_submitted():
        typing.words.data = pair.first.words
        typing.second_revision.data = str(pair.second_revision)
        typing.see(pair.first)
    elif typing.validate():
        try:
            written, seen = typing.written(key), typing.seen_second()
            settle(the_school(), signed_in(), name, code, written, second_revision=seen, now=now())
            flash(gettext("Settled. The words wait to be signed."))
            return redirect(url_for(".compare", name=name, code=code))
        except TranslationRefused as refused:
            typing.blame_found(refused.found)
        except TranslationChanged as faster:
            typing.meet(faster)
            typing.second_revision.data = str(pair.second_revision)
            changed = faster
    pieces = word_changes(pair.first.words, pair.second)
    page = render_template(
        "translate/compare_text.html", form=form, code=code, pair=pair, pieces=pieces, typing=typing, changed=changed
    )
    return page, 409 if changed else 422 if typing.problems() else 200


def _one_of(texts: list[Blind], key: str) -> Blind:
    for each in texts:
        if each.text.text.key == key:
            return each
    raise NotFound(key)


def _pair_of(found: list[Pair], key: str) -> Pair:
    for each in found:
        if each.first.text.key == key:
            return each
    raise NotFound(key)
