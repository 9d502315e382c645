"""Two catalogues for the languages of our table, and the only module that imports Flask-Babel.

The table stands in front of Flask-Babel, so that a code from the outside never reaches it unchecked and a language that
CLDR does not know is spoken all the same. A language is offered where its own catalogue has every message of the
English one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from typing import Any

import flask_babel
from babel.support import NullTranslations, Translations
from flask import Flask, Response, current_app

from feedback.config import NotConfigured, Settings
from feedback.languages import LANGUAGES, SOURCE, UNCHECKED, direction_of
from feedback.marks import say_marks
from feedback.resources import resource_dir
from feedback.spoken import day, language_below, language_now, languages_now, percent, set_languages, whole, with_below
from feedback.two_languages import paired, set_below


class Catalogue(StrEnum):
    """Which of the two gettext catalogues a page speaks from."""

    RESPONDENT = "respondent"
    STAFF = "staff"


class Review(StrEnum):
    """Whether a person who reads the language has signed its texts. It stands in the catalogue's own header."""

    SIGNED = "signed"
    MACHINE = "machine draft"


def init_app(app: Flask, settings: Settings) -> None:
    """Give the app its languages; NotConfigured where a kept catalogue has not been compiled."""
    for catalogue in Catalogue:
        if not offered(catalogue):
            raise NotConfigured(
                f"The {catalogue} catalogue is not compiled for {SOURCE}. "
                "Run `make messages` in a checkout, or install the wheel again."
            )
    app.extensions["school_language"] = settings.language
    flask_babel.Babel(
        app,
        default_locale=SOURCE,
        default_translation_directories=str(resource_dir("translations")),
        locale_selector=lambda: language_now().locale,
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters.update(day=day, percent=percent, whole=whole, redacted=redacted)
    app.jinja_env.globals.update(
        language_now=language_now,
        language_below=language_below,
        with_below=with_below,
        LANGUAGES=LANGUAGES,
        direction_of=direction_of,
        unchecked_texts=unchecked_texts,
    )
    app.url_defaults(_stay_in_both)
    app.after_request(_set_below)


@cache
def offered(catalogue: Catalogue) -> tuple[str, ...]:
    """Codes of the languages whose catalogue is complete, English first; empty where English itself is missing."""
    source = _messages(SOURCE, catalogue)
    if not source:
        return ()
    return tuple(code for code in LANGUAGES if source <= _messages(code, catalogue))


def speak(language: str, catalogue: Catalogue) -> None:
    """From here on this request speaks `language` out of `catalogue`; "ur+en" is Urdu with English below it."""
    set_languages(language)
    flask_babel.refresh()
    _domain(catalogue).as_default()


@contextmanager
def speaking(language: str, catalogue: Catalogue) -> Iterator[None]:
    """A block that speaks `language` out of `catalogue`, for documents made outside a request's own language."""
    before, domain = languages_now(), flask_babel.get_domain()
    set_languages(language)
    try:
        with flask_babel.force_locale(language_now().locale):
            _domain(catalogue).as_default()
            yield
    finally:
        set_languages(before)
        domain.as_default()


def translations_now() -> Any:
    """The catalogue in use, as WTForms wants it (gettext, ngettext)."""
    return flask_babel.get_domain().get_translations()


@cache
def review_of(code: str, catalogue: Catalogue) -> Review:
    """Whether somebody has signed the catalogue; English is the source, and needs no signature."""
    said = _translations(code, catalogue).info().get("x-voicebox-state", "")
    return Review.SIGNED if code == SOURCE or said == Review.SIGNED else Review.MACHINE


def unchecked_texts() -> dict[str, str]:
    """What a page in texts that nobody has signed says, in its language and in the school's; else nothing."""
    domain = flask_babel.get_domain()
    catalogue = domain.catalogue if isinstance(domain, _Domain) else Catalogue.RESPONDENT
    shown = [each.code for each in (language_now(), language_below()) if each]
    unsigned = [code for code in shown if review_of(code, catalogue) is not Review.SIGNED]
    if not unsigned:
        return {}
    school = current_app.extensions["school_language"]
    return {code: str(_translations(code, catalogue).ugettext(UNCHECKED)) for code in (*unsigned, school)}


def translated(message: str, code: str, catalogue: Catalogue) -> str:
    """The message in one language, whichever is spoken now; in English where the catalogue lacks it."""
    return str(_translations(code, catalogue).ugettext(message))


def forms_of(message: str, code: str, catalogue: Catalogue) -> tuple[str, ...]:
    """All that a catalogue has for a message: its words, or those of each plural; empty where it lacks the message."""
    catalog: dict[object, str] = getattr(_translations(code, catalogue), "_catalog", {})
    if message in catalog:
        return (catalog[message],)
    # A plural's forms are keyed (message, number).
    numbers = sorted(key[1] for key in catalog if isinstance(key, tuple) and key[0] == message)
    return tuple(catalog[message, number] for number in numbers)


def gettext(message: str, **values: Any) -> str:
    """The message in the language of this request."""
    return str(flask_babel.gettext(message, **values))


def redacted(text: str) -> str:
    """A comment with what stands for names and numbers in the reader's language; on a page in two, in the first."""
    domain = flask_babel.get_domain()
    catalogue = domain.catalogue if isinstance(domain, _Domain) else Catalogue.STAFF
    return say_marks(text, lambda mark: str(_translations(language_now().code, catalogue).ugettext(mark)))


def _stay_in_both(_endpoint: str, values: dict[str, Any]) -> None:
    """Links of a page in two languages lead to pages in both, but for those that ask for one `alone`."""
    if not values.pop("alone", False) and language_below() and values.get("language") == language_now().code:
        values["language"] = languages_now()


def _set_below(response: Response) -> Response:
    if language_below() and response.mimetype == "text/html":
        response.set_data(set_below(response.get_data(as_text=True)))
    return response


class _Both:
    """Two catalogues, which say every message in both their languages."""

    def __init__(self, first: NullTranslations, second: NullTranslations, below: str) -> None:
        self._first, self._second, self._below = first, second, below

    def gettext(self, message: str) -> str:
        """The message in both."""
        return paired(self._first.ugettext(message), self._second.ugettext(message), self._below)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The message about so many in both, each by its own language's rules."""
        first, second = (each.ungettext(one, many, number) for each in (self._first, self._second))
        return paired(first, second, self._below)

    ugettext, ungettext = gettext, ngettext


class _Domain(flask_babel.Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Looks for a catalogue under the language's own code, not under the locale that its dates are written with."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__([str(resource_dir("translations"))], catalogue.value)
        self.catalogue = catalogue

    def get_translations(self) -> NullTranslations | _Both:
        """The catalogue of the language that is spoken now, or of both."""
        first, below = _translations(language_now().code, self.catalogue), language_below()
        return _Both(first, _translations(below.code, self.catalogue), below.code) if below else first


@cache
def _domain(catalogue: Catalogue) -> _Domain:
    return _Domain(catalogue)


@cache
def _translations(code: str, catalogue: Catalogue) -> NullTranslations:
    folder = LANGUAGES[code].folder
    return Translations.load(str(resource_dir("translations")), [folder], catalogue.value)


def _messages(code: str, catalogue: Catalogue) -> frozenset[object]:
    catalog: dict[object, object] = getattr(_translations(code, catalogue), "_catalog", {})
    # The empty message is the header; a plural's forms are keyed (message, number) and languages differ in how many.
    return frozenset(key[0] if isinstance(key, tuple) else key for key in catalog if key != "")
