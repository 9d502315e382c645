"""A matrix in a file: one stem, several rows, one scale. In the instrument each row is a scale question of its own.

So a small screen shows one row after another, a wide page all of them under one heading, and neither the count nor a
report has ever heard of matrices.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from forms.questions.base import Condition, Id, NextSteps, Part, Wording
from forms.questions.scale import Scale
from forms.yaml_tree import Data

#: What a row says itself; all else it has from the matrix.
_OF_ROW = ("id", "text", "goal", "next_steps")


class Row(Part):
    """One row. Its question's id is the matrix's, a hyphen, and this one."""

    id: Id
    text: Wording
    goal: Literal["engagement", "equity", "achievement"] | None = None
    next_steps: NextSteps | None = None


class Matrix(Scale):
    """Questions that share their stem `text`, their scale and why they are asked."""

    type: Literal["matrix"]
    id: Id
    text: Wording
    why: Wording
    hint: Wording | None = None
    goal: Literal["engagement", "equity", "achievement"] | None = None
    next_steps: NextSteps | None = None
    show_if: Condition | None = None
    rows: Annotated[tuple[Row, ...], Field(min_length=2, max_length=12)]


def rows_as_questions(matrix: Mapping[str, Data]) -> Iterator[dict[str, Data]]:
    """The scale questions that a matrix, read and found valid, stands for."""
    shared = {key: value for key, value in matrix.items() if key not in ("rows", "text")}
    rows = matrix["rows"]
    for row in rows if isinstance(rows, list) else ():
        own = {key: row[key] for key in _OF_ROW if isinstance(row, dict) and key in row}
        yield {**shared, **own, "type": "scale", "id": f"{matrix['id']}-{own['id']}", "stem": matrix["text"]}
