"""The same scale asked twice, for a time before and for now."""

from itertools import product
from typing import Any, ClassVar, Literal

from pydantic import field_validator
from wtforms.fields.core import UnboundField

from forms.fields_in_parts import ThenAndNow
from forms.problems import fact
from forms.questions.base import Answer, Measure, Option, Question, Steps, Wording
from forms.wording import say

#: What is told of a change, from lowest to highest; by the same names as in `analysis.change`.
DIRECTIONS = ("less", "same", "more")
#: A cell joins two ids, and is an id itself: forty signs.
_LONGEST_ID = 19


class ThenNowQuestion(Question):
    """Steps from lowest to highest, chosen once under the words `then` and once under the words `now`.

    Asked once, afterwards: two rounds without names can not be compared person by person, this can. What is told is
    only how many say less, the same and more; the pairs of answers are too fine for anybody to see.
    """

    type: Literal["then-now"]
    options: Steps
    then: Wording
    now: Wording

    measure: ClassVar[Measure] = Measure.CHANGE

    @field_validator("options")
    @classmethod
    def _two_ids_make_one(cls, options: Steps) -> tuple[Option, ...]:
        long = [option.id for option in options if len(option.id) > _LONGEST_ID]
        if long:
            raise fact("long_ids", long=", ".join(long), most=_LONGEST_ID)
        return options

    def cells(self) -> tuple[Option, ...]:
        """A cell for each pair, such as "little--much"."""
        return tuple(self._pair(then, now) for then, now in product(self.options, repeat=2))

    def steps(self) -> tuple[Option, ...]:
        """The steps, from lowest to highest."""
        return self.options

    def offered(self) -> tuple[Option, ...]:
        """The steps, which are offered twice."""
        return self.options

    def favourable(self) -> frozenset[str]:
        """The pairs that rise."""
        ids = [option.id for option in self.options]
        return frozenset(_joined(then, now) for at, then in enumerate(ids) for now in ids[at + 1 :])

    def outcomes(self) -> tuple[str, ...]:
        """Whether it became less, stayed the same or became more."""
        return DIRECTIONS

    def best_outcomes(self) -> frozenset[str]:
        """More."""
        return frozenset({DIRECTIONS[-1]})

    def field(self, language: str) -> "UnboundField[Any]":
        """Two rows of radio buttons."""
        return UnboundField(ThenAndNow, choices=self._choices(language), **self._words(language))

    def accept(self, raw: object) -> Answer | None:
        """Two ids of steps, that of before first."""
        if not isinstance(raw, list | tuple) or len(raw) != 2 or not all(isinstance(id_, str) for id_ in raw):
            return None
        return tuple(raw) if set(raw) <= {option.id for option in self.options} else None

    def cell_of(self, answer: Answer) -> tuple[str, ...]:
        """The pair."""
        return (_joined(*answer),) if isinstance(answer, tuple) else ()

    def retold(self, answer: Answer, language: str) -> tuple[tuple[str, str], ...]:
        """Each of the two with the words it stood under."""
        if not isinstance(answer, tuple):
            return ()
        labels = {option.id: option.label for option in self.options}
        parts = [
            (say(words, language), say(labels[id_], language))
            for words, id_ in zip(self._legends(), answer, strict=True)
        ]
        return tuple((f"{when}: {text}", spoken) for (when, _), (text, spoken) in parts)

    def _legends(self) -> tuple[Wording, Wording]:
        return self.then, self.now

    def _pair(self, then: Option, now: Option) -> Option:
        # "›" is turned round where a script runs from the right; an arrow is not.
        label = {language: f"{then.label[language]} › {now.label[language]}" for language in self.text}
        return Option(id=_joined(then.id, now.id), label=label)


def _joined(then: str, now: str) -> str:
    return f"{then}--{now}"
