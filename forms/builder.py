"""Forms out of instruments, and answers out of forms."""

from collections.abc import Sequence
from typing import Any, Protocol

from wtforms import Form

from forms.definition import Instrument
from forms.logic import kept
from forms.piping import with_answers
from forms.questions.base import Answer


class Translations(Protocol):
    """Where the fields' messages are translated."""

    def gettext(self, string: str, /) -> str:
        """One sentence."""

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        """One sentence about `n` things."""


def build_form(
    instrument: Instrument,
    language: str,
    *,
    questions: Sequence[str] | None = None,
    translations: Translations | None = None,
) -> type[Form]:
    """A form class with one field a question, in the order of the instrument, named by `field_name`.

    `questions` restricts it to these ids (one screen); KeyError if the instrument does not ask one of them. Its labels
    hold nobody's answers, so that one class serves everybody.
    """
    asked = {instrument.question(id_).id for id_ in questions} if questions is not None else None

    class Meta:
        def get_translations(self, _form: Form) -> Translations | None:
            return translations

    fields: dict[str, Any] = {
        field_name(question.id): question.field(language)
        for question in with_answers(instrument, {}).questions
        if asked is None or question.id in asked
    }
    return type("QuestionForm", (Form,), {"Meta": Meta, **fields})


def field_name(question_id: str) -> str:
    """The name of a question's field in the page."""
    return f"q-{question_id}"


def answers_of(instrument: Instrument, form: Form) -> dict[str, Answer]:
    """What was answered in a submitted form, by question id; what was skipped or is not valid is not in it."""
    typed = {
        question.id: question.plain(form[field_name(question.id)].data)
        for question in instrument.questions
        if field_name(question.id) in form
    }
    return _with_their_options(instrument, {id_: answer for id_, answer in typed.items() if answer is not None})


def accept_answers(instrument: Instrument, raw: object) -> dict[str, Answer]:
    """The valid answers in whatever an opened envelope holds; everything else is dropped, {} for nonsense.

    Dropped as well is what the other answers do not lead to: nobody was asked it.
    """
    if not isinstance(raw, dict):
        return {}
    accepted = {question.id: question.accept(raw.get(question.id)) for question in instrument.questions}
    answers = {id_: answer for id_, answer in accepted.items() if answer is not None}
    return kept(instrument, answers) if instrument.has_conditions else answers


def _with_their_options(instrument: Instrument, answers: dict[str, Answer]) -> dict[str, Answer]:
    """Own words written beside "something else" choose it, where nothing else was chosen and nothing forbids it."""
    for question in instrument.questions:
        if question.companion_of and question.show_if and question.id in answers:
            asked, option = instrument.question(question.companion_of), question.show_if.answers[0]
            given = answers.get(asked.id)
            if given is None:
                meant = asked.accept(option) or asked.accept([option])
            else:
                meant = asked.accept([*given, option]) if isinstance(given, tuple) else None
            answers |= {asked.id: meant} if meant is not None else {}
    return answers
