"""One answer out of several that have no order."""

from typing import Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator
from wtforms.fields.core import UnboundField

from forms.fields import OneAnswer
from forms.problems import fact
from forms.questions.base import Answer, Measure, Option, OptionId, Options, Question


class ChoiceQuestion(Question):
    """One choice, optionally with answers that count as favourable."""

    type: Literal["choice"]
    options: Options
    favourable_ids: tuple[OptionId, ...] = Field(default=(), alias="favourable")

    measure: ClassVar[Measure] = Measure.CHOICE

    @field_validator("favourable_ids")
    @classmethod
    def _favourable_are_offered(cls, ids: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        known = [option.id for option in info.data.get("options", ())]
        extra = [id_ for id_ in ids if id_ not in known]
        if known and extra:
            raise fact("unknown_favourable", extra=", ".join(extra), known=", ".join(known))
        return ids

    def cells(self) -> tuple[Option, ...]:
        """The options."""
        return self.options

    def favourable(self) -> frozenset[str]:
        """The options that the file names."""
        return frozenset(self.favourable_ids)

    def field(self, language: str) -> "UnboundField[Any]":
        """Radio buttons."""
        return UnboundField(OneAnswer, choices=self._choices(language), **self._words(language))

    def accept(self, raw: object) -> Answer | None:
        """The id of one option."""
        return raw if isinstance(raw, str) and raw in {option.id for option in self.options} else None

    def cell_of(self, answer: Answer) -> tuple[str, ...]:
        """The option itself."""
        return (str(answer),)
