"""The forms of the rooms' page: a room to make, and more places for one."""

from collections.abc import Iterable
from typing import Any

from feedback.i18n import translations_now
from feedback.operations.answers.rooms import LEAST_PLACES, MOST_PLACES, PAUSES, RoomPlan
from feedback.web.forms_desk import N_, DeskForm, LineField, Needed, OneOfField, WholeNumberField

_HOW_MANY = N_("Say how many people answer there.")


class RoomForm(DeskForm):
    """What a room is called, for how many children it is, of which group, and how long they may pause."""

    name = LineField(longest=80, validators=[Needed(N_("Give the room a name, for example “Library”."))])
    places = WholeNumberField(least=LEAST_PLACES, most=MOST_PLACES, validators=[Needed(_HOW_MANY)])
    group = OneOfField(choices=[""], default="")
    pause = OneOfField(choices=[str(each) for each in PAUSES], default=str(PAUSES[0]))

    def plan(self) -> RoomPlan:
        """What was decided, once the form was found to be fine."""
        places, pause = int(self.places.data or 0), int(self.pause.data or 0)
        return RoomPlan(self.name.data or "", places, self.group.data or None, pause)

    def offer_groups(self, codes: Iterable[str]) -> None:
        """For one of these groups, or for none of them."""
        self.group.choices = list[Any]([*codes, ""])

    def blame_left(self, left: int) -> None:
        """Say at the number how many places can still be given."""
        self.places.errors = [_left(left)]


class MorePlacesForm(DeskForm):
    """How many places more."""

    more = WholeNumberField(most=MOST_PLACES, validators=[Needed(N_("Say how many places more."))])

    def number(self) -> int:
        """How many, once the form was found to be fine."""
        return int(self.more.data or 0)

    def blame_left(self, left: int) -> None:
        """Say at the number how many places can still be given."""
        self.more.errors = [_left(left)]


def _left(left: int) -> str:
    said = translations_now().ngettext(
        "Only %(places)s place can still be given.", "Only %(places)s places can still be given.", left
    )
    return str(said % {"places": left})
