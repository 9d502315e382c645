"""Answers and rows as they are typed: one line each, with words, a drawing, and what else its kind has."""

import re
from typing import Any

from wtforms import BooleanField, Form, HiddenField, StringField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from feedback.i18n import translations_now
from feedback.web.forms_desk import N_, LineField
from feedback.web.workshop.pictogram_names import picture_names
from forms.steps.kinds import keys_of_kind
from forms.steps.lines import Line

#: Keys whose answers are typed as lines, and how many lines a kind may have (`forms.questions`).
LINES = ("options", "apart", "rows")
_MOST_LINES = {
    "apart": 3,
    "rows": 12,
    "scale": 7,
    "matrix": 7,
    "then-now": 7,
    "smileys": 5,
    "ranking": 10,
    "points": 10,
}
_USUALLY_MOST = 15
#: Empty lines below those there are.
_EMPTY = 2
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_NUMBER = re.compile(r"\d{1,7}")
#: Kinds in which an answer may be told in own words, may be favourable, or has a picture of its own.
_WITH_OWN_WORDS = ("choice", "choices", "picture-choice")
_WITHOUT_PICTURES = ("smileys", "yes-maybe-no")


class PictureField(StringField):
    """The name of a drawing of ours or of a picture of the school's, or ""; the page shows a list of them."""

    def pre_validate(self, _form: BaseForm) -> None:
        """Called by WTForms before the validators."""
        if self.data and self.data not in picture_names():
            raise StopValidation(self.gettext(N_("Choose a drawing from the list.")))


class LineForm(Form):
    """One answer, or one row."""

    class Meta:
        """Where WTForms finds its messages."""

        def get_translations(self, _form: Form) -> Any:
            """The page's catalogue."""
            return translations_now()

    id = HiddenField()
    label = LineField(longest=300)
    picture = PictureField()
    own_words = BooleanField()
    favourable = BooleanField()

    def line(self) -> Line:
        """What was typed."""
        id_ = self.id.data if _ID.fullmatch(self.id.data or "") else ""
        return Line(
            id_ or "",
            self.label.data or "",
            self.picture.data or "",
            bool(self.own_words.data),
            bool(self.favourable.data),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """An answer always has words; a line without anything is none."""
        fine = bool(super().validate(extra_validators))
        line = self.line()
        if not line.label and (line.id or line.picture or line.own_words or line.favourable):
            sentence = N_("Write words here, or remove this line. No answer is only a picture.")
            self.label.errors = [self.label.gettext(sentence)]
            return False
        return fine


class BandsField(LineField):
    """Whole numbers on one line, such as 0, 1, 3, 6."""

    def numbers(self) -> list[int]:
        """The numbers that were typed, digits of any script."""
        return [int(each) for each in _NUMBER.findall(self.data or "")]


def parts_of_line(kind: str, key: str) -> tuple[str, ...]:
    """What can be said of a line beside its words."""
    if key == "rows":
        return ()
    pictures = () if kind in _WITHOUT_PICTURES and key == "options" else ("picture",)
    own = ("own_words",) if kind in _WITH_OWN_WORDS and key == "options" else ()
    good = ("favourable",) if "favourable" in keys_of_kind(kind) and key == "options" else ()
    return (*pictures, *own, *good)


def add_empty(field: Any, most: int) -> None:
    """A few empty lines below those there are."""
    has = len(field.entries)
    for _ in range(min(max(_EMPTY, 3 - has), most - has)):
        field.append_entry()


def most_lines(kind: str, key: str) -> int:
    """How many lines a kind may have."""
    if kind == "yes-maybe-no" and key == "options":
        return 3
    return _MOST_LINES.get(key) or _MOST_LINES.get(kind) or _USUALLY_MOST
