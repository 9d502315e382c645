"""A draft as whoever is asked would see it, in the respondents' own pages. Nothing can be sent from here."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import Catalogue, offered, speaking
from feedback.languages import direction_of
from feedback.operations.answers.draft_preview import DraftPreview, draft_preview, laid_out
from feedback.operations.answers.publish import Asked
from feedback.privacy.receipts import new_form_key
from feedback.spoken import language_now
from feedback.web.place import now, signed_in, the_school
from feedback.web.respondents.filling import Filling, blocks
from feedback.web.respondents.respond import form_class
from feedback.web.respondents.round_pages import words_of
from feedback.web.workshop.editing import seen_draft
from forms.paper import line_numbers

bp = Blueprint("editor_preview", __name__, url_prefix="/<language>/desk/forms/<draft_id>/preview")

#: How it can be looked at; "mirrored" is from right to left, in whatever words there are.
VIEWS = ("child", "phone", "page", "mirrored", "paper")
_LARGEST_SCREEN = 4


@bp.get("/")
def show(draft_id: str) -> ResponseReturnValue:
    """One page of the preview: `as` is one of VIEWS, `in` a language, `n` a screen, `item` what it should show."""
    view, language = view_wanted() or "phone", request.args.get("in", "")
    preview = draft_preview(the_school(), signed_in(), draft_id, language, now=now())
    if preview.asked is None:
        return render_template("workshop/no_preview.html", draft=preview.draft)
    spoken = _spoken(preview, language, view)
    if spoken not in preview.asked.languages:
        preview = draft_preview(the_school(), signed_in(), draft_id, spoken, now=now())
    asked = _laid_out(cast(Asked, preview.asked), view)
    if view == "paper":
        return _paper(asked, spoken)
    filling = Filling(asked, new_form_key())
    filling = replace(filling, at=_screen(filling))
    page = _page(filling, spoken, view)
    if view == "mirrored" and direction_of(spoken) == "ltr":
        page = page.replace('dir="ltr"', 'dir="rtl"', 1)
    return make_response(page)


@bp.post("/")
def go_on(draft_id: str) -> Response:
    """A button of a screen: the next one, or the one before. What was typed goes nowhere."""
    seen_draft(draft_id)
    by = -1 if request.form.get("go") == "back" else 1
    at = max(0, _number(request.args.get("n")) + by)
    kept = {key: value for key, value in request.args.items() if key in ("as", "in")}
    address: dict[str, Any] = {**kept, "draft_id": draft_id, "n": at}
    return make_response(redirect(url_for(".show", **address)))


def _page(filling: Filling, spoken: str, view: str) -> str:
    address: str = url_for(".show", **_address(view, spoken, filling.at))
    with speaking(spoken, Catalogue.RESPONDENT):
        form = form_class(filling)()
        return render_template(
            f"respond/{filling.screen.kind}.html",
            **words_of(filling.asked),
            filling=filling,
            form=form,
            blocks=blocks,
            languages=[],
            carried="",
            carried_words="",
            failed=False,
            problem=None,
            sealing=None,
            rules={},
            address=address,
        )


def _address(view: str, spoken: str, at: int) -> dict[str, Any]:
    kept = {"as": view, "in": spoken, "n": at, "language": language_now().code}
    return {**(request.view_args or {}), **kept}


def _paper(asked: Asked, spoken: str) -> str:
    day = now().date() + timedelta(days=14)
    with speaking(spoken, Catalogue.RESPONDENT):
        page = render_template(
            "paper/form.html",
            **words_of(asked),
            numbers=line_numbers(asked.instrument),
            facts=SimpleNamespace(return_by=day),
            room="roomy",
        )
    # Printed, the sheet is made by another engine, which knows this address.
    sheets = ("paper.css", "workshop-paper.css")
    links = "".join(f'<link rel="stylesheet" href="{url_for("static", filename=name)}">' for name in sheets)
    return page.replace('<link rel="stylesheet" href="product:paper.css">', links)


def _laid_out(asked: Asked, view: str) -> Asked:
    if request.args.get("item") or view == "child":
        return laid_out(asked, "screens")
    return laid_out(asked, "page" if view == "page" else asked.instrument.layout)


def _screen(filling: Filling) -> int:
    """The screen that is asked for; with `item` the one that shows it."""
    wanted = request.args.get("item")
    places = [at for at, screen in enumerate(filling.screens) if wanted and screen.item == wanted]
    return places[0] if places else min(_number(request.args.get("n")), filling.last)


def _spoken(preview: DraftPreview, language: str, view: str) -> str:
    """The language of the page: the one asked for, if the draft is complete in it; else its own.

    From right to left it is one that is written so, where there is one; mirrored words would mislead.
    """
    can = [code for code in preview.languages if code in offered(Catalogue.RESPONDENT)]
    from_the_right = [code for code in can if direction_of(code) == "rtl"]
    if view == "mirrored" and not language and from_the_right:
        return from_the_right[0]
    return language if language in can else preview.draft.source_language


def view_wanted() -> str:
    """The way to look at it that the address asks for; "" where it asks for none."""
    wanted = request.args.get("as", "")
    return wanted if wanted in VIEWS else ""


def _number(typed: str | None) -> int:
    text = typed or ""
    return int(text) if text.isdecimal() and len(text) <= _LARGEST_SCREEN else 0
