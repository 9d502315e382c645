"""Forms of notes about a pilot, which ask their writer to look again where there may be somebody's name in them."""

import re
from collections.abc import Iterable
from typing import Any

from wtforms import FloatField, SelectField, StringField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from feedback.operations.workshop.names_in_notes import marked, names_in
from feedback.web.forms_desk import N_, DeskForm, WordsField
from feedback.web.place import the_school

#: No word that is found has one of these in it.
_BETWEEN = "|"
_MOST = 10_000_000.0


class NotesForm(DeskForm):
    """A form with notes in the fields `noted()`. Sent again with a tick, what was found is kept as it is.

    The tick holds for the words that were shown and for no others. templates/desk/names.html draws both.
    """

    not_names = StringField()
    #: The words that were found, all of them, and the notes in pieces, each with whether it is one of them.
    found: tuple[str, ...] = ()

    def noted(self) -> Iterable[str]:
        """Names of the fields in which somebody's name may be: whatever is written in one's own words."""
        return [name for name, field in self._fields.items() if isinstance(field, WordsField)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Fields first, then the names in the notes."""
        fine = bool(super().validate(extra_validators))
        kept = set((self.not_names.data or "").split(_BETWEEN))
        for name in self.noted():
            found = names_in(the_school(), self[name].data or "")
            self.found = tuple(dict.fromkeys((*self.found, *found)))
            if set(found) - kept:
                self.blame(name, N_("This may be a person’s name. Take it out, or say below that it is none."))
                fine = False
        return fine

    def pieces(self) -> list[list[tuple[str, bool]]]:
        """The notes that have a name in them, for the page to mark."""
        pieces = (marked(self[name].data or "", self.found) for name in self.noted())
        return [of_note for of_note in pieces if any(is_name for _piece, is_name in of_note)]

    def all_found(self) -> str:
        """What the tick sends."""
        return _BETWEEN.join(self.found)


class AmountField(FloatField):
    """An amount of 0 or more, with a point or a comma before its part."""

    def __init__(self, **words: Any) -> None:
        super().__init__(render_kw={"inputmode": "decimal", "autocomplete": "off"}, **words)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Digits of any script, because `float` reads them."""
        typed = valuelist[0].strip().replace(",", ".").replace("٫", ".") if valuelist else ""
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"\d{1,8}(?:\.\d{1,2})?", typed) or float(typed) > _MOST:
            raise ValueError(self.gettext("Please type an amount such as 120 or 99.50."))
        self.data = float(typed)


class ChosenField(SelectField):
    """One of a list that the form offers when it is made; `sentence` is marked for translation."""

    def __init__(self, *, sentence: str = N_("Please choose from this list."), **words: Any) -> None:
        super().__init__(validate_choice=False, choices=[], **words)
        self.sentence = sentence

    def pre_validate(self, _form: BaseForm) -> None:
        """It is on the list."""
        if self.data not in {str(choice[0]) for choice in self.choices or ()}:
            raise StopValidation(self.gettext(self.sentence))
