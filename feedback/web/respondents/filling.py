"""A form on its way through the screens, from the first one to the thank-you."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from feedback.operations.answers.publish import Asked
from feedback.privacy.receipts import key_of_page, key_of_screens
from feedback.privacy.slips import normal
from forms.definition import AnyItem, Instrument
from forms.logic import ahead, kept, shown
from forms.notice import Notice
from forms.piping import with_answers
from forms.questions import AnyQuestion
from forms.questions.base import Answer
from forms.wording import Words


@dataclass(frozen=True, slots=True)
class Screen:
    """One page of a form. `kind` names its template; `item` is what it shows, None where that is no item."""

    kind: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where somebody is, counted in questions: question `number` of `total`, or of fewer if `at_most`."""

    number: int
    total: int
    at_most: bool


@dataclass(frozen=True, slots=True)
class Given:
    """One line of the answers as they are shown before sending: the screen to change it on, None if it was skipped."""

    question: AnyQuestion
    answer: Answer | None
    at: int


@dataclass(frozen=True, slots=True)
class Filling:
    """A form on its way. It is in the page and nowhere else."""

    asked: Asked
    form_key: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    #: Which of `screens`. A form on one page has only 0.
    at: int = 0
    #: As it was typed, in a round with slips. It travels like the answers: sealed, in the page.
    slip: str = ""
    #: Drawn by the page's script when it was opened, so that no two people have it; "" without the script.
    own: str = ""
    #: Whether the answers were shown already, and one of them is being changed.
    checking: bool = False

    @property
    def screens(self) -> tuple[Screen, ...]:
        """All screens of the form, asked of this person or not. Nothing on the practice screen is ever read."""
        instrument = self.asked.instrument
        if instrument.layout == "page":
            return (Screen("whole"),)
        practice = [Screen("practice")] if instrument.ages == "6-8" else []
        items = [
            Screen("between" if isinstance(item, Notice) else "question", item.id)
            for item in instrument.items
            if not _is_companion(item)
        ]
        return (Screen("start"), *practice, *items, Screen("send"))

    @property
    def screen(self) -> Screen:
        """The screen this person is at."""
        return self.screens[self.at]

    @property
    def told(self) -> Instrument:
        """The instrument as this person reads it, with the earlier answers that its texts name."""
        instrument = self.asked.instrument
        return with_answers(instrument, self.answers if instrument.layout == "screens" else {})

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """The questions of this screen: one, and the lines for own words beside its answers; or all."""
        here = self.screen
        if here.kind == "whole":
            return self.told.questions
        if here.kind != "question":
            return ()
        return tuple(each for each in self.told.questions if here.item in (each.id, each.companion_of))

    @property
    def notice(self) -> Notice | None:
        """What this screen says instead of asking."""
        items = (item for item in self.told.items if item.id == self.screen.item)
        return next((item for item in items if isinstance(item, Notice)), None)

    @property
    def title(self) -> Words:
        """The title of the section that this screen belongs to, of the form where it belongs to none."""
        for section in self.told.sections:
            if any(item.id == self.screen.item for item in section.items):
                return section.title
        return self.told.title

    @property
    def key(self) -> str:
        """The form key of this person. What is drawn for an answer to a POST is nobody else's."""
        if self.last:
            return key_of_screens(self.form_key)
        return key_of_page(self.form_key, own=self.own, slip=normal(self.slip) or "", answers=self.answers)

    @property
    def last(self) -> int:
        """The screen from which the form is sent."""
        return len(self.screens) - 1

    @property
    def progress(self) -> Progress:
        """Where this person is. What depends on answers that are still to come is not promised and not hidden."""
        here = self.screen.item or ""
        asked = [item.id for item in shown(self.asked.instrument, self.answers) if _is_counted(item)]
        number = asked.index(here) + 1
        further = [surely for item, surely in ahead(self.asked.instrument, self.answers, here) if _is_counted(item)]
        return Progress(number, number + len(further), not all(further))

    @property
    def overview(self) -> tuple[Given, ...]:
        """Everything that this person was asked, with what was answered."""
        places = {screen.item: at for at, screen in enumerate(self.screens) if screen.item}
        asked = [item for item in shown(self.told, self.answers) if not isinstance(item, Notice)]
        return tuple(Given(each, self.answers.get(each.id), places[each.companion_of or each.id]) for each in asked)

    def answered(self, here: Mapping[str, Answer]) -> "Filling":
        """With these answers in place of all earlier ones to this screen's questions, and what they lead to only."""
        asked_here = {question.id for question in self.questions}
        before = {id_: answer for id_, answer in self.answers.items() if id_ not in asked_here}
        return replace(self, answers=kept(self.asked.instrument, {**before, **here}))

    def moved(self, steps: int) -> "Filling":
        """At the next screen, or the one before, that these answers lead to."""
        asked = {item.id for item in shown(self.asked.instrument, self.answers)}
        at = self.at + steps
        while 0 < at < self.last and self.screens[at].item not in (None, *asked):
            at += steps
        return replace(self, at=min(max(at, 0), self.last))

    def gone_on(self, here: Mapping[str, Answer]) -> "Filling":
        """Answered and at the next screen: after a change at the overview, unless the change leads to new questions."""
        after = self.answered(here)
        if self.checking and _ids(after) <= _ids(self):
            return replace(after, at=self.last, checking=False)
        return replace(after, checking=False).moved(+1)

    def gone_back(self, here: Mapping[str, Answer]) -> "Filling":
        """Answered and at the screen before: while something is changed that is the overview."""
        after = self.answered(here)
        return replace(after, at=self.last, checking=False) if self.checking else after.moved(-1)

    def changing(self, at: str) -> "Filling":
        """At a screen that the overview offers to change; at the overview for any other."""
        offered = {str(given.at): given.at for given in self.overview}
        return replace(self, at=offered[at], checking=True) if at in offered else replace(self, at=self.last)


def blocks(items: tuple[AnyItem, ...]) -> Iterator[tuple[Words | None, list[AnyItem]]]:
    """A section's items as a page groups them: the rows of one matrix together under their stem, all else alone.

    Own words stand with the question they belong to and are not in the list.
    """
    main = [item for item in items if not _is_companion(item)]
    for stem, rows in groupby(main, key=lambda item: getattr(item, "stem", None)):
        if stem is not None:
            yield stem, list(rows)
        else:
            yield from ((None, [row]) for row in rows)


def _is_companion(item: AnyItem) -> bool:
    return not isinstance(item, Notice) and item.companion_of is not None


def _is_counted(item: AnyItem) -> bool:
    return not isinstance(item, Notice) and item.companion_of is None


def _ids(filling: Filling) -> set[str]:
    return {item.id for item in shown(filling.asked.instrument, filling.answers)}
