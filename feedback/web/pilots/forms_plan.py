"""The forms of a pilot's plan page: who is asked what, a seat on the team, a day; and the one for running it again.

Each gives what an entry of its kind holds, and takes it back to be changed.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import Optional

from feedback.operations.pilots.plan import SEATS
from feedback.operations.rounds.course import WAVES
from feedback.web.forms_desk import N_, DayField, DeskForm, LineField, Needed, SomeOfField
from feedback.web.offered import form_named, form_names

_DAY = N_("Choose a day.")
_ROLE = N_("Say what the role is called, for example “School librarian”.")


class LineForm(DeskForm):
    """Which instrument asks, in which wave, from when on, in which languages, and who sees to it."""

    instrument = SelectField(choices=lambda: list[Any](form_names()))
    wave = SelectField(choices=list[Any](WAVES))
    opens_on = DayField(validators=[Optional()])
    languages = SomeOfField(choices=[], validators=[Needed(N_("Choose at least one language."))])
    role = LineField(longest=60, validators=[Needed(N_("Say whose role it is, for example “Class teacher”."))])

    def body(self) -> dict[str, Any]:
        """As `entries.planned.PlanLine`; which criteria it answers follows from the instrument."""
        return {
            "instrument": self.instrument.data,
            "audience": form_named(self.instrument.data).audience,
            "wave": self.wave.data,
            "opens_on": self.opens_on.data,
            "languages": self.languages.data or [],
        }

    def signed_as(self) -> str:
        """Whose role it is to see to it."""
        return self.role.data or ""


class SeatForm(DeskForm):
    """A role on the team."""

    seat = SelectField(choices=list[Any]((*SEATS, "other")))
    role = LineField(longest=60, validators=[Needed(_ROLE)])
    term_ends = DayField(validators=[Optional()])
    deputy = LineField(longest=60)

    def body(self) -> dict[str, Any]:
        """As `entries.planned.Seat`."""
        return {
            "seat": self.seat.data,
            "title": self.role.data,
            "term_ends": self.term_ends.data,
            "deputy": self.deputy.data or "",
        }

    def signed_as(self) -> str:
        """A seat is a role itself."""
        return ""


class MilestoneForm(DeskForm):
    """A day in the calendar."""

    day = DayField(validators=[Needed(_DAY)])
    what = LineField(longest=200, validators=[Needed(N_("Say what happens on this day."))])
    decision_point = BooleanField()

    def body(self) -> dict[str, Any]:
        """As `entries.planned.Milestone`."""
        return {"day": self.day.data, "what": self.what.data, "decision_point": self.decision_point.data}

    def signed_as(self) -> str:
        """A day is nobody's."""
        return ""


class AgainForm(DeskForm):
    """On which day a pilot begins again."""

    first_day = DayField(validators=[Needed(N_("Choose the day on which it begins again."))])


PlanForm = LineForm | SeatForm | MilestoneForm
#: Kind of entry -> its form; nothing else is written on the plan page.
PLAN_FORMS: dict[str, type[PlanForm]] = {
    "plan_line": LineForm,
    "seat": SeatForm,
    "milestone": MilestoneForm,
}
_OF_A_DAY = ("opens_on", "term_ends", "day")


def filled(kind: str, body: Mapping[str, Any], role: str, languages: Iterable[str]) -> PlanForm:
    """The form of a kind, with what an entry says; `languages` can be asked in."""
    said = {**body, "role": body.get("title", role)}
    said.update({name: date.fromisoformat(said[name]) for name in _OF_A_DAY if said.get(name)})
    form = PLAN_FORMS[kind](data=said)
    if isinstance(form, LineForm):
        form.languages.offer(languages)
    return form
