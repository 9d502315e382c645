"""Languages: our own table, two catalogues, and the only module that imports Flask-Babel.

The table stands in front of Flask-Babel so that a code from the outside never reaches it unchecked. A language is
offered where its own catalogue has every message of the English one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

import flask_babel
from babel.support import Translations
from flask import Flask, g

from feedback.config import NotConfigured, Settings
from feedback.resources import resource_dir


class Catalogue(StrEnum):
    """Which of the two gettext catalogues a page speaks from."""

    RESPONDENT = "respondent"
    STAFF = "staff"


class Review(StrEnum):
    """Whether a person who reads the language has signed its texts."""

    SIGNED = "signed"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is BCP 47 as in addresses and `lang`; `locale` is Babel's name to format dates and numbers with."""

    code: str
    endonym: str
    direction: str
    locale: str
    review: Review


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", "ltr", "en", Review.SIGNED),
        Language("ar", "العربية", "rtl", "ar", Review.MACHINE),
        Language("es", "Español", "ltr", "es", Review.MACHINE),
    )
}
#: Which languages each catalogue is kept in.
KEPT_IN = {Catalogue.RESPONDENT: ("en", "ar", "es"), Catalogue.STAFF: ("en", "ar")}
SOURCE = "en"

_RTL_SCRIPTS = frozenset({"ar", "fa", "he", "iw", "ku-Arab", "ckb", "ps", "sd", "ug", "ur", "yi", "dv"})


def direction_of(code: str) -> str:
    """ "rtl" or "ltr" for any language code, also for one the table does not know."""
    known = LANGUAGES.get(code)
    if known:
        return known.direction
    return "rtl" if code in _RTL_SCRIPTS or code.split("-", maxsplit=1)[0] in _RTL_SCRIPTS else "ltr"


def init_app(app: Flask, _settings: Settings) -> None:
    """Give the app its languages; NotConfigured where a kept catalogue has not been compiled."""
    for catalogue in Catalogue:
        if not offered(catalogue):
            raise NotConfigured(
                f"The {catalogue} catalogue is not compiled for {SOURCE}. "
                "Run `make messages` in a checkout, or install the wheel again."
            )
    flask_babel.Babel(
        app,
        default_locale=SOURCE,
        default_translation_directories=str(resource_dir("translations")),
        locale_selector=lambda: language_now().locale,
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters.update(day=_day, percent=_percent, whole=_whole)
    app.jinja_env.globals.update(language_now=language_now, LANGUAGES=LANGUAGES, direction_of=direction_of)


@cache
def offered(catalogue: Catalogue) -> tuple[str, ...]:
    """Codes of the languages whose catalogue is complete, English first; empty where English itself is missing."""
    source = _messages(SOURCE, catalogue)
    if not source:
        return ()
    return tuple(code for code in KEPT_IN[catalogue] if source <= _messages(code, catalogue))


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


def gettext(message: str, **values: Any) -> str:
    """The message in the language of this request."""
    return str(flask_babel.gettext(message, **values))


def _day(value: date | datetime) -> str:
    return str(flask_babel.format_date(value, "long", rebase=False))


def _percent(value: int) -> str:
    return str(flask_babel.format_percent(value / 100, "#,##0%"))


def _whole(value: int) -> str:
    return str(flask_babel.format_number(value))


@cache
def _domain(catalogue: Catalogue) -> flask_babel.Domain:
    return flask_babel.Domain([str(resource_dir("translations"))], catalogue.value)


def _messages(code: str, catalogue: Catalogue) -> frozenset[object]:
    translations = Translations.load(str(resource_dir("translations")), [code.replace("-", "_")], catalogue.value)
    catalog: dict[object, object] = getattr(translations, "_catalog", {})
    # The empty message is the header; a plural's forms are keyed (message, number) and languages differ in how many.
    return frozenset(key[0] if isinstance(key, tuple) else key for key in catalog if key != "")
