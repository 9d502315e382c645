"""An instrument as an XLSForm that pyxform accepts and every tool can ask, with all else on a sheet of our own."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError

from forms.definition import Instrument
from forms.draft import as_data, ids_of
from forms.exchange.exact import exact_texts, replaced
from forms.exchange.xlsform.expressions import written
from forms.exchange.xlsform.sheets import OWN_SHEET, csv_of, xlsx_of
from forms.exchange.xlsform.surroundings import OWN_COLUMNS, OWN_FORMAT
from forms.texts import Data
from forms.wording import Words

#: The note that says the introduction. No id of ours begins with this sign.
INTRODUCTION = "_introduction"
_LONGEST_CELL = 30_000
_TYPES = {
    "choices": "select_multiple",
    "ranking": "rank",
    "number": "integer",
    "month": "date",
    "week": "date",
    "text": "text",
    "short-text": "text",
    "notice": "note",
}
_LOOKS = {"scale": "likert", "smileys": "likert", "text": "multiline", "month": "month-year"}
#: What rows and their answers say themselves; all else is noted.
_SAID = ("id", "text", "hint", "stem", "options")
#: Kinds of which a condition of XLSForm cannot name an answer.
_UNNAMED = ("month", "week", "then-now")
_Rows = list[dict[str, str]]


def write_xlsx(instrument: Instrument) -> bytes:
    """The instrument as a spreadsheet."""
    return xlsx_of(_Writer(as_data(instrument)).sheets())


def write_csv(instrument: Instrument) -> bytes:
    """The instrument as a CSV file, in UTF-8."""
    return csv_of(_Writer(as_data(instrument)).sheets())


def shown(text: str) -> str:
    """A text as a label says it: what is said without an earlier answer, and no reference by accident."""
    return replaced(text, r"\2").replace("${", "$ {")


def language_header(code: str) -> str:
    """How a column names its language, such as "Arabic (ar)"."""
    try:
        name = Locale.parse(code, sep="-").get_display_name("en")
    except UnknownLocaleError:
        name = None
    # Brackets inside the name would hide the code behind it.
    return f"{name.split(' (')[0]} ({code})" if name else code


@dataclass(slots=True)
class _Writer:
    data: Data
    survey: _Rows = field(default_factory=list)
    choices: _Rows = field(default_factory=list)
    noted: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)
    _lists: dict[str, str] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)

    def sheets(self) -> dict[str, list[Sequence[str]]]:
        """The sheets with their headers."""
        data, source = self.data, self.data["languages"][0]
        top = {key: value for key, value in data.items() if key not in ("title", "introduction", "sections")}
        self.noted.append(("form", "", {**top, "titles": data["title"], "sheet": OWN_FORMAT}))
        self.noted += [("exact", key, words) for key, words in exact_texts(data, shown).items()]
        self._row("note", INTRODUCTION, data["introduction"])
        for section in data["sections"]:
            self._section(section)
        settings = {
            "form_title": data["title"][source],
            "form_id": data["id"],
            "version": str(data["version"]),
            "default_language": language_header(source),
        }
        words = [f"{kind}::{language_header(code)}" for kind in ("label", "hint") for code in data["languages"]]
        labels = words[: len(data["languages"])]
        return {
            "survey": _table(["type", "name", *words, "relevant", "appearance", "constraint"], self.survey),
            "choices": _table(["list_name", "name", *labels], self.choices),
            "settings": _table(list(settings), [settings]),
            OWN_SHEET: [OWN_COLUMNS, *self._notes()],
        }

    def _section(self, section: Data) -> None:
        # A reference to a question must not find a group of the same name.
        name = f"s_{section['id']}" if section["id"] in ids_of(self.data) else section["id"]
        noted = {"id": section["id"], **self._unnamed(section)}
        self.noted.append(("section", name, noted))
        self._row("begin_group", name, section["title"], relevant=self._relevant(section))
        items = section["questions"]
        at = 0
        while at < len(items):
            rows = _table_of(items, at)
            if rows:
                name = f"t_{items[at]['id']}"
                self.noted.append(("stem", name, {"rows": len(rows)}))
                look = "table-list" if _is_table(rows) else "field-list"
                self._row("begin_group", name, items[at]["stem"], appearance=look)
            for item in rows or items[at : at + 1]:
                self._item(item)
            if rows:
                self._row("end_group", "")
            at += len(rows) or 1
        self._row("end_group", "")

    def _item(self, item: Data) -> None:
        type_ = item["type"]
        self._types[item["id"]] = type_
        self._note_item(item)
        if type_ == "then-now":
            self._then_now(item)
        elif type_ == "points":
            self._points(item)
        else:
            said, hint = (item["title"], item["text"]) if "title" in item else (item["text"], item.get("hint", {}))
            kind = _TYPES.get(type_, "select_one")
            kind = f"{kind} {self._list(item)}" if "options" in item else kind
            more = {"relevant": self._relevant(item), "appearance": _LOOKS.get(type_, ""), "constraint": _limit(item)}
            self._row(kind, item["id"], said, hint, **more)

    def _note_item(self, item: Data) -> None:
        noted = {key: value for key, value in item.items() if key not in (*_SAID, "show_if")}
        if item["type"] == "notice" and noted.pop("title", None):
            noted["headed"] = True
        offered = (*item.get("options", ()), *item.get("apart", ()))
        pictures = {option["id"]: option["picture"] for option in offered if "picture" in option}
        if pictures:
            noted["pictures"] = pictures
        if "apart" in noted:
            noted["apart"] = [option["id"] for option in item["apart"]]
        self.noted.append(("item", item["id"], {**noted, **self._unnamed(item)}))

    def _then_now(self, item: Data) -> None:
        answers = f"select_one {self._list(item)}"
        self._row("begin_group", item["id"], item["text"], relevant=self._relevant(item), appearance="field-list")
        self._row(answers, f"{item['id']}_then", item["then"], item.get("hint", {}), appearance="likert")
        self._row(answers, f"{item['id']}_now", item["now"], appearance="likert")
        self._row("end_group", "")

    def _points(self, item: Data) -> None:
        self._row("begin_group", item["id"], item["text"], relevant=self._relevant(item), appearance="field-list")
        for number, option in enumerate(item["options"]):
            hint = item.get("hint", {}) if number == 0 else {}
            limit = f". >= 0 and . <= {item['total']}"
            self._row("integer", f"{item['id']}_{option['id']}", option["label"], hint, constraint=limit)
        self._row("end_group", "")

    def _row(self, type_: str, name: str, label: Words | None = None, hint: Words | None = None, **more: str) -> None:
        said = {
            f"{kind}::{language_header(code)}": shown(text)
            for kind, words in (("label", label), ("hint", hint))
            for code, text in (words or {}).items()
        }
        self.survey.append({"type": type_, "name": name, **said, **more})

    def _list(self, item: Data) -> str:
        """The name of the list with these answers; questions with the same ones share it."""
        answers = [*item["options"], *item.get("apart", ())]
        key = json.dumps([[answer["id"], answer["label"]] for answer in answers], sort_keys=True)
        if key not in self._lists:
            self._lists[key] = item["id"]
            for answer in answers:
                said = {f"label::{language_header(code)}": shown(text) for code, text in answer["label"].items()}
                self.choices.append({"list_name": item["id"], "name": answer["id"], **said})
        return self._lists[key]

    def _relevant(self, part: Data) -> str:
        condition = part.get("show_if")
        return written(condition["question"], condition["is"]) if condition and not self._unnamed(part) else ""

    def _unnamed(self, part: Data) -> Data:
        """The condition, where XLSForm cannot say it."""
        condition = part.get("show_if")
        asked = self._types.get(condition["question"]) if condition else None
        return {"show_if": condition} if asked in _UNNAMED else {}

    def _notes(self) -> Iterator[Sequence[str]]:
        for part, of, data in self.noted:
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            while text:
                cut = min(_LONGEST_CELL, len(text))
                # A cell loses blanks at its ends.
                while cut < len(text) and (text[cut - 1].isspace() or text[cut].isspace()):
                    cut -= 1
                yield part, of, text[:cut]
                text = text[cut:]


def _table(columns: Sequence[str], rows: _Rows) -> list[Sequence[str]]:
    return [columns, *([row.get(column, "") for column in columns] for row in rows)]


def _table_of(items: Sequence[Data], at: int) -> Sequence[Data]:
    """The items from here on that stand under one stem; none where this one has no stem."""
    stem = items[at].get("stem")
    end = at
    while stem and end < len(items) and items[end].get("stem") == stem:
        end += 1
    return items[at:end]


def _is_table(rows: Sequence[Data]) -> bool:
    return (
        all(row["type"] == "scale" and row["options"] == rows[0]["options"] for row in rows)
        and len({json.dumps(row.get("apart"), sort_keys=True) for row in rows}) == 1
    )


def _limit(item: Data) -> str:
    if item["type"] == "number":
        return f". >= {item['minimum']} and . <= {item['maximum']}"
    return f"string-length(.) <= {item['max_length']}" if "max_length" in item else ""
