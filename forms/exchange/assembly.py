"""A draft put together from what a reader finds, part after part: ids, words, answers, conditions, and the losses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.draft import new_draft
from forms.exchange.core import MOST_PARTS, FileRefused, Imported, Loss
from forms.exchange.markup import has_media, plain, refuse_acting
from forms.exchange.names import option_id, question_id
from forms.texts import Data, texts_of
from forms.wording import Words, plain_text

_LONGEST_WORDS = 2000
#: How many answers each kind of question can have.
FEWEST, MOST = 2, 15
_MOST_OF = {"scale": 7, "ranking": 10}
_MOST_ITEMS = 100
#: The kinds whose answer can stand in a later text.
_PIPED = ("choice", "picture-choice", "scale", "smileys", "yes-maybe-no")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as a file offers it: its name there, its words by language, and where it stands."""

    name: str
    words: Words
    place: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that came along: its id here, and of each name of an answer in the file the id here."""

    id: str
    answers: Mapping[str, str]
    type: str


@dataclass(slots=True)
class Assembly:
    """The draft so far. `own` is a file of ours: its texts are words and no markup, and `kept` are left as they are.

    `marks` finds what stands in the file's texts for an earlier answer, and its question's name.
    """

    languages: list[str]
    own: bool = False
    kept: frozenset[str] = frozenset()
    marks: re.Pattern[str] | None = None
    losses: list[Loss] = field(default_factory=list)
    sections: list[Data] = field(default_factory=list)
    introduction: Words = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)
    _section_ids: set[str] = field(default_factory=set)
    _places: list[tuple[str, str]] = field(default_factory=list)
    _told: set[tuple[str, str]] = field(default_factory=set)
    _parts: int = 0

    def lose(self, code: str, place: str, found: object = "", **values: object) -> None:
        """Note one loss."""
        self.losses.append(Loss(code, place, str(found), {key: str(value) for key, value in values.items()}))

    def words(self, said: Mapping[str, str], place: str) -> Words:
        """Cleaned words, each language that says something; markup and length are told once a place."""
        cleaned = {language: self._clean(text, place) for language, text in said.items()}
        return {language: text for language, text in cleaned.items() if text}

    def new_id(self, wanted: str, place: str) -> str:
        """A free id for something that is shown; a change is told."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise FileRefused("too_many_parts", most=MOST_PARTS)
        made = question_id(wanted, self._ids)
        self._ids.add(made)
        self._tell_change(wanted, made, place)
        return made

    def section(self, wanted: str, title: Words, place: str, condition: Data | None = None) -> None:
        """Begin a section."""
        made = question_id(wanted, self._section_ids)
        self._section_ids.add(made)
        self._tell_change(wanted, made, place)
        begun: Data = {"id": made, "title": self.unmarked(title, place), "questions": []}
        self._places.append((place, wanted))
        self.sections.append({**begun, "show_if": condition} if condition else begun)

    def loose_section(self, place: str) -> None:
        """A section for what stands outside of any; told once."""
        if ("loose", "") not in self._told and not self.own:
            self._told.add(("loose", ""))
            self.lose("loose", place)
        self.section(question_id("part", self._section_ids), {}, "")

    def add(self, item: Data, name: str = "", answers: Mapping[str, str] | None = None) -> None:
        """Put an item into the section that was begun last; `name` is what the file's conditions call it."""
        if len(self.sections[-1]["questions"]) >= _MOST_ITEMS:
            last = self.sections[-1]
            self.section(question_id(str(last["id"]), self._section_ids), dict(last["title"]), "", last.get("show_if"))
        self.sections[-1]["questions"].append({key: value for key, value in item.items() if value not in (None, {})})
        self.asked[name or item["id"]] = Asked(item["id"], answers or {}, item["type"])

    def options(
        self, kind: str, answers: Sequence[Answer], place: str, found: str
    ) -> tuple[list[Data], dict[str, str]]:
        """Options for this kind of question, and their ids by name; none, and a loss, where it has no place."""
        most = _MOST_OF.get(kind, MOST)
        ids: dict[str, str] = {}
        options: list[Data] = []
        for answer in answers:
            if answer.name in ids:
                self._once("answer_twice", answer.place, answer.name)
                continue
            ids[answer.name] = option_id(answer.name, ids.values())
            self._tell_change(answer.name, ids[answer.name], answer.place)
            label = self.unmarked(self.words(answer.words, answer.place), answer.place)
            if not label:
                self._once("answer_no_words", answer.place, answer.name)
            options.append({"id": ids[answer.name], "label": label})
        if len(options) < FEWEST:
            self.lose("too_few_answers", place, found)
        elif len(options) > most:
            self.lose("too_many_answers", place, found, most=most)
        else:
            return options, ids
        return [], {}

    def condition(self, parsed: tuple[str, Sequence[str]] | None, found: str, place: str) -> Data | None:
        """A `show_if` out of a question's name and names of its answers; None, and a loss, where there is none."""
        if parsed is None:
            self.lose("condition", place, found)
            return None
        name, wanted = parsed
        asked = self.asked.get(name)
        if asked is None or not wanted or any(answer not in asked.answers for answer in wanted):
            self.lose("condition_gone", place, found)
            return None
        return {"question": asked.id, "is": list(dict.fromkeys(asked.answers[answer] for answer in wanted))}

    def unmarked(self, words: Words, place: str) -> Words:
        """Words of a kind in which no earlier answer can stand: "…" is there instead, and told."""

        def gone(found: re.Match[str]) -> str:
            self._once("no_answer_in_text", place, found[0])
            return "…"

        marks = self.marks
        return {lang: marks.sub(gone, text) for lang, text in words.items()} if marks and not self.own else words

    def with_answers(self, words: Words, place: str) -> Words:
        """Words in which the file's marks for earlier answers are ours."""

        def ours(found: re.Match[str]) -> str:
            asked = self.asked.get(found[1])
            if asked is not None and asked.type in _PIPED and asked.answers:
                self._once("answer_in_text", place, found.string)
                return f"{{{asked.id}|…}}"
            self._once("no_answer_in_text", place, found[0])
            return "…"

        marks = self.marks
        if marks is None:
            return words
        return {lang: text if text in self.kept else marks.sub(ours, text) for lang, text in words.items()}

    def imported(self, data: Data) -> Imported:
        """The draft, with `data` over what a new one has; FileRefused where nothing can be asked."""
        kept = [section for section in self.sections if section["questions"]]
        for section, (place, name) in zip(self.sections, self._places, strict=True):
            if not section["questions"] and place:
                self.lose("empty_group", place, name)
        if not any(item["type"] != "notice" for section in kept for item in section["questions"]):
            raise FileRefused("nothing_to_ask", self.losses)
        source = self.languages[0]
        draft = new_draft("imported", "", source, audience="students")
        draft |= {"introduction": self.unmarked(self.introduction, ""), "sections": kept, **data}
        draft["title"] = self.unmarked(data.get("title", {}), "")
        if not self.own:
            self._named_as_needed(draft)
            self._settle_languages(draft)
            self.lose("no_why", "")
        return Imported(draft, tuple(self.losses))

    def _named_as_needed(self, draft: Data) -> None:
        """A section without a title of its own goes under the form's."""
        for section in draft["sections"]:
            section["title"] = section["title"] or dict(draft["title"])

    def _settle_languages(self, draft: Data) -> None:
        """Those languages are the form's that have all the words which the first one has."""
        texts = list(texts_of(draft))
        source = self.languages[0]
        settled = [source]
        for language in self.languages[1:]:
            gaps = sum(bool(text.words.get(source)) and not text.words.get(language) for text in texts)
            if not gaps:
                settled.append(language)
            elif any(text.words.get(language) for text in texts):
                self.lose("language_gaps", "", language, count=gaps)
        draft["languages"] = settled

    def _tell_change(self, wanted: str, made: str, place: str) -> None:
        if wanted != made and not self.own and place and ("id", f"{place}{wanted}") not in self._told:
            self._told.add(("id", f"{place}{wanted}"))
            self.lose("id_changed", place, wanted, now=made)

    def _clean(self, text: str, place: str) -> str:
        if self.own:
            refuse_acting(text, place)
            return plain_text(text)
        cleaned = plain(text, place)
        if has_media(text):
            self._once("media", place, text)
        elif "".join(cleaned.split()) != "".join(plain_text(text).split()):
            self._once("markup", place, "")
        if len(cleaned) > _LONGEST_WORDS:
            self._once("words_cut", place, cleaned, most=_LONGEST_WORDS)
        return cleaned[:_LONGEST_WORDS].strip()

    def _once(self, code: str, place: str, found: str, **values: Any) -> None:
        if (code, place) not in self._told:
            self._told.add((code, place))
            self.lose(code, place, found, **values)


def bands(low: int, high: int) -> list[int]:
    """Lower edges of at most five groups for numbers of this range: each number its own group where there are few."""
    if high - low < 10:
        return list(range(low, high + 1)) if high > low else [low]
    step = -(-(high - low + 1) // 5)
    return [edge for edge in range(low, high + 1, step) if edge <= high]
