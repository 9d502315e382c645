"""The editor's small forms: a new draft, its facts, a section, a theme, what is added."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField

from feedback.i18n import Catalogue, offered
from feedback.web.forms_desk import N_, LineField, Needed, OneOfField, SomeOfField, WholeNumberField, WordsField
from feedback.web.workshop.editing import DraftForm
from forms.steps.kinds import KINDS
from forms.steps.whole import ThemeFacts
from forms.wording import plain_text

AUDIENCES = ("students", "families", "staff")
AGES = ("", "6-8", "9-11", "12-14", "15-18")
LAYOUTS = ("screens", "page")
#: As `forms.questions.base` and `forms.definition` allow.
LONGEST_WORDS, LONGEST_EXAMPLE = 2000, 300
_TITLE_NEEDED = N_("Give it a title that people understand.")


class NewForm(DraftForm):
    """A form that somebody begins."""

    title = LineField(longest=200, validators=[Needed(_TITLE_NEEDED)])
    audience = OneOfField(choices=list(AUDIENCES), sentence=N_("Choose whom it asks."))
    ages = OneOfField(choices=list(AGES))
    language = OneOfField(choices=list(offered(Catalogue.RESPONDENT)), sentence=N_("Choose the language you write in."))


class FactsForm(DraftForm):
    """The facts of a form as a whole."""

    title = LineField(longest=200, validators=[Needed(_TITLE_NEEDED)])
    introduction = WordsField(
        longest=LONGEST_WORDS, validators=[Needed(N_("Say in a sentence or two why people are asked."))]
    )
    audience = OneOfField(choices=list(AUDIENCES), sentence=N_("Choose whom it asks."))
    ages = OneOfField(choices=list(AGES))
    layout = OneOfField(choices=list(LAYOUTS), sentence=N_("Choose how it is shown."))
    minutes = WholeNumberField(most=60, validators=[Needed(N_("Say how many minutes answering takes, from 1 to 60."))])
    audio = BooleanField()
    licence = LineField(longest=200, validators=[Needed(N_("Say whose words these are."))])

    def facts(self) -> Mapping[str, Any]:
        """What was typed, as `forms.steps.whole.change_facts` takes it."""
        names = ("title", "introduction", "audience", "layout", "minutes", "audio", "licence")
        ages = self.ages.data if self.audience.data == "students" else None
        return {**{name: self[name].data for name in names}, "ages": ages}

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides its fields: the youngest are asked one question a screen."""
        fine = bool(super().validate(extra_validators))
        if self.audience.data == "students" and self.ages.data == "6-8" and self.layout.data == "page":
            self.blame("layout", N_("Children from 6 to 8 need one question on each screen. Choose that."))
        return fine and not self.problems()


class AddForm(DraftForm):
    """One more question or notice: its kind and its words."""

    kind = OneOfField(choices=list(KINDS), sentence=N_("Choose what to add."))
    words = WordsField(
        longest=LONGEST_WORDS, validators=[Needed(N_("Write the question, or what the notice says, in full."))]
    )


class SectionForm(DraftForm):
    """A section's title."""

    title = LineField(longest=200, validators=[Needed(N_("Give the section a title."))])


class ThemeForm(DraftForm):
    """Something that people write about."""

    title = LineField(longest=100, validators=[Needed(N_("Give the theme a short name."))])
    next_step = WordsField(
        longest=LONGEST_WORDS, validators=[Needed(N_("Say what the school could do next when many write about it."))]
    )
    examples = WordsField(longest=10_000)

    def facts(self) -> ThemeFacts:
        """What was typed; examples stand one on a line."""
        lines = (plain_text(line) for line in (self.examples.data or "").splitlines())
        return ThemeFacts(self.title.data or "", self.next_step.data or "", [line for line in lines if line][:60])

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides its fields: no example is longer than an example may be."""
        fine = bool(super().validate(extra_validators))
        if any(len(line) > LONGEST_EXAMPLE for line in self.facts().examples):
            self.blame("examples", N_("Write one sentence on each line, none longer than 300 letters."))
        return fine and not self.problems()


class ConditionForm(DraftForm):
    """Which answers to an earlier question lead here."""

    answers = SomeOfField(validators=[Needed(N_("Choose at least one answer, or ask everybody."))])
