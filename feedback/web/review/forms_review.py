"""The forms of a review, and the words that themes begin with before a person words them."""

from typing import Any

from wtforms import StringField

from analysis.theme_codes import FOUND
from feedback.i18n import gettext
from feedback.operations.review.heard import Heard
from feedback.operations.review.sort import LONGEST_QUOTE, MOODS
from feedback.operations.review.under_review import QuestionInReview, ThemeInReview
from feedback.spoken import language_now
from feedback.theme_names import THEME_NAMES
from feedback.web.forms_desk import N_, DeskForm, LineField, OneOfField, SomeOfField, WordsField
from forms.definition import Instrument
from forms.wording import say

_PHRASES_OF_A_NAME = 3
YES, NO = "yes", "no"


class ThemeForm(DeskForm):
    """What a reviewer decides about one theme."""

    decision = OneOfField(choices=["accepted", "rejected", "suggested"])
    label = LineField()

    def validate(self, extra_validators: Any = None) -> bool:
        """A theme that is accepted has words."""
        super().validate(extra_validators)
        if self.decision.data == "accepted" and not self.label.data:
            self.blame("label", N_("Say in a few words what these comments are about."))
        return not self.problems()


class MergeForm(DeskForm):
    """Which theme another one goes into."""

    into = LineField(longest=60)


class MakeForm(DeskForm):
    """A new theme: its words, the comments that were ticked, and the theme they leave."""

    called = LineField()
    comments = SomeOfField(choices=[])
    out_of = LineField(longest=60)


class SortForm(DeskForm):
    """What a comment is about, and how it is meant."""

    themes = SomeOfField(choices=[])
    mood = OneOfField(choices=list(MOODS))


class QuoteForm(DeskForm):
    """A quote as it shall be shown, and the question that comes before every quote."""

    wording = WordsField(longest=LONGEST_QUOTE)
    could_tell = OneOfField(choices=[NO, YES], sentence=N_("Please answer this before you quote it."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Words by which somebody could be known are not quoted."""
        super().validate(extra_validators)
        if not self.wording.data:
            self.blame("wording", N_("A quote needs words."))
        if self.could_tell.data == YES:
            self.blame("could_tell", N_("Then it is not quoted. It still counts in its theme."))
        return not self.problems()


class UndoForm(DeskForm):
    """The step that was shown as the last one."""

    step = StringField()


def theme_form(found: ThemeInReview, instrument: Instrument) -> ThemeForm:
    """The form for one theme, with the words it has or begins with."""
    return ThemeForm(data={"decision": found.theme.decision, "label": name_of(found, instrument)})


def sort_form(question: QuestionInReview, comment: Heard) -> SortForm:
    """The form for one comment, filled as the machine, or a person after it, sorted it."""
    form = SortForm(data={"themes": list(comment.themes), "mood": comment.mood})
    form.themes.offer(found.theme.code for found in by_size(question))
    return form


def make_form(question: QuestionInReview) -> MakeForm:
    """The form for a new theme of a question's comments."""
    form = MakeForm()
    form.comments.offer(
        comment.id for found in (question.other, *(each.comments for each in question.themes)) for comment in found
    )
    return form


def by_size(question: QuestionInReview) -> list[ThemeInReview]:
    """A question's themes, those that most people wrote about first."""
    return sorted(question.themes, key=lambda each: (-each.people, each.theme.code))


def name_of(found: ThemeInReview, instrument: Instrument) -> str:
    """What a theme is called: as people worded it, else as it is suggested."""
    return found.theme.label or suggested_name(found, instrument)


def suggested_name(found: ThemeInReview, instrument: Instrument) -> str:
    """What a theme is called before a person words it: one that analysis found, by what came up in it most."""
    if found.theme.code.startswith(FOUND) and found.phrases:
        return ", ".join(found.phrases[:_PHRASES_OF_A_NAME])
    return theme_words(found.theme.code, instrument)


def theme_words(code: str, instrument: Instrument) -> str:
    """A theme's name in the page's language: the instrument's, else the school's, else that it is a new one."""
    for theme in instrument.themes:
        if theme.id == code:
            return say(theme.title, language_now().code)[0]
    if code.startswith(FOUND):
        return gettext("New theme %(number)s", number=code.removeprefix(FOUND))
    return gettext(THEME_NAMES[code]) if code in THEME_NAMES else code.replace("_", " ")
