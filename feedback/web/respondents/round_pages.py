"""What all pages about a round share: whose language they speak, and what they are made from."""

from flask import abort, request, url_for

from feedback.i18n import Catalogue, offered, speak
from feedback.languages import dialled
from feedback.operations.answers.publish import Asked
from feedback.spoken import language_below, language_now
from feedback.two_languages import both_of
from forms.wording import Words


def speak_the_language_of_the_address() -> None:
    """Respondents' pages speak the language that their address begins with, if it is offered, or two: "/ur+en/…".

    A view is handed the first of two.
    """
    address = request.view_args or {}
    first, second = both_of(address["language"])
    known = offered(Catalogue.RESPONDENT)
    if first not in known or (second is not None and (second not in known or second == first)):
        abort(404)
    speak(address["language"], Catalogue.RESPONDENT)
    address["language"] = first


def below() -> str | None:
    """The second language of a page in two."""
    second = language_below()
    return second.code if second else None


def about_the_pilot(asked: Asked) -> dict[str, Words]:
    """The pilot's public words: title, trying, why, promise and, in some languages, contacts; each by language."""
    parts = ("title", "trying", "why", "promise", "contacts")
    words = asked.pilot_words.items()
    return {
        part: {language: dialled(said[part], language) for language, said in words if said.get(part)} for part in parts
    }


def languages_of(asked: Asked) -> list[str]:
    """The languages a round can be read in: its own, as far as the service offers them."""
    return [language for language in asked.languages if language in offered(Catalogue.RESPONDENT)]


def words_of(asked: Asked) -> dict[str, object]:
    """What every page about a round is made from."""
    return {
        "asked": asked,
        "instrument": asked.instrument,
        "pilot": about_the_pilot(asked),
        "school_name": asked.school_name,
        "sample": asked.sample,
        "audience_class": f"ages-{asked.instrument.ages}" if asked.instrument.ages else asked.audience,
        "about": _about(asked),
    }


def _about(asked: Asked) -> str:
    language = language_now().code
    if request.blueprint == "kiosk":
        # A link out of its room would leave a shared device without the pages that wipe themselves.
        return url_for("kiosk.about", language=language, room=(request.view_args or {})["room"])
    return url_for("public.about", language=language, code=asked.code)
