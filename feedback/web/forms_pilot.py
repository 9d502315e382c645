"""The form of a pilot: from what is typed to a `PilotPlan`, and back."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from wtforms import BooleanField, SelectField, SubmitField

from feedback.operations.pilots import CONTACTS, GOALS, HYPOTHESIS, MOST_OTHER_CHANGES, PUBLIC_WORDS, PilotPlan
from feedback.web.forms_desk import (
    N_,
    DayField,
    DeskForm,
    LineField,
    Needed,
    OneOfField,
    SomeOfField,
    WholeNumberField,
    WordsField,
)
from forms.definition import Instrument
from forms.library import names, open_library
from forms.questions import AnyQuestion

#: What to say for each code of `PilotPlan.missing` that no field finds by itself, and at which field.
_MISSING = {
    "goal_sentence": ("goal_sentence", N_("Say the goal in one sentence.")),
    "also_changing": ("also_0", N_("Name three other changes at most.")),
    "dates": ("ends_on", N_("The last day cannot be before the first day.")),
    "owner_role": ("owner_role", N_("Say who looks after the pilot, for example “Deputy head”.")),
    "exit_plan": ("exit_plan", N_("Say what happens when the pilot ends or is given up.")),
}
_HYPOTHESIS = {
    "change": N_("Say what you change: “If we …”."),
    "result": N_("Say what should happen then: “then …”."),
    "date": N_("Say by when: “by …”."),
    "reason": N_("Say why you think so: “because …”."),
}
_WORDS = {
    "title": N_("Give the pilot a name that families understand."),
    "trying": N_("Say what the school tries."),
    "why": N_("Say why the school tries it."),
    "promise": N_("Say what you promise to the people you ask."),
}


class PilotForm(DeskForm):
    """Everything but the public words, which `pilot_form` adds for each language."""

    languages: Sequence[str] = ()
    #: The criterion that stands since the first round opened; None while it can still be changed.
    locked: dict[str, Any] | None = None
    #: The pilot's criterion where the library does not ask its question: offered as it is.
    kept: dict[str, Any] | None = None
    #: Whether a question was sent that cannot decide: the first one is shown in its place, and nothing is kept.
    sent_another_question = False

    goal = OneOfField(choices=list(GOALS), sentence=N_("Choose what the pilot is for."))
    goal_sentence = WordsField(longest=300)
    hypothesis_change = LineField(longest=200)
    hypothesis_result = LineField(longest=200)
    hypothesis_date = LineField(longest=200)
    hypothesis_reason = LineField(longest=200)
    question = SelectField(validate_choice=False)
    show_answers = SubmitField()
    cells = SomeOfField(choices=[], validators=[Needed(N_("Tick at least one answer that counts as a yes."))])
    target = WholeNumberField(least=1, most=99, validators=[Needed(N_("Say how many percent you hope for."))])
    minimum_voices = WholeNumberField(least=5, validators=[Needed(N_("Say how many voices are needed at least."))])
    also_0 = LineField(longest=200)
    also_1 = LineField(longest=200)
    also_2 = LineField(longest=200)
    starts_on = DayField()
    ends_on = DayField()
    owner_role = LineField(longest=60)
    exit_plan = WordsField(longest=1000)
    standing = BooleanField()

    def lock(self, criterion: dict[str, Any]) -> None:
        """The criterion stands: it is neither offered nor read."""
        self.locked = criterion
        for name in ("question", "show_answers", "cells", "target", "minimum_voices"):
            del self[name]

    def asks_for_answers(self) -> bool:
        """Whether "show the answers" was pressed, which sends the form without meaning to keep it."""
        return bool(self.locked is None and self.is_submitted() and self.show_answers.data)

    def offer_criterion(self) -> None:
        """Offer the answers of the chosen question; those of a question just chosen are ticked where they are best."""
        question = self.chosen()
        if question is None and self.kept and self.question.data == _place_of(self.kept):
            self.cells.offer(self.kept["cells"])
            return
        if question is None:
            self.sent_another_question = self.is_submitted()
            self.question.data, question = next(_questions())
        self.cells.offer(question.outcomes())
        ticked = set(question.outcomes()) & set(self.cells.data or ())
        if not ticked and (self.asks_for_answers() or not self.is_submitted()):
            self.cells.data = sorted(question.best_outcomes())

    def library(self) -> Iterator[tuple[Instrument, list[AnyQuestion]]]:
        """Instruments with those of their questions that a criterion can be about."""
        for name in names():
            instrument = open_library(name)
            yield instrument, [question for question in instrument.questions if question.outcomes()]

    def chosen(self) -> AnyQuestion | None:
        """The question whose answers are offered."""
        return dict(_questions()).get(self.question.data)

    def plan(self, *, sample: bool = False) -> PilotPlan:
        """What was typed, as far as it could be read. A sample stays one, whatever is changed in it."""
        # A day that cannot be read has its own sentence already; the other checks should still be made.
        starts_on = self.starts_on.data or self.ends_on.data or date.max
        return PilotPlan(
            words={code: said for code in self.languages if any((said := self._said(code)).values())},
            goal=self.goal.data or "",
            goal_sentence=self.goal_sentence.data or "",
            hypothesis={part: self[f"hypothesis_{part}"].data for part in HYPOTHESIS},
            criterion=self.locked or self._criterion(),
            also_changing=[typed for n in range(MOST_OTHER_CHANGES) if (typed := self[f"also_{n}"].data)],
            starts_on=starts_on,
            ends_on=self.ends_on.data or starts_on,
            owner_role=self.owner_role.data or "",
            exit_plan=self.exit_plan.data or "",
            standing=self.standing.data,
            sample=sample,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Fields first, then what the plan as a whole is missing, each said at its place."""
        fine = bool(super().validate(extra_validators))
        missing = self.plan().missing()
        if "words" in missing:
            self._blame_words()
        if "hypothesis" in missing:
            for part, sentence in _HYPOTHESIS.items():
                if not self[f"hypothesis_{part}"].data:
                    self.blame(f"hypothesis_{part}", sentence)
        besides = self.locked or any(self[name].errors for name in ("cells", "target", "minimum_voices"))
        if self.sent_another_question or ("criterion" in missing and not besides):
            self.blame("question", N_("Choose the question that decides."))
        for name, sentence in (_MISSING[code] for code in missing if code in _MISSING):
            self.blame(name, sentence)
        return fine and not missing and not self.sent_another_question

    def problems(self) -> list[tuple[str, str]]:
        """As on the page: the public words come first."""
        return sorted(super().problems(), key=lambda problem: problem[0].rpartition("_")[2] not in self.languages)

    def _said(self, code: str) -> dict[str, str]:
        contacts = self[f"{CONTACTS}_{code}"].data
        said = {part: self[f"{part}_{code}"].data for part in PUBLIC_WORDS}
        return {**said, CONTACTS: contacts} if contacts else said

    def _criterion(self) -> dict[str, Any]:
        return {
            "question": (self.question.data or "").rpartition("/")[2],
            "cells": self.cells.data or [],
            "target": self.target.data,
            "minimum_voices": self.minimum_voices.data,
        }

    def _blame_words(self) -> None:
        begun = [code for code in self.languages if any(self._said(code).values())]
        for code in begun or self.languages[:1]:
            for part, sentence in _WORDS.items():
                if not self[f"{part}_{code}"].data:
                    self.blame(f"{part}_{code}", sentence)


