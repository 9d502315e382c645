"""Whether two versions of a question ask the same, so that what two rounds answered can be held side by side."""

from typing import Literal

from forms.questions import AnyQuestion
from forms.questions.base import Option
from forms.wording import Words

#: "same": nothing that matters changed. "words": the question is put in other words. "answers": other answers, or
#: another type; what was answered then and now cannot be compared.
Sameness = Literal["same", "words", "answers"]


def sameness(before: AnyQuestion, after: AnyQuestion) -> Sameness:
    """How two versions of a question with the same id belong together.

    Answers are the same where their ids, their order and their words are: "Good" that became "Excellent" under the
    same id is another answer. Words are held against each other in the languages that both versions have.
    """
    if (before.type, _ids(before.cells()), _ids(before.apart())) != (
        after.type,
        _ids(after.cells()),
        _ids(after.apart()),
    ):
        return "answers"
    if before.favourable() != after.favourable() or before.outcomes() != after.outcomes():
        return "answers"
    labels = zip((*before.cells(), *before.apart()), (*after.cells(), *after.apart()), strict=True)
    if not all(_says_the_same(one.label, other.label) for one, other in labels):
        return "answers"
    asked = [(before.text, after.text), (before.stem or before.text, after.stem or after.text)]
    return "same" if all(_says_the_same(*pair) for pair in asked) else "words"


def _ids(options: tuple[Option, ...]) -> list[str]:
    return [option.id for option in options]


def _says_the_same(before: Words, after: Words) -> bool:
    both = before.keys() & after.keys()
    return bool(both) and all(before[code] == after[code] for code in both)
