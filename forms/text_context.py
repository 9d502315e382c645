"""What somebody has to know of a text to translate it: where it stands, what it belongs to, why it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.texts import Text


@dataclass(frozen=True, slots=True)
class Context:
    """Where a text appears. Words are in the source language, "" for none; `number` counts questions, 0 for none."""

    section: str = ""
    number: int = 0
    question: str = ""
    why: str = ""
    picture: str = ""
    #: Whether it stands between questions and asks nothing.
    is_notice: bool = False


def context_of(data: Mapping[str, Any], text: Text, source: str) -> Context:
    """The surroundings of one text of a form as plain JSON."""
    number = 0
    for section in data.get("sections", ()):
        if text.key == f"sections/{section['id']}/title":
            return Context(section=_said(section, "title", source))
        for item in section.get("questions", ()):
            is_notice = item.get("type") == "notice"
            number += not is_notice
            if item["id"] == text.item:
                return Context(
                    _said(section, "title", source),
                    0 if is_notice else number,
                    "" if text.field == "text" else _said(item, "text", source),
                    "" if text.field == "why" else _said(item, "why", source),
                    _picture(item, text),
                    is_notice,
                )
    return Context()


def _picture(item: Mapping[str, Any], text: Text) -> str:
    """The drawing that stands beside an answer, or on a notice."""
    if text.field != "label":
        return str(item.get("picture") or "")
    answers = [*item.get("options", ()), *item.get("apart", ())]
    return next((str(each.get("picture") or "") for each in answers if text.key.endswith(f"/{each['id']}/label")), "")


def _said(holder: Mapping[str, Any], field: str, source: str) -> str:
    words = holder.get(field)
    return str(words.get(source, "")) if isinstance(words, dict) else ""
