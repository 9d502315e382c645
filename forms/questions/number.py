"""A whole number, counted in bands."""

from bisect import bisect_right
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import Field, StrictInt, ValidationInfo, field_validator
from wtforms.fields.core import UnboundField

from forms.fields import TYPED, Between, WholeNumber
from forms.problems import fact
from forms.questions.base import Answer, Measure, Option, Question, Wording
from forms.wording import say

Whole = Annotated[StrictInt, Field(ge=0, le=1_000_000)]


class NumberQuestion(Question):
    """A number from `minimum` to `maximum`; `bands` are the lower edges of the cells it is counted in.

    Only the bands are ever counted: the one pupil who wrote 17 is in "6-" with everybody else above 5.
    """

    type: Literal["number"]
    minimum: Whole = 0
    maximum: Whole
    unit: Wording | None = None
    bands: Annotated[tuple[Whole, ...], Field(min_length=2, max_length=10)]

    measure: ClassVar[Measure] = Measure.NUMBER
    is_group: ClassVar[bool] = False

    @field_validator("maximum")
    @classmethod
    def _maximum_is_above(cls, maximum: int, info: ValidationInfo) -> int:
        minimum = info.data.get("minimum", 0)
        if minimum > maximum:
            raise fact("above_maximum", minimum=minimum, maximum=maximum)
        return maximum

    @field_validator("bands")
    @classmethod
    def _bands_cover_the_range(cls, bands: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        minimum, maximum = info.data.get("minimum", bands[0]), info.data.get("maximum", bands[-1])
        if sorted(set(bands)) != list(bands):
            raise fact("bands_order")
        if bands[0] != minimum:
            raise fact("bands_start", found=bands[0], minimum=minimum)
        if bands[-1] > maximum:
            raise fact("bands_end", found=bands[-1], maximum=maximum)
        return bands

    def cells(self) -> tuple[Option, ...]:
        """One cell a band, from lowest to highest, with ids such as "0-2", "3", "4-5" and, for the last, "6-"."""
        tops = [edge - 1 for edge in self.bands[1:]]
        closed = [self._cell(low, top) for low, top in zip(self.bands, tops, strict=False)]
        last = self.bands[-1]
        return (*closed, self._labelled(f"{last}-", f"{last}+"))

    def offered(self) -> tuple[Option, ...]:
        """Nothing: the number is typed."""
        return ()

    def field(self, language: str) -> "UnboundField[Any]":
        """A line for digits of any script."""
        return UnboundField(
            WholeNumber,
            validators=[Between(self.minimum, self.maximum)],
            render_kw={"inputmode": "numeric", **TYPED},
            **self._words(language),
        )

    def accept(self, raw: object) -> Answer | None:
        """A whole number within the range; True and False are none."""
        return raw if type(raw) is int and self.minimum <= raw <= self.maximum else None

    def cell_of(self, answer: Answer) -> tuple[str, ...]:
        """The band it lies in."""
        return (self.cells()[bisect_right(self.bands, cast(int, answer)) - 1].id,)

    def retold(self, answer: Answer, language: str) -> tuple[tuple[str, str], ...]:
        """The number as it was typed, not its band; then its unit."""
        unit = (say(self.unit, language),) if self.unit else ()
        return ((str(answer), language), *unit)

    def _cell(self, low: int, top: int) -> Option:
        # Digits and a dash are no sentence: they read the same in every language.
        return self._labelled(f"{low}-{top}", f"{low}–{top}") if top > low else self._labelled(f"{low}", f"{low}")

    def _labelled(self, id_: str, label: str) -> Option:
        return Option(id=id_, label=dict.fromkeys(self.text, label))
