"""The forms of a review, and the words that themes begin with before a person words them."""

from typing import Any

from feedback.i18n import gettext
from feedback.operations.review import MOST_QUOTES, ThemeInReview
from feedback.spoken import language_now
from feedback.web.forms_desk import N_, DeskForm, LineField, OneOfField, SomeOfField
from forms.definition import Instrument
from forms.wording import say

#: The themes of the sample comments (feedback/sample/school_comments_15_languages.csv), which the first tier knows.
_THEMES = {
    "buildings_toilets": N_("Buildings and toilets"),
    "clubs_sports": N_("Clubs and sports"),
    "communication_home": N_("Contact between school and home"),
    "fairness_rules": N_("Fairness and rules"),
    "food": N_("Food"),
    "homework": N_("Homework"),
    "language_inclusion": N_("Languages, and being included"),
    "safety_bullying": N_("Safety and bullying"),
    "teaching": N_("Teaching"),
    "technology": N_("Computers and apps"),
    "transport": N_("The way to school"),
    "wellbeing": N_("Feeling well"),
}


class ThemeForm(DeskForm):
    """What a reviewer decides about one theme."""

    decision = OneOfField(choices=["accepted", "rejected", "suggested"])
    label = LineField()
    quotes = SomeOfField(choices=[])

    def validate(self, extra_validators: Any = None) -> bool:
        """A theme that is accepted has words; no theme has more than three quotes."""
        super().validate(extra_validators)
        if self.decision.data == "accepted" and not self.label.data:
            self.blame("label", N_("Say in a few words what these comments are about."))
        if len(self.quotes.data or ()) > MOST_QUOTES:
            self.blame("quotes", N_("Tick three comments at most."))
        return not self.problems()


class MoveForm(DeskForm):
    """Where a comment belongs."""

    theme = LineField(longest=60)


def theme_form(found: ThemeInReview, instrument: Instrument) -> ThemeForm:
    """The form for one theme, with the words it has or begins with."""
    theme = found.theme
    label = theme.label or theme_words(theme.code, instrument)
    form = ThemeForm(data={"decision": theme.decision, "label": label, "quotes": theme.quotes})
    form.quotes.offer(comment.id for comment in found.comments)
    return form


def theme_words(code: str, instrument: Instrument) -> str:
    """A theme's name in the page's language: the instrument's, else the table's, else its code with spaces."""
    for theme in instrument.themes:
        if theme.id == code:
            return say(theme.title, language_now().code)[0]
    return gettext(_THEMES[code]) if code in _THEMES else code.replace("_", " ")
