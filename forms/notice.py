"""Something that is said between questions: nothing is asked, so nothing is ever counted."""

from typing import Literal

from forms.questions.base import Condition, Id, Part, Wording


class Notice(Part):
    """A text, with a `picture` where a drawing says it too; without a `title` it goes under its section's."""

    type: Literal["notice"]
    id: Id
    title: Wording | None = None
    text: Wording
    picture: Id | None = None
    show_if: Condition | None = None
