"""The forms of publishing, of putting a spelling right, and of looking into the question bank."""

from wtforms import HiddenField, SelectField

from feedback.operations.rounds.corrections import LONGEST
from feedback.operations.workshop.publish_form import LONGEST_NOTE, LONGEST_ORIGIN
from feedback.web.forms_desk import N_, DeskForm, LineField, SomeOfField, WordsField

_NEW_ROUND = N_("A word became another word. Only spelling is put right while people answer. Plan a new round for it.")
#: What to say for each code of what a new version lacks, and at which field; "" is the whole form.
PUBLISHING = {
    "languages": ("languages", N_("This language is not complete any more. Look at it again.")),
    "change_note": ("change_note", N_("Write in a sentence what is new in this version.")),
    "unchanged": ("", N_("Nothing is new since the last version. Change the draft first.")),
    "unknown_picture": (
        "",
        N_("A picture that the form names is not here any more. Choose another one in the editor."),
    ),
    "blocked": ("", N_("The checker found something that has to be decided first.")),
}
#: What has to be cured elsewhere first: until then a page shows no fields to publish with.
IN_THE_WAY = ("blocked", "unknown_picture")
#: What to say of a correction that is more than one of spelling, by its code.
NO_SPELLING = {
    "empty": N_("Write the text as it should read."),
    "same": N_("Nothing is changed yet."),
    "too_long": N_("This is too long for a text on a form."),
    "placeholders": N_("Leave what stands in braces as it is: an earlier answer is put there."),
    "numbers": N_("A number was changed. That asks something else: plan a new round for it."),
    "negation": N_("A word such as “not” came, went or changed. That turns the text around: plan a new round for it."),
    "words": N_("Words came or went. While people answer, only spelling is put right. Plan a new round for this."),
    "another_word": _NEW_ROUND,
    "too_many": N_("So many words are changed that it is another text. Plan a new round for it."),
    "same_label": N_("Another answer to this question reads just like this."),
}


class PublishForm(DeskForm):
    """In which languages, what is new, and what it was made from."""

    revision = HiddenField()
    languages = SomeOfField(choices=[])
    change_note = WordsField(longest=LONGEST_NOTE)
    adapted_from = LineField(longest=LONGEST_ORIGIN)

    def blame_missing(self, codes: tuple[str, ...]) -> None:
        """Say each code of NotReady at its place."""
        for code in codes:
            place, sentence = PUBLISHING[code]
            if place:
                self.blame(place, sentence)
            else:
                self.refuse(sentence)

    @property
    def seen(self) -> int:
        """The revision of the draft that was looked at; 0 where nobody can tell."""
        # What was not sent would be the draft as it is now, which nobody has looked at.
        typed = str((self.revision.raw_data or [""])[0])
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


class SpellingForm(DeskForm):
    """One text, as it should read."""

    words = WordsField(longest=LONGEST)

    def blame_refused(self, codes: tuple[str, ...]) -> None:
        """Say why it is more than spelling."""
        self.blame("words", NO_SPELLING[codes[0]])


class CopyForm(DeskForm):
    """Into which draft a question is copied; where it is from."""

    draft = SelectField(choices=[], validate_choice=False)
    source = HiddenField()
    question = HiddenField()
