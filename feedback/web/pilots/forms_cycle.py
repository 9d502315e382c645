"""The form of a cycle: plan, do, study, act, with a line for each prediction."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import SelectField
from wtforms.validators import Optional

from feedback.operations.pilots.cycles import MOST_PREDICTIONS
from feedback.operations.pilots.entries.thought import Cycle, Prediction
from feedback.web.forms_desk import N_, DayField, LineField, Needed, OneOfField, WordsField
from feedback.web.pilots.forms_thinking import Blames, EntryForm

SORTS = ("collect", "develop", "test", "implement")
#: Whether something was done or came true; "" where nobody said yet.
SAID = ("", "yes", "partly", "no")
IMPROVED = ("", "yes", "cannot_tell", "no")
ACTS = ("", "adopt", "adapt", "widen", "abandon")
_TEXT, _LINE = 2000, 200


class CycleForm(EntryForm):
    """Everything but the predictions, which `_with_predictions` adds."""

    blames: ClassVar[Blames] = {"dates": ("ends_on", N_("The last day cannot be before the first day."))}
    aim = LineField(longest=_LINE, validators=[Needed(N_("Say what you want to reach."))])
    sort = OneOfField(choices=list(SORTS), sentence=N_("Choose what this cycle is for."))
    starts_on = DayField(validators=[Optional()])
    ends_on = DayField(validators=[Optional()])
    change = WordsField(longest=_TEXT)
    tasks = WordsField(longest=_TEXT)
    as_planned = SelectField(choices=list[Any](SAID))
    observed = WordsField(longest=_TEXT)
    learned = WordsField(longest=_TEXT)
    improved = SelectField(choices=list[Any](IMPROVED))
    act = SelectField(choices=list[Any](ACTS))
    next = WordsField(longest=_TEXT)

    def offer_questions(self, ids: list[str]) -> None:
        """These questions of the pilot's rounds can be predicted, beside questions in one's own words."""
        for n in range(MOST_PREDICTIONS):
            self[f"p{n}_of"].choices = list[Any](["", *ids])

    def validate(self, extra_validators: Any = None) -> bool:
        """Fields first; then no prediction without its question, and no question without a prediction."""
        super().validate(extra_validators)
        for n in range(MOST_PREDICTIONS):
            asked = self[f"p{n}_of"].data or self[f"p{n}_own"].data
            if asked and not self[f"p{n}_predicted"].data:
                self.blame(f"p{n}_predicted", N_("Say what you think will come out."))
            if self[f"p{n}_predicted"].data and not asked:
                self.blame(f"p{n}_own", N_("Say which question this is about."))
        return not self.problems()

    def entry(self) -> Cycle:
        """The cycle as it was typed; its number and what it was handed are not asked for."""
        plain = self.typed_for(Cycle)
        return Cycle.model_validate({**plain, "number": 1, "predictions": self._predictions()})

    def _predictions(self) -> tuple[Prediction, ...]:
        return tuple(
            Prediction(
                question=self[f"p{n}_of"].data or self[f"p{n}_own"].data,
                predicted=self[f"p{n}_predicted"].data,
                result=self[f"p{n}_result"].data or "",
                confirmed=self[f"p{n}_confirmed"].data,
            )
            for n in range(MOST_PREDICTIONS)
            if self[f"p{n}_predicted"].data
        )


def _with_predictions() -> type[CycleForm]:
    parts: dict[str, Any] = {}
    for n in range(MOST_PREDICTIONS):
        parts[f"p{n}_of"] = SelectField(choices=list[Any]([""]))
        parts[f"p{n}_own"] = LineField(longest=_LINE)
        parts[f"p{n}_predicted"] = LineField(longest=_LINE)
        parts[f"p{n}_result"] = WordsField(longest=_TEXT)
        parts[f"p{n}_confirmed"] = SelectField(choices=list[Any](SAID))
    return type("WholeCycleForm", (CycleForm,), parts)


WholeCycleForm = _with_predictions()


def typed(cycle: Mapping[str, Any], ids: list[str]) -> dict[str, Any]:
    """A cycle as the form's fields hold it; `ids` are those of the questions that are offered."""
    told = Cycle.model_validate(cycle)
    data: dict[str, Any] = {name: getattr(told, name) for name in Cycle.model_fields if name != "predictions"}
    for n, each in enumerate(told.predictions[:MOST_PREDICTIONS]):
        data[f"p{n}_of"] = each.question if each.question in ids else ""
        data[f"p{n}_own"] = "" if each.question in ids else each.question
        data |= {f"p{n}_predicted": each.predicted, f"p{n}_result": each.result, f"p{n}_confirmed": each.confirmed}
    return data
