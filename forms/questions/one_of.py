"""What the types share that are answered with one of several answers, and answers that stand beside the others."""

from typing import Any, Self

from pydantic import Field, model_validator
from wtforms.fields.core import UnboundField

from forms.fields import OneAnswer
from forms.questions.base import Answer, Apart, Option, Question, refuse_repeated


class OneOf(Question):
    """A question that has one answer, out of those that are offered."""

    def field(self, language: str) -> "UnboundField[Any]":
        """Radio buttons, those apart last."""
        return UnboundField(OneAnswer, choices=self._choices(language), **self._words(language))

    def accept(self, raw: object) -> Answer | None:
        """The id of one of the answers, those apart among them."""
        return raw if isinstance(raw, str) and raw in {option.id for option in self.offered()} else None

    def cell_of(self, answer: Answer) -> tuple[str, ...]:
        """The answer itself."""
        return (str(answer),)


class WithApart(Question):
    """A question that may have answers apart, such as "don't know" and "does not apply".

    None where a file has no such key, and not (), so that forms of a time before the key keep their digest.
    """

    set_apart: Apart | None = Field(default=None, alias="apart")

    @model_validator(mode="after")
    def _apart_from_the_others(self) -> Self:
        refuse_repeated(option.id for option in (*self.cells(), *self.apart()))
        return self

    def apart(self) -> tuple[Option, ...]:
        """What stands beside the answers."""
        return self.set_apart or ()
