"""Questions that a form asks for by one line, in many languages."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from forms.wording import Words

_HELPED = Path(__file__).with_name("helped.yaml")


def did_someone_help(languages: list[str]) -> tuple[dict[str, Any], list[str]]:
    """The section that asks whether somebody helped, in these languages; and those it is not written in."""
    section = _read()
    missing = [language for language in languages if language not in section["title"]]
    return _in_languages(section, set(languages)), missing


def sentences() -> list[Words]:
    """Every sentence of these questions, in all its languages."""
    return list(_sentences(_read()))


def _sentences(part: Any) -> Iterator[Words]:
    if isinstance(part, dict) and "en" in part:
        yield part
    elif isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from _sentences(each)


@cache
def _read() -> dict[str, Any]:
    # Our own file: every scalar is text, so that yes and no stay words.
    section: dict[str, Any] = yaml.load(_HELPED.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes no objects
    return section


def _in_languages(part: Any, languages: set[str]) -> Any:
    if isinstance(part, list):
        return [_in_languages(each, languages) for each in part]
    if not isinstance(part, dict):
        return part
    if "en" in part:
        return {language: text for language, text in part.items() if language in languages}
    return {key: _in_languages(value, languages) for key, value in part.items()}
