"""One week out of a row of weeks."""

import re
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from babel import Locale
from pydantic import AfterValidator, Field, model_validator

from forms.problems import fact
from forms.questions.base import Option
from forms.questions.period import PeriodQuestion, checked_row, first_days, options_of, written

_WEEK = r"^20\d\d-W[0-5]\d$"
_DAYS = timedelta(days=7)


def _is_a_week(text: str) -> str:
    if re.fullmatch(_WEEK, text):
        try:
            _monday(text)
        except ValueError:
            pass  # week 0, or a week 53 in a year that has none
        else:
            return text
    raise fact("not_a_week", found=text)


Week = Annotated[str, AfterValidator(_is_a_week), Field(json_schema_extra={"pattern": _WEEK})]


class WeekQuestion(PeriodQuestion):
    """A week from `first` to `last`, such as 2026-W36 and 2026-W51 (ISO 8601: a week begins on Monday)."""

    type: Literal["week"]
    first: Week
    last: Week

    @model_validator(mode="after")
    def _is_a_row(self) -> Self:
        checked_row(self._days())
        return self

    def cells(self) -> tuple[Option, ...]:
        """One cell a week, such as "2026-w36". People know a week by its days, not by its number: labels are days."""
        days = tuple((f"{day:%G-W%V}", day) for day in self._days())
        return options_of(days, tuple(self.text), _named)

    def _days(self) -> list[date]:
        return list(first_days(_monday(self.first), _monday(self.last), lambda day: day + _DAYS))


def _monday(week: str) -> date:
    return date.fromisoformat(f"{week}-1")


def _named(locale: Locale, day: date) -> str:
    # Without the year, which no list is long enough to need and which a narrow window would cut off. Both days with
    # their months: what CLDR has for intervals leaves the first one out in some languages.
    ends = (written("MMMd", locale, each) for each in (day, day + _DAYS - timedelta(days=1)))
    return " – ".join(ends)