@cache
def pilot_form(languages: tuple[str, ...]) -> type[PilotForm]:
    """The form with public words in these languages, the first one first."""
    words: dict[str, Any] = {"languages": languages}
    for code in languages:
        words[f"title_{code}"] = LineField()
        words.update({f"{part}_{code}": WordsField() for part in (*PUBLIC_WORDS[1:], CONTACTS)})
    return type("PilotFormInLanguages", (PilotForm,), words)


def typed(plan: Any) -> dict[str, Any]:
    """A pilot, or a plan, as the form's fields hold it."""
    words = {f"{part}_{code}": text for code, said in plan.words.items() for part, text in said.items()}
    hypothesis = {f"hypothesis_{part}": text for part, text in plan.hypothesis.items()}
    also = {f"also_{n}": text for n, text in enumerate(plan.also_changing)}
    plain = ("goal", "goal_sentence", "starts_on", "ends_on", "owner_role", "exit_plan", "standing")
    return {
        **words,
        **hypothesis,
        **also,
        **{name: getattr(plan, name) for name in plain},
        **{name: plan.criterion[name] for name in ("cells", "target", "minimum_voices")},
        "question": _place_of(plan.criterion),
    }


def criterion_question(criterion: dict[str, Any]) -> AnyQuestion | None:
    """The library's question that a criterion is about; None where the library no longer asks it."""
    return dict(_questions()).get(_place_of(criterion))


def _place_of(criterion: dict[str, Any]) -> str:
    for place, question in _questions():
        if question.id == criterion["question"] and set(criterion["cells"]) <= set(question.outcomes()):
            return place
    return f"/{criterion['question']}"


def _questions() -> Iterator[tuple[str, AnyQuestion]]:
    for name in names():
        for question in open_library(name).questions:
            if question.outcomes():
                yield f"{name}/{question.id}", question
