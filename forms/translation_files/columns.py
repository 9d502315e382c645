"""What CSV and XLSX have in common: one row a text, one column for each thing that is said of it.

Columns are found by their names, so that they may be moved, and others stand between them. Every row says for which
form and language it is, because rows are sorted, filtered and pasted.
"""

from collections.abc import Iterable, Iterator, Sequence

from forms.translation_files.sheet import PRODUCT, SAID, VERSION, FileRefused, FileUnit, Found, Said, Sheet, checked

#: The names of the columns, in the order in which they are written.
HEAD = ("key", "note", "source", "translation", "state", "mark", "file")
#: The widths of them in a workbook, in letters.
WIDTHS = (28, 40, 50, 50, 12, 16, 16)
_NEEDED = frozenset({"key", "translation"})
_SAYS: dict[str, Said] = {
    **SAID,
    **{said: said for said in ("untranslated", "unsure", "translated", "final")},
    "": "",
}


def rows_of(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """The rows, the names of the columns first."""
    file = f"{PRODUCT} {VERSION} {sheet.form} {sheet.source_language} {sheet.language} {sheet.made_from}"
    yield HEAD
    for unit in sheet.units:
        note = f"{unit.note}\nmax-length:{unit.limit}".strip() if unit.limit else unit.note
        yield (unit.key, note, unit.source, unit.words, unit.state, unit.mark, file)


def found_in(rows: Iterable[Sequence[str]]) -> Found:
    """What these rows say. FileRefused."""
    lines = iter(rows)
    places = _places(next(lines, ()))
    units: list[FileUnit] = []
    files: set[str] = set()
    for line in lines:
        cells = {name: line[place] if place < len(line) else "" for name, place in places.items()}
        if not any(line):
            continue
        # The last of our columns is in every row that is whole; a file that was cut may end with any cell.
        if not cells["key"] or ("file" in places and not cells["file"]):
            raise FileRefused("broken", str(len(units) + 2))
        files.add(cells.get("file", ""))
        source = cells.get("source") or None
        said = _SAYS.get(cells.get("state", "").strip().casefold(), "")
        units.append(FileUnit(cells["key"], source, cells["translation"], said, cells.get("mark", "").strip()))
    form, source_language, language, made_from = _file(files - {""})
    return checked(Found(form, source_language, language, tuple(units), made_from))


def _places(head: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(head):
        name = cell.strip().casefold()
        if name in HEAD and name in places:
            raise FileRefused("columns", name)
        if name in HEAD:
            places[name] = place
    if not places.keys() >= _NEEDED:
        raise FileRefused("columns")
    return places


def _file(said: set[str]) -> tuple[str, str, str, str]:
    """Form, source language, language and what it was made from, where all rows say the same."""
    if len({file.rpartition(" ")[0] for file in said}) != 1:
        raise FileRefused("not_ours")
    parts = min(said).split(" ")
    if len(parts) != 6 or parts[0] != PRODUCT:
        raise FileRefused("not_ours")
    if parts[1] != VERSION:
        raise FileRefused("version", parts[1][:20])
    # Rows of two downloads in one file: then each row's own mark has to say what it was made from.
    return parts[2], parts[3], parts[4], parts[5] if len(said) == 1 else ""
