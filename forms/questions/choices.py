"""Several answers out of several, optionally not more than so many."""

from typing import Any, ClassVar, Literal

from pydantic import ValidationInfo, field_validator
from wtforms.fields.core import UnboundField

from forms.fields import AtMost, SeveralAnswers
from forms.problems import fact
from forms.questions.base import Answer, Measure, Option, Options, Positive
from forms.questions.one_of import WithApart


class ChoicesQuestion(WithApart):
    """Boxes to tick; with `at_most`, not more than so many of them."""

    type: Literal["choices"]
    options: Options
    at_most: Positive | None = None

    measure: ClassVar[Measure] = Measure.CHOICES

    @field_validator("at_most")
    @classmethod
    def _so_many_are_offered(cls, at_most: int | None, info: ValidationInfo) -> int | None:
        options = info.data.get("options")
        if options and at_most and at_most > len(options):
            raise fact("at_most_too_many", found=at_most, count=len(options))
        return at_most

    def cells(self) -> tuple[Option, ...]:
        """The options."""
        return self.options

    def field(self, language: str) -> "UnboundField[Any]":
        """Boxes to tick, those apart last."""
        apart = frozenset(option.id for option in self.apart())
        limits = [AtMost(self.at_most, besides=apart)] if self.at_most else []
        return UnboundField(SeveralAnswers, validators=limits, choices=self._choices(language), **self._words(language))

    def accept(self, raw: object) -> Answer | None:
        """Ids of options, each once, in the order of the form; None if one of them is unknown or there are too many.

        An answer apart counts only where nothing else was ticked: who knows something does not "not know".
        """
        if not isinstance(raw, list | tuple) or not all(isinstance(id_, str) for id_ in raw):
            return None
        ticked = tuple(option.id for option in self.options if option.id in raw)
        apart = tuple(option.id for option in self.apart() if option.id in raw)
        within = len(ticked) <= (self.at_most or len(self.options))
        known = within and set(raw) == {*ticked, *apart}
        return (ticked or apart[:1] or None) if known else None

    def cell_of(self, answer: Answer) -> tuple[str, ...]:
        """Every option that was ticked, or the one answer apart."""
        return answer if isinstance(answer, tuple) else ()
