"""The forms of a reply: the bank's sentences to choose from, the blanks of those chosen, texts in more languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import BooleanField

from feedback.i18n import Catalogue, translated
from feedback.operations.pilots.entries.replied import AnswerIs, ReadyText, Reply, Said
from feedback.operations.results.reply_words import PROMISES, SIDES, WITHOUT_A_DAY, NewReply, kind_of
from feedback.reply_sentences import MOST_OF_NAME, ReadySentence, sentence, sentences
from feedback.web.forms_desk import N_, DayField, DeskForm, LineField, OneOfField, WholeNumberField, WordsField
from feedback.web.forms_notes import NotesForm

#: Instead of a sentence's code: "in our own words".
OWN = "own"
_LONGEST = 600
_BLANKS = ("day", "number", "name")
#: What to say for each code of `NewReply.missing`, and at which field.
_MISSING = {
    "thought": ("thought_text", N_("Say what you thought.")),
    "answer": ("answer_text", N_("Say what you did, will do, or why not.")),
    "due": ("due", N_("Say by when. People will hold you to this day.")),
}
_BLANK_MISSING = {
    "day": N_("Choose the day that stands in the sentence."),
    "number": N_("Type the number that stands in the sentence."),
    "name": N_("Type the name that stands in the sentence, in one line of 60 letters at most."),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The codes chosen for both sides; OWN for own words."""

    thought: str
    answer: str

    def of(self, side: str) -> ReadySentence | None:
        """The ready sentence of a side; None for own words."""
        code = self.thought if side == "thought" else self.answer
        return None if code == OWN else sentence(code)


def chosen_of(given: Mapping[str, str]) -> Chosen | None:
    """The sentences that were chosen; None where one is missing, or belongs to the other side."""
    thoughts = {each.code for each in sentences("thought")} | {OWN}
    answers = {each.code for each in (*sentences("did"), *sentences("no_because"))} | {OWN}
    thought, answer = given.get("thought", ""), given.get("answer", "")
    return Chosen(thought, answer) if thought in thoughts and answer in answers else None


def chosen_in(body: Reply) -> Chosen:
    """The sentences of a reply that was written."""
    codes = [OWN if said.ready is None else said.ready.code for said in (body.thought, body.answer)]
    return Chosen(*codes)


def to_choose(language: str) -> dict[str, list[tuple[str, str]]]:
    """Group -> (code, the sentence in the language of the page with "…" for its blanks): what the lists offer."""
    did = sentences("did")
    groups = {
        "thought": sentences("thought"),
        "did": [each for each in did if each.code not in PROMISES],
        "will": [each for each in did if each.code in PROMISES],
        "no_because": sentences("no_because"),
    }
    return {group: [(each.code, in_words(each, language)) for each in some] for group, some in groups.items()}


def in_words(ready: ReadySentence, language: str) -> str:
    """A ready sentence with "…" for its blanks."""
    return translated(ready.text, language, Catalogue.RESPONDENT) % dict.fromkeys(ready.blanks, "…")


class ReplyForm(NotesForm):
    """The blanks of the chosen sentences, or own words; by when, and who looks after it."""

    thought_text = WordsField(longest=_LONGEST)
    thought_day = DayField()
    thought_number = WholeNumberField(least=0, most=9999)
    thought_name = LineField(longest=MOST_OF_NAME)
    answer_is = OneOfField(choices=["did", "will", "no_because"], sentence=N_("Say which of the three it is."))
    answer_text = WordsField(longest=_LONGEST)
    answer_day = DayField()
    answer_number = WholeNumberField(least=0, most=9999)
    answer_name = LineField(longest=MOST_OF_NAME)
    due = DayField()
    owner = LineField(longest=60)

    def ask_only(self, chosen: Chosen) -> None:
        """Leave out every field that the chosen sentences do not need."""
        self.chosen = chosen
        for side in SIDES:
            ready = chosen.of(side)
            for blank in _BLANKS:
                if ready is None or blank not in ready.blanks:
                    del self[f"{side}_{blank}"]
            if ready is not None:
                del self[f"{side}_text"]
        ready = chosen.of("answer")
        if ready is not None:
            del self["answer_is"]
            if kind_of(ready.code) != "will" or "day" in ready.blanks or ready.code in WITHOUT_A_DAY:
                del self["due"]

    def reply(self, question: str, language: str) -> NewReply:
        """What was typed, in the language of the page, as far as it could be read."""
        ready = self.chosen.of("answer")
        answer_is: AnswerIs = self["answer_is"].data if ready is None else kind_of(ready.code)
        return NewReply(
            question=question,
            thought=self._said("thought", language),
            answer=self._said("answer", language),
            answer_is=answer_is,
            owner=self.owner.data or "",
            due=self["due"].data if "due" in self else None,
        )

    def blame_missing(self, missing: tuple[str, ...]) -> None:
        """Say each of what a reply is missing at its place."""
        for code in missing:
            name, sentence_ = _MISSING.get(code) or (code, _BLANK_MISSING[code.rpartition("_")[2]])
            self.blame(name, sentence_)

    def _said(self, side: str, language: str) -> Said:
        ready = self.chosen.of(side)
        if ready is None:
            return Said(free={language: self[f"{side}_text"].data or ""})
        typed = {blank: self[f"{side}_{blank}"].data for blank in ready.blanks}
        return Said(ready=ReadyText(code=ready.code, values={blank: _plain(value) for blank, value in typed.items()}))


class TranslationForm(NotesForm):
    """The free sides of a reply in one more language."""

    thought = WordsField(longest=_LONGEST)
    answer = WordsField(longest=_LONGEST)
    by_machine = BooleanField()


class KeptForm(DeskForm):
    """The day on which what was promised was done."""

    on = DayField()


def typed(body: Reply, language: str) -> dict[str, Any]:
    """A reply as the form's fields hold it."""
    data: dict[str, Any] = {"answer_is": body.answer_is, "due": body.due, "owner": body.owner}
    for side, said in (("thought", body.thought), ("answer", body.answer)):
        data[f"{side}_text"] = said.free.get(language, "")
        for blank, value in (said.ready.values if said.ready else {}).items():
            data[f"{side}_{blank}"] = date.fromisoformat(value) if blank == "day" else value
    return data


def _plain(value: object) -> str:
    return "" if value is None else str(value)
