"""Files with bytes flipped, cut and put in, and with cells exchanged: read or refused, never a crash.

EVERY_LOOK=1 tries a thousand of each format.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from forms.draft import faults_of_draft
from forms.exchange.core import FileRefused, Imported
from forms.exchange.formats import read_form
from forms.exchange.limesurvey import write_tsv
from forms.exchange.surveyjs import write
from forms.exchange.xlsform import write_csv, write_xlsx
from forms.texts import texts_of
from tests.forms.exchange.samples import everything, workbook
from tests.forms.exchange.surveys import an_lss
from tests.looks import is_every

DATA = Path(__file__).parents[2] / "data/exchange"
HOW_MANY = 1000 if is_every() else 40
NASTY = (
    "",
    "=1",
    "${q}",
    "{q}",
    "begin group",
    "end group",
    "select_one x",
    "rank scale",
    "9" * 30,
    "-1",
    "<b>",
    "\u202e",
    "[]",
    "NaN",
)

SEEDS: dict[str, tuple[bytes, ...]] = {
    "xlsx": (write_xlsx(everything()),),
    "csv": (write_csv(everything()), (DATA / "xlsform_garden_club.csv").read_bytes()),
    "surveyjs": (write(everything()), (DATA / "surveyjs_library_visit.json").read_bytes()),
    "lss": (an_lss({"title": "q1", "type": "L", "a": {"A1": "Little", "A2": "Much"}}, {"title": "q2", "type": "T"}),),
    "tsv": (write_tsv(everything()),),
}


def bytes_changed(content: bytes, chance: random.Random) -> bytes:
    """A few bytes flipped, cut out or put in."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(max(1, len(changed)))
        way = chance.randrange(4)
        if way == 0:
            changed[at : at + 1] = bytes([chance.randrange(256)])
        elif way == 1:
            del changed[at : at + chance.randint(1, 200)]
        elif way == 2:
            changed[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 20)))
        else:
            other = chance.randrange(max(1, len(changed)))
            changed[at:at] = changed[other : other + 60]
    return bytes(changed)


def cells_changed(content: bytes, chance: random.Random) -> bytes:
    """A spreadsheet with some cells exchanged for others, for nasty ones or for none."""
    book = load_workbook(BytesIO(content))
    sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    for _ in range(chance.randint(1, 8)):
        rows = sheets[chance.choice(list(sheets))]
        row, other = chance.choice(rows), chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice([*NASTY, chance.choice(other)])
    return workbook(sheets)


def lines_changed(content: bytes, chance: random.Random) -> bytes:
    """A text with some of its parts between commas exchanged."""
    parts = content.decode().split(",")
    for _ in range(chance.randint(1, 8)):
        parts[chance.randrange(len(parts))] = chance.choice([*NASTY, chance.choice(parts)])
    return ",".join(parts).encode()


def fields_changed(content: bytes, chance: random.Random) -> bytes:
    """A file of LimeSurvey with some of its fields exchanged."""
    parts = re.split("([<>\\t])", content.decode())
    # What stands behind "<" is the name of a field.
    texts = [at for at in range(2, len(parts), 2) if parts[at - 1] != "<"]
    for _ in range(chance.randint(1, 3)):
        parts[chance.choice(texts)] = chance.choice([*NASTY, parts[chance.choice(texts)]])
    return "".join(parts).encode()


def values_changed(content: bytes, chance: random.Random) -> bytes:
    """JSON with some of its values exchanged for others of any kind."""
    data = json.loads(content)
    for _ in range(chance.randint(1, 6)):
        part = data
        while isinstance(part, dict | list) and part:
            key = chance.choice(list(part)) if isinstance(part, dict) else chance.randrange(len(part))
            if chance.random() < 0.25 or not isinstance(part[key], dict | list):
                part[key] = chance.choice(
                    [*NASTY, None, 7, -1.5, True, [], {}, ["a"], {"default": 3}, {"a": {"b": []}}]
                )
                break
            part = part[key]
    return json.dumps(data).encode()


WAYS: dict[str, tuple[Callable[[bytes, random.Random], bytes], ...]] = {
    "xlsx": (bytes_changed, cells_changed),
    "csv": (bytes_changed, lines_changed),
    "surveyjs": (bytes_changed, values_changed),
    "lss": (bytes_changed, fields_changed),
    "tsv": (bytes_changed, fields_changed),
}


@pytest.mark.parametrize("format_", SEEDS)
def test_a_changed_file_is_read_or_refused(format_: str) -> None:
    outcomes = Counter[str]()
    for number in range(HOW_MANY):
        chance = random.Random(number)  # noqa: S311 - the same files every time
        change = WAYS[format_][number % 2]
        content = change(SEEDS[format_][number // 2 % len(SEEDS[format_])], chance)
        try:
            _, imported = read_form(content)
        except FileRefused as refused:
            outcomes["unworded" if "%(" in str(refused) else "refused"] += 1
        else:
            usable(imported)
            outcomes["read"] += 1
    assert set(outcomes) == {"read", "refused"}


def usable(imported: Imported) -> None:
    """What was read can be looked through, kept as JSON, told in words and asked what it lacks."""
    list(texts_of(imported.data))
    json.dumps(imported.data, allow_nan=False).encode()
    assert all(loss.sentence % loss.said for loss in imported.losses)
    faults_of_draft(imported.data)
