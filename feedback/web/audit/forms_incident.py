"""Forms of the log of incidents. No names of people belong into it: the writer is asked to look again."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from feedback.operations.audit.incidents import BANDS, KINDS, LONGEST
from feedback.web.forms_desk import N_, MomentField, Needed, OneOfField, WordsField
from feedback.web.forms_notes import NotesForm
from feedback.web.place import now

_SAY = N_("Please say it in a sentence or two.")


class _AtForm(NotesForm):
    """A form with a moment that is not to come."""

    at = MomentField()

    def validate(self, extra_validators: Any = None) -> bool:
        """The moment last."""
        fine = super().validate(extra_validators)
        if self.at.data is None and not self.at.errors:
            self.blame("at", N_("Say when: the clock of 72 hours needs it."))
        elif self.at.data is not None and self.moment() > now():
            self.blame("at", N_("This moment is still to come."))
        return fine and not self.at.errors

    def moment(self) -> datetime:
        """The moment, UTC and naive."""
        return self.at.data.astimezone(UTC).replace(tzinfo=None) if self.at.data else now()


class IncidentForm(_AtForm):
    """What is written down first."""

    what = WordsField(longest=LONGEST, validators=[Needed(_SAY)])
    data_kinds = WordsField(longest=LONGEST, validators=[Needed(_SAY)])
    people = OneOfField(choices=list[Any](BANDS), sentence=N_("Choose roughly how many."))
    measures = WordsField(longest=LONGEST, validators=[Needed(_SAY)])


class IncidentNoteForm(_AtForm):
    """What is added."""

    kind = OneOfField(choices=list[Any](KINDS), sentence=N_("Choose what you add."))
    words = WordsField(longest=LONGEST, validators=[Needed(_SAY)])

    def noted(self) -> Iterable[str]:
        """The one field with words."""
        return ["words"]
