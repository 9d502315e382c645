"""What the book says of the plan: its amendments, team, calendar, data collection, use and costs."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from feedback.operations.pilots.entries.base import Audience, Body, Line, Role, Text, Week, Written


class Amendment(Body):
    """`part` of what was agreed before opening: its old and its new wording, and why. Never changed, never struck."""

    part: Literal["goal", "goal_sentence", "hypothesis", "criterion", "secondary", "planned_dose", "exit_plan", "dates"]
    before: Any
    after: Any
    reason: Written
    #: Counts a pilot's amendments from 1: several can be of one day.
    number: int = 0


class Seat(Body):
    """A role on the team. Students and families have seats without accounts. Nobody's name."""

    seat: Literal["librarian", "counsellor", "it", "teacher", "leader", "family", "student", "community", "other"]
    title: Role
    term_ends: date | None = None
    deputy: Role = ""


class Milestone(Body):
    """A day in the calendar. A decision point is one on which the pilot may be stopped."""

    day: date
    what: Line
    decision_point: bool = False


class PlanLine(Body):
    """Which instrument asks which audience, in which wave, in which languages; `criteria` are ids of questions."""

    instrument: Line
    audience: Audience
    wave: Literal["", "baseline", "middle", "end"] = ""
    opens_on: date | None = None
    languages: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


class Dose(Body):
    """One week's use by one class or group: sessions and minutes, departures from the plan, supports."""

    week: Week
    group: Line
    sessions: int = Field(ge=0, le=100)
    minutes: int = Field(ge=0, le=6000)
    departures: Text = ""
    supports: Text = ""


class Cost(Body):
    """What the pilot costs. `amount` in the school's money for licences and devices, in hours for work."""

    what: Line
    sort: Literal["licence", "hours", "devices", "other"]
    amount: float = Field(ge=0, le=10_000_000)
