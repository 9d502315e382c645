"""What there is to record of a form: its own parts, and the screens that Voicebox puts around them."""

from collections.abc import Mapping
from typing import Any

from feedback.i18n import Catalogue, forms_of, offered
from feedback.languages import SOURCE
from feedback.operations.workshop.recordings import END, INTRODUCTION, PRACTICE
from forms.aloud import read_aloud

#: As templates/respond/practice.html and send.html have them.
_PRACTICE = ("Can a fish swim?", "Yes", "Maybe", "No")
_END = (
    "That was the last question",
    "Press Send to put your answers into the box. After that you cannot change them here.",
)


def parts_in(data: Mapping[str, Any], language: str) -> dict[str, tuple[str, ...]]:
    """Name of each part -> the texts that are read there, in the order of the screens; as `forms.aloud.read_aloud`."""
    told = read_aloud(data, language)
    if data.get("layout") != "screens":
        return told
    before = {INTRODUCTION: told.pop(INTRODUCTION)}
    if data.get("ages") == "6-8":
        before[PRACTICE] = _said(_PRACTICE, language)
    return {**before, **told, END: _said(_END, language)}


def all_parts(data: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The same for each of the form's languages."""
    return {str(language): parts_in(data, str(language)) for language in data["languages"]}


def _said(texts: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The product's texts in a language; none where it does not speak it."""
    if language == SOURCE:
        return texts
    if language not in offered(Catalogue.RESPONDENT):
        return ()
    return tuple(words for text in texts for words in forms_of(text, language, Catalogue.RESPONDENT))
