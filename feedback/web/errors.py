"""The one table from what went wrong to a status and a sentence, and the pages that say it.

The sentences are in templates/respond/message.html and templates/message.html, under the names given here.
"""

from traceback import extract_tb

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from feedback.i18n import Catalogue, offered, speak
from feedback.languages import SOURCE
from feedback.operations import errors as facts
from feedback.operations.answers.storage import storage_errors
from feedback.operations.schools import ELSEWHERE, SCHOOL_UNSAID
from feedback.privacy.box import EnvelopeUnreadable
from feedback.privacy.carrying import CarriedFieldBroken
from feedback.privacy.keeper import KeeperAway
from feedback.privacy.keys import KeyGone
from feedback.privacy.queue_keys import NoQueueKey
from feedback.web.looked_at import note_refused
from feedback.web.place import the_school
from feedback.web.typed import typed_fields
from forms.steps.units import PartUnknown, StepImpossible

_TABLE: dict[type[Exception], tuple[int, str]] = {
    facts.RoundUnknown: (404, "round-unknown"),
    facts.LanguageUnknown: (404, "round-unknown"),
    facts.GroupUnknown: (404, "round-unknown"),
    facts.RoundNotOpenYet: (403, "not-open-yet"),
    facts.RoundClosed: (410, "closed"),
    # The round was counted or destroyed between two clicks.
    KeyGone: (410, "closed"),
    NoQueueKey: (410, "closed"),
    facts.BoxFull: (409, "full"),
    facts.SlipUnknown: (422, "slip-unknown"),
    facts.RoomUnknown: (404, "room-unknown"),
    facts.RoomClosed: (410, "room-closed"),
    facts.RoomFull: (409, "room-full"),
    facts.Withdrawn: (410, "withdrawn"),
    facts.NothingAnswered: (422, "nothing-answered"),
    facts.AnswersTooLong: (422, "too-long"),
    facts.StorageUnavailable: (503, "unavailable"),
    # The disk with the keeper of the box keys is not mounted.
    KeeperAway: (503, "unavailable"),
    CarriedFieldBroken: (400, "unreadable"),
    EnvelopeUnreadable: (400, "unreadable"),
    facts.NotPermitted: (403, "not-permitted"),
    facts.NotFound: (404, "not-found"),
    # Only where a page forgot to look first: it is as if it were not there.
    ELSEWHERE: (404, "not-found"),
    SCHOOL_UNSAID: (409, "not-ready"),
    facts.NotReady: (409, "not-ready"),
    facts.WrongState: (409, "wrong-state"),
    PartUnknown: (404, "not-found"),
    StepImpossible: (409, "wrong-state"),
    # The editor says it in words of its own, beside what was typed.
    facts.DraftChanged: (409, "wrong-state"),
    # The translator's pages say both in words of their own.
    facts.TranslationChanged: (409, "wrong-state"),
    facts.TranslationRefused: (422, "unreadable"),
    # The reader's page says it in words of its own.
    facts.TakenBack: (409, "wrong-state"),
    facts.TooManySlips: (409, "too-many-slips"),
    facts.TooManyPlaces: (409, "too-many-slips"),
    facts.SheetPrinted: (409, "sheet-printed"),
    facts.SecondPersonNeeded: (403, "second-person"),
    facts.OnHold: (409, "on-hold"),
    facts.StillInTheBox: (409, "still-in-the-box"),
    facts.NotEnoughVoices: (409, "not-enough-voices"),
    facts.ResultsPurged: (410, "results-purged"),
    facts.AlreadyReleased: (409, "already-released"),
    facts.ReviewOver: (409, "review-over"),
    # The page of roll-ups says it in words of its own.
    facts.NotSummed: (422, "unreadable"),
    facts.NameWordsRefused: (422, "unreadable"),
    facts.ImportRefused: (422, "import-refused"),
    facts.SignInRefused: (403, "sign-in-refused"),
}
_STATUSES = {403: "from-elsewhere", 404: "not-found", 405: "wrong-way", 413: "too-large"}


def init_app(app: Flask) -> None:
    """Answer everything that goes wrong with a page in words, never with a stack trace."""
    for fact in _TABLE:
        app.register_error_handler(fact, _say)
    for kind in storage_errors:
        app.register_error_handler(kind, _say_unavailable)
    app.register_error_handler(HTTPException, _say_status)
    app.register_error_handler(Exception, _say_broken)


def said_of(error: Exception) -> tuple[int, str]:
    """The status and the name of the sentence for one of the table's errors."""
    return next(_TABLE[kind] for kind in type(error).__mro__ if kind in _TABLE)


def _say(error: Exception) -> Response:
    status, sentence = said_of(error)
    note_refused(error)
    if status != 503:
        return _page(status, sentence, error)
    typed: list[tuple[str, str]] = []
    if request.method == "POST" and not _at_the_desk():
        try:
            # Nothing that somebody typed gets lost: it goes into the page, to be sent again as it is.
            typed = list(typed_fields().items(multi=True))
        except HTTPException as unreadable:
            return make_response(_say_status(unreadable))
    page = _page(status, sentence, error, typed)
    page.headers["Retry-After"] = "60"
    return page


def _say_unavailable(error: Exception) -> Response:
    """The database failed a page before anything was stored, or while it was."""
    if _at_the_desk():
        _note(error)
    return _say(facts.StorageUnavailable())


def _say_status(error: HTTPException) -> Response | HTTPException:
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, storage_errors):
        # Flask opens and keeps the desk's session around a view, where no other handler is asked.
        return _say_unavailable(cause)
    if error.code is None or error.code < 400:
        return error  # a redirection
    page = _page(error.code, _STATUSES.get(error.code, "unreadable" if error.code < 500 else "broken"), error)
    page.headers.extend({name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")})
    return page


def _say_broken(error: Exception) -> Response:
    if current_app.testing or current_app.debug:
        raise error
    if _at_the_desk():
        _note(error)
    return _page(500, "broken", error)


def _note(error: Exception) -> None:
    """A line for the operator, about pages of the desk only: a line about a respondent's page would be its time."""
    # Type and places only: the text of an error can hold what somebody typed.
    places = " < ".join(f"{step.filename}:{step.lineno}" for step in reversed(extract_tb(error.__traceback__)))
    current_app.logger.error("%s at %s", type(error).__name__, places)


def _at_the_desk() -> bool:
    return request.path.split("/")[2:3] == ["desk"]


def _page(status: int, sentence: str, error: Exception, typed: list[tuple[str, str]] | None = None) -> Response:
    parts = request.path.split("/")
    catalogue = Catalogue.STAFF if _at_the_desk() else Catalogue.RESPONDENT
    speak(parts[1] if parts[1] in offered(catalogue) else SOURCE, catalogue)
    to_respondents = "respond/try_again.html" if typed else "respond/message.html"
    words = render_template(
        "message.html" if _at_the_desk() else to_respondents,
        typed=typed,
        sentence=sentence,
        error=error,
        address=request.view_args,
        school_name=the_school().settings.school_name,
    )
    return make_response(words, status)
