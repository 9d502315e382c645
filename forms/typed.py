"""Answers out of what somebody typed, in whatever a browser sealed: any shape, and nothing of it is believed."""

from typing import Any

from forms.builder import accept_answers, answers_of, build_form, field_name
from forms.definition import Instrument
from forms.questions.base import Answer


class _Typed(dict[str, list[str]]):
    """What WTForms reads a form from."""

    def getlist(self, name: str) -> list[str]:
        """Every value typed under this name."""
        return self.get(name, [])


def accept_typed(instrument: Instrument, raw: object) -> dict[str, Answer]:
    """The valid answers in {name of a field without "q-": [what was typed, ...]}; everything else is dropped.

    Read by the same fields as a page's, so that digits of every script mean the same, and a new question type needs
    nothing here.
    """
    typed = _Typed(
        (field_name(name), [each for each in values if isinstance(each, str)])
        for name, values in (raw.items() if isinstance(raw, dict) else ())
        if isinstance(name, str) and isinstance(values, list)
    )
    form: Any = build_form(instrument, instrument.languages[0])(typed)
    return accept_answers(instrument, answers_of(instrument, form))
