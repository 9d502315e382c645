"""Forms to check: complete and without fault, but for what a test changes."""

from typing import Any

from forms.checks import Remark, check

_LABELS = ("Not at all", "A little", "Quite a lot", "Very much")


def a_question(id_: str = "one", /, **facts: object) -> dict[str, Any]:
    """A scale question in English."""
    options = [{"id": f"o{place}", "label": {"en": label}, "picture": "star"} for place, label in enumerate(_LABELS)]
    base = {
        "type": "scale",
        "id": id_,
        "text": {"en": "How much does this help you?"},
        "why": {"en": "To do better."},
        "options": options,
    }
    return {**base, **facts}


def labelled(*labels: str) -> list[dict[str, Any]]:
    """Options with these words, and a picture each."""
    return [{"id": f"o{place}", "label": {"en": label}, "picture": "star"} for place, label in enumerate(labels)]


def a_form(*questions: dict[str, Any], **facts: object) -> dict[str, Any]:
    """A form for students of 12 to 14 with these questions."""
    base = {
        "format": 1,
        "id": "ours",
        "version": 1,
        "languages": ["en"],
        "audience": "students",
        "ages": "12-14",
        "minutes": 3,
        "title": {"en": "Ours"},
        "introduction": {"en": "Tell us about the tool."},
        "sections": [{"id": "all", "title": {"en": "All"}, "questions": list(questions) or [a_question()]}],
    }
    return {**base, **facts}


def said_of(*questions: dict[str, Any], **facts: object) -> dict[tuple[str, str], Remark]:
    """The remarks on such a form, by rule and key."""
    return {(remark.rule, remark.key): remark for remark in check(a_form(*questions, **facts))}


def weights_of(*questions: dict[str, Any], **facts: object) -> dict[str, str]:
    """Rule -> weight."""
    return {rule: remark.weight for (rule, _key), remark in said_of(*questions, **facts).items()}
