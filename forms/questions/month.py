"""One month out of a row of months."""

import re
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from babel import Locale
from pydantic import AfterValidator, Field, model_validator

from forms.problems import fact
from forms.questions.base import Option
from forms.questions.period import PeriodQuestion, checked_row, first_days, options_of, written

_MONTH = r"^20\d\d-(0[1-9]|1[0-2])$"


def _is_a_month(text: str) -> str:
    if not re.fullmatch(_MONTH, text):
        raise fact("not_a_month", found=text)
    return text


Month = Annotated[str, AfterValidator(_is_a_month), Field(json_schema_extra={"pattern": _MONTH})]


class MonthQuestion(PeriodQuestion):
    """A month from `first` to `last`, such as 2026-09 and 2027-06."""

    type: Literal["month"]
    first: Month
    last: Month

    @model_validator(mode="after")
    def _is_a_row(self) -> Self:
        checked_row(self._days())
        return self

    def cells(self) -> tuple[Option, ...]:
        """One cell a month, such as "2026-09", named in every language of the form."""
        days = tuple((f"{day:%Y-%m}", day) for day in self._days())
        return options_of(days, tuple(self.text), _named)

    def _days(self) -> list[date]:
        first, last = (date.fromisoformat(f"{month}-01") for month in (self.first, self.last))
        return list(first_days(first, last, lambda day: (day + timedelta(days=31)).replace(day=1)))


def _named(locale: Locale, day: date) -> str:
    return written("yMMMM", locale, day)
