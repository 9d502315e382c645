"""Yes, maybe or no, with pictures: for children who read little, and for quick questions."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from forms.problems import fact
from forms.questions.base import Measure, Option
from forms.questions.one_of import OneOf, WithApart

_IDS = ("yes", "maybe", "no")


class YesMaybeNoQuestion(WithApart, OneOf):
    """Three answers with the ids yes, maybe and no; the file gives their labels, the pictures have their names."""

    type: Literal["yes-maybe-no"]
    options: Annotated[tuple[Option, ...], Field(json_schema_extra={"minItems": 3, "maxItems": 3})]

    measure: ClassVar[Measure] = Measure.SCALE

    @field_validator("options")
    @classmethod
    def _are_yes_maybe_no(cls, options: tuple[Option, ...]) -> tuple[Option, ...]:
        if sorted(option.id for option in options) != sorted(_IDS):
            raise fact("not_yes_maybe_no", found=", ".join(option.id for option in options))
        pictured = {option.id: option.model_copy(update={"picture": option.picture or option.id}) for option in options}
        return tuple(pictured[id_] for id_ in _IDS)

    def cells(self) -> tuple[Option, ...]:
        """From lowest to highest: no, maybe, yes."""
        return self.options[::-1]

    def offered(self) -> tuple[Option, ...]:
        """As one says it: yes, maybe, no; then what stands apart."""
        return (*self.options, *self.apart())

    def favourable(self) -> frozenset[str]:
        """Yes."""
        return frozenset({"yes"})
