"""A file of Google Forms, Microsoft Forms or LimeSurvey, known by its headings: what it is, and its rows as answers."""

from pathlib import Path
from typing import Any

from feedback.db import reading
from feedback.operations.errors import ImportRefused
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.workshop.round_form import form_of
from forms.definition import Instrument
from forms.exchange.core import FileRefused
from forms.exchange.responses import Recognised, Table, answers_of, known_of, recognise, table_of
from forms.exchange.responses.tables import LARGEST_FILE

__all__ = ["Recognised", "look_into", "recognised_rows"]

#: Refused rows are listed up to this many; a file that is wrong throughout is wrong in one way.
_MOST_REASONS = 100


def look_into(school: School, round_id: str, path: Path) -> Recognised:
    """Which tool wrote the file, which of its columns come in, and which stay out; ImportRefused. Saves nothing."""
    with reading(school.engine) as session:
        instrument = form_of(find_round(session, round_id))
    return _recognised(path, instrument)[1]


def recognised_rows(path: Path, instrument: Instrument) -> list[dict[str, Any]]:
    """The answers of every row that was sent; ImportRefused with each line that is wrong. Nobody's group is known."""
    table, recognised = _recognised(path, instrument)
    known = known_of(instrument)
    rows, refused = [], []
    for line, cells in table.rows:
        if recognised.sent is not None and not cells[recognised.sent].strip():
            continue
        try:
            answers = answers_of(cells, recognised, known)
        except ValueError as wrong:
            refused.append((line, str(wrong)))
            continue
        # Whoever left a form of another tool empty and sent it has said nothing that could be counted.
        if answers:
            rows.append({"answers": answers, "group": None})
    if refused or not rows:
        raise ImportRefused(tuple(refused[:_MOST_REASONS]) or ((1, "the file has no rows that were sent"),))
    return rows


def _recognised(path: Path, instrument: Instrument) -> tuple[Table, Recognised]:
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    try:
        table = table_of(content)
        return table, recognise(table.headings, instrument)
    except FileRefused as refused:
        raise ImportRefused(((1, str(refused)),)) from refused
