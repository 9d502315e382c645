"""One step of a scale whose every step has words."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from forms.questions.base import Measure, Option, Part, Steps, refuse_repeated
from forms.questions.one_of import OneOf


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


class ScaleQuestion(Scale, OneOf):
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
        """The top of the scale."""
        return top_of(self.options)


def top_of(steps: Sequence[Option]) -> frozenset[str]:
    """The ids of the top two of four or more steps, of the top one of fewer."""
    top = 2 if len(steps) >= 4 else 1
    return frozenset(option.id for option in steps[-top:])
