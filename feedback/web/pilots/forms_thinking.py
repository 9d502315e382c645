"""The forms of thinking about a pilot: the four questions, meetings and their notes, lessons, ideas, exit steps."""

from typing import Any, ClassVar

from pydantic import BaseModel
from wtforms import BooleanField
from wtforms.form import BaseForm
from wtforms.validators import Optional, StopValidation

from feedback.operations.evidence.exit_list import Settled
from feedback.operations.pilots.book import Entry
from feedback.operations.pilots.entries.base import Body
from feedback.operations.pilots.entries.thought import (
    AfterAction,
    Conversation,
    Debrief,
    ExitStep,
    Idea,
    Lesson,
    Reflection,
    Review,
)
from feedback.web.forms_desk import N_, DayField, LineField, Needed, WholeNumberField, WordsField
from feedback.web.forms_notes import NotesForm as NamesAskedForm

_LONGEST_TEXT, _LONGEST_LINE = 2000, 200
#: Code of what is missing -> (field, "" for the whole form; what is said there).
Blames = dict[str, tuple[str, str]]
A_ROLE = N_("Say it as a role, for example “Teacher of Class 5A”.")


class LinesField(WordsField):
    """Several lines of words, each of which is one thing; `lines` has those that say something."""

    def __init__(self, **words: Any) -> None:
        super().__init__(longest=_LONGEST_TEXT, **words)

    @property
    def lines(self) -> tuple[str, ...]:
        """What was typed, line by line."""
        return tuple(line.strip() for line in (self.data or "").splitlines() if line.strip())

    def pre_validate(self, form: BaseForm) -> None:
        """Called by WTForms before the validators."""
        super().pre_validate(form)
        if any(len(line) > _LONGEST_LINE for line in self.lines):
            raise StopValidation(
                self.gettext("Please use at most %(most)s letters in each line.") % {"most": _LONGEST_LINE}
            )


class EntryForm(NamesAskedForm):
    """A form that writes one entry; `blames` says at which field each refusal is told, and how."""

    blames: ClassVar[Blames] = {}

    def blame_missing(self, codes: tuple[str, ...]) -> None:
        """Say what an operation found missing, each at its place; what has none is said of the whole form."""
        for place, sentence in (self.blames[code] for code in codes):
            if place:
                self.blame(place, sentence)
            else:
                self.refuse(sentence)

    def typed_for(self, shape: type[BaseModel]) -> dict[str, Any]:
        """What was typed for each part of an entry that has a field; lines as a tuple of them."""
        fields = {name: self[name] for name in shape.model_fields if name in self}
        return {name: each.lines if isinstance(each, LinesField) else each.data for name, each in fields.items()}


class ReflectionForm(EntryForm):
    """One person's answers to the four questions, and the role that they are signed with."""

    blames: ClassVar[Blames] = {
        "answers": ("happened", N_("Answer at least one of the four questions.")),
        "role": ("role", A_ROLE),
    }
    happened = WordsField(longest=_LONGEST_TEXT)
    intended = WordsField(longest=_LONGEST_TEXT)
    changed_for_students = WordsField(longest=_LONGEST_TEXT)
    next = WordsField(longest=_LONGEST_TEXT)
    role = LineField(longest=60, validators=[Needed(A_ROLE)])

    def entry(self) -> Reflection:
        """The answers."""
        return Reflection.model_validate(self.typed_for(Reflection))


class MeetingForm(EntryForm):
    """A meeting of one kind, or its notes."""

    shape: type[Body]

    def entry(self) -> Body:
        """What is to be kept."""
        return self.shape.model_validate(self.typed_for(self.shape))


class ReviewForm(MeetingForm):
    """A review that is planned."""

    shape = Review
    blames: ClassVar[Blames] = {"agenda": ("agenda", N_("Write at least one line: what do you talk about?"))}
    day = DayField(validators=[Needed(N_("Say on which day you meet."))])
    minutes = WholeNumberField(least=5, most=240, validators=[Needed(N_("Say how many minutes you have."))])
    agenda = LinesField()


class DebriefForm(MeetingForm):
    """Three columns."""

    shape = Debrief
    blames: ClassVar[Blames] = {"nothing": ("effective", N_("Write at least one line."))}
    effective = LinesField()
    adjust = LinesField()
    why = LinesField()


class AfterActionForm(MeetingForm):
    """Expected, actual, why, sustain, improve."""

    shape = AfterAction
    blames: ClassVar[Blames] = {"nothing": ("expected", N_("Write something in at least one box."))}
    expected = WordsField(longest=_LONGEST_TEXT)
    actual = WordsField(longest=_LONGEST_TEXT)
    why = WordsField(longest=_LONGEST_TEXT)
    sustain = WordsField(longest=_LONGEST_TEXT)
    improve = WordsField(longest=_LONGEST_TEXT)


class ConversationForm(MeetingForm):
    """Notice, wonder, causes, check, do."""

    shape = Conversation
    blames: ClassVar[Blames] = {
        "causes": (
            "causes",
            N_("Name at least two causes that rule each other out, one in each line. The first idea is often wrong."),
        ),
        "nothing": ("notice", N_("Write something in at least one box.")),
    }
    notice = WordsField(longest=_LONGEST_TEXT)
    wonder = WordsField(longest=_LONGEST_TEXT)
    causes = LinesField()
    check = WordsField(longest=_LONGEST_TEXT)
    do = WordsField(longest=_LONGEST_TEXT)


class NotesForm(EntryForm):
    """What came of a review."""

    notes = WordsField(longest=_LONGEST_TEXT, validators=[Needed(N_("Write what came of it."))])


class LessonForm(EntryForm):
    """A lesson, and words to find it by."""

    learned = WordsField(longest=_LONGEST_TEXT, validators=[Needed(N_("Say what you learned."))])
    tags = LineField(longest=120)

    def entry(self) -> Lesson:
        """The lesson. Tags stand between commas, those of Arabic and Chinese too."""
        tags = (self.tags.data or "").replace("،", ",").replace("，", ",").replace("、", ",").split(",")
        kept = tuple(tag.strip() for tag in tags if tag.strip())
        return Lesson(learned=self.learned.data, tags=kept)


class IdeaForm(EntryForm):
    """What should be tried next, and who says so."""

    idea = LineField(longest=_LONGEST_LINE, validators=[Needed(N_("Say what should be tried."))])
    proposed_by = LineField(longest=60, validators=[Needed(N_("Say which class or role proposes it."))])

    def entry(self) -> Idea:
        """The idea."""
        return Idea.model_validate(self.typed_for(Idea))


class StepForm(EntryForm):
    """Who sees to an exit step, by when, and whether it is done."""

    owner = LineField(longest=60)
    due = DayField(validators=[Optional()])
    done = BooleanField()

    def settled(self) -> Settled:
        """What was typed."""
        return Settled(owner=self.owner.data or "", due=self.due.data, done=self.done.data)


def step_form(step: Entry) -> StepForm:
    """The form of one step as it stands; many of them are on one page."""
    told = ExitStep.model_validate(step.body)
    data = {"owner": told.owner, "due": told.due, "done": step.state == "done"}
    return StepForm(formdata=None, prefix=step.id, data=data)


#: Kind of a meeting's entry -> its form.
MEETINGS: dict[str, type[MeetingForm]] = {
    "review": ReviewForm,
    "debrief": DebriefForm,
    "after_action": AfterActionForm,
    "conversation": ConversationForm,
}
