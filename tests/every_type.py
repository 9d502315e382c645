"""A form with one question of every type, in words that people really use, to look at and to listen to."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from forms.definition import Instrument
from tests.factories import an_instrument

_WORDS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
#: What each type is asked with, besides its id and why it is asked.
_ASKED: dict[str, dict[str, Any]] = {question["type"]: question for question in _WORDS["questions"]}


def every_type(*types: str, languages: Sequence[str] = ("en", "ar", "es"), **changes: Any) -> Instrument:
    """A form for families on one page, with a question of each of these types, or of every type there is.

    It has words in `languages`; the file beside this one has them in English, Arabic, Spanish, simplified Chinese,
    Urdu and Amharic.
    """
    questions = [{**_ASKED[type_], "id": f"a-{type_}", "why": _WORDS["why"]} for type_ in types or _ASKED]
    told = {"title": _WORDS["title"], "introduction": _WORDS["introduction"], "questions": questions}
    facts = {"id": "every-type", "audience": "families", "ages": None, "layout": "page", "languages": list(languages)}
    return an_instrument(**{**facts, **_only(told, languages), **changes})


def _only(part: Any, languages: Sequence[str]) -> Any:
    """The part with its words in these languages."""
    if isinstance(part, list):
        return [_only(each, languages) for each in part]
    if isinstance(part, dict):
        return {key: _only(value, languages) for key, value in part.items() if "en" not in part or key in languages}
    return part
