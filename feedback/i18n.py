"""Two catalogues for the languages of our table, and the only module that imports Flask-Babel.

The table stands in front of Flask-Babel, so that a code from the outside never reaches it unchecked and a language that
CLDR does not know is spoken all the same. A language is offered where its own catalogue has every message of the
English one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

import flask_babel
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g

from feedback.config import NotConfigured, Settings
from feedback.languages import LANGUAGES, SOURCE, UNCHECKED, Language, direction_of
from feedback.resources import resource_dir


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
    app.jinja_env.filters.update(day=_day, percent=_percent, whole=_whole)
    app.jinja_env.globals.update(
        language_now=language_now, LANGUAGES=LANGUAGES, direction_of=direction_of, unchecked_texts=unchecked_texts
    )


@cache
def offered(catalogue: Catalogue) -> tuple[str, ...]:
    """Codes of the languages whose catalogue is complete, English first; empty where English itself is missing."""
    source = _messages(SOURCE, catalogue)
    if not source:
        return ()
    return tuple(code for code in LANGUAGES if source <= _messages(code, catalogue))


def speak(language: str, catalogue: Catalogue) -> None:
    """From here on this request speaks `language` out of `catalogue`."""
    g.language = LANGUAGES[language]
    flask_babel.refresh()
    _domain(catalogue).as_default()


@contextmanager
def speaking(language: str, catalogue: Catalogue) -> Iterator[None]:
    """A block that speaks `language` out of `catalogue`, for documents made outside a request's own language."""
    before, domain = g.get("language"), flask_babel.get_domain()
    g.language = LANGUAGES[language]
    try:
        with flask_babel.force_locale(LANGUAGES[language].locale):
            _domain(catalogue).as_default()
            yield
    finally:
        g.language = before
        domain.as_default()


def language_now() -> Language:
    """The language this request, or block, speaks."""
    return g.get("language") or LANGUAGES[SOURCE]


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
    language = language_now().code
    if review_of(language, catalogue) is Review.SIGNED:
        return {}
    school = current_app.extensions["school_language"]
    return {code: str(_translations(code, catalogue).ugettext(UNCHECKED)) for code in (language, school)}


def gettext(message: str, **values: Any) -> str:
    """The message in the language of this request."""
    return str(flask_babel.gettext(message, **values))


def _day(value: date | datetime) -> str:
    months = language_now().months
    if months:
        return f"{value.day} {months[value.month - 1]} {value.year}"
    return str(flask_babel.format_date(value, "long", rebase=False))


def _percent(value: int) -> str:
    return str(flask_babel.format_percent(value / 100, "#,##0%"))


def _whole(value: int) -> str:
    return str(flask_babel.format_number(value))


class _Domain(flask_babel.Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Looks for a catalogue under the language's own code, not under the locale that its dates are written with."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__([str(resource_dir("translations"))], catalogue.value)
        self.catalogue = catalogue

    def get_translations(self) -> NullTranslations:
        """The catalogue of the language that is spoken now."""
        return _translations(language_now().code, self.catalogue)


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
