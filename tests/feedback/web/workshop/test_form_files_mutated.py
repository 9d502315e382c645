"""A thousand mutated files a format are sent to the desk: a list or a refusal, never a fault, and nothing is saved."""

import io
import random
import zipfile

import pytest
from flask import Flask

from feedback.operations.school import School
from forms.translation_files import FORMATS
from tests.desk import Desk
from tests.factories import a_staff_member
from tests.feedback.text_files import a_draft, everything_kept
from tests.looks import is_every

_FILES = 1000 if is_every() else 12
_PIECES = (
    b"<",
    b">",
    b'"',
    b"&",
    b"\\",
    b"\n",
    b"\0",
    b"\xff",
    b",",
    b"<target/>",
    b"]]>",
    b"msgid ",
    b"=",
    b"{a|",
    b"\x85",
)
_STRINGS = "xl/sharedStrings.xml"


@pytest.mark.parametrize("format_", FORMATS)
def test_a_mutated_file_saves_nothing_and_breaks_nothing(school: School, app: Flask, format_: str) -> None:
    lead = a_staff_member(school, "lead")
    path = f"/en/desk/forms/{a_draft(school, lead, 'lesson-exit-ticket')}/files/ur"
    client, before = Desk(app, lead).client, everything_kept(school)
    raw = client.get(f"{path}/texts.{format_}").data
    # A seed, so that a file that does break something can be made again.
    chance = random.Random(20261123)  # noqa: S311 - no secret
    app.config["WTF_CSRF_ENABLED"] = False
    statuses = []
    for _ in range(_FILES):
        file = (io.BytesIO(_mutated(raw, chance)), "texts")
        statuses.append(client.post(path, data={"file": file}).status_code)
    assert set(statuses) <= {200, 422}
    assert 422 in statuses
    assert everything_kept(school) == before


def _mutated(raw: bytes, chance: random.Random) -> bytes:
    """The file with up to six changes; of a workbook half the time the texts inside, for its sums find the others."""
    if raw.startswith(b"PK") and chance.random() < 0.5:
        return _repacked(raw, chance)
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        changed[at : at + chance.choice((0, 0, 1, 1, 9, 80))] = chance.choice((*_PIECES, chance.randbytes(3)))
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


def _repacked(raw: bytes, chance: random.Random) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(body, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _mutated(part, chance) if name == _STRINGS else part)
    return body.getvalue()
