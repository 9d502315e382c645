"""The WTForms fields that questions are made of. None is required: every question can be skipped.

Their messages go through the form's translations; what was typed stays in the field beside its error.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from wtforms.fields import IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.core import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from forms.wording import one_line, plain_text

# Digits of every script: \d is Arabic-Indic, Persian and Devanagari too, and int() reads them all.
_WHOLE_NUMBER = re.compile(r"[+-]?\d{1,18}")

#: For text and numbers: a shared device must not offer the next person what the one before typed.
TYPED = {"autocomplete": "off"}


class OneAnswer(RadioField):
    """One of several answers, or none."""

    @property
    def first(self) -> str:
        """The id of the control that a link to this field leads to."""
        return f"{self.id}-0"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """An empty value is "I skip this", as is no value at all."""
        super().process_formdata([value for value in valuelist if value])

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002 - WTForms hands the form over
        """Refuse an answer that the page does not offer."""
        if self.data is not None:
            refuse_unknown(self, [self.data], self.choices or ())


class OneFromList(OneAnswer):
    """One of several answers, or none, chosen from a list that opens."""

    @property
    def first(self) -> str:
        """The list itself."""
        return self.id


class SeveralAnswers(SelectMultipleField):
    """Any number of answers, or none, each with its own box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    @property
    def first(self) -> str:
        """The id of the control that a link to this field leads to."""
        return f"{self.id}-0"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was ticked."""
        super().process_formdata([value for value in valuelist if value])

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002 - WTForms hands the form over
        """Refuse answers that the page does not offer."""
        refuse_unknown(self, self.data or [], self.choices or ())


class WholeNumber(IntegerField):
    """A whole number in the digits of any script, or nothing."""

    # type="number" refuses Arabic-Indic and Persian digits in some browsers and drops what it cannot read.
    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; `raw_data` keeps what was typed where it is none."""
        self.data = None
        self.data = whole_number(self, str(valuelist[0])) if valuelist else None


class OneLine(StringField):
    """Words of one's own on one line, or nothing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the words without control characters and with single spaces between them."""
        self.data = one_line(str(valuelist[0])) if valuelist else ""


class OwnWords(TextAreaField):
    """Words of one's own, over several lines, or nothing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the words without control characters and without space around them."""
        self.data = plain_text(str(valuelist[0])) if valuelist else ""


class AtMost:
    """Not more than so many answers may be ticked; those `besides` do not count."""

    def __init__(self, most: int, *, besides: frozenset[str] = frozenset()) -> None:
        self.most, self.besides = most, besides

    @property
    def rule(self) -> dict[str, int]:
        """For a page's script, which has to refuse the same while there is no line."""
        return {"most": self.most}

    def __call__(self, _form: BaseForm, field: Field) -> None:
        if len(set(field.data or ()) - self.besides) > self.most:
            sentence = field.ngettext(
                "Please choose no more than %(most)s answer.",
                "Please choose no more than %(most)s answers.",
                self.most,
            )
            raise ValidationError(sentence % {"most": self.most})


class Between:
    """The number has to lie between two numbers, both included."""

    def __init__(self, minimum: int, maximum: int) -> None:
        self.minimum, self.maximum = minimum, maximum

    @property
    def rule(self) -> dict[str, int]:
        """For a page's script."""
        return {"least": self.minimum, "greatest": self.maximum}

    def __call__(self, _form: BaseForm, field: Field) -> None:
        if field.data is not None and not self.minimum <= field.data <= self.maximum:
            sentence = field.gettext("Please write a number from %(minimum)s to %(maximum)s.")
            raise ValidationError(sentence % {"minimum": self.minimum, "maximum": self.maximum})


class NotLonger:
    """The words may not have more than so many characters.

    No `maxlength` in the page on purpose: browsers cut pasted text in silence, and half a sentence is sent.
    """

    def __init__(self, most: int) -> None:
        self.most = most

    @property
    def rule(self) -> dict[str, int]:
        """For a page's script."""
        return {"longest": self.most}

    def __call__(self, _form: BaseForm, field: Field) -> None:
        length = len(field.data or "")
        if length > self.most:
            sentence = field.ngettext(
                "This is too long: please keep it to %(most)s character. Now it has %(length)s.",
                "This is too long: please keep it to %(most)s characters. Now it has %(length)s.",
                self.most,
            )
            raise ValidationError(sentence % {"most": self.most, "length": length})


def whole_number(field: Field, typed: str) -> int | None:
    """The number that was typed, in the digits of any script; None for nothing, ValueError for what is no number."""
    digits = _visible(plain_text(typed))
    if not digits:
        return None
    if not _WHOLE_NUMBER.fullmatch(digits):
        raise ValueError(field.gettext("Please write a whole number, such as 3."))
    return int(digits)


def refuse_unknown(field: Field, answers: Iterable[str], offered: Iterable[Any]) -> None:
    """Raise for an answer that the page does not offer: only a tampered page, or one from before a change, sends it."""
    if not set(answers) <= set(offered):
        raise ValidationError(field.gettext("Please choose from the answers on this page."))


def _visible(typed: str) -> str:
    """Without the invisible direction marks that right-to-left keyboards put around digits."""
    return "".join(sign for sign in typed if unicodedata.category(sign) != "Cf")
