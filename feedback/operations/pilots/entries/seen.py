"""Evidence beside voice: what was seen, counted and imported, of classes and never of one person."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from feedback.operations.pilots.entries.base import Body, Line, Source, Text, Week, Written


def _nobody_alone(people: int | None) -> int | None:
    if people is not None and 0 < people < 5:
        raise ValueError("1 to 4 people are None")
    return people


Counted = Annotated[int | None, Field(ge=0), AfterValidator(_nobody_alone)]
#: A finding of a round with its question fits.
LongLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Observation(Body):
    """What somebody saw in a week, at a place, about the thing that is tried. No names: a detector warns."""

    week: Week
    place: Line
    seen: Written
    claim: str = ""


class WorkSample(Body):
    """How many pieces of work of one class are at each level of a rubric, lowest first; levels under 5 are merged."""

    group: Line
    rubric: Line
    levels: tuple[tuple[Line, int], ...]
    note: Text = ""


class Usage(Body):
    """Imported: one class's use of one tool in one week. People of 1 to 4, and their minutes, are None."""

    week: Week
    tool: Line
    group: Line
    active: Counted
    minutes: int | None = Field(ge=0)


class Assessment(Body):
    """Imported: how many of one class reached the mark of one test; counts that single anybody out are None."""

    test: Line
    group: Line
    taken_on: date | None = None
    took: Counted
    reached: Counted


class WhyNot(Body):
    """One tap: why a tool is not used. Counted in the book, not attributed."""

    tool: Line
    why: Literal["no_time", "no_access", "did_not_work", "not_useful", "no_training", "other"]


class Claim(Body):
    """A line of the triangulation matrix: what is claimed, and what each source says of it."""

    claim: LongLine
    sources: dict[Source, Literal["agrees", "differs", "silent"]]


class Totals(Body):
    """How many people there are in each declared group of a round: the school's own numbers."""

    totals: dict[str, int]
