"""A number of points, shared out over several answers."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StrictInt
from wtforms.fields.core import UnboundField

from forms.fields_in_parts import SharedPoints
from forms.questions.base import Answer, Measure, Option, Question, ids_differ
from forms.wording import say


class PointsQuestion(Question):
    """Share out `total` points. Counted is what got most from a person; a tie counts for all that share it."""

    type: Literal["points"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=10), ids_differ]
    total: Annotated[StrictInt, Field(ge=2, le=100)]

    measure: ClassVar[Measure] = Measure.RANKING

    def cells(self) -> tuple[Option, ...]:
        """The options, in the form's order."""
        return self.options

    def field(self, language: str) -> "UnboundField[Any]":
        """A line for digits beside each option."""
        return UnboundField(SharedPoints, choices=self._choices(language), total=self.total, **self._words(language))

    def accept(self, raw: object) -> Answer | None:
        """Points by option, without those that got none; None unless they are whole and make the total."""
        if not isinstance(raw, dict) or not all(type(points) is int and points >= 0 for points in raw.values()):
            return None
        given = {option.id: raw[option.id] for option in self.options if raw.get(option.id)}
        known = {option.id for option in self.options} >= set(raw)
        return given if known and sum(given.values()) == self.total else None

    def cell_of(self, answer: Answer) -> tuple[str, ...]:
        """The options that got most."""
        if not isinstance(answer, dict):
            return ()
        most = max(answer.values())
        return tuple(option.id for option in self.options if answer.get(option.id) == most)

    def retold(self, answer: Answer, language: str) -> tuple[tuple[str, str], ...]:
        """Each option that got points, with how many."""
        if not isinstance(answer, dict):
            return ()
        said = ((say(option.label, language), answer[option.id]) for option in self.options if option.id in answer)
        return tuple((f"{text}: {points}", spoken) for (text, spoken), points in said)
