"""What stands round the questions of an XLSForm: its languages, lists of answers, settings, and what we noted."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.exchange.assembly import Answer, Assembly
from forms.exchange.core import FileRefused
from forms.exchange.markup import refuse_acting
from forms.exchange.names import language_code
from forms.exchange.xlsform.sheets import OWN_SHEET, Row, Sheets, Table, strange_sheets, table

#: The columns of our own sheet, and the number of its form.
OWN_COLUMNS, OWN_FORMAT = ("part", "of", "data"), 1
_SAID = ("label", "hint")
_TRUE = ("yes", "true", "true()", "1")
_READ_SETTINGS = ("form_title", "form_id", "default_language", "allow_choice_duplicates")
_READ_CHOICES = ("list_name", "name", "label")
_MEDIA = ("image", "audio", "video", "big-image")
#: Sheets of XLSForm that have no place here.
_LEFT_OUT_SHEETS = ("external_choices", "osm", "entities")


@dataclass(frozen=True, slots=True)
class Languages:
    """BCP 47 by what the headers say; "" is what headers without a language are in. `all` begins with the source."""

    by_header: Mapping[str, str]
    all: list[str]
    losses: list[tuple[str, str, str]] = field(default_factory=list)

    def said(self, row: Row, name: str) -> dict[str, str]:
        """The words of a row's cells by language; what names its language goes before what does not."""
        cells = sorted(row.said(name).items(), key=lambda cell: not cell[0])
        words: dict[str, str] = {}
        for header, text in cells:
            code = self.by_header.get(header)
            if code:
                words.setdefault(code, text)
        return dict(sorted(words.items(), key=lambda said: self.all.index(said[0])))


def settings_of(sheets: Sheets) -> Row | None:
    """The row of settings, if there is one."""
    found = table(sheets, "settings")
    return found.rows[0] if found and found.rows else None


def is_true(text: str) -> bool:
    """Whether a cell says yes."""
    return text.strip().lower() in _TRUE


def languages_of(tables: list[Table], settings: Row | None) -> Languages:
    """The languages of the columns with words."""
    columns = [(found, column) for found in tables for column in found.columns if column.name in _SAID]
    headers = list(dict.fromkeys(column.language for _, column in columns))
    plain = language_code(settings.get("default_language")) if settings else None
    by_header = {header: language_code(header) for header in headers if header}
    named = list(dict.fromkeys(code for code in by_header.values() if code))
    losses = []
    if by_header and not named and not _beside_plain(tables):
        # A form is in some language; what its writer meant can be put right afterwards.
        named = [plain or "en"]
        by_header[next(iter(by_header))] = named[0]
        losses.append(("language_guessed", "", named[0]))
    if "" in headers or not named:
        alone = named[0] if len(named) == 1 and not _beside_plain(tables) else None
        if not (plain or alone) and "en" not in named:
            losses.append(("language_guessed", "", "en"))
        by_header[""] = plain or alone or "en"
    by_header |= {header: by_header.get("") or by_header[header] for header in headers if header.lower() == "default"}
    losses += [
        ("unknown_language", f"{found.name}!{column.letter}", column.language)
        for found, column in columns
        if column.language and by_header[column.language] is None and column.language.lower() != "default"
    ]
    source = plain if plain and plain in by_header.values() else by_header.get("") or named[0]
    known = {header: code for header, code in by_header.items() if code}
    return Languages(known, list(dict.fromkeys([source, *known.values()])), losses)


def _beside_plain(tables: list[Table]) -> bool:
    """Whether some sheet has words without a language beside words with one: then they are in another one."""
    said = ({bool(column.language) for column in found.columns if column.name in _SAID} for found in tables)
    return any(len(kinds) > 1 for kinds in said)


def lists_of(sheets: Sheets, languages: Languages, settings: Row | None) -> dict[str, list[Answer]]:
    """The answers by the name of their list. FileRefused for a name twice, unless the settings allow that."""
    choices = table(sheets, "choices")
    for wanted in ("list_name", "name"):
        if choices and choices.rows and all(column.name != wanted for column in choices.columns):
            raise FileRefused("no_column", sheet="choices", found=wanted)
    lists: dict[str, list[Answer]] = {}
    for row in choices.rows if choices else ():
        name, of = row.get("name"), row.get("list_name")
        if not name or not of:
            continue
        answers = lists.setdefault(of, [])
        allowed = settings is not None and is_true(settings.get("allow_choice_duplicates"))
        if not allowed and any(answer.name == name for answer in answers):
            raise FileRefused("answer_name_twice", list=of, found=name, place=row.at("name"))
        answers.append(Answer(name, languages.said(row, "label"), row.at("name")))
    return lists


