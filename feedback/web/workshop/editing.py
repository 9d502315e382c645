"""What the editor's pages share: their forms know which revision was seen, and a change of somebody else is shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wtforms import HiddenField

from feedback.operations.errors import DraftChanged
from feedback.operations.workshop.drafts import DraftAsSeen, change_draft, draft_for
from feedback.web.forms_desk import DeskForm
from feedback.web.place import now, signed_in, the_school
from forms.steps.units import Unit
from forms.texts import Data, texts_of

#: Longer numbers are no revision.
_MOST_DIGITS = 9


class DraftForm(DeskForm):
    """A form that changes a draft as it was at the revision that its page showed."""

    revision = HiddenField()

    #: Whether somebody else changed the draft after the page was made. Then nothing was stored.
    conflict = False

    def seen(self) -> int:
        """The revision that the page showed; 0, which no draft has, for anything else."""
        return revision_of(self.revision.data)

    def show_at(self, revision: int) -> None:
        """What is sent from this page is sent on top of this revision."""
        self.revision.data = str(revision)


@dataclass(frozen=True, slots=True)
class Step:
    """A step in writing a form: what is done, its code (templates/workshop/undo.html), and about which part."""

    code: str
    change: Callable[[Data], Data]
    about: str = ""


def revision_of(typed: object) -> int:
    """A revision as a page sends it; 0 for anything that is none, and where the page sent none."""
    text = typed.strip() if isinstance(typed, str) else ""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else 0


def seen_draft(draft_id: str) -> DraftAsSeen:
    """The draft as it is now; NotPermitted, NotFound."""
    return draft_for(the_school(), signed_in(), draft_id)


def take_step(draft_id: str, step: Step, revision: int) -> int:
    """Take the step; the new revision. DraftChanged where somebody else was faster."""
    school, by = the_school(), signed_in()
    return change_draft(
        school, by, draft_id, step.change, revision=revision, code=step.code, about=step.about, now=now()
    )


def stored(draft_id: str, form: DraftForm, step: Step) -> bool:
    """Take the step that the form is about; False, and a form that says so, where somebody else was faster."""
    try:
        form.show_at(take_step(draft_id, step, form.seen()))
    except DraftChanged as faster:
        form.conflict = True
        form.show_at(faster.revision)
    return not form.conflict


def words_within(data: Data, unit: Unit) -> Iterator[str]:
    """Every text of a unit, for whoever compares it with what they typed."""
    only = {"sections": [{"id": "only", "questions": unit}]}
    language = data["languages"][0]
    return (text.words[language] for text in texts_of(only) if text.item and text.words.get(language))
