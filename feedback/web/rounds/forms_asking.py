"""What is asked, and of whom: the questions of a form that is offered, their words, and "ask my class"."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from wtforms import BooleanField

from feedback.i18n import Catalogue, offered
from feedback.operations.rounds.ask_my_class import ClassQuestion
from feedback.operations.rounds.course import DEFAULT_K
from feedback.operations.workshop.instruments import tailored
from feedback.operations.workshop.language_gate import signed_languages
from feedback.operations.workshop.published import form_to_ask
from feedback.web.forms_desk import N_, DayField, DeskForm, LineField, Needed, SomeOfField, WholeNumberField, WordsField
from feedback.web.place import the_school, today
from feedback.web.rounds.forms_opening import named
from forms.definition import Instrument
from forms.questions.base import Measure
from forms.wording import Words

#: What to say for each code of what an instrument or a plan lacks that no field finds by itself, and at which field.
Sentences = Mapping[str, tuple[str, str]]

_ABOUT_QUESTIONS: Sentences = {
    "languages": ("languages", N_("Choose languages that all questions are asked in.")),
    "no_question_left": ("asked", N_("Keep one more question: free writing is left out for students.")),
    "unknown_question": ("asked", N_("This form has changed. Choose its questions again.")),
    "missing_language": ("asked", N_("A question has no words in one language. Write them again.")),
    "unlisted_language": ("asked", N_("Some words are in a language that this form does not have. Take them out.")),
    "too_many_words": ("asked", N_("The words of a question are too long. Make them shorter.")),
}
_UNSIGNED = N_(
    "Nobody who reads it has signed the words in: %(unsigned)s. Changed words have to be signed anew. "
    "This form is signed in: %(signed)s."
)
_CLASS_TOO_SMALL = N_("At least 10 have to be asked, so that nobody can be picked out. Ask two classes together.")
_CLASS_NEEDED = N_("Say which class you ask.")
_DAY_OVER = N_("This day is over. Choose today or a later day.")


#: What has to be seen to before anybody is asked in one step.
_OF_THE_LAW = {
    "form_approval": N_(
        "This form waits for the privacy officer’s yes for this school year. The officer finds it on the page “Forms "
        "of this school year”."
    ),
    "notice": N_("Families have not been told of this form this school year. Ask your pilot lead."),
    "notice_days": N_("Families were told, and their time to answer is not over. Ask again later."),
    "consent_slips": N_("Families say yes in writing first, so this class needs slips."),
    "kept_back": N_("Families are asked first here. Ask your pilot lead, who plans the round."),
    "k_of_rules": N_("The school’s rules ask for more voices. Plan it again with more."),
}


class AskingForm(DeskForm):
    """Which questions, in which words and languages; `asking` makes one for an instrument."""

    instrument: Instrument
    #: The languages in which all of the form is signed as it comes.
    signed: ClassVar[Collection[str]] = ()
    #: Beside those about questions.
    sentences: ClassVar[Sentences] = {}

    asked = SomeOfField(validators=[Needed(N_("Keep at least one question."))])
    languages = SomeOfField(validators=[Needed(N_("Choose at least one language."))])

    def without(self) -> list[str]:
        """Ids of the questions that are switched off."""
        return [question.id for question in self.instrument.questions if question.id not in (self.asked.data or ())]

    def wording(self) -> Mapping[str, Words]:
        """Question id -> the words that were changed; a field that was emptied keeps the instrument's."""
        changed: dict[str, Words] = {}
        for question in self.instrument.questions:
            for code in languages_of(self.instrument):
                said = self[f"words_{question.id}_{code}"].data
                if said and said != question.text[code]:
                    changed.setdefault(question.id, {})[code] = said
        return changed

    def tailored(self) -> Instrument:
        """The instrument as it will be asked; NotReady."""
        return tailored(self.instrument, without=self.without(), wording=self.wording())

    def blame_unsigned(self, unsigned: Iterable[str]) -> None:
        """Say in which of the form's languages it can be asked."""
        can = [code for code in languages_of(self.instrument) if code in self.signed]
        told = self.languages.gettext(_UNSIGNED) % {"unsigned": named(unsigned), "signed": named(can)}
        self.languages.errors = [*self.languages.errors, told]

    def blame_missing(self, codes: Iterable[str]) -> None:
        """Say each of these codes of `NotReady` at its field; one that no field is to blame for, of the whole form."""
        known = {**_ABOUT_QUESTIONS, **self.sentences}
        for code in codes:
            if code in known:
                self.blame(*known[code])
            elif code in _OF_THE_LAW:
                self.refuse(_OF_THE_LAW[code])
            elif code == "standing_pilot":
                self.refuse(N_("Your school has no standing pilot any more. A pilot lead can begin one."))
            else:
                self.refuse(N_("This cannot be asked as it stands here. Change it and try again."))


class ClassForm(AskingForm):
    """What a teacher decides; everything else comes from the standing pilot and the policy."""

    sentences: ClassVar[Sentences] = {
        "title": ("class_name", _CLASS_NEEDED),
        "window": ("day", _DAY_OVER),
        "promise": ("day", _DAY_OVER),
        "k_without_cap": ("class_size", _CLASS_TOO_SMALL),
        "group_size": ("class_size", _CLASS_TOO_SMALL),
    }

    class_name = LineField(longest=60, validators=[Needed(_CLASS_NEEDED)])
    class_size = WholeNumberField(most=500, validators=[Needed(N_("Say how many are in the class."))])
    day = DayField()
    slips = BooleanField()

    def question(self) -> ClassQuestion:
        """What was decided."""
        return ClassQuestion(
            instrument=self.instrument,
            class_name=self.class_name.data or "",
            class_size=self.class_size.data,
            day=self.day.data or date.min,
            languages=tuple(self.languages.data or ()),
            without=self.without(),
            wording=self.wording(),
            slips=self.slips.data,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides its fields: a class large enough to be a crowd, and a day that can still come."""
        fine = bool(super().validate(extra_validators))
        small = self.class_size.data is not None and self.class_size.data < DEFAULT_K
        over = self.day.data is not None and self.day.data < today()
        if small:
            self.blame("class_size", _CLASS_TOO_SMALL)
        if over:
            self.blame("day", _DAY_OVER)
        return fine and not small and not over


def asking(kind: type[AskingForm], name: str, *, hears_writing: bool, **defaults: Any) -> Any:
    """A form of this kind for one of the school's own forms, or of the library; NotFound for an unknown one.

    Everything is asked in every signed language unless somebody says otherwise.

    Without `hears_writing` questions that students answer in writing are not offered: nobody reads them for safety.
    """
    instrument = form_to_ask(the_school(), name)
    silent = instrument.audience == "students" and not hears_writing
    ids = [question.id for question in instrument.questions if not (silent and question.measure is Measure.TEXT)]
    codes = languages_of(instrument)
    words = {f"words_{question.id}_{code}": question.text[code] for question in instrument.questions for code in codes}
    signed = signed_languages(the_school(), instrument)
    facts = {"instrument": instrument, "signed": signed}
    made = type(kind.__name__, (kind,), {**facts, **{field: WordsField() for field in words}})
    ticked = [code for code in codes if code in signed]
    form = made(data={"asked": ids, "languages": ticked, **words, **defaults})
    form.asked.offer(ids)
    form.languages.offer(codes)
    return form


def languages_of(instrument: Instrument) -> list[str]:
    """The languages an instrument can be answered in here."""
    return [code for code in offered(Catalogue.RESPONDENT) if code in instrument.languages]
