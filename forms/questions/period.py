"""What months and weeks share: one of a row of periods, chosen from a list that names each as its language does."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_skeleton
from wtforms.fields.core import UnboundField

from forms.fields import OneFromList
from forms.problems import fact
from forms.questions.base import Measure, Option
from forms.questions.one_of import OneOf

#: A longer list is no longer read on a phone, and cells with one person each can not be shown.
MOST_PERIODS = 24
#: Languages of which CLDR has no months of their own: French ones for Haitian, and Ethiopian ones, which begin on other
#: days, for Tigrinya.
_WEAK = {"ht", "ti"}

#: How a language writes a period: its ISO name, and its first and last day, put into words by Babel.
Named = Callable[[Locale, date], str]


class PeriodQuestion(OneOf):
    """One of the periods from `first` to `last`, both given as ISO 8601 writes them."""

    first: str
    last: str

    measure: ClassVar[Measure] = Measure.CHOICE
    is_group: ClassVar[bool] = False

    def field(self, language: str) -> "UnboundField[Any]":
        """A list to choose from."""
        return UnboundField(OneFromList, choices=self._choices(language), **self._words(language))


def checked_row(periods: Sequence[object]) -> None:
    """Raise unless there are from two to MOST_PERIODS periods."""
    if len(periods) < 2:
        raise fact("periods_order")
    if len(periods) > MOST_PERIODS:
        raise fact("too_many_periods", most=MOST_PERIODS)


@lru_cache(maxsize=128)
def options_of(days: tuple[tuple[str, date], ...], languages: tuple[str, ...], named: Named) -> tuple[Option, ...]:
    """One option a period, from its ISO name and its first day, with the label `named` gives it in each language.

    Where nobody knows how a language says it, the label is the ISO name.
    """
    return tuple(
        Option(id=iso.lower(), label={language: _said(iso, day, language, named) for language in languages})
        for iso, day in days
    )


def written(skeleton: str, locale: Locale, day: date) -> str:
    """A day as the language writes these of its parts (Unicode Technical Standard 35: "yMMMM" is month and year)."""
    return str(format_skeleton(skeleton, day, locale=locale))


def first_days(first: date, last: date, following: Callable[[date], date]) -> Iterator[date]:
    """From `first` to `last`, but no more than one beyond what a list may hold."""
    day = first
    for _ in range(MOST_PERIODS + 1):
        if day > last:
            return
        yield day
        day = following(day)


def _said(iso: str, day: date, language: str, named: Named) -> str:
    if language in _WEAK:
        return iso
    try:
        return named(Locale.parse(language, sep="-"), day)
    except UnknownLocaleError:
        return iso
