"""The desk's form and its fields. Labels stand in templates; what a field says when it refuses stands here."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DateTimeLocalField,
    Field,
    Form,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.form import BaseForm
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, TextArea

from feedback.i18n import translations_now
from feedback.web.place import the_school, today
from forms.wording import plain_text

#: Days outside these are slips of the hand, and the calendar ends soon after the largest that can be typed.
_FIRST_YEAR, _YEARS_AHEAD = 2000, 5
#: Longer numbers are not read at all.
_MOST_DIGITS = 9


def N_(text: str) -> str:  # noqa: N802 - the name under which Babel finds sentences to translate
    """Mark a sentence for translation and return it as it is."""
    return text


class DeskForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF publishes no types
    """A form of the desk: its fields speak the catalogue of the page."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # likewise
        """Where WTForms finds its messages."""

        def get_translations(self, _form: Form) -> Any:
            """The page's catalogue."""
            return translations_now()

    def blame(self, name: str, sentence: str) -> None:
        """Say at a field what is wrong with it, unless something has been said there already."""
        field = self[name]
        if not field.errors:
            field.errors = [field.gettext(sentence)]

    def refuse(self, sentence: str) -> None:
        """Say of the whole form what is wrong with it."""
        self.form_errors.append(translations_now().gettext(sentence))

    def problems(self) -> list[tuple[str, str]]:
        """(id of the place to go to, what is wrong there) for the summary on top, in the order of the form.

        What is wrong with the whole form comes first, without a place.
        """
        of_fields = [(_first_id(field), str(sentence)) for field in self for sentence in field.errors]
        return [*(("", str(sentence)) for sentence in self.form_errors), *of_fields]


class LineField(StringField):
    """One line of words, cleaned, and not longer than `longest`: programs do not hold to `maxlength`."""

    def __init__(self, *, longest: int = 120, **words: Any) -> None:
        super().__init__(filters=[_clean], render_kw={"maxlength": longest}, **words)
        self.longest = longest

    def pre_validate(self, _form: BaseForm) -> None:
        """Called by WTForms before the validators."""
        if len(self.data or "") > self.longest:
            raise StopValidation(self.gettext("Please use at most %(most)s letters here.") % {"most": self.longest})


class WordsField(LineField):
    """Several lines of words."""

    widget = TextArea()

    def __init__(self, *, longest: int = 600, **words: Any) -> None:
        super().__init__(longest=longest, **words)


class WholeNumberField(IntegerField):
    """A whole number from `least` to `most`, or None where nothing was typed."""

    def __init__(self, *, least: int = 1, most: int = 100_000, **words: Any) -> None:
        super().__init__(render_kw={"min": least, "max": most, "inputmode": "numeric"}, **words)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Digits of any script, because `int` reads them."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        readable = typed.isdecimal() and len(typed) <= _MOST_DIGITS
        if not readable or not self.least <= int(typed) <= self.most:
            wrong = self.gettext("Please type a whole number from %(least)s to %(most)s.")
            raise ValueError(wrong % {"least": self.least, "most": self.most})
        self.data = int(typed)


class DayField(DateField):
    """A day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """As browsers send it: 2026-11-23."""
        try:
            super().process_formdata(valuelist)
        except ValueError as unreadable:
            raise ValueError(self.gettext("Please choose a day, such as 2026-11-23.")) from unreadable
        if self.data and not _is_near(self.data):
            _refuse_day(self)


class MomentField(DateTimeLocalField):
    """A day and a time, shown and typed on the school's clock; `data` knows its time zone."""

    def __init__(self, **words: Any) -> None:
        super().__init__(format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **words)
        self.tz = lambda: the_school().settings.zone

    def process_formdata(self, valuelist: list[str]) -> None:
        """As browsers send it: 2026-11-23T18:00."""
        try:
            super().process_formdata(valuelist)
        except ValueError as unreadable:
            raise ValueError(self.gettext("Please choose a day and a time, such as 2026-11-23 18:00.")) from unreadable
        if self.data and not _is_near(self.data.date()):
            _refuse_day(self)


class OneOfField(RadioField):
    """One of several; `sentence` is marked for translation and says that one is needed."""

    def __init__(self, *, sentence: str = N_("Please choose one of these."), **words: Any) -> None:
        super().__init__(**words)
        self.sentence = sentence

    def pre_validate(self, _form: BaseForm) -> None:
        """Something was chosen, and it is on the list."""
        if self.data not in set(self.choices or ()):
            raise StopValidation(self.gettext(self.sentence))


class SomeOfField(SelectMultipleField):
    """Any of several, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def offer(self, values: Iterable[str]) -> None:
        """From now on these can be chosen."""
        self.choices = list[Any](values)

    def pre_validate(self, _form: BaseForm) -> None:
        """Everything that was chosen is on the list."""
        if not set(self.data or ()) <= set(self.choices or ()):
            raise StopValidation(self.gettext("Please choose from this list."))


class Needed:
    """Something has to stand here; `sentence` is marked for translation and says what."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, _form: Form, field: Field) -> None:
        """Silent where the field has said already that it cannot read what was typed."""
        if field.data in (None, "", []) and not field.errors:
            raise StopValidation(field.gettext(self.sentence))


def _is_near(day: date) -> bool:
    latest = today()
    # As three numbers, because five years after a 29 February there is none.
    is_late = (day.year - _YEARS_AHEAD, day.month, day.day) > (latest.year, latest.month, latest.day)
    return day.year >= _FIRST_YEAR and not is_late


def _refuse_day(field: DateField | DateTimeLocalField) -> None:
    field.data = None
    raise ValueError(field.gettext("Please choose a day from the year 2000 on, at most five years ahead."))


def _clean(typed: str | None) -> str:
    return plain_text(typed or "")


def _first_id(field: Field) -> str:
    return f"{field.id}-0" if isinstance(field, (RadioField, SelectMultipleField)) else str(field.id)
