"""What the privacy officer writes down for the registers, and signs."""

from wtforms import HiddenField

from feedback.operations.audit.registers.all import LONGEST_ROLE
from feedback.operations.audit.registers.facts import FACTS, LONGEST
from feedback.web.forms_desk import N_, DeskForm, LineField, Needed, WordsField


class FactsForm(DeskForm):
    """One field for each fact that no setting knows; all may be left empty, and registers say what is missing."""

    @property
    def facts(self) -> dict[str, str]:
        """What was typed, by the fact's name."""
        return {name: self[name].data or "" for name in FACTS}


# One place says which facts there are, so the form has a field for each.
for _name in FACTS:
    setattr(FactsForm, _name, WordsField(longest=LONGEST))


class SignForm(DeskForm):
    """The role that signs, and the hash of the text that was read."""

    role = LineField(longest=LONGEST_ROLE, validators=[Needed(N_("Say as what you sign, such as “privacy officer”."))])
    text_hash = HiddenField()
