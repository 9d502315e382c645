"""The form of a pilot: from what is typed to a `PilotPlan`, and back."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from wtforms import BooleanField, SelectField, SubmitField

from feedback.operations.pilots.amendments import agreed, changed_parts
from feedback.operations.pilots.pilot import (
    CONTACTS,
    GOALS,
    HYPOTHESIS,
    MOST_OTHER_CHANGES,
    MOST_SECONDARY,
    PUBLIC_WORDS,
    PilotPlan,
)
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
from feedback.web.pilots.forms_criterion import CriterionPart, criterion_fields, typed_criterion

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

#: How the names of the fields of each further criterion begin.
_FURTHER = tuple(f"second_{number}_" for number in range(MOST_SECONDARY))
#: How the names of the fields begin that stand below the criteria.
_AFTER_CRITERIA = ("also_", "starts_on", "ends_on", "owner_role", "exit_plan", "dose_", "proposed_by", "reason")


class PilotForm(DeskForm):
    """Everything but the public words, which `pilot_form` adds for each language."""

    languages: Sequence[str] = ()
    #: What stands since the first round opened: to change it takes a reason. None while nothing does.
    agreed: dict[str, Any] | None = None

    goal = OneOfField(choices=list(GOALS), sentence=N_("Choose what the pilot is for."))
    goal_sentence = WordsField(longest=300)
    hypothesis_change = LineField(longest=200)
    hypothesis_result = LineField(longest=200)
    hypothesis_date = LineField(longest=200)
    hypothesis_reason = LineField(longest=200)
    question = SelectField(validate_choice=False)
    show_answers = SubmitField()
    take_suggested = SubmitField()
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
    proposed_by = LineField(longest=60)
    dose_sessions = WholeNumberField(most=100)
    dose_minutes = WholeNumberField(most=6000)
    standing = BooleanField()
    reason = WordsField(longest=1000)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.deciding = CriterionPart(self)
        self.further = [CriterionPart(self, prefix) for prefix in _FURTHER]

    def begin_with(self, plan: PilotPlan, *, locked: bool) -> None:
        """Change this plan; `locked` where a round has opened, so that what is agreed takes a reason."""
        self.deciding.kept = plan.criterion
        for part, criterion in zip(self.further, plan.secondary, strict=False):
            part.kept = criterion
        self.agreed = agreed(plan) if locked else None

    def asks_for_answers(self) -> bool:
        """Whether "show the answers" was pressed, which sends the form without meaning to keep it."""
        return any(part.asks_for_answers() for part in self._parts())

    def offer_criteria(self) -> None:
        """Offer the answers of the questions that are chosen."""
        for part in self._parts():
            part.offer()

    def further_shown(self) -> list[CriterionPart]:
        """The further criteria that are given, and one more to fill in."""
        given = [part for part in self.further if part.is_given or part.sent_another_question]
        return given + [part for part in self.further if part not in given][:1]

    def plan(self, *, sample: bool = False) -> PilotPlan:
        """What was typed, as far as it could be read. A sample stays one, whatever is changed in it."""
        # A day that cannot be read has its own sentence already; the other checks should still be made.
        starts_on = self.starts_on.data or self.ends_on.data or date.max
        return PilotPlan(
            words={code: said for code in self.languages if any((said := self._said(code)).values())},
            goal=self.goal.data or "",
            goal_sentence=self.goal_sentence.data or "",
            hypothesis={part: self[f"hypothesis_{part}"].data for part in HYPOTHESIS},
            criterion=self.deciding.criterion(),
            secondary=[part.criterion() for part in self._given()],
            also_changing=[typed for n in range(MOST_OTHER_CHANGES) if (typed := self[f"also_{n}"].data)],
            starts_on=starts_on,
            ends_on=self.ends_on.data or starts_on,
            owner_role=self.owner_role.data or "",
            exit_plan=self.exit_plan.data or "",
            planned_dose=self._dose(),
            proposed_by=self.proposed_by.data or "",
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
        besides = any(self[name].errors for name in ("cells", "target", "minimum_voices"))
        if self.deciding.sent_another_question or ("criterion" in missing and not besides):
            self.blame("question", N_("Choose the question that decides."))
        self._blame_further(missing)
        for name, sentence in (_MISSING[code] for code in missing if code in _MISSING):
            self.blame(name, sentence)
        self._blame_the_rest()
        return fine and not missing and not self.problems()

    def problems(self) -> list[tuple[str, str]]:
        """As on the page: the public words come first, and the further criteria after the one that decides."""
        return sorted(super().problems(), key=lambda problem: self._order(problem[0]))

    def _order(self, place: str) -> int:
        if place.rpartition("_")[2] in self.languages:
            return 0
        if place.startswith(_FURTHER):
            return 2
        return 3 if place.startswith(_AFTER_CRITERIA) else 1

    def _parts(self) -> list[CriterionPart]:
        return [self.deciding, *self.further]

    def _given(self) -> list[CriterionPart]:
        return [part for part in self.further if part.is_given]

    def _dose(self) -> dict[str, int]:
        sessions, minutes = self.dose_sessions.data, self.dose_minutes.data
        return {"sessions": sessions, "minutes": minutes} if sessions and minutes else {}

    def _blame_the_rest(self) -> None:
        if bool(self.dose_sessions.data) != bool(self.dose_minutes.data):
            self.blame("dose_minutes", N_("Say both, or neither: how often a week, and how many minutes together."))
        if self.agreed and changed_parts(self.agreed, agreed(self.plan())) and not self.reason.data:
            self.blame("reason", N_("Say why you change what was agreed. Your reason is shown beside both wordings."))

    def _blame_further(self, missing: Sequence[str]) -> None:
        for number, part in enumerate(self._given()):
            if f"secondary_{number}" in missing:
                part.blame_unfinished()
            if f"secondary_{number}_again" in missing:
                self.blame(f"{part.prefix}question", N_("Another criterion is about this question. Choose another."))
        for part in self.further:
            if part.sent_another_question:
                self.blame(f"{part.prefix}question", N_("Choose a question from this list, or none."))

    def _said(self, code: str) -> dict[str, str]:
        contacts = self[f"{CONTACTS}_{code}"].data
        said = {part: self[f"{part}_{code}"].data for part in PUBLIC_WORDS}
        return {**said, CONTACTS: contacts} if contacts else said

    def _blame_words(self) -> None:
        begun = [code for code in self.languages if any(self._said(code).values())]
        for code in begun or self.languages[:1]:
            for part, sentence in _WORDS.items():
                if not self[f"{part}_{code}"].data:
                    self.blame(f"{part}_{code}", sentence)


@cache
def pilot_form(languages: tuple[str, ...]) -> type[PilotForm]:
    """The form with public words in these languages, the first one first, and with further criteria."""
    words: dict[str, Any] = {"languages": languages}
    for code in languages:
        words[f"title_{code}"] = LineField()
        words.update({f"{part}_{code}": WordsField() for part in (*PUBLIC_WORDS[1:], CONTACTS)})
    for prefix in _FURTHER:
        words.update(criterion_fields(prefix))
    return type("PilotFormInLanguages", (PilotForm,), words)


def typed(plan: Any) -> dict[str, Any]:
    """A pilot, or a plan, as the form's fields hold it."""
    words = {f"{part}_{code}": text for code, said in plan.words.items() for part, text in said.items()}
    hypothesis = {f"hypothesis_{part}": text for part, text in plan.hypothesis.items()}
    also = {f"also_{n}": text for n, text in enumerate(plan.also_changing)}
    plain = ("goal", "goal_sentence", "starts_on", "ends_on", "owner_role", "exit_plan", "proposed_by", "standing")
    further = [typed_criterion(each, prefix).items() for each, prefix in zip(plan.secondary, _FURTHER, strict=False)]
    return {
        **words,
        **hypothesis,
        **also,
        **{name: getattr(plan, name) for name in plain},
        **{f"dose_{name}": number for name, number in plan.planned_dose.items()},
        **typed_criterion(plan.criterion),
        **{name: value for fields in further for name, value in fields},
    }
