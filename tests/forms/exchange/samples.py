"""An instrument with everything that one can have, and files that are made wrong on purpose."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from forms.definition import Instrument, canonical
from forms.draft import finished
from forms.exchange.core import Imported, Loss
from tests.forms.factories import SMALLEST, options, words


def same(imported: Imported, instrument: Instrument) -> bool:
    """Whether what came back is the instrument, to the letter."""
    return canonical(finished(imported.data)) == canonical(instrument)


def told(imported: Imported) -> list[tuple[str, str, str]]:
    """The losses as their code, place and what was found."""
    return [(loss.code, loss.place, loss.found) for loss in imported.losses]


def said(losses: tuple[Loss, ...]) -> list[str]:
    """The losses in words."""
    return [loss.sentence % loss.said for loss in losses]


def everything() -> Instrument:
    """One question of every type, with all that each can have besides."""
    steps = {"low": words("Few"), "middle": words("Some"), "high": words("Most")}
    ask: dict[str, Any] = {"why": words("So that we know."), "hint": words("Take your time."), "goal": "equity"}
    each = [
        {"type": type_, "id": type_, "text": words(f"About {type_}?"), **more, **ask}
        for type_, more in SMALLEST.items()
    ]
    by_type = {item["id"]: item for item in each}
    by_type["choice"] |= {"favourable": ["red"], "next_steps": steps, "apart": options("none-of-them")}
    by_type["choices"] |= {"at_most": 2, "show_if": {"question": "choice", "is": ["red", "none-of-them"]}}
    by_type["number"] |= {"unit": words("hours")}
    by_type["text"] |= {"text": words("=1+1 is {choice|a colour}. <b>Why</b> & {scale|so much}?"), "max_length": 300}
    by_type["week"] |= {"show_if": {"question": "month", "is": ["2026-09"]}}
    by_type["short-text"] |= {"text": words("- one\n- two"), "show_if": {"question": "week", "is": ["2026-w52"]}}
    return finished(_around(each, ask))


def _around(each: list[dict[str, Any]], ask: dict[str, Any]) -> dict[str, Any]:
    steps = options("no", "a-bit", "yes")
    row = {"type": "scale", "options": steps, "stem": words("How is it with {choice|colours}?"), **ask}
    own = {"type": "text", "id": "choice-blue", "text": words("Own words"), "why": words("Why"), "max_length": 200}
    own |= {"companion_of": "choice", "show_if": {"question": "choice", "is": ["blue"]}}
    notice = {"type": "notice", "id": "hello", "title": words("@Hello"), "text": words("A word."), "picture": "star"}
    rows = [{**row, "id": "row-a", "text": words("A")}, {**row, "id": "row-b", "text": words("B")}]
    more = {"type": "notice", "id": "more", "text": words("+More")}
    return {
        "format": 1,
        "id": "all-of-it",
        "version": 7,
        "languages": ["en", "ar"],
        "audience": "students",
        "ages": "12-14",
        "layout": "page",
        "minutes": 9,
        "licence": "Our own",
        "title": words("Everything"),
        "introduction": words("A lot is asked."),
        "sections": [
            {"id": "first", "title": words("First"), "questions": [notice, each[0], own, *each[1:]]},
            {
                "id": "choice",
                "title": words("Rows"),
                "show_if": {"question": "choices", "is": ["red", "green"]},
                "questions": [*rows, more, {**row, "id": "alone", "text": words("C"), "stem": words("Alone")}],
            },
        ],
        "themes": [{"id": "place", "title": words("Place"), "next_step": words("Go"), "examples": {"de": ["Ein Ort"]}}],
    }


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A spreadsheet of these sheets; a text that begins as a formula does is a text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The zip with one part put in the place of its own, or added."""
    changed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
        new.writestr(name, part)
    return changed.getvalue()
