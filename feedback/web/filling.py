"""A form on its way through the screens, from the first one to the thank-you."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from feedback.operations.publish import Asked
from feedback.privacy.receipts import key_of_page, key_of_screens
from feedback.privacy.slips import normal
from forms.questions import AnyQuestion
from forms.questions.base import Answer


@dataclass(frozen=True, slots=True)
class Filling:
    """A form on its way. It is in the page and nowhere else."""

    asked: Asked
    form_key: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    #: The screen: 0 is the first one, then one a question, and a last one to send. A form on one page has only 0.
    at: int = 0
    #: As it was typed, in a round with slips. It travels like the answers: sealed, in the page.
    slip: str = ""
    #: Drawn by the page's script when it was opened, so that no two people have it; "" without the script.
    own: str = ""

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """The questions of this screen."""
        every = self.asked.instrument.questions
        if self.asked.instrument.layout == "page":
            return every
        return every[self.at - 1 : self.at] if self.at else ()

    @property
    def key(self) -> str:
        """The form key of this person. What is drawn for an answer to a POST is nobody else's."""
        if self.last:
            return key_of_screens(self.form_key)
        return key_of_page(self.form_key, own=self.own, slip=normal(self.slip) or "", answers=self.answers)

    @property
    def last(self) -> int:
        """The screen from which the form is sent."""
        return 0 if self.asked.instrument.layout == "page" else len(self.asked.instrument.questions) + 1

    def answered(self, here: Mapping[str, Answer]) -> "Filling":
        """With these answers in place of all earlier ones to this screen's questions."""
        asked_here = {question.id for question in self.questions}
        kept = {id_: answer for id_, answer in self.answers.items() if id_ not in asked_here}
        return replace(self, answers={**kept, **here})

    def moved(self, steps: int) -> "Filling":
        """At another screen."""
        return replace(self, at=min(max(self.at + steps, 0), self.last))
