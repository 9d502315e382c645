"""What is asked first: easy, closed, and nothing that is private."""

from collections.abc import Iterator

from forms.checks.asked import ASKED, OPEN, Form, Item
from forms.checks.remarks import Remark

#: Types that take some thinking.
_HARD = ("ranking", "points")
_PRIVATE = ("identity", "demographic")


def order(form: Form) -> Iterator[Remark]:
    """A hard, an open or a private question where people have only begun."""
    questions = form.questions
    if len(questions) < 3:
        return
    first = questions[0]
    if first.type in OPEN:
        yield form.remark("open_first", "warning", first.key)
    if first.type in _HARD:
        yield form.remark("hard_first", "warning", first.key)
    # The first third: later on, people know what the form is about.
    for question in questions[: max(1, len(questions) // 3)]:
        if _is_private(form, question):
            yield form.remark("private_first", "warning", question.key)


def _is_private(form: Form, question: Item) -> bool:
    names = (*_PRIVATE, *(f"topics/{topic}" for topic in form.profile.topics))
    return any(
        said.lexicon.find(name, said.folded) for said in form.said_by(question) if said.field in ASKED for name in names
    )
