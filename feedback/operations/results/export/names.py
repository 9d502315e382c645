"""The words of an instrument as an export names them, in the language that is spoken now."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.tables import OTHER_GROUPS
from feedback.i18n import gettext
from feedback.spoken import language_now
from forms.definition import Instrument
from forms.piping import in_full
from forms.wording import plain_text, say


@dataclass(frozen=True, slots=True)
class Names:
    """Question id -> its text, and question id -> {cell id: label}."""

    questions: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]

    def variable(self, variable: str) -> str:
        """What groups are groups of: the question, or that they were declared as groups."""
        return self.questions.get(variable) or gettext("Group")

    def group(self, variable: str, group: str) -> str:
        """A group's name."""
        if group == OTHER_GROUPS:
            return gettext("All others together")
        return self.labels.get(variable, {}).get(group) or plain_text(group)


def names_of(instrument: Instrument) -> Names:
    """Every question and every answer."""
    language = language_now().code
    return Names(
        {question.id: say(in_full(question), language)[0] for question in instrument.questions},
        {
            question.id: {
                option.id: say(option.label, language)[0] for option in (*question.cells(), *question.apart())
            }
            for question in instrument.questions
        },
    )
