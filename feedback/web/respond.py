"""Answering: a round's pages from the first screen to the thank-you.

Nothing about a request is kept: no cookie, no session, no address, no log line. Between screens everything travels in
the page itself, so an answer is stored once it is sent, and not before.
"""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from wtforms import Form

from feedback.i18n import Catalogue, language_now, offered, speak, translations_now
from feedback.operations.errors import AnswersTooLong, NothingAnswered, SlipUnknown, StorageUnavailable
from feedback.operations.publish import Asked, open_for_answers
from feedback.operations.respond import accept
from feedback.operations.respond_sealed import sealing_of
from feedback.privacy.carrying import CarriedFieldBroken, carried, carry
from feedback.privacy.receipts import is_form_key, new_form_key
from feedback.privacy.slips import normal
from feedback.web.errors import said_of
from feedback.web.filling import Filling
from feedback.web.paper import ReceiptPaper
from feedback.web.place import now, the_school
from feedback.web.typed import typed_fields
from forms.builder import accept_answers, answers_of, build_form, field_name
from forms.questions.base import Answer
from forms.wording import Words, say

bp = Blueprint("respond", __name__)
bp.add_app_template_global(say)

#: The round's own link, and the link handed to one of its groups.
_ADDRESSES = ("/<language>/r/<code>", "/<language>/r/<code>/g/<group>")
#: Letters of what is typed as a slip that are kept in the page.
LONGEST_SLIP = 40


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
    typed = typed_fields()
    filling = _carried(asked, typed)
    if filling.at < filling.last and not filling.at:
        # The first screen may come out of a cache, and then others have its key too; what answers a POST never does.
        filling = replace(filling, form_key=new_form_key())
    form = form_class(filling)(typed)
    go = typed.get("go")
    if go == "back":
        return _show(filling.answered(answers_of(asked.instrument, form)).moved(-1))
    if go == "skip":
        return _show(filling.answered({}).moved(+1))
    is_fine, is_last = form.validate(), filling.at == filling.last
    # A form that can be sent is not asked here: if it is sent again, it is in the box already.
    problem = None if filling.at or (is_fine and is_last) else _mistyped(filling)
    if problem or not is_fine:
        return _show(filling, form, status=422, problem=problem)
    filling = filling.answered(answers_of(asked.instrument, form))
    return _send(filling, form) if is_last else _show(filling.moved(+1))


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
    asked, key = filling.asked, filling.key
    try:
        accepted = accept(the_school(), asked, key, filling.answers, slip=filling.slip, now=now())
    except (NothingAnswered, AnswersTooLong, SlipUnknown, StorageUnavailable) as kept:
        # These leave people the form with everything they typed; all others end it.
        status, problem = said_of(kept)
        if isinstance(kept, SlipUnknown):
            problem = _mistyped(filling) or problem
        return _show(filling, form, status=status, problem=problem)
    paper = ReceiptPaper(accepted.receipt, asked.code)
    return make_response(render_template("respond/thanks.html", paper=paper, again=accepted.again, **words_of(asked)))


def _mistyped(filling: Filling) -> str | None:
    """What the slip's check letter says, before anything is answered.

    No slip is looked up before it is sent and thereby used: whoever printed the sheet could otherwise watch which of
    its slips were used, which is a count of the box and may be somebody's name.
    """
    return "slip-mistyped" if filling.asked.slips and normal(filling.slip) is None else None


def _show(filling: Filling, form: Form | None = None, *, status: int = 200, problem: str | None = None) -> Response:
    form = form or form_class(filling)(data=_as_typed(filling))
    page = make_response(
        render_template(
            f"respond/{_screen(filling)}.html",
            filling=filling,
            form=form,
            question=filling.questions[0] if filling.questions else None,
            languages=languages_of(filling.asked),
            carried=_carry(filling),
            failed=status != 200,
            problem=problem,
            **sealed_here(filling.asked, form),
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


def sealed_here(asked: Asked, form: Form) -> dict[str, object]:
    """What the page needs to seal answers itself when its line is cut, and the rules it then has to know."""
    rules = {
        name: rule
        for name, field in form._fields.items()
        if (rule := {key: value for each in field.validators for key, value in getattr(each, "rule", {}).items()})
    }
    return {"sealing": sealing_of(the_school(), asked), "rules": rules}


def _screen(filling: Filling) -> str:
    if filling.asked.instrument.layout == "page":
        return "whole"
    if filling.questions:
        return "question"
    return "send" if filling.at else "start"


def form_class(filling: Filling) -> type[Form]:
    """The form of this screen's questions."""
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
    contents = {"answers": dict(filling.answers), "at": filling.at, "slip": filling.slip}
    return carry(contents, secret=the_school().settings.secret, bound_to=_bound_to(filling.asked))


def _carried(asked: Asked, typed: Mapping[str, str]) -> Filling:
    form_key = typed.get("form_key", "")
    if not is_form_key(form_key):
        raise CarriedFieldBroken
    contents = carried(typed.get("carried", ""), secret=the_school().settings.secret, bound_to=_bound_to(asked))
    answers = accept_answers(asked.instrument, contents["answers"])
    slip = typed.get("slip", contents.get("slip", ""))[:LONGEST_SLIP]
    own = typed.get("own", "")
    return Filling(asked, form_key, answers, contents["at"], slip, own if is_form_key(own) else "")
