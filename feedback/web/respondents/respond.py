"""Answering: a round's pages from the first screen to the thank-you.

Nothing about a request is kept: no cookie, no session, no address, no log line. Between screens everything travels in
the page itself, so an answer is stored once it is sent, and not before.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from wtforms import Form

from feedback.i18n import translations_now
from feedback.operations.answers.publish import Asked, open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.answers.respond_sealed import sealing_of
from feedback.operations.errors import (
    AnswersTooLong,
    NothingAnswered,
    RoomClosed,
    RoomFull,
    SlipUnknown,
    StorageUnavailable,
)
from feedback.privacy.carrying import CarriedFieldBroken, carried, carry
from feedback.privacy.receipts import is_form_key, new_form_key
from feedback.privacy.slips import normal
from feedback.spoken import language_now, languages_now
from feedback.web.errors import said_of
from feedback.web.look import version_of_the_look
from feedback.web.place import now, the_school
from feedback.web.respondents.aloud import recorded_here
from feedback.web.respondents.filling import Filling, blocks
from feedback.web.respondents.kept_pages import KeptPage, cut, made_once, new_mark
from feedback.web.respondents.paper import address_of_receipts, square_of
from feedback.web.respondents.round_pages import (
    below,
    languages_of,
    speak_the_language_of_the_address,
    words_of,
)
from feedback.web.typed import typed_fields
from forms.builder import accept_answers, answers_of, build_form, field_name
from forms.piping import in_full
from forms.questions.base import Answer
from forms.wording import say

bp = Blueprint("respond", __name__)
bp.add_app_template_global(say)
bp.add_app_template_global(in_full)

#: The round's own link, and the link handed to one of its groups.
_ADDRESSES = ("/<language>/r/<code>", "/<language>/r/<code>/g/<group>")
#: Letters of what is typed as a slip that are kept in the page.
LONGEST_SLIP = 40
#: What a button of the overview sends before the number of the screen that it changes.
_CHANGE = "change-"


bp.before_request(speak_the_language_of_the_address)


@bp.get(_ADDRESSES[0])
@bp.get(_ADDRESSES[1])
def ask(language: str, code: str, group: str | None = None) -> Response:
    """The first screen, or the whole form."""
    asked = open_for_answers(the_school(), code, language, below=below(), group=group, now=now())
    # The one page that is asked for by everybody at the same time, and before anybody has typed anything.
    key = (request.path, version_of_the_look(), recorded_here(asked))
    kept = made_once(asked, key, partial(_first_page, asked))
    return make_response(kept.filled({"form_key": new_form_key()}))


@bp.post(_ADDRESSES[0])
@bp.post(_ADDRESSES[1])
def answer(language: str, code: str, group: str | None = None) -> Response:
    """What was typed on one screen: on to the next one, or into the box."""
    asked = open_for_answers(the_school(), code, language, below=below(), group=group, now=now())
    return step(asked, typed_fields(), _put_in)


def step(asked: Asked, typed: MultiDict[str, str], put_in: Callable[[Filling], Response]) -> Response:
    """One screen of a form, whichever address it came to; `put_in` puts the whole form into the box, and says so."""
    filling = _carried(asked, typed)
    if filling.at < filling.last and not filling.at:
        # The first screen may come out of a cache, and then others have its key too; what answers a POST never does.
        filling = replace(filling, form_key=new_form_key())
    form = form_class(filling)(typed)
    go = typed.get("go", "")
    if go == "back":
        return show(filling.gone_back(answers_of(asked.instrument, form)))
    if go == "skip":
        return show(filling.gone_on({}))
    if go.startswith(_CHANGE):
        return show(filling.changing(go.removeprefix(_CHANGE)))
    is_fine, is_last = form.validate(), filling.at == filling.last
    # A form that can be sent is not asked here: if it is sent again, it is in the box already.
    problem = None if filling.at or (is_fine and is_last) else _mistyped(filling)
    if problem or not is_fine:
        return show(filling, form, status=422, problem=problem)
    answers = answers_of(asked.instrument, form)
    return _send(filling.answered(answers), form, put_in) if is_last else show(filling.gone_on(answers))


def _send(filling: Filling, form: Form, put_in: Callable[[Filling], Response]) -> Response:
    try:
        return put_in(filling)
    except (NothingAnswered, AnswersTooLong, SlipUnknown, RoomFull, RoomClosed, StorageUnavailable) as still_typed:
        # These leave people the form with everything they typed; all others end it.
        status, problem = said_of(still_typed)
        if isinstance(still_typed, SlipUnknown):
            problem = _mistyped(filling) or problem
        return show(filling, form, status=status, problem=problem)


def _put_in(filling: Filling) -> Response:
    asked = filling.asked
    accepted = accept(the_school(), asked, filling.key, filling.answers, slip=filling.slip, now=now())
    made = partial(_thanks, asked, again=accepted.again)
    kept = made_once(asked, ("thanks", languages_now(), accepted.again, version_of_the_look()), made)
    square = square_of(address_of_receipts(asked.code), accepted.receipt)
    return make_response(kept.filled({"digits": accepted.receipt, "square": square}))


def _first_page(asked: Asked) -> KeptPage:
    mark = new_mark()
    return cut(show(Filling(asked, mark)).get_data(as_text=True), {"form_key": mark})


def _thanks(asked: Asked, *, again: bool) -> KeptPage:
    marks = {"digits": new_mark(), "square": new_mark()}
    page = render_template("respond/thanks.html", paper={**marks, "code": asked.code}, again=again, **words_of(asked))
    return cut(page, marks)


def _mistyped(filling: Filling) -> str | None:
    """What the slip's check letter says, before anything is answered.

    No slip is looked up before it is sent and thereby used: whoever printed the sheet could otherwise watch which of
    its slips were used, which is a count of the box and may be somebody's name.
    """
    return "slip-mistyped" if filling.asked.slips and normal(filling.slip) is None else None


def show(filling: Filling, form: Form | None = None, *, status: int = 200, problem: str | None = None) -> Response:
    """The screen at which the form is, with what was typed into it."""
    form = form or form_class(filling)(data=_as_typed(filling))
    page = make_response(
        render_template(
            f"respond/{filling.screen.kind}.html",
            filling=filling,
            form=form,
            blocks=blocks,
            languages=languages_of(filling.asked),
            carried=_carry(filling),
            carried_words=_carry_words(filling),
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


def sealed_here(asked: Asked, form: Form) -> dict[str, object]:
    """What the page needs to seal answers itself when its line is cut, and the rules it then has to know."""
    rules = {
        name: rule
        for name, field in form._fields.items()
        if (rule := {key: it for each in (field, *field.validators) for key, it in getattr(each, "rule", {}).items()})
    }
    return {"sealing": sealing_of(the_school(), asked), "rules": rules}


def form_class(filling: Filling) -> type[Form]:
    """The form of this screen's questions."""
    ids, language = tuple(question.id for question in filling.questions), language_now().code
    instrument = filling.asked.instrument
    made = partial(build_form, instrument, language, questions=ids, translations=translations_now())
    return made_once(filling.asked, ("form", languages_now(), ids), made)


