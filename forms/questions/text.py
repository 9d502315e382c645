"""Words of one's own."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field
from wtforms.fields.core import UnboundField

from forms.fields import TYPED, NotLonger, OwnWords
from forms.questions.base import Answer, Measure, Positive, Question
from forms.wording import plain_text


class TextQuestion(Question):
    """Free text of at most `max_length` characters, counted after line ends are made one character each."""

    type: Literal["text"]
    max_length: Annotated[Positive, Field(le=5000)] = 1000

    measure: ClassVar[Measure] = Measure.TEXT
    is_group: ClassVar[bool] = False

    def field(self, language: str) -> "UnboundField[Any]":
        """A box of several lines."""
        return UnboundField(
            OwnWords, validators=[NotLonger(self.max_length)], render_kw={"rows": 4, **TYPED}, **self._words(language)
        )

    def accept(self, raw: object) -> Answer | None:
        """The text without control characters; None if nothing is left or it is too long."""
        text = plain_text(raw) if isinstance(raw, str) else ""
        return text if 0 < len(text) <= self.max_length else None

    def cell_of(self, answer: Answer) -> tuple[str, ...]:  # noqa: ARG002 - the same for every text
        """No cell: that a text was written is counted, what it says is not."""
        return ()

    def retold(self, answer: Answer, language: str) -> tuple[tuple[str, str], ...]:  # noqa: ARG002 - nobody's language
        """The text as it was written."""
        return ((str(answer), "und"),)
