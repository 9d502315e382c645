"""An instrument as a SurveyJS file, with all that the library has no place for in properties of our own."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from forms.definition import Instrument
from forms.draft import as_data, items_of
from forms.exchange.exact import exact_texts, replaced
from forms.exchange.surveyjs.expressions import written
from forms.exchange.surveyjs.nodes import OWN
from forms.texts import Data
from forms.wording import Words

#: The number of the form in which we note things.
OWN_FORMAT = 1
_TYPES = {
    "choices": "checkbox",
    "ranking": "ranking",
    "number": "text",
    "month": "text",
    "week": "text",
    "short-text": "text",
    "text": "comment",
    "notice": "html",
    "then-now": "matrix",
    "points": "multipletext",
}
#: Which of our keys the library has, by type.
_SAID = ("id", "text", "hint", "stem", "options", "show_if")
_OF_TYPE = {
    "choices": {"at_most": "maxSelectedChoices"},
    "number": {"minimum": "min", "maximum": "max"},
    "month": {"first": "min", "last": "max"},
    "week": {"first": "min", "last": "max"},
    "short-text": {"max_length": "maxLength"},
    "text": {"max_length": "maxLength"},
    "then-now": {"then": "", "now": ""},
    "notice": {"title": ""},
}


def write(instrument: Instrument) -> bytes:
    """The instrument as JSON in UTF-8."""
    survey = _Writer(as_data(instrument)).survey()
    return json.dumps(survey, ensure_ascii=False, indent=1).encode()


def shown(text: str) -> str:
    """A text as the library says it: an earlier answer by its question's name, as the library puts it in."""
    return replaced(text, r"{\1}")


@dataclass(slots=True)
class _Writer:
    data: Data

    def survey(self) -> dict[str, Any]:
        """The whole file."""
        data = self.data
        top = {key: value for key, value in data.items() if key not in ("title", "introduction", "sections")}
        return {
            "title": self._said(data["title"]),
            "description": self._said(data["introduction"]),
            "locale": data["languages"][0],
            "pages": [self._page(section) for section in data["sections"]],
            f"{OWN}form": {**top, "sheet": OWN_FORMAT},
            f"{OWN}exact": exact_texts(data, shown),
        }

    def _page(self, section: Data) -> dict[str, Any]:
        condition = self._visible_if(section)
        title = self._said(section["title"])
        return {
            "name": section["id"],
            "title": title,
            **condition,
            "elements": list(self._elements(section["questions"])),
        }

    def _elements(self, items: Sequence[Data]) -> Iterator[dict[str, Any]]:
        at = 0
        while at < len(items):
            stem, end = items[at].get("stem"), at
            while stem and end < len(items) and items[end].get("stem") == stem:
                end += 1
            if end > at:
                rows = [self._element(item) for item in items[at:end]]
                # No id of ours has such a sign.
                name = f"{items[at]['id']}_rows"
                yield {
                    "type": "panel",
                    "name": name,
                    "title": self._said(stem or {}),
                    f"{OWN}stem": True,
                    "elements": rows,
                }
            else:
                yield self._element(items[at])
            at = max(end, at + 1)

    def _element(self, item: Data) -> dict[str, Any]:
        type_ = item["type"]
        also = _OF_TYPE.get(type_, {})
        element: dict[str, Any] = {"type": _TYPES.get(type_, "radiogroup"), "name": item["id"]}
        if type_ == "notice":
            element["html"] = self._html(item)
        else:
            element["title"] = self._said(item["text"])
            element |= {"description": self._said(item["hint"])} if "hint" in item else {}
        element |= {theirs: item[ours] for ours, theirs in also.items() if theirs and ours in item}
        element |= self._answers(item) | self._visible_if(item)
        if type_ in ("number", "month", "week"):
            element["inputType"] = type_
        noted = {key: value for key, value in item.items() if key not in (*_SAID, *also)}
        noted |= {"headed": True} if type_ == "notice" and "title" in item else {}
        offered = (*item.get("options", ()), *item.get("apart", ()))
        pictures = {option["id"]: option["picture"] for option in offered if "picture" in option}
        noted |= {"pictures": pictures} if pictures else {}
        return element | {f"{OWN}{key}": value for key, value in noted.items()}

    def _answers(self, item: Data) -> dict[str, Any]:
        offered = [*item.get("options", ()), *item.get("apart", ())]
        answers = [{"value": each["id"], "text": self._said(each["label"])} for each in offered]
        if item["type"] == "then-now":
            rows = [{"value": key, "text": self._said(item[key])} for key in ("then", "now")]
            return {"columns": answers, "rows": rows}
        if item["type"] == "points":
            lines = ({"name": each["value"], "title": each["text"], "inputType": "number"} for each in answers)
            return {"items": [{**line, "min": 0, "max": item["total"]} for line in lines]}
        return {"choices": answers} if answers else {}

    def _visible_if(self, part: Data) -> dict[str, Any]:
        """The condition; noted as well where it names a month or a week, which are no choices of the file."""
        condition = part.get("show_if")
        if not condition:
            return {}
        said = {"visibleIf": written(condition["question"], condition["is"])}
        asked = next(item for item in items_of(self.data) if item["id"] == condition["question"])
        return {**said, f"{OWN}show_if": condition} if asked["type"] in ("month", "week") else said

    def _html(self, item: Data) -> dict[str, str]:
        text = {language: _escaped(said) for language, said in item["text"].items()}
        if "title" in item:
            text = {language: f"<h4>{_escaped(item['title'][language])}</h4>{said}" for language, said in text.items()}
        return self._by_language(text)

    def _said(self, words: Words) -> dict[str, str]:
        return self._by_language({language: shown(text) for language, text in words.items()})

    def _by_language(self, words: Words) -> dict[str, str]:
        source = self.data["languages"][0]
        return {"default" if language == source else language: text for language, text in words.items()}


def _escaped(text: str) -> str:
    return escape(shown(text), quote=False).replace("\n", "<br>")
