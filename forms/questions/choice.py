"""One answer out of several that have no order."""

from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from forms.problems import fact
from forms.questions.base import Measure, Option, OptionId, Options
from forms.questions.one_of import OneOf, WithApart


class OneChoice(WithApart, OneOf):
    """Answers to choose one from, optionally with some that count as favourable."""

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


class ChoiceQuestion(OneChoice):
    """One choice in words, with pictures where the file has some."""

    type: Literal["choice"]
