"""What stands in a SurveyJS element beside what is asked, and is not kept."""

import json
from collections.abc import Iterator
from typing import Any

from forms.exchange.assembly import Assembly
from forms.exchange.surveyjs.nodes import Node

_LOOKS = (
    *("colCount", "startWithNewLine", "titleLocation", "width", "minWidth", "maxWidth", "indent", "rows", "autoGrow"),
    *("hideNumber", "descriptionLocation", "renderAs", "placeholder", "placeHolder", "displayMode", "rateType", "cols"),
    *("showLabel", "imageHeight", "imageWidth", "imageFit", "rateDisplayMode", "size", "questionTitleLocation"),
)
_RULES = ("validators", "requiredIf", "enableIf")
#: What single answers have that is read.
_OF_ANSWERS = ("value", "text", "name", "title")


def lose_rest(element: Node, to: Assembly) -> None:
    """Note what else stands in the element and is not kept."""
    name = element.text("name")
    if element.get("isRequired") is True:
        to.lose("required", element.at("isRequired"), name)
    if element.get("visible") is False:
        to.lose("hidden", element.at("visible"), name)
    for key in _RULES:
        for place, rule in _each(element, key):
            to.lose("constraint", place, rule)
    for key, place, found in element.rest():
        to.lose(_code(key), place, found)


def lose_of_answers(element: Node, to: Assembly, *lists: str) -> None:
    """Note what single answers, columns and rows have besides a value and a text."""
    for name in lists:
        listed = element.data.get(name)
        for number, answer in enumerate(listed if isinstance(listed, list) else ()):
            for key, value in answer.items() if isinstance(answer, dict) else ():
                if key not in _OF_ANSWERS and value not in (None, "", [], {}, False):
                    code = "media" if key == "imageLink" else "choice_filter" if key.endswith("If") else "setting"
                    to.lose(code, f"{element.at(name)}[{number}].{key}", f"{key}: {_said(value)}")


def _each(element: Node, key: str) -> Iterator[tuple[str, str]]:
    """Each rule of this kind: where it stands, and what it says."""
    value = element.get(key)
    for number, each in enumerate(value if isinstance(value, list) else [value] if value else ()):
        yield f"{element.at(key)}[{number}]" if isinstance(value, list) else element.at(key), _rule(each)


def _rule(each: Any) -> str:
    if not isinstance(each, dict):
        return _said(each)
    more = {key: value for key, value in each.items() if key != "type"}
    return ": ".join(filter(None, (str(each.get("type", "")), _said(more) if more else "")))


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _code(key: str) -> str:
    if key in _LOOKS:
        return "appearance"
    if key in ("choicesVisibleIf", "choicesEnableIf", "rowsVisibleIf", "columnsVisibleIf"):
        return "choice_filter"
    if key.startswith("default"):
        return "default"
    return "order" if key in ("choicesOrder", "rowsOrder", "rowOrder") else "setting"
