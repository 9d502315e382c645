"""Results gathered elsewhere come in: rows of a CSV file through the same validation into the same kind of box.

Only into a round created as *imported*, which is never opened to respondents. All rows or none: a file with one
wrong row changes nothing, and every wrong row is named with its line and the reason.
"""

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from feedback.db import writing
from feedback.models import Envelope, Round
from feedback.operations.counting.import_map import ColumnMap, ImportMap, read_map
from feedback.operations.counting.recognised_rows import recognised_rows
from feedback.operations.errors import ImportRefused, WrongState
from feedback.operations.pilots.life import begin_collecting, refuse_unready
from feedback.operations.record import record
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.box import FORMAT, Box, EnvelopeTooLarge, seal
from feedback.privacy.receipts import envelope_id, new_form_key, receipt_of
from forms.definition import Instrument
from forms.questions.base import Answer

#: Refused rows are listed up to this many; a file that is wrong throughout is wrong in one way.
_MOST_REASONS = 100
_BATCH = 200

Progress = Callable[[int, int], None]


def import_responses(
    school: School, round_id: str, path: Path, map_text: str | None, *, now: datetime, account: str, progress: Progress
) -> int:
    """Put every row into the box and close it; how many rows. ImportRefused, NotReady, WrongState: nothing changed.

    Without a map the file is one of Google Forms, Microsoft Forms or LimeSurvey, and known by its headings.
    """
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        if not round_.imported or round_.state != "draft":
            raise WrongState("not an imported round that is still empty")
        refuse_unready(round_.pilot)
        instrument = form_of(round_)
        names = {group["name"]: group["code"] for group in round_.groups}
        box = Box(round_.id, round_.instrument.sha256)
    if map_text is None:
        rows = recognised_rows(path, instrument)
    else:
        rows = _valid_rows(path, read_map(map_text, instrument), instrument, names)
    school.keystore.make_round_keys(round_id)
    envelopes = _sealed(school, box, rows, progress)
    with writing(school.engine) as session:
        round_ = session.get_one(Round, round_id)
        if round_.state != "draft":
            raise WrongState(round_.state)
        for start in range(0, len(envelopes), _BATCH):
            session.execute(insert(Envelope), envelopes[start : start + _BATCH])
        begin_collecting(session, round_.pilot, account=account, now=now, today=school.settings.day_of(now))
        round_.state = "closed"
        # Not how many: below k that number must be nowhere.
        record(session, now, account, "responses_imported", round_id)
    return len(envelopes)


def _valid_rows(
    path: Path, column_map: ImportMap, instrument: Instrument, names: dict[str, str]
) -> list[dict[str, Any]]:
    rows, refused = [], []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=column_map.separator, strict=True)
            _refuse_missing_columns(reader.fieldnames or [], column_map)
            for row in reader:
                try:
                    rows.append(_contents(row, column_map, instrument, names))
                except ValueError as wrong:
                    refused.append((reader.line_num, str(wrong)))
    except UnicodeDecodeError as broken:
        raise ImportRefused(((1, f"the file is not UTF-8 (byte {broken.start}); save it as UTF-8 CSV"),)) from broken
    except csv.Error as broken:
        raise ImportRefused(((reader.line_num, f"the file is not CSV here: {broken}"),)) from broken
    if refused or not rows:
        raise ImportRefused(tuple(refused[:_MOST_REASONS]) or ((1, "the file has no rows"),))
    return rows


def _refuse_missing_columns(found: Any, column_map: ImportMap) -> None:
    wanted = [column.column for column in column_map.columns] + ([column_map.group] if column_map.group else [])
    missing = [column for column in wanted if column not in found]
    if missing:
        raise ImportRefused(((1, f"the file has no column {', '.join(missing)}; it has {', '.join(found)}"),))


def _contents(
    row: dict[str, str], column_map: ImportMap, instrument: Instrument, names: dict[str, str]
) -> dict[str, Any]:
    answers: dict[str, Answer] = {}
    for column in column_map.columns:
        answer = _answer(row[column.column] or "", column, instrument)
        if answer is not None:
            answers[column.question] = answer
    if not answers:
        raise ValueError("no question is answered")
    group = row[column_map.group] if column_map.group else ""
    if group and group not in names:
        raise ValueError(f"group {group!r} was not declared")
    return {"answers": answers, "group": names.get(group)}


def _answer(said: str, column: ColumnMap, instrument: Instrument) -> Answer | None:
    said = said.strip()
    if column.values is not None:
        if said not in column.values:
            raise ValueError(f"column {column.column!r} says {said!r}, which the map does not translate")
        said = column.values[said]
    if not said:
        return None
    question = instrument.question(column.question)
    raw: object = int(said) if question.measure.value == "number" and said.lstrip("-").isdigit() else said
    answer = question.accept(raw)
    if answer is None:
        raise ValueError(f"column {column.column!r}: {said[:40]!r} is no answer to {column.question!r}")
    return answer


def _sealed(school: School, box: Box, rows: list[dict[str, Any]], progress: Progress) -> list[dict[str, Any]]:
    public_key, pepper = school.keystore.public_key(box.round_id), school.keystore.pepper(box.round_id)
    envelopes = []
    for number, contents in enumerate(rows, start=1):
        try:
            sealed = seal(contents, public_key, box)
        except EnvelopeTooLarge as too_large:
            raise ImportRefused(((number + 1, "the answers are too long for an envelope"),)) from too_large
        receipt = receipt_of(new_form_key(), pepper)
        envelopes.append(
            {
                "round_id": box.round_id,
                "id": envelope_id(receipt, pepper),
                "format": FORMAT,
                "sealed": sealed,
                "sealed_for_reading": None,
            }
        )
        if number % _BATCH == 0 or number == len(rows):
            progress(number, len(rows))
    return envelopes
