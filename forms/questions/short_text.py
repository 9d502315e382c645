"""A few words of one's own, on one line."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field
from wtforms.fields.core import UnboundField

from forms.fields import TYPED, NotLonger, OneLine
from forms.questions.base import Answer, Measure, Positive, Question
from forms.wording import one_line


class ShortTextQuestion(Question):
    """Free text without line breaks, of at most `max_length` characters."""

    type: Literal["short-text"]
    max_length: Annotated[Positive, Field(le=200)] = 100

    measure: ClassVar[Measure] = Measure.TEXT
    is_group: ClassVar[bool] = False

    def field(self, language: str) -> "UnboundField[Any]":
        """A line."""
        return UnboundField(OneLine, validators=[NotLonger(self.max_length)], render_kw=TYPED, **self._words(language))

    def accept(self, raw: object) -> Answer | None:
        """The text on one line without control characters; None if nothing is left or it is too long."""
        text = one_line(raw) if isinstance(raw, str) else ""
        return text if 0 < len(text) <= self.max_length else None

    def cell_of(self, answer: Answer) -> tuple[str, ...]:  # noqa: ARG002 - the same for every text
        """No cell: that a text was written is counted, what it says is not."""
        return ()

    def retold(self, answer: Answer, language: str) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - nobody's language
        """The text as it was written."""
        return ((str(answer), "und"),)
