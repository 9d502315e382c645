"""The form of an exit ticket: which of an instrument's questions, which class, until when."""

from datetime import date, timedelta
from typing import Any, ClassVar

from feedback.operations.rounds.course import DEFAULT_K, FLOOR
from feedback.operations.rounds.tickets import LONGEST_PROMISE, TicketPlan
from feedback.web.forms_desk import N_, DayField, LineField, Needed, WholeNumberField
from feedback.web.rounds.forms_asking import AskingForm, Sentences

#: Weeks that a term is long, if nobody says otherwise.
TERM = timedelta(weeks=12)
_TOO_MANY = N_("An exit ticket takes a minute. Choose at most three questions.")
_CLASS_NEEDED = N_("Say which class you ask.")
_TOO_SMALL = N_("You cannot wait for more answers than there are people in the class.")


class TicketForm(AskingForm):
    """What is decided once a term."""

    sentences: ClassVar[Sentences] = {
        "title": ("class_name", _CLASS_NEEDED),
        "group_size": ("k", _TOO_SMALL),
        "k_floor": ("k", N_("Wait for at least 5 answers.")),
        "k_without_cap": ("class_size", N_("Say how many are in the class.")),
        "ends_on": ("ends_on", N_("This day is over. Choose today or a later day.")),
        "promise": ("promise_days", N_("Promise an answer within 30 days.")),
        "too_many_questions": ("asked", _TOO_MANY),
        "writing": ("asked", N_("An exit ticket has no question that is answered in writing.")),
    }

    class_name = LineField(longest=60, validators=[Needed(_CLASS_NEEDED)])
    class_size = WholeNumberField(least=FLOOR, most=500, validators=[Needed(N_("Say how many are in the class."))])
    ends_on = DayField()
    k = WholeNumberField(least=FLOOR, most=500, validators=[Needed(N_("Wait for at least 5 answers."))])
    promise_days = WholeNumberField(least=1, most=LONGEST_PROMISE, validators=[Needed(N_("Say how many days."))])

    def plan(self, pilot_id: str | None) -> TicketPlan:
        """What was decided. NotReady."""
        return TicketPlan(
            instrument=self.tailored(),
            class_name=self.class_name.data or "",
            class_size=self.class_size.data,
            languages=tuple(self.languages.data or ()),
            ends_on=self.ends_on.data or date.min,
            k=self.k.data or DEFAULT_K,
            promise_days=self.promise_days.data or 0,
            pilot_id=pilot_id,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides its fields: no more answers to wait for than there are people."""
        fine = bool(super().validate(extra_validators))
        more = bool(self.class_size.data and self.k.data and self.k.data > self.class_size.data)
        if more:
            self.blame("k", _TOO_SMALL)
        return fine and not more
