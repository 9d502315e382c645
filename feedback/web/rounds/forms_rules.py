"""The officer's choice of rules, and what families were told."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField

from feedback.operations.rounds.family_notices import CHANNELS, LONGEST_GIFT, MOST_SLIPS
from feedback.operations.rules import MOST_NOTICE_DAYS, Choice
from feedback.operations.two_people import LONGEST_REASON
from feedback.privacy.jurisdictions import jurisdictions
from feedback.setting_values import FLOOR_PUBLIC, FLOOR_TEAM, MOST_PEOPLE
from feedback.web.forms_desk import (
    N_,
    DayField,
    DeskForm,
    LineField,
    Needed,
    OneOfField,
    SomeOfField,
    WholeNumberField,
    WordsField,
)

#: Code of what is missing -> the field and the sentence.
_OF_RULES = {
    "profile": ("profile", N_("Choose whose law the school goes by.")),
    "k_floor": ("k_public", N_("These rules need larger crowds. Everybody is never shown smaller ones than the team.")),
    "notice_floor": ("notice_days", N_("These rules need more days than that.")),
    "reason": ("reason", N_("These rules ask for less than before. Say why, for the second person.")),
    "gifts": ("gifts", N_("Under these rules nothing may be given for taking part.")),
}
_OF_NOTICE = {
    "languages": ("languages", N_("Choose at least one language.")),
    "day": ("given_on", N_("This day is still to come. Note the notice when it has been given.")),
    "channel": ("channel", N_("Say how families were told.")),
}


class _Blaming(DeskForm):
    def blame_missing(self, missing: Iterable[str], places: dict[str, tuple[str, str]]) -> None:
        """Say each at its field."""
        for code in missing:
            if code in places:
                self.blame(*places[code])
            else:
                self.refuse(N_("Nothing was changed. Go back and fill in what is missing."))


class RulesForm(_Blaming):
    """Whose law, how large a crowd, how many days, and gifts."""

    profile = OneOfField(choices=list[Any](jurisdictions()), sentence=N_("Choose whose law the school goes by."))
    k_team = WholeNumberField(least=FLOOR_TEAM, most=MOST_PEOPLE)
    k_public = WholeNumberField(least=FLOOR_PUBLIC, most=MOST_PEOPLE)
    notice_days = WholeNumberField(least=0, most=MOST_NOTICE_DAYS)
    gifts = BooleanField()
    reason = WordsField(longest=LONGEST_REASON)

    def choice(self) -> Choice:
        """What was chosen; an empty number is what the law says."""
        numbers = (self.k_team.data, self.k_public.data, self.notice_days.data)
        return Choice(self.profile.data or "", *numbers, gifts=self.gifts.data)

    def blame_rules(self, missing: Iterable[str]) -> None:
        """Say what is less than it may be."""
        self.blame_missing(missing, _OF_RULES)


class NoticeForm(_Blaming):
    """When and how families were told, in which languages."""

    languages = SomeOfField(choices=[], validators=[Needed(N_("Choose at least one language."))])
    given_on = DayField(validators=[Needed(N_("Say on which day families were told."))])
    channel = OneOfField(choices=list[Any](CHANNELS), sentence=N_("Say how families were told."))

    def blame_notice(self, missing: Iterable[str]) -> None:
        """Say what cannot be noted."""
        self.blame_missing(missing, _OF_NOTICE)


class FamiliesForm(_Blaming):
    """How many slips are not handed out, and what is given for taking part."""

    kept_back = WholeNumberField(least=0, most=MOST_SLIPS)
    gift_words = LineField(longest=LONGEST_GIFT)


class ApproveForm(DeskForm):
    """Which versions the officer says yes to."""

    keys = SomeOfField(choices=[], validators=[Needed(N_("Choose at least one form."))])
