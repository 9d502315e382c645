"""The form of a decision: scale, adjust or stop, and what it rests on."""

from typing import ClassVar

from wtforms.validators import Optional

from feedback.operations.pilots.entries.thought import Cited, PilotDecision
from feedback.web.forms_desk import N_, DayField, Needed, OneOfField, SomeOfField, WordsField
from feedback.web.pilots.forms_thinking import Blames, EntryForm, LinesField

CHOICES = ("scale", "adjust", "stop")
_LONGEST_ROLE = 60
_SHORT_ROLES = N_("Write one role in each line, in at most 60 letters, for example “Deputy head”.")


class DecisionForm(EntryForm):
    """What is decided, why, on what, against whom, signed by which roles, and when it is looked at again."""

    blames: ClassVar[Blames] = {
        "reflection": ("", N_("Nobody has reflected yet. Somebody of the team answers the four questions first.")),
        "survey": ("cited", N_("Tick at least one finding: what did the people say?")),
        "other_kind": (
            "beside",
            N_("Tick at least one thing beside what people said: an observation, work, results or use."),
        ),
        "overrules_because": ("overrules_because", N_("Say why you decide against the verdict.")),
        "recheck_on": ("recheck_on", N_("Say on which later day you look whether it still works.")),
        "signers": ("signers", _SHORT_ROLES),
        "next_review": ("next_review", N_("Choose a day after today.")),
        "again_because": ("again_because", N_("Say why the decision before this one no longer holds.")),
    }
    choice = OneOfField(choices=list(CHOICES), sentence=N_("Choose: scale, adjust or stop."))
    because = WordsField(longest=2000, validators=[Needed(N_("Say why you decide so."))])
    again_because = WordsField(longest=2000)
    cited = SomeOfField(choices=[])
    beside = SomeOfField(choices=[])
    verdict = OneOfField(choices=["confirms", "overrules"], sentence=N_("Say whether this goes with the verdict."))
    overrules_because = WordsField(longest=2000)
    dissent = WordsField(longest=2000)
    signers = LinesField(validators=[Needed(_SHORT_ROLES)])
    next_review = DayField(validators=[Needed(N_("Say on which day you look at this decision again."))])
    recheck_on = DayField(validators=[Optional()])

    def fit(self, *, has_verdict: bool, again: bool) -> None:
        """Ask of the verdict only where there is one, and of the decision before only where there was one."""
        for name in (() if has_verdict else ("verdict", "overrules_because")) + (() if again else ("again_because",)):
            del self[name]

    def validate(self, extra_validators: object = None) -> bool:
        """Fields first; then both kinds of evidence, and that a signer is a role and no list of names."""
        super().validate(extra_validators)
        # The operation says so too; here, so that whoever forgot several things is told of all of them at once.
        self.blame_missing(tuple(code for code, ticked in self._ticked().items() if not ticked))
        if any(len(line) > _LONGEST_ROLE for line in self.signers.lines):
            self.blame("signers", _SHORT_ROLES)
        return not self.problems()

    def _ticked(self) -> dict[str, list[str]]:
        """Code of a kind of evidence -> what was ticked of it."""
        return {"survey": self.cited.data or [], "other_kind": self.beside.data or []}

    def entry(self, there: dict[str, Cited]) -> PilotDecision:
        """The decision; `there` is everything that can be cited, by its key."""
        ticked = [key for keys in self._ticked().values() for key in keys]
        plain = self.typed_for(PilotDecision)
        confirms = "verdict" not in self or self.verdict.data == "confirms"
        overrules = "" if confirms else plain.get("overrules_because", "")
        rest = {"cited": tuple(there[key] for key in ticked), "confirms_verdict": confirms}
        return PilotDecision.model_validate({**plain, **rest, "overrules_because": overrules})
