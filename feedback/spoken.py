"""Which language a request, or a block, speaks now, or which two: and how dates and numbers are written in it."""

from collections.abc import Callable
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from flask import g
from markupsafe import Markup, escape

from feedback.languages import LANGUAGES, SOURCE, Language
from feedback.two_languages import JOIN, both_of, paired
from forms.wording import Words, say


def set_languages(address: str | None) -> None:
    """From here on it is what an address begins with: "ur", or "ur+en", Urdu with English below it."""
    first, second = both_of(address or SOURCE)
    g.language, g.below = LANGUAGES[first], LANGUAGES[second] if second else None


def language_now() -> Language:
    """The language this request, or block, speaks."""
    return g.get("language") or LANGUAGES[SOURCE]


def language_below() -> Language | None:
    """The language in which every text stands a second time, below the first."""
    below: Language | None = g.get("below")
    return below


def languages_now() -> str:
    """The language, or both, as an address names them."""
    below = language_below()
    return language_now().code + (JOIN + below.code if below else "")


def with_below(shown: str, words: Words) -> str:
    """Words of a school or an instrument as they are `shown`, with the same words in the second language, if any."""
    below = language_below()
    if below is None:
        return shown
    text, spoken = say(words, below.code)
    same = spoken == say(words, language_now().code)[1]
    return shown if same else Markup(paired(escape(shown), escape(text), spoken))  # noqa: S704 - both are escaped


def _in_each(write: Callable[[Language], str]) -> str:
    below = language_below()
    written = write(language_now())
    return paired(written, write(below), below.code) if below else written


def day(value: date | datetime) -> str:
    """A date in words."""
    return _in_each(lambda language: day_in(language, value))


def day_in(language: Language, value: date | datetime) -> str:
    """A date in the words of one language, whichever is spoken now."""
    if language.months:
        return f"{value.day} {language.months[value.month - 1]} {value.year}"
    return str(format_date(value, "long", locale=language.locale))


def percent(value: int) -> str:
    """A share, such as "40%"."""
    return _in_each(lambda language: format_percent(value / 100, "#,##0%", locale=language.locale))


def whole(value: int) -> str:
    """A whole number."""
    return _in_each(lambda language: whole_in(language, value))


def whole_in(language: Language, value: int) -> str:
    """A whole number as one language writes it, whichever is spoken now."""
    written = str(format_decimal(value, locale=language.locale))
    # Or the minus would go to the other end of the number.
    return f"\u200e{written}" if value < 0 and language.direction == "rtl" else written


def amount(value: float) -> str:
    """A number with at most two places, such as "12.5"."""
    return _in_each(lambda language: format_decimal(value, "#,##0.##", locale=language.locale))
