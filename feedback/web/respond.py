"""Answering: a round's pages from the first screen to the thank-you.

Nothing about a request is kept: no cookie, no session, no address, no log line. Between screens everything travels in
the page itself, so an answer is stored once it is sent, and not before.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from wtforms import Form

from feedback.i18n import Catalogue, language_now, offered, speak, translations_now
from feedback.operations.errors import AnswersTooLong, NothingAnswered, StorageUnavailable
from feedback.operations.publish import Asked, open_for_answers
from feedback.operations.respond import accept
from feedback.privacy.carrying import CarriedFieldBroken, carried, carry
from feedback.privacy.receipts import is_form_key, new_form_key
from feedback.web.errors import said_of
from feedback.web.place import now, the_school
from forms.builder import accept_answers, answers_of, build_form, field_name
from forms.questions import AnyQuestion
from forms.questions.base import Answer
from forms.wording import Words, say

bp = Blueprint("respond", __name__)
bp.add_app_template_global(say)

#: The round's own link, and the link handed to one of its groups.
_ADDRESSES = ("/<language>/r/<code>", "/<language>/r/<code>/g/<group>")
_HALF_AN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Filling:
    """A form on its way. It is in the page and nowhere else."""

    asked: Asked
    form_key: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    #: The screen: 0 is the first one, then one a question, and a last one to send. A form on one page has only 0.
    at: int = 0

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """The questions of this screen."""
        every = self.asked.instrument.questions
        if self.asked.instrument.layout == "page":
            return every
        return every[self.at - 1 : self.at] if self.at else ()

    @property
    def last(self) -> int:
        """The screen from which the form is sent."""
        return 0 if self.asked.instrument.layout == "page" else len(self.asked.instrument.questions) + 1

    def answered(self, here: Mapping[str, Answer]) -> "Filling":
        """With these answers in place of all earlier ones to this screen's questions."""
        asked_here = {question.id for question in self.questions}
        kept = {id_: answer for id_, answer in self.answers.items() if id_ not in asked_here}
        return replace(self, answers={**kept, **here})

    def moved(self, steps: int) -> "Filling":
        """At another screen."""
        return replace(self, at=min(max(self.at + steps, 0), self.last))


def speak_the_language_of_the_address() -> None:
    """Respondents' pages speak the language that their address begins with, if it is offered."""
    language = (request.view_args or {})["language"]
    if language not in offered(Catalogue.RESPONDENT):
        abort(404)
    speak(language, Catalogue.RESPONDENT)


def refuse_forms_of_other_sites() -> None:
    """No other site may send a form in a visitor's name (privacy.md, L16).

    Browsers say Origin "null" for our own forms, because of our Referrer-Policy, so then only Sec-Fetch-Site tells.
    """
    if request.method != "POST":
        return
    origin = request.headers.get("Origin", "null")
    another_site = request.headers.get("Sec-Fetch-Site", "same-origin") in {"cross-site", "same-site"}
    if another_site or (origin != "null" and not _is_ours(origin)):
        abort(403)


bp.before_request(speak_the_language_of_the_address)
bp.before_request(refuse_forms_of_other_sites)


@bp.get(_ADDRESSES[0])
@bp.get(_ADDRESSES[1])
def ask(language: str, code: str, group: str | None = None) -> Response:
    """The first screen, or the whole form."""
    asked = open_for_answers(the_school(), code, language, group=group, now=now())
    return _show(Filling(asked, new_form_key()))


@bp.post(_ADDRESSES[0])
@bp.post(_ADDRESSES[1])
def answer(language: str, code: str, group: str | None = None) -> Response:
    """What was typed on one screen: on to the next one, or into the box."""
    asked = open_for_answers(the_school(), code, language, group=group, now=now())
    typed = _typed_fields()
    filling = _carried(asked, typed)
    form = _form_class(filling)(typed)
    go = typed.get("go")
    if go == "back":
        return _show(filling.answered(answers_of(asked.instrument, form)).moved(-1))
    if go == "skip":
        return _show(filling.answered({}).moved(+1))
    if not form.validate():
        return _show(filling, form, status=422)
    filling = filling.answered(answers_of(asked.instrument, form))
    return _send(filling, form) if filling.at == filling.last else _show(filling.moved(+1))


