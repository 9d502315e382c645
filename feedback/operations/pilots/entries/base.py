"""What the shapes of all entries share. Days are ISO; every text is what staff typed in the school's own language."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Role = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Audience = Literal["students", "families", "staff"]
Source = Literal["survey", "observation", "work_sample", "assessment", "usage", "dose"]
#: An ISO week, e.g. 2026-W48.
Week = Annotated[str, StringConstraints(pattern=r"^\d{4}-W\d{2}$")]


class Body(BaseModel):
    """What every kind shares."""

    model_config = ConfigDict(extra="forbid", frozen=True)
