"""The form of one question or notice: exactly the fields that its kind has, read from the model."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wtforms import Field, FieldList, FormField

from feedback.web.forms_desk import N_, LineField, Needed, OneOfField, WholeNumberField, WordsField
from feedback.web.workshop.editing import DraftForm
from feedback.web.workshop.forms_editor import LONGEST_WORDS
from feedback.web.workshop.forms_lines import LINES, BandsField, LineForm, PictureField, add_empty, most_lines
from forms.steps.change import change_unit
from forms.steps.kinds import keys_of_kind
from forms.steps.lines import Line, lines_of, named
from forms.steps.look_over import look_over
from forms.steps.units import Unit, kind_of
from forms.texts import Data

GOALS = ("", "engagement", "equity", "achievement")
LEVELS = ("low", "middle", "high")
_MORE_WORDS = {"hint": 600, "why": 600, "title": 200, "unit": 60, "then": 100, "now": 100, "first": 8, "last": 8}
_NUMBERS = {"at_most": (1, 15), "top": (1, 9), "total": (2, 100), "max_length": (1, 5000)}
_NUMBERS |= {"minimum": (0, 1_000_000), "maximum": (0, 1_000_000)}
#: What the model says of a whole question, at which field, and in which words.
_WRONG = {
    "at_most_too_many": ("at_most", N_("There are not so many answers. Choose a smaller number, or leave it empty.")),
    "top_too_many": ("top", N_("Some answers have to be left over. Choose a smaller number, or leave it empty.")),
    "above_maximum": ("maximum", N_("The largest number has to be larger than the smallest.")),
    "bands_start": (
        "bands",
        N_("Begin with the smallest number that can be typed, so that each number has its place."),
    ),
    "bands_order": ("bands", N_("Write the numbers from small to large, each once.")),
    "bands_end": ("bands", N_("Leave out numbers that are larger than the largest one that can be typed.")),
    "few_bands": ("bands", N_("Write at least two numbers.")),
    "many_bands": ("bands", N_("Write ten numbers at most.")),
    "not_a_month": ("first", N_("Write year and month, such as 2026-09.")),
    "not_a_week": ("first", N_("Write year and week, such as 2026-W36.")),
    "periods_order": ("last", N_("The last one has to come after the first.")),
    "too_many_periods": ("last", N_("Bring first and last closer together: 24 at most.")),
    "pipe_form": ("text", N_("Take the curly brackets out.")),
    "repeated": ("apart", N_("The same answer stands here twice.")),
    "face_without_words": ("options", N_("Write words for each face: a face alone means another thing to everybody.")),
    "no_picture": ("options", N_("Choose a picture for each answer.")),
}


class ItemForm(DraftForm):
    """A question, the rows of a matrix, or a notice; `item_form` makes one for its kind."""

    kind: str
    keys: tuple[str, ...]

    def facts(self) -> dict[str, Any]:
        """What was typed, as `forms.steps.change.change_unit` takes it; new answers get their ids."""
        facts: dict[str, Any] = {}
        for key in self.keys:
            if key in LINES:
                facts[key] = self.lines(key)
            elif key == "next_steps":
                facts[key] = {level: self[f"{level}_step"].data or "" for level in LEVELS}
            elif key == "bands":
                facts[key] = self["bands"].numbers()
            elif key in self:
                facts[key] = self[key].data
        return facts

    def lines(self, key: str) -> list[Line]:
        """The lines with words in them. Those that are new get ids, which the page then knows, too."""
        entries = [entry for entry in self[key].entries if entry.form.line().label] if key in self else []
        taken = {line.id for line in self._others(key)}
        lines = named([entry.form.line() for entry in entries], self.kind, taken)
        for entry, line in zip(entries, lines, strict=True):
            entry.form["id"].data = line.id
        return lines

    def check(self, data: Data, unit: Unit) -> bool:
        """Whether it fits together as its kind wants; what does not is said at its field. Missing things may come."""
        alone = {key: value for key, value in unit[0].items() if key != "show_if"}
        section = {"id": "only", "title": data["title"], "questions": [alone, *unit[1:]]}
        tried = data | {"sections": [section], "themes": []}
        wrong = look_over(change_unit(tried, unit[0]["id"], self.facts())).lacks
        for codes in wrong.values():
            for code in codes:
                name, sentence = _WRONG.get(code, ("", ""))
                self._say(name, sentence)
        return not self.problems()

    def validate(self, extra_validators: Any = None) -> bool:
        """Fields first, then next steps: all three, or none."""
        fine = bool(super().validate(extra_validators))
        steps = [self[f"{level}_step"].data for level in LEVELS] if "next_steps" in self.keys else []
        if any(steps) and not all(steps):
            empty = next(level for level, said in zip(LEVELS, steps, strict=True) if not said)
            self.blame(f"{empty}_step", N_("Write all three next steps, or none."))
        if "rows" in self and not any(entry.form.label.data for entry in self["rows"].entries):
            self._say("rows", N_("Write at least two lines."))
        return fine and not self.problems()

    def problems(self) -> list[tuple[str, str]]:
        """(id of the place, what is wrong there), those of lines among them."""
        found = [("", str(sentence)) for sentence in self.form_errors]
        for field in self:
            lines = field.entries if isinstance(field, FieldList) else ()
            found += [(each.id, str(said)) for each in _within(field, lines) for said in each.errors]
        return found

    def _others(self, key: str) -> Iterator[Line]:
        # Answers and answers apart stand in one list of choices, so no two of them have one id.
        for other in {"options", "apart"} - {key} if key != "rows" else ():
            if other in self:
                yield from (entry.form.line() for entry in self[other].entries)

    def _say(self, name: str, sentence: str) -> None:
        if name in self and isinstance(self[name], FieldList):
            self.blame_first_line(name, sentence)
        elif name in self:
            self.blame(name, sentence)

    def blame_first_line(self, name: str, sentence: str) -> None:
        """Say at the first line of answers what is wrong with all of them."""
        label = self[name].entries[0].form.label
        label.errors = label.errors or [label.gettext(sentence)]


#: What is not like any other, by key.
_OTHERS: dict[str, Callable[[], Any]] = {
    "text": lambda: WordsField(longest=LONGEST_WORDS, validators=[Needed(N_("Write the words that people read."))]),
    "goal": lambda: OneOfField(choices=list(GOALS)),
    "faces": lambda: OneOfField(choices=["warm", "full"]),
    "bands": BandsField,
    "picture": PictureField,
}


def item_form(data: Data, unit: Unit, typed: Any = None) -> ItemForm:
    """The form of this unit, with what was typed into it, or as it stands in the draft."""
    kind, language = kind_of(unit), str(data["languages"][0])
    keys = keys_of_kind(kind)
    fields = {name: field for key in keys for name, field in _fields(key, kind)}
    made = type("ItemForm", (ItemForm,), {"kind": kind, "keys": keys, **fields})
    form: ItemForm = made(formdata=typed, data=_as_typed(unit, keys, language))
    for key in LINES:
        if key in form and typed is None:
            add_empty(form[key], most_lines(kind, key))
    return form


def _fields(key: str, kind: str) -> Iterator[tuple[str, Any]]:
    """The fields of one of the model's keys, by name."""
    if key == "next_steps":
        yield from ((f"{level}_step", WordsField(longest=LONGEST_WORDS)) for level in LEVELS)
    elif key in LINES:
        yield key, FieldList(FormField(LineForm), max_entries=most_lines(kind, key))
    elif key in _NUMBERS:
        least, most = _NUMBERS[key]
        yield key, WholeNumberField(least=least, most=200 if kind == "short-text" else most)
    elif key in _MORE_WORDS:
        yield key, (WordsField if key in ("hint", "why") else LineField)(longest=_MORE_WORDS[key])
    elif key in _OTHERS:
        yield key, _OTHERS[key]()


def _as_typed(unit: Unit, keys: tuple[str, ...], language: str) -> dict[str, Any]:
    item, typed = unit[0], dict[str, Any]()
    for key in keys:
        value = item.get("stem" if key == "text" and "stem" in item else key)
        if key in LINES:
            typed[key] = [_of_line(line) for line in lines_of(unit, key, language)]
        elif key == "next_steps":
            typed |= {f"{level}_step": (value or {}).get(level, {}).get(language, "") for level in LEVELS}
        elif key == "bands":
            typed[key] = ", ".join(map(str, value or ()))
        else:
            typed[key] = value.get(language, "") if isinstance(value, Mapping) else value
    return typed | {"goal": typed.get("goal") or ""}


def _of_line(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in ("id", "label", "picture", "own_words", "favourable")}


def _within(field: Field, lines: Any) -> Iterator[Any]:
    if lines:
        for entry in lines:
            yield from entry.form
    elif not isinstance(field, FieldList):
        yield field
