"""The school's calendar: which days are school days. Pure; the days are those of the school's own time zone."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONDAY_TO_FRIDAY = frozenset(range(5))
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: Longer than any summer: a range that is longer is a mistyped year.
LONGEST_HOLIDAY = 200
#: Month and day on which the school year begins, where a school has not said.
YEAR_BEGINS = (8, 1)
_DAY = timedelta(days=1)


class CalendarUnreadable(ValueError):
    """A setting of the calendar cannot be read. The text names the part, and why."""


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """School days by their weekday (Monday is 0), and holidays as (first day, last day). At least one weekday."""

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: tuple[tuple[date, date], ...] = ()
    year_begins: tuple[int, int] = YEAR_BEGINS

    def school_year(self, day: date) -> date:
        """The first day of the school year that this day is in."""
        begins = date(day.year, *self.year_begins)
        return begins if begins <= day else begins.replace(year=day.year - 1)

    def is_school_day(self, day: date) -> bool:
        """Whether there is school on this day."""
        return day.weekday() in self.weekdays and not any(first <= day <= last for first, last in self.holidays)

    def school_day_from(self, day: date) -> date:
        """The day itself if there is school on it, else the next day with school."""
        while not self.is_school_day(day):
            day += _DAY
        return day

    def add_school_days(self, day: date, days: int) -> date:
        """The school day that many school days after `day`; `day` itself need not be one, and is not counted."""
        for _ in range(days):
            day = self.school_day_from(day + _DAY)
        return day

    def school_days_before(self, day: date, days: int) -> date:
        """The school day that many school days before `day`; `day` itself need not be one, and is not counted."""
        for _ in range(days):
            day -= _DAY
            while not self.is_school_day(day):
                day -= _DAY
        return day


def read_weekdays(text: str) -> frozenset[int]:
    """Weekdays like "mon-fri", "sun-thu" (round the week's end) or "mon,tue,thu"; CalendarUnreadable."""
    days: set[int] = set()
    for part in _parts(text):
        first, dash, last = (name.strip() for name in part.lower().partition("-"))
        if first not in _WEEK or (dash and last not in _WEEK):
            raise CalendarUnreadable(f"{part!r} is no weekday, and no range of them like mon-fri")
        begin = _WEEK.index(first)
        length = (_WEEK.index(last) - begin) % 7 if dash else 0
        days |= {(begin + step) % 7 for step in range(length + 1)}
    if not days:
        raise CalendarUnreadable("it names no weekday, and a school has some")
    return frozenset(days)


def read_holidays(text: str) -> tuple[tuple[date, date], ...]:
    """Days and ranges like "2026-11-02, 2026-12-21..2027-01-06", in order; CalendarUnreadable."""
    return tuple(sorted(_range(part) for part in _parts(text)))


def read_year_begins(text: str) -> tuple[int, int]:
    """Month and day like "08-01"; CalendarUnreadable, also for a day that not every year has."""
    found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", text.strip())
    try:
        # A year without a 29 February.
        day = date(2001, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise CalendarUnreadable(f"{text!r} is no month and day like 08-01")
    return day.month, day.day


def _range(part: str) -> tuple[date, date]:
    first, dots, last = (day.strip() for day in part.partition(".."))
    begin = _day(first, part)
    end = _day(last, part) if dots else begin
    if not timedelta(0) <= end - begin <= timedelta(days=LONGEST_HOLIDAY):
        raise CalendarUnreadable(f"{part!r} ends before it begins, or is longer than {LONGEST_HOLIDAY} days")
    return begin, end


def _day(text: str, part: str) -> date:
    # Not every form of ISO 8601: 20261102 and 2026-W45 are more often slips of the pen.
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise CalendarUnreadable(f"{part!r} is no day like 2026-12-21, and no range like 2026-12-21..2027-01-06")
    try:
        return date.fromisoformat(text)
    except ValueError as no_such_day:
        raise CalendarUnreadable(f"{part!r} names a day that the calendar has not") from no_such_day


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
