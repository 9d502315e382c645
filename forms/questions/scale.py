"""One step of a scale whose every step has words."""

from typing import Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator
from wtforms.fields.core import UnboundField

from forms.fields import OneAnswer
from forms.questions.base import Answer, Measure, Option, Part, Question, Steps, refuse_repeated


class Scale(Part):
    """The answers of a scale: `options` from lowest to highest, `apart` for "don't know" and "does not apply".

    A file names one once under `scales` and uses it in many questions.
    """

    options: Steps
    set_apart: tuple[Option, ...] = Field(default=(), max_length=3, alias="apart")

    @field_validator("set_apart")
    @classmethod
    def _apart_from_the_steps(cls, set_apart: tuple[Option, ...], info: ValidationInfo) -> tuple[Option, ...]:
        refuse_repeated(option.id for option in (*info.data.get("options", ()), *set_apart))
        return set_apart


class ScaleQuestion(Scale, Question):
    """A worded scale."""

    type: Literal["scale"]

    measure: ClassVar[Measure] = Measure.SCALE

    def cells(self) -> tuple[Option, ...]:
        """The steps, from lowest to highest."""
        return self.options

    def apart(self) -> tuple[Option, ...]:
        """What stands beside the scale."""
        return self.set_apart

    def favourable(self) -> frozenset[str]:
        """The top two of four or more steps, the top one of fewer."""
        top = 2 if len(self.options) >= 4 else 1
        return frozenset(option.id for option in self.options[-top:])

    def field(self, language: str) -> "UnboundField[Any]":
        """Radio buttons, those apart last."""
        return UnboundField(OneAnswer, choices=self._choices(language), **self._words(language))

    def accept(self, raw: object) -> Answer | None:
        """The id of one step, or of one answer apart."""
        return raw if isinstance(raw, str) and raw in {option.id for option in self.offered()} else None

    def cell_of(self, answer: Answer) -> tuple[str, ...]:
        """The step itself."""
        return (str(answer),)