def lose_surroundings(sheets: Sheets, settings: Row | None, to: Assembly) -> None:
    """Note every setting, column and sheet that is not read."""
    if settings:
        _lose_settings(settings, to)
    for further in found.rows[1:] if (found := table(sheets, "settings")) else ():
        to.lose("setting", further.at(), " ".join(further.cells.values()))
    choices = table(sheets, "choices")
    if choices:
        _lose_of_choices(choices, to)
    for name in (*strange_sheets(sheets), *(name for name in _LEFT_OUT_SHEETS if sheets.get(name))):
        to.lose("sheet", name, name)


def _lose_settings(settings: Row, to: Assembly) -> None:
    for column, text in settings.cells.items():
        if column.name not in _READ_SETTINGS and not (to.own and column.name == "version"):
            to.lose("setting", settings.of(column), f"{column.header}: {text}")


def _lose_of_choices(choices: Table, to: Assembly) -> None:
    for row in choices.rows:
        if not row.get("name") or not row.get("list_name"):
            to.lose("answer_loose", row.at(), row.get("label") or row.get("name"))
        for column, text in row.cells.items():
            if column.name in _MEDIA:
                to.lose("media", row.at(column.name), text)
    lose_columns("choices", choices, (*_READ_CHOICES, *_MEDIA), to)


def lose_columns(sheet: str, found: Table, known: Sequence[str], to: Assembly) -> None:
    """Note each column with something in it that is not among those `known`; one without a name by what it holds."""
    for column in found.columns:
        said = next((row.cells[column] for row in found.rows if column in row.cells), "")
        if said and column.name not in known:
            to.lose("column", f"{sheet}!{column.letter}", column.header or said)


def lose_same_words(languages: Languages, found: Table, to: Assembly) -> None:
    """Note words that other words in the same language have left no place."""
    for row in found.rows:
        for name in _SAID:
            kept = languages.said(row, name)
            for column, text in row.cells.items():
                code = languages.by_header.get(column.language) if column.name == name else None
                if code and kept[code] != text:
                    to.lose("words_twice", row.of(column), text)


@dataclass(slots=True)
class Noted:
    """What we noted about the parts of a form that we wrote: part -> of what -> data; empty for others' files."""

    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)

    def of(self, part: str, name: str = "") -> dict[str, Any]:
        """What was noted about this; {} for nothing."""
        self.used.add((part, name))
        return dict(self.parts.get(part, {}).get(name, {}))

    def unused(self) -> Iterator[str]:
        """What was noted about things that are not in the file any more."""
        return (of for part, all_ in self.parts.items() for of in all_ if (part, of) not in self.used)


def noted_in(sheets: Sheets) -> Noted:
    """Our own sheet; FileRefused where it is of a version that is not known, or no longer whole."""
    own = table(sheets, OWN_SHEET)
    pieces: dict[tuple[str, str], str] = {}
    for row in own.rows if own else ():
        key = (row.get("part"), row.get("of"))
        pieces[key] = pieces.get(key, "") + next(
            (text for column, text in row.cells.items() if column.name == "data"), ""
        )
    noted = Noted()
    for (part, of), text in pieces.items():
        noted.parts.setdefault(part, {})[of] = _object(text, of or part)
    version = noted.parts.get("form", {}).get("", {}).get("sheet", OWN_FORMAT)
    if version != OWN_FORMAT:
        raise FileRefused("unknown_version", found=version)
    return noted


def _object(text: str, of: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileRefused("malformed", found=text, place=f"{OWN_SHEET}, {of}") from error
    if not isinstance(data, dict):
        raise FileRefused("malformed", found=text, place=f"{OWN_SHEET}, {of}")
    refuse_acting(json.dumps(data, ensure_ascii=False), f"{OWN_SHEET}, {of}")
    return data
