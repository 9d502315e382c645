"""Steps with a form as a whole: its facts, and the themes that comments are sorted by."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.draft import free_id
from forms.steps.units import PartUnknown, StepImpossible
from forms.texts import Data

_WORDS = ("title", "introduction")
#: As `forms.definition` allows.
MOST_THEMES = 20
_TAKEN = re.compile(r"other$|found-|own-")


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme as it is typed: `examples` are sentences that people may write about it."""

    title: str
    next_step: str
    examples: Sequence[str] = ()


def change_facts(data: Data, facts: Mapping[str, Any]) -> Data:
    """With these facts of the form: title, introduction, audience, ages, layout, minutes, audio, licence.

    Words are plain text in the source language; None, "" and False take a fact out.
    """
    language = data["languages"][0]
    told = {key: {language: value} if key in _WORDS and value else value for key, value in facts.items()}
    kept = {key: value for key, value in data.items() if key not in told}
    return kept | {key: value for key, value in told.items() if value not in (None, "", False)}


def id_for_theme(data: Data, title: str) -> str:
    """The id that a new theme of this title gets."""
    taken = {each["id"] for each in data.get("themes", ())}
    wanted = free_id(title, taken)
    # These are kept for themes that are found in a review.
    return free_id(f"theme-{wanted}", taken) if _TAKEN.match(wanted) else wanted


def put_theme(data: Data, theme_id: str, facts: ThemeFacts) -> Data:
    """With a theme changed, or a new one at the end where `theme_id` is ""; PartUnknown, StepImpossible("no_room")."""
    themes = list(data.get("themes", ()))
    number = _place(themes, theme_id) if theme_id else len(themes)
    if number >= MOST_THEMES:
        raise StepImpossible("no_room")
    language = data["languages"][0]
    old: Data = themes[number] if theme_id else {"id": id_for_theme(data, facts.title)}
    examples = {**old.get("examples", {}), language: list(facts.examples)}
    theme = {key: value for key, value in old.items() if key != "examples"} | {"title": {language: facts.title}}
    theme |= {"next_step": {language: facts.next_step}} if facts.next_step else {}
    written = {code: said for code, said in examples.items() if said}
    themes[number : number + 1] = [theme | ({"examples": written} if written else {})]
    return data | {"themes": themes}


def remove_theme(data: Data, theme_id: str) -> Data:
    """Without the theme; PartUnknown."""
    themes = list(data.get("themes", ()))
    del themes[_place(themes, theme_id)]
    return data | {"themes": themes}


def _place(themes: Sequence[Data], theme_id: str) -> int:
    for number, theme in enumerate(themes):
        if theme["id"] == theme_id:
            return number
    raise PartUnknown(theme_id)
