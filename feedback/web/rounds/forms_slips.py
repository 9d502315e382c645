"""The forms of the slips' page: a sheet to print, and more slips to ask for."""

from collections.abc import Iterable
from typing import Any

from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from feedback.i18n import translations_now
from feedback.operations.answers.slips import MOST_AT_ONCE
from feedback.web.forms_desk import N_, DeskForm, Needed, OneOfField, WholeNumberField

_HOW_MANY = N_("Say how many slips.")


class SheetForm(DeskForm):
    """How many slips, and for which group; `after` is how many had been printed when the form was opened."""

    slips = WholeNumberField(most=MOST_AT_ONCE, validators=[Needed(_HOW_MANY)])
    group = OneOfField(choices=[""], default="")
    after = IntegerField(widget=HiddenInput())

    def number(self) -> int:
        """How many, once the form was found to be fine."""
        return int(self.slips.data or 0)

    def offer_groups(self, codes: Iterable[str]) -> None:
        """For one of these groups, or for none of them."""
        self.group.choices = list[Any]([*codes, ""])

    def blame_left(self, left: int) -> None:
        """Say at the number how many can still be printed."""
        said = translations_now().ngettext(
            "Only %(slips)s slip can still be printed.", "Only %(slips)s slips can still be printed.", left
        )
        self.slips.errors = [said % {"slips": left}]


class MoreSlipsForm(DeskForm):
    """How many more than the group and its spares."""

    more = WholeNumberField(most=MOST_AT_ONCE, validators=[Needed(_HOW_MANY)])

    def number(self) -> int:
        """How many, once the form was found to be fine."""
        return int(self.more.data or 0)
