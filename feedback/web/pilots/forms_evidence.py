"""The forms of what is known beside voices: notes, work, use, costs, claims, numbers of people, files."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField

from feedback.i18n import gettext
from feedback.operations.evidence.pilot_evidence import SOURCES, monday_of
from feedback.operations.evidence.work_samples import Level, merged
from feedback.spoken import day
from feedback.web.forms_desk import N_, DeskForm, LineField, Needed, OneOfField, WholeNumberField, WordsField
from feedback.web.forms_notes import AmountField, ChosenField, NotesForm

MOST_LEVELS = 6
#: Weeks that can be chosen: this one and those before it.
_WEEKS_BACK = 40
_SORTS = ("licence", "devices", "hours", "other")


class WeekForm(NotesForm):
    """A note about a week."""

    week = ChosenField(sentence=N_("Choose the week."))

    def offer_weeks(self, today: date) -> None:
        """This week and those before it, the newest first."""
        weeks = (week_of(today - timedelta(weeks=back)) for back in range(_WEEKS_BACK))
        self.week.choices = [(week, gettext("Week from %(day)s", day=day(monday_of(week)))) for week in weeks]
        self.week.data = self.week.data or week_of(today)


class ObservationForm(WeekForm):
    """What somebody saw. `claim` is the line of the matrix that it is about."""

    def noted(self) -> tuple[str, ...]:
        """Its notes."""
        return ("place", "seen")

    place = LineField(longest=200, validators=[Needed(N_("Say where it was, for example “Library”."))])
    seen = WordsField(longest=2000, validators=[Needed(N_("Say what you saw."))])
    claim = ChosenField()

    def offer_claims(self, claims: Iterable[str]) -> None:
        """The claims of the matrix, or none of them."""
        self.claim.choices = [("", gettext("None of these")), *((claim, claim) for claim in claims)]
        self.claim.data = self.claim.data or ""


class WorkForm(NotesForm):
    """Pieces of work of a class by level; `level_form` adds the levels."""

    def noted(self) -> tuple[str, ...]:
        """Its notes."""
        return ("group", "rubric", "note")

    group = LineField(longest=200, validators=[Needed(N_("Say which class."))])
    rubric = LineField(longest=200, validators=[Needed(N_("Say by what you judged the work."))])
    note = WordsField(longest=2000)

    def levels(self) -> list[Level]:
        """What was typed, lowest first."""
        typed = ((self[f"level_{n}"].data, self[f"pieces_{n}"].data) for n in range(MOST_LEVELS))
        return [(name, pieces or 0) for name, pieces in typed if name]

    def merged(self) -> tuple[Level, ...]:
        """As it may be kept."""
        return merged(self.levels())

    def validate(self, extra_validators: Any = None) -> bool:
        """Fields first, then the levels together."""
        fine = super().validate(extra_validators)
        for n in range(MOST_LEVELS):
            if self[f"pieces_{n}"].data and not self[f"level_{n}"].data:
                self.blame(f"level_{n}", N_("Give this level a name."))
                return False
        if not self.merged() and not any(self[f"pieces_{n}"].errors for n in range(MOST_LEVELS)):
            self.blame("level_0", N_("Count at least 5 pieces of work: of fewer, people can tell whose they are."))
            return False
        return fine


class DoseForm(WeekForm):
    """One week's use by one group."""

    def noted(self) -> tuple[str, ...]:
        """Its notes."""
        return ("group", "departures", "supports")

    group = LineField(longest=200, validators=[Needed(N_("Say which class or group."))])
    sessions = WholeNumberField(least=0, most=100, validators=[Needed(N_("Say how many sessions; 0 is an answer."))])
    minutes = WholeNumberField(least=0, most=6000, validators=[Needed(N_("Say how many minutes; 0 is an answer."))])
    departures = WordsField(longest=2000)
    supports = WordsField(longest=2000)


class CostForm(NotesForm):
    """One cost: money, or hours of work."""

    def noted(self) -> tuple[str, ...]:
        """Its notes."""
        return ("what",)

    what = LineField(longest=200, validators=[Needed(N_("Say what it is for."))])
    sort = OneOfField(choices=list(_SORTS), sentence=N_("Choose what sort of cost it is."))
    amount = AmountField(validators=[Needed(N_("Say how much."))])


class ClaimForm(NotesForm):
    """A line of the matrix; `claim_form` adds one field for each source."""

    def noted(self) -> tuple[str, ...]:
        """Its notes."""
        return ("claim",)

    claim = WordsField(longest=500, validators=[Needed(N_("Say what is claimed."))])
    round_id = HiddenField()

    def offer(self) -> None:
        """What a source can say."""
        words = (("silent", gettext("says nothing")), ("agrees", gettext("agrees")), ("differs", gettext("differs")))
        for source in SOURCES:
            self[source].choices = list(words)
            self[source].data = self[source].data or "silent"

    def sources(self) -> dict[str, str]:
        """Source -> what it says."""
        return {source: self[source].data for source in SOURCES}


class FileForm(DeskForm):
    """A file, and what is in it."""

    kind = OneOfField(choices=["usage", "assessment"], sentence=N_("Choose what is in the file."))
    file = FileField()


def week_of(today: date) -> str:
    """The ISO week of a day, e.g. 2026-W48."""
    return "{}-W{:02}".format(*today.isocalendar()[:2])


@cache
def work_form() -> type[WorkForm]:
    """The form with its levels, lowest first."""
    fields: dict[str, Any] = {}
    for n in range(MOST_LEVELS):
        fields[f"level_{n}"] = LineField(longest=60)
        fields[f"pieces_{n}"] = WholeNumberField(least=0, most=1000)
    return type("WorkFormWithLevels", (WorkForm,), fields)


@cache
def claim_form() -> type[ClaimForm]:
    """The form with its sources."""
    fields: dict[str, Any] = {source: ChosenField() for source in SOURCES}
    return type("ClaimFormWithSources", (ClaimForm,), fields)


def totals_form(codes: Iterable[str]) -> type[DeskForm]:
    """A form with a number for each group, by its code."""
    fields: dict[str, Any] = {f"people_{code}": WholeNumberField(least=0, most=100_000) for code in codes}
    return type("TotalsForm", (DeskForm,), fields)