def _as_typed(filling: Filling) -> dict[str, Answer]:
    return {field_name(id_): answer for id_, answer in filling.answers.items()}


def _bound_to(asked: Asked) -> str:
    return f"{asked.bound_to} {asked.group or ''}"


def _carry(filling: Filling) -> str:
    contents = {
        "answers": dict(filling.answers),
        "at": filling.at,
        "slip": filling.slip,
        "checking": filling.checking,
    }
    return carry(contents, secret=the_school().settings.secret, bound_to=_bound_to(filling.asked))


def _carry_words(filling: Filling) -> str:
    """What was written on earlier screens, for the part that a browser without a line seals to the reading queue.

    By itself, so that what else somebody answered is in the box's part only.
    """
    asked = filling.asked
    words = {id_: filling.answers[id_] for id_ in asked.texts if id_ in filling.answers}
    if not asked.read_languages or not words:
        return ""
    return carry({"answers": words}, secret=the_school().settings.secret, bound_to=_bound_to(asked))


def _carried(asked: Asked, typed: Mapping[str, str]) -> Filling:
    form_key = typed.get("form_key", "")
    if not is_form_key(form_key):
        raise CarriedFieldBroken
    contents = carried(typed.get("carried", ""), secret=the_school().settings.secret, bound_to=_bound_to(asked))
    answers = accept_answers(asked.instrument, contents["answers"])
    slip = typed.get("slip", contents.get("slip", ""))[:LONGEST_SLIP]
    own = typed.get("own", "")
    own = own if is_form_key(own) else ""
    return Filling(asked, form_key, answers, contents["at"], slip, own, contents.get("checking", False))
