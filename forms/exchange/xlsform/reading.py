"""An XLSForm as a draft, with everything that it loses; row after row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from forms.definition import Instrument, Section
from forms.exchange.assembly import Assembly
from forms.exchange.core import FileRefused, Imported
from forms.exchange.exact import restored
from forms.exchange.names import question_id
from forms.exchange.noted import sound
from forms.exchange.xlsform.composite import COMPOSITE, add_composite
from forms.exchange.xlsform.files import sheets_of_csv, sheets_of_xlsx
from forms.exchange.xlsform.kinds import Kind, kind_of
from forms.exchange.xlsform.questions import Group, Surroundings, add_question, lose_rest, read_columns, show_if
from forms.exchange.xlsform.sheets import Row, Sheets, Table, table
from forms.exchange.xlsform.surroundings import (
    is_true,
    languages_of,
    lists_of,
    lose_columns,
    lose_same_words,
    lose_surroundings,
    noted_in,
    settings_of,
)
from forms.exchange.xlsform.writing import INTRODUCTION, shown
from forms.texts import Data

_DEEPEST = 30
_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^{}]*?)\s*\}")
_BEGINS = re.compile(rb"(?:survey|choices|settings)\b|(?:type|label)[,;\t]|name[,;\t]type")


def looks_like_workbook(content: bytes) -> bool:
    """Whether a file is a spreadsheet, an old one too: its reader says what is wrong with that."""
    return content.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def looks_like_csv(content: bytes) -> bool:
    """Whether a file begins as an XLSForm in CSV does: with the name of a sheet, or with its columns."""
    first = content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip(b" \r\n,;\t").lower().replace(b'"', b"")
    return bool(_BEGINS.match(first))


def read_xlsx(content: bytes) -> Imported:
    """The form in a spreadsheet; raises FileRefused."""
    return _read(sheets_of_xlsx(content))


def read_csv(content: bytes) -> Imported:
    """The form in a CSV file; raises FileRefused."""
    return _read(sheets_of_csv(content))


def _read(sheets: Sheets) -> Imported:
    sheets, survey = _with_survey(sheets)
    settings, noted = settings_of(sheets), noted_in(sheets)
    languages = languages_of([each for each in (survey, table(sheets, "choices")) if each], settings)
    to = Assembly(languages.all, own=bool(noted.parts), marks=_REFERENCE)
    for code, place, found in () if to.own else languages.losses:
        to.lose(code, place, found)
    around = Surroundings(languages, lists_of(sheets, languages, settings), noted)
    _Walk(to, around).through(survey)
    lose_surroundings(sheets, settings, to)
    for name in sorted(around.lists.keys() - around.used):
        to.lose("list_unused", around.lists[name][0].place, name)
    lose_columns("survey", survey, (*read_columns(), "repeat_count", "disabled"), to)
    for each in (survey, table(sheets, "choices")) if not to.own else ():
        if each:
            lose_same_words(languages, each, to)
    data = _top(settings, around, to)
    for of in noted.unused():
        to.lose("extra_gone", "voicebox", of)
    imported = to.imported(data)
    return replace(imported, data=restored(imported.data, exact, shown)) if (exact := _exact(around)) else imported


def _with_survey(sheets: Sheets) -> tuple[Sheets, Table]:
    """The sheet with the questions; a sheet that stands alone is it, whatever it is called."""
    if "survey" not in sheets and len(sheets) == 1:
        sheets = {"survey": next(iter(sheets.values()))}
    survey = table(sheets, "survey")
    if survey is None:
        raise FileRefused("no_sheet", found="survey")
    for wanted in ("type", "name"):
        if all(column.name != wanted for column in survey.columns):
            raise FileRefused("no_column", sheet="survey", found=wanted)
    return sheets, survey


def _exact(around: Surroundings) -> dict[str, dict[str, str]]:
    return {key: words for key, words in around.noted.parts.get("exact", {}).items() if isinstance(words, dict)}


def _top(settings: Row | None, around: Surroundings, to: Assembly) -> Data:
    """What the settings say, over what we noted about the form."""
    source, said = to.languages[0], around.noted.of("form")
    for key in around.noted.parts.get("exact", {}):
        around.noted.of("exact", key)
    said.pop("sheet", None)
    titles = said.pop("titles", {})
    title = settings.get("form_title") if settings else ""
    words = to.words({source: title}, settings.at("form_title") if settings else "")
    if not to.own:
        form_id = settings.get("form_id") if settings else ""
        return {"title": words, "id": question_id(form_id or title or "imported", ())}
    same = isinstance(titles, dict) and (not words or titles.get(source) == words.get(source))
    said = sound(Instrument, said, "voicebox", to)
    kept = to.words(titles, "voicebox") if same and all(isinstance(text, str) for text in titles.values()) else words
    return {**said, "title": kept}


@dataclass(slots=True)
class _Walk:
    """The way down the sheet: the groups that are open, with the names used in each."""

    to: Assembly
    around: Surroundings
    open: list[Group] = field(default_factory=list)
    names: list[set[str]] = field(default_factory=lambda: [set()])
    in_section: bool = False
    begun: bool = False

    def through(self, survey: Table) -> None:
        rows = list(survey.rows)
        at = 0
        while at < len(rows):
            at += self._step(rows, at)
        if self.open:
            raise FileRefused("groups", place=rows[-1].at("type"))

    def _step(self, rows: Sequence[Row], at: int) -> int:
        """Read one row, or a group that stands for one question; how many rows that were."""
        row, kind = rows[at], kind_of(rows[at].get("type"))
        if not row.get("type") or is_true(row.get("disabled")):
            self.to.lose("row_off", row.at(), row.get("label") or row.get("name") or " ".join(row.cells.values()))
        elif kind.name == "begin":
            return self._begin(rows, at, kind)
        elif kind.name == "end":
            if not self.open:
                raise FileRefused("groups", place=row.at("type"))
            self.open.pop()
            self.names.pop()
            for column, text in row.cells.items():
                if column.name not in ("type", "name"):
                    self.to.lose("row_off", row.of(column), text)
            self.in_section = bool(self.open)
        else:
            self._row(row, kind)
        return 1

    def _begin(self, rows: Sequence[Row], at: int, kind: Kind) -> int:
        row, noted = rows[at], self.around.noted
        name = row.get("name")
        self._once(row, required=False)
        if noted.parts.get("item", {}).get(name, {}).get("type") in COMPOSITE:
            self._needs_section(row)
            return add_composite(rows, at, self.open[-1] if self.open else Group({}), self.around, self.to)
        if len(self.open) > _DEEPEST:
            raise FileRefused("too_deep")
        words = self.to.words(self.around.languages.said(row, "label"), row.at("label"))
        if kind.repeats:
            self.to.lose("repeat_once", row.at("type"), name or row.get("type"))
        for column, text in row.cells.items():
            if column.name == "hint":
                self.to.lose("ls_text", row.of(column), text)
            elif column.name == "repeat_count":
                self.to.lose("setting", row.of(column), f"{column.header}: {text}")
        is_table = "table-list" in row.get("appearance").split()
        lose_rest(row, kind, self.to)
        if self.open:
            self._inner(row, words, is_table=is_table)
        else:
            known = sound(Section, noted.of("section", name), row.at(), self.to)
            condition = known.get("show_if") or show_if(row, Group({}), self.to, known)
            self.to.section(str(known.get("id") or name or "part"), words, row.at("name") if name else "", condition)
            self.open.append(Group({}, is_table=is_table))
            self.in_section = True
        self.names.append(set())
        self.begun = True
        return 1

    def _inner(self, row: Row, words: dict[str, str], *, is_table: bool) -> None:
        """A group inside a section: the heading of a table, or else a notice before what stands in it."""
        outer, known = self.open[-1], self.around.noted.of("stem", row.get("name"))
        is_heading = is_table or bool(known)
        words = self.to.with_answers(words, row.at("label"))
        condition = show_if(row, outer, self.to, {})
        if not is_heading:
            self.to.lose("nested", row.at("type"), row.get("name") or row.get("type"))
            if words:
                notice = {"type": "notice", "id": self.to.new_id(row.get("name"), ""), "text": words}
                self.to.add({**notice, "show_if": condition})
        self.open.append(Group(words if is_heading else {}, is_table=is_table, condition=condition))

    def _row(self, row: Row, kind: Kind) -> None:
        if kind.name in ("personal", "unknown", "calculate", "elsewhere"):
            self._lose(row, kind)
            return
        self._once(row, required=kind.name not in ("note", "acknowledge"))
        if kind.name == "note" and self._is_introduction(row):
            said = self.around.languages
            words = (self.to.words(said.said(row, key), row.at(key)) for key in ("label", "hint"))
            label, hint = words
            self.to.introduction = {
                language: "\n".join(filter(None, (label.get(language), hint.get(language)))) for language in label
            }
            lose_rest(row, kind, self.to)
            self.begun = True
            return
        self._needs_section(row)
        group = self.open[-1] if self.open else Group({})
        add_question(row, kind, group, self.around, self.to)
        self.begun = True

    def _is_introduction(self, row: Row) -> bool:
        if self.to.own:
            return row.get("name") == INTRODUCTION
        return not self.begun and not self.open and not row.get("relevant") and bool(row.get("label"))

    def _needs_section(self, row: Row) -> None:
        if not self.in_section:
            self.to.loose_section(row.at())
            self.in_section = True

    def _once(self, row: Row, *, required: bool) -> None:
        """FileRefused for a second part of the same name in one group, or for a question without any."""
        name = row.get("name")
        if not name and required:
            raise FileRefused("no_name", place=row.at())
        if name and name in self.names[-1]:
            raise FileRefused("name_twice", found=name, place=row.at("name"))
        self.names[-1].add(name)

    def _lose(self, row: Row, kind: Kind) -> None:
        codes = {"personal": "personal", "calculate": "calculation", "elsewhere": "answers_elsewhere"}
        code = codes.get(kind.name, "type")
        said = row.get("label") or row.get("name")
        found = row.get("calculation") or said if code == "calculation" else f"{said} ({row.get('type')})"
        self.to.lose(code, row.at("type"), found)