def about_the_pilot(asked: Asked) -> dict[str, Words]:
    """The pilot's public words: title, trying, why and promise, each by language."""
    parts = ("title", "trying", "why", "promise")
    return {part: {language: said[part] for language, said in asked.pilot_words.items()} for part in parts}


def languages_of(asked: Asked) -> list[str]:
    """The languages a round can be read in: its own, as far as the service offers them."""
    return [language for language in asked.languages if language in offered(Catalogue.RESPONDENT)]


def _is_ours(origin: str) -> bool:
    try:
        return urlsplit(origin).netloc in {request.host, urlsplit(the_school().settings.public_address).netloc}
    except ValueError:
        return False  # no address at all, such as "http://[::1"


def _send(filling: Filling, form: Form) -> Response:
    try:
        receipt = accept(the_school(), filling.asked, filling.form_key, filling.answers, now=now())
    except (NothingAnswered, AnswersTooLong, StorageUnavailable) as kept:
        # These leave people the form with everything they typed; all others end it.
        status, problem = said_of(kept)
        return _show(filling, form, status=status, problem=problem)
    return make_response(render_template("respond/thanks.html", receipt=receipt, **words_of(filling.asked)))


def _show(filling: Filling, form: Form | None = None, *, status: int = 200, problem: str | None = None) -> Response:
    page = make_response(
        render_template(
            f"respond/{_screen(filling)}.html",
            filling=filling,
            form=form or _form_class(filling)(data=_as_typed(filling)),
            question=filling.questions[0] if filling.questions else None,
            languages=languages_of(filling.asked),
            carried=_carry(filling),
            failed=status != 200,
            problem=problem,
            **words_of(filling.asked),
        ),
        status,
    )
    if status == 503:
        page.headers["Retry-After"] = "60"
    return page


def words_of(asked: Asked) -> dict[str, object]:
    """What every page about a round is made from."""
    return {
        "asked": asked,
        "instrument": asked.instrument,
        "pilot": about_the_pilot(asked),
        "school_name": asked.school_name,
        "sample": asked.sample,
        "audience_class": f"ages-{asked.instrument.ages}" if asked.instrument.ages else asked.audience,
        "about": url_for("public.about", language=language_now().code, code=asked.code),
    }


def _typed_fields() -> MultiDict[str, str]:
    """What was typed, if the body is percent-encoded UTF-8. Flask would put U+FFFD where it is not."""
    body = request.get_data()
    if request.mimetype != "application/x-www-form-urlencoded" or _HALF_AN_ESCAPE.search(body):
        abort(400)
    try:
        unquote_to_bytes(body).decode()
    except UnicodeDecodeError:
        abort(400)
    return request.form


def _screen(filling: Filling) -> str:
    if filling.asked.instrument.layout == "page":
        return "whole"
    if filling.questions:
        return "question"
    return "send" if filling.at else "start"


def _form_class(filling: Filling) -> type[Form]:
    return build_form(
        filling.asked.instrument,
        language_now().code,
        questions=[question.id for question in filling.questions],
        translations=translations_now(),
    )


def _as_typed(filling: Filling) -> dict[str, Answer]:
    return {field_name(id_): answer for id_, answer in filling.answers.items()}


def _bound_to(asked: Asked) -> str:
    return f"{asked.bound_to} {asked.group or ''}"


def _carry(filling: Filling) -> str:
    contents = {"answers": dict(filling.answers), "at": filling.at}
    return carry(contents, secret=the_school().settings.secret, bound_to=_bound_to(filling.asked))


def _carried(asked: Asked, typed: Mapping[str, str]) -> Filling:
    form_key = typed.get("form_key", "")
    if not is_form_key(form_key):
        raise CarriedFieldBroken
    contents = carried(typed.get("carried", ""), secret=the_school().settings.secret, bound_to=_bound_to(asked))
    return Filling(asked, form_key, accept_answers(asked.instrument, contents["answers"]), contents["at"])
