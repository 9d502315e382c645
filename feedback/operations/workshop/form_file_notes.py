"""What a translator is told beside a text in a file: where it stands, what it belongs to, and what has to stay.

In the language of the page, or of the command, that makes the file.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from feedback.i18n import gettext
from forms.draft import items_of
from forms.piping import piped_questions
from forms.texts import Data, Text
from forms.wording import N_

_PLACES = {
    "title": N_("The title of the form."),
    "introduction": N_("What stands above the form."),
    "sections": N_("The title of a part of the form."),
    "themes": N_("A theme that comments can be about."),
    "items/text": N_("A question."),
    "items/title": N_("A heading between questions."),
    "items/hint": N_("A hint below a question."),
    "items/why": N_("Why we ask a question."),
    "items/stem": N_("What stands above several questions."),
    "items/label": N_("An answer that can be chosen."),
    "notice/text": N_("A note between questions."),
}
_SOMEWHERE = N_("A text of the form.")


def notes_of(data: Data, source: str) -> Callable[[Text], str]:
    """What gives each text of the form its note, in lines. `source` is the language that the form is written in."""
    items: dict[str, Data] = {str(item["id"]): item for item in items_of(data)}
    return lambda text: "\n".join(_lines(text, items.get(text.item, {}), source))


def _lines(text: Text, item: Mapping[str, Any], source: str) -> Iterator[str]:
    yield gettext(_place_of(text, item))
    question, why = _said(item, "text", source), _said(item, "why", source)
    if question and text.field != "text":
        yield gettext("The question: %(words)s", words=question)
    if why and text.field != "why":
        yield gettext("Why we ask it: %(words)s", words=why)
    picture = _picture_of(text, item)
    if picture:
        yield gettext("Beside a picture: %(name)s", name=picture)
    if any(piped_questions(text.words.get(source, ""))):
        yield gettext("In braces is an earlier answer. Leave what is before the bar, and translate what is behind it.")


def _place_of(text: Text, item: Mapping[str, Any]) -> str:
    kind = text.key.partition("/")[0]
    is_notice = item.get("type") == "notice" and text.field == "text"
    place = "notice/text" if is_notice else f"items/{text.field}" if kind == "items" else kind
    return _PLACES.get(place, _SOMEWHERE)


def _picture_of(text: Text, item: Mapping[str, Any]) -> str:
    """The picture of the option that the text is the label of; "" for none."""
    steps = text.key.split("/")
    if text.field != "label" or len(steps) != 5:
        return ""
    return next((str(each.get("picture") or "") for each in item.get(steps[2], ()) if each.get("id") == steps[3]), "")


def _said(item: Mapping[str, Any], field: str, source: str) -> str:
    words = item.get(field)
    return str(words.get(source, "")) if isinstance(words, dict) else ""
