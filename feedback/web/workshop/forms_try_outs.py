"""The forms of a class try-out: which questions, which class; and what becomes of an idea."""

from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from feedback.operations.workshop.try_outs import LONGEST_LABEL, LONGEST_REASON, MOST_ITEMS
from feedback.web.forms_desk import N_, DeskForm, LineField, Needed

_LABEL = N_("Say which class tries the questions, such as Class 5B.")
_ITEMS = N_("Choose at least one question, and ten at most.")
_REASON = N_("Say why in a sentence: the class will read it.")
#: What to say for each code of `start_try_out` and `decide_idea`, and at which field.
SENTENCES = {
    "label": ("label", _LABEL),
    "label_has_a_name": ("label", N_("This may be somebody’s name. Write what the group is called, such as Class 5B.")),
    "items": ("items", _ITEMS),
    "item_unfinished": (
        "items",
        N_("One of these questions is not complete yet. Finish it in the editor, or choose others."),
    ),
    "reason": ("reason", _REASON),
}


class TryOutForm(DeskForm):
    """Which questions of a draft a class looks at."""

    label = LineField(longest=LONGEST_LABEL, validators=[Needed(_LABEL)])
    items = SelectMultipleField(
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validators=[Needed(_ITEMS)]
    )

    def offer(self, ids: list[str]) -> None:
        """Offer these questions; the first three are chosen until somebody chooses."""
        self.items.choices = list[Any](ids)
        if not self.is_submitted():
            self.items.data = ids[: min(3, MOST_ITEMS)]


class IdeaForm(DeskForm):
    """What becomes of one idea, and why."""

    used = RadioField(choices=list[Any](("yes", "no")), validators=[Needed(N_("Say whether it is used."))])
    reason = LineField(longest=LONGEST_REASON, validators=[Needed(_REASON)])


def blame(form: DeskForm, missing: tuple[str, ...]) -> None:
    """Say what is wrong at the fields it is about."""
    for code in missing:
        form.blame(*SENTENCES[code])
