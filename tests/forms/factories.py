"""Questions and instruments to test with: a test names only the facts that matter to it."""

from typing import Any

from forms.definition import Instrument
from forms.questions import QUESTION_TYPES
from forms.questions.base import Question


class Posted(dict[str, list[str]]):
    """What a browser sent, as far as WTForms looks at it."""

    def getlist(self, name: str) -> list[str]:
        """All values of one name."""
        return self.get(name, [])


class Marked:
    """Translations that show in the text that they were asked."""

    def gettext(self, string: str, /) -> str:
        """The sentence, marked."""
        return f"«{string}»"

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        """The right form of the sentence, marked."""
        return f"«{singular if n == 1 else plural}»"


def words(text: str) -> dict[str, str]:
    """The same text in English and Arabic, told apart by a mark."""
    return {"en": text, "ar": f"{text} (ar)"}


def options(*ids: str) -> list[dict[str, Any]]:
    """Options labelled by their ids."""
    return [{"id": id_, "label": words(id_)} for id_ in ids]


#: The smallest question of each type; the contract test asks for one of every type there is.
SMALLEST: dict[str, dict[str, Any]] = {
    "choice": {"options": options("red", "blue")},
    "choices": {"options": options("red", "blue", "green")},
    "scale": {"options": options("none", "some", "more", "most"), "apart": options("dont-know")},
    "yes-maybe-no": {"options": options("yes", "maybe", "no")},
    "smileys": {"faces": "warm", "options": options("little", "quite", "lot")},
    "picture-choice": {"options": [{**option, "picture": "star"} for option in options("red", "blue")]},
    "then-now": {"options": options("none", "some", "most"), "then": words("Before"), "now": words("Now")},
    "ranking": {"options": options("red", "blue", "green")},
    "points": {"options": options("red", "blue", "green"), "total": 10},
    "number": {"maximum": 20, "bands": [0, 3, 6]},
    "month": {"first": "2026-09", "last": "2027-01"},
    "week": {"first": "2026-W52", "last": "2027-W01"},
    "short-text": {},
    "text": {},
}

#: Types that may have answers apart, and keep the digest of forms from before that where they have none.
MAY_HAVE_APART = ("choice", "choices", "yes-maybe-no", "smileys", "picture-choice")


def a_question_dict(type_: str, /, **facts: object) -> dict[str, Any]:
    """A question of this type as plain data."""
    base = {"type": type_, "id": f"a-{type_}", "text": words("How was it?"), "why": words("To do better.")}
    return {**base, **SMALLEST[type_], **facts}


def a_question(type_: str, /, **facts: object) -> Question:
    """A question of this type."""
    return QUESTION_TYPES[type_].model_validate(a_question_dict(type_, **facts))


def an_instrument(*questions: dict[str, Any], **facts: object) -> Instrument:
    """An instrument in English and Arabic with these questions in one section, or one of each type."""
    asked = questions or tuple(a_question_dict(type_) for type_ in QUESTION_TYPES)
    base: dict[str, object] = {
        "format": 1,
        "id": "sample",
        "version": 1,
        "languages": ["en", "ar"],
        "audience": "students",
        "layout": "page",
        "minutes": 3,
        "licence": "MIT",
        "title": words("Sample"),
        "introduction": words("Tell us."),
        "sections": [{"id": "all", "title": words("All"), "questions": asked}],
    }
    return Instrument.model_validate({**base, **facts})
