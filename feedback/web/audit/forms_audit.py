"""What the list of what staff did is searched by. It is sent in the address, so that a search can be kept as a link."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField

from feedback.i18n import gettext
from feedback.operations.audit.listed import Wanted
from feedback.web.audit.action_words import ACTIONS
from feedback.web.forms_desk import DayField, DeskForm, LineField


class AuditForm(DeskForm):
    """Everything may stay empty."""

    account = LineField(longest=120)
    action = SelectField(validate_choice=False, choices=[])
    about = SelectField(validate_choice=False, choices=[])
    since = DayField()
    until = DayField()

    def offer(self, accounts: Iterable[str], things: list[tuple[str, str]], about: str) -> None:
        """What can be chosen from; what is searched for already can be chosen, too, whatever it is."""
        self.accounts = list(accounts)
        actions = sorted(((action, gettext(words)) for action, words in ACTIONS.items()), key=lambda each: each[1])
        self.action.choices = list[Any]([("", gettext("Everything")), *actions])
        if about and about not in {id_ for id_, _title in things}:
            things = [(about, about), *things]
        self.about.choices = list[Any]([("", gettext("Everything")), *things])

    def wanted(self) -> Wanted:
        """The search; a day that cannot be read is no day."""
        return Wanted(
            self.account.data or "", self.action.data or "", self.about.data or "", self.since.data, self.until.data
        )
