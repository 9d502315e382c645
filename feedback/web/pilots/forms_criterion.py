"""The part of a pilot's form that chooses a criterion: a question, the answers that count, a target, how many voices.

There is one that decides and up to four more; each is bound to the form's fields by the beginning of their names.
"""

from collections.abc import Iterator
from typing import Any

from wtforms import SelectField, SubmitField

from feedback.web.forms_desk import N_, DeskForm, Needed, SomeOfField, WholeNumberField
from feedback.web.offered import offered_forms
from forms.definition import Instrument
from forms.library import in_order
from forms.questions import AnyQuestion
from forms.suggested import Suggested
from forms.wording import Words

_CELLS = N_("Tick at least one answer that counts as a yes.")
_TARGET = N_("Say how many percent you hope for.")
_VOICES = N_("Say how many voices are needed at least.")


def criterion_fields(prefix: str = "") -> dict[str, Any]:
    """The fields by name. Those of a further criterion need nothing: it is left out where no question is chosen."""
    needed = not prefix
    return {
        f"{prefix}question": SelectField(validate_choice=False),
        f"{prefix}show_answers": SubmitField(),
        f"{prefix}take_suggested": SubmitField(),
        f"{prefix}cells": SomeOfField(choices=[], validators=[Needed(_CELLS)] if needed else []),
        f"{prefix}target": WholeNumberField(least=1, most=99, validators=[Needed(_TARGET)] if needed else []),
        f"{prefix}minimum_voices": WholeNumberField(least=5, validators=[Needed(_VOICES)] if needed else []),
    }


class CriterionPart:
    """One criterion of a form. `kept`: what the pilot has, where no form asks its question any more."""

    def __init__(self, form: DeskForm, prefix: str = "") -> None:
        self.form, self.prefix = form, prefix
        self.question, self.cells = form[f"{prefix}question"], form[f"{prefix}cells"]
        self.target, self.minimum_voices = form[f"{prefix}target"], form[f"{prefix}minimum_voices"]
        self.show_answers, self.take_suggested = form[f"{prefix}show_answers"], form[f"{prefix}take_suggested"]
        self.kept: dict[str, Any] | None = None
        #: Whether a question was sent that cannot decide: another one is shown in its place, and nothing is kept.
        self.sent_another_question = False

    @property
    def is_optional(self) -> bool:
        """Whether it can be left out."""
        return bool(self.prefix)

    @property
    def is_given(self) -> bool:
        """Whether a question is chosen."""
        return bool(self.question.data)

    def asks_for_answers(self) -> bool:
        """Whether a button was pressed that sends the form without meaning to keep it."""
        return bool(self.form.is_submitted() and (self.show_answers.data or self.take_suggested.data))

    def suggested(self) -> Suggested | None:
        """What the library suggests to agree on about the chosen question."""
        id_ = (self.question.data or "").rpartition("/")[2]
        return next((each for found in _instruments() for each in found.suggested or () if each.question == id_), None)

    def chosen(self) -> AnyQuestion | None:
        """The question whose answers are offered."""
        return dict(_questions()).get(self.question.data)

    def offer(self) -> None:
        """Offer the answers of the chosen question; those of a question just chosen are ticked where they are best."""
        question = self.chosen()
        if question is None and self.kept and self.question.data == place_of(self.kept):
            self.cells.offer(self.kept["cells"])
            return
        if question is None and self.is_optional:
            self.sent_another_question, self.question.data = self.is_given, ""
            self.cells.data = []
            return
        if question is None:
            self.sent_another_question = self.form.is_submitted()
            self.question.data, question = next(_questions())
        self.cells.offer(question.outcomes())
        ticked = set(question.outcomes()) & set(self.cells.data or ())
        if not ticked and (self.asks_for_answers() or not self.form.is_submitted()):
            self.cells.data = sorted(question.best_outcomes())
        suggested = self.suggested()
        if suggested and self.form.is_submitted() and self.take_suggested.data:
            self._take(suggested)

    def _take(self, suggested: Suggested) -> None:
        self.cells.data = list(suggested.answers)
        for field, number in ((self.target, suggested.target), (self.minimum_voices, suggested.minimum_voices)):
            # A number field shows what was typed before what it holds.
            field.data, field.raw_data = number, None

    def criterion(self) -> dict[str, Any]:
        """What was typed, in the shape of a pilot's criterion."""
        return {
            "question": (self.question.data or "").rpartition("/")[2],
            "cells": self.cells.data or [],
            "target": self.target.data,
            "minimum_voices": self.minimum_voices.data,
        }

    def blame_unfinished(self) -> None:
        """Say of a further criterion what it still needs, each at its place."""
        for name, sentence in (("cells", _CELLS), ("target", _TARGET), ("minimum_voices", _VOICES)):
            if not self.form[f"{self.prefix}{name}"].data:
                self.form.blame(f"{self.prefix}{name}", sentence)


def typed_criterion(criterion: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """A pilot's criterion as the form's fields hold it."""
    plain = {f"{prefix}{name}": criterion[name] for name in ("cells", "target", "minimum_voices")}
    return {**plain, f"{prefix}question": place_of(criterion)}


def library() -> Iterator[tuple[Words, list[tuple[str, AnyQuestion]]]]:
    """What a criterion can be about: questions with their places, under the titles of instruments, each once.

    Variants of an instrument share a title; a question that several forms ask is under the first of them.
    """
    shelves: dict[str, tuple[Words, list[tuple[str, AnyQuestion]]]] = {}
    offered: set[str] = set()
    for instrument in _instruments():
        asked = [each for each in instrument.questions if each.outcomes() and each.id not in offered]
        offered |= {each.id for each in asked}
        if asked:
            _, places = shelves.setdefault(str(instrument.title), (instrument.title, []))
            places += ((f"{instrument.id}/{each.id}", each) for each in asked)
    yield from shelves.values()


def criterion_question(criterion: dict[str, Any]) -> AnyQuestion | None:
    """The question that a criterion is about; None where no form asks it any more."""
    return dict(_questions()).get(place_of(criterion))


def place_of(criterion: dict[str, Any]) -> str:
    """ "instrument/question" where a form asks it with these answers, else "/question"."""
    for place, question in _questions():
        if question.id == criterion["question"] and set(criterion["cells"]) <= set(question.outcomes()):
            return place
    return f"/{criterion['question']}"


def _instruments() -> list[Instrument]:
    offered = offered_forms()
    own = [each.instrument for each in offered if each.is_own]
    return [*own, *in_order(each.instrument for each in offered if not each.is_own)]


def _questions() -> Iterator[tuple[str, AnyQuestion]]:
    for instrument in _instruments():
        for question in instrument.questions:
            if question.outcomes():
                yield f"{instrument.id}/{question.id}", question
