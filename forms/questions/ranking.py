"""Answers put in an order, best first; not all of them need a place."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator
from wtforms.fields.core import UnboundField

from forms.fields_in_parts import Places
from forms.problems import fact
from forms.questions.base import Answer, Measure, Option, Positive, Question, ids_differ

#: With up to so many options the first place counts, with more the first three.
_FEW = 4


class RankingQuestion(Question):
    """Options to be given places. Counted is who put an option among the first `top`."""

    type: Literal["ranking"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=10), ids_differ]
    top: Positive | None = None

    measure: ClassVar[Measure] = Measure.RANKING

    @field_validator("top")
    @classmethod
    def _some_are_below(cls, top: int | None, info: ValidationInfo) -> int | None:
        options = info.data.get("options")
        if options and top and top >= len(options):
            raise fact("top_too_many", found=top, count=len(options))
        return top

    def cells(self) -> tuple[Option, ...]:
        """The options, in the form's order."""
        return self.options

    def places(self) -> int:
        """Among how many first places an option has to be to be counted."""
        return self.top or (1 if len(self.options) <= _FEW else 3)

    def field(self, language: str) -> "UnboundField[Any]":
        """A list of places for each option; a script adds buttons that move it up and down."""
        return UnboundField(Places, choices=self._choices(language), **self._words(language))

    def accept(self, raw: object) -> Answer | None:
        """Ids of options, best first, each once; None if one is unknown or stands there twice."""
        if not isinstance(raw, list | tuple) or not raw or not all(isinstance(id_, str) for id_ in raw):
            return None
        known = {option.id for option in self.options}
        return tuple(raw) if len(set(raw)) == len(raw) and set(raw) <= known else None

    def cell_of(self, answer: Answer) -> tuple[str, ...]:
        """The options in the first places."""
        return answer[: self.places()] if isinstance(answer, tuple) else ()
