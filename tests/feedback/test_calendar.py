"""The school's calendar: school days, holidays, and settings that say what they cannot read."""

from datetime import date
from pathlib import Path

import pytest

from feedback.calendar import CalendarUnreadable, SchoolCalendar, read_holidays, read_weekdays, read_year_begins
from feedback.config import NotConfigured, read_settings
from tests.feedback.test_config import a_configuration

CHRISTMAS = SchoolCalendar(holidays=read_holidays("2026-12-21..2027-01-06, 2026-12-08"))
RIYADH = SchoolCalendar(read_weekdays("sun-thu"))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sun-thu", {6, 0, 1, 2, 3}),
        ("Mon, tue,thu", {0, 1, 3}),
        ("sat-mon, wed", {5, 6, 0, 2}),
        ("fri", {4}),
    ],
)
def test_weekdays_are_read_as_schools_write_them(text: str, days: set[int]) -> None:
    assert read_weekdays(text) == days


@pytest.mark.parametrize(
    ("calendar", "day", "is_one"),
    [
        (CHRISTMAS, date(2026, 12, 7), True),
        (CHRISTMAS, date(2026, 12, 8), False),
        (CHRISTMAS, date(2026, 12, 12), False),
        (CHRISTMAS, date(2026, 12, 21), False),
        (CHRISTMAS, date(2027, 1, 6), False),
        (CHRISTMAS, date(2027, 1, 7), True),
        (RIYADH, date(2026, 11, 27), False),
        (RIYADH, date(2026, 11, 29), True),
    ],
)
def test_a_school_day_is_a_weekday_with_school_and_no_holiday(
    calendar: SchoolCalendar, day: date, is_one: bool
) -> None:
    assert calendar.is_school_day(day) is is_one


@pytest.mark.parametrize(
    ("promise", "sign_by"),
    [
        (date(2026, 12, 18), date(2026, 12, 16)),
        (date(2026, 12, 14), date(2026, 12, 10)),
        (date(2026, 12, 9), date(2026, 12, 4)),
        (date(2027, 1, 8), date(2026, 12, 18)),
        (date(2027, 1, 3), date(2026, 12, 17)),
    ],
)
def test_two_school_days_before_pass_over_weekends_and_holidays(promise: date, sign_by: date) -> None:
    assert CHRISTMAS.school_days_before(promise, 2) == sign_by


def test_school_days_are_counted_forward_too() -> None:
    assert CHRISTMAS.add_school_days(date(2026, 12, 17), 2) == date(2027, 1, 7)
    assert RIYADH.add_school_days(date(2026, 11, 26), 1) == date(2026, 11, 29)
    assert CHRISTMAS.school_day_from(date(2026, 12, 26)) == date(2027, 1, 7)
    assert CHRISTMAS.school_day_from(date(2026, 12, 18)) == date(2026, 12, 18)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("SCHOOL_DAYS", "mon-fry", "VOICEBOX_SCHOOL_DAYS cannot be read: 'mon-fry'"),
        ("SCHOOL_DAYS", " , ", "names no weekday"),
        ("HOLIDAYS", "2026-11-02, 24.12.2026", "VOICEBOX_HOLIDAYS cannot be read: '24.12.2026'"),
        ("HOLIDAYS", "2026-02-30", "'2026-02-30' names a day that the calendar has not"),
        ("HOLIDAYS", "2027-01-06..2026-12-21", "ends before it begins"),
        ("HOLIDAYS", "2026-12-21..2028-01-06", "longer than 200 days"),
        ("KEEP_BACKUPS_DAYS", "91", "from 1 to 90"),
        ("KEEP_BACKUPS_DAYS", "0", "from 1 to 90"),
    ],
)
def test_a_setting_that_cannot_be_read_names_the_part(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(NotConfigured) as refused:
        read_settings(a_configuration(tmp_path, **{f"VOICEBOX_{name}": text}))
    assert told in str(refused.value)


def test_the_settings_know_the_calendar_and_where_backups_lie(tmp_path: Path) -> None:
    plain = read_settings(a_configuration(tmp_path))
    assert (plain.calendar, plain.backup_folder, plain.keep_backups_days) == (
        SchoolCalendar(),
        tmp_path / "backups",
        14,
    )
    said = {"VOICEBOX_SCHOOL_DAYS": "sun-thu", "VOICEBOX_HOLIDAYS": "2026-12-24", "VOICEBOX_BACKUPS": "/mnt/usb"}
    chosen = read_settings(a_configuration(tmp_path, **said))
    assert chosen.calendar.weekdays == {6, 0, 1, 2, 3}
    assert chosen.calendar.holidays == ((date(2026, 12, 24), date(2026, 12, 24)),)
    assert chosen.backup_folder == Path("/mnt/usb")


@pytest.mark.parametrize(
    ("day", "begins", "first_day"),
    [
        (date(2026, 11, 23), (8, 1), date(2026, 8, 1)),
        (date(2026, 8, 1), (8, 1), date(2026, 8, 1)),
        (date(2026, 7, 31), (8, 1), date(2025, 8, 1)),
        (date(2026, 1, 31), (2, 1), date(2025, 2, 1)),
    ],
)
def test_the_school_year_of_a_day(day: date, begins: tuple[int, int], first_day: date) -> None:
    assert SchoolCalendar(year_begins=begins).school_year(day) == first_day


@pytest.mark.parametrize("text", ["", "8-1", "02-29", "13-01", "2026-08-01", "august"])
def test_what_is_no_day_of_every_year_begins_no_school_year(text: str) -> None:
    with pytest.raises(CalendarUnreadable):
        read_year_begins(text)
    assert read_year_begins("09-15") == (9, 15)
