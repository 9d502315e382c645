"""A form as the rules see it: whatever is there of it, and nothing that is not what it should be."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from forms.checks.bands import Band, band_of
from forms.checks.lexicon import Lexicon, lexicon_of
from forms.checks.profiles import Profile
from forms.checks.remarks import Remark, Weight, digest_of
from forms.checks.spelling import Folded, fold
from forms.texts import texts_of
from forms.wording import Words

#: The types whose answers rise from low to high.
SCALES = ("scale", "smileys", "then-now")
#: The types that are answered in words of one's own.
OPEN = ("text", "short-text")
#: No text of a form is longer (forms/questions/base.py); a draft's may be, for now.
_LONGEST = 2000
#: What is asked, as opposed to what is said around it.
ASKED = ("text", "stem")


@dataclass(frozen=True)
class Item:
    """A question, or a notice, in the order of the form. `labels` are those of its options, by their order."""

    id: str
    type: str
    data: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Where a remark about all of it belongs."""
        return f"items/{self.id}"

    @property
    def is_notice(self) -> bool:
        """Whether nothing is asked."""
        return self.type == "notice"

    @property
    def options(self) -> tuple[Mapping[str, Any], ...]:
        """The answers that are offered, without those apart."""
        return tuple(_dicts(self.data.get("options")))

    def labels(self, language: str) -> tuple[str, ...]:
        """The answers' words in this language, where they have some."""
        labels = (words_of(option.get("label")).get(language, "") for option in self.options)
        return tuple(label for label in labels if label)


@dataclass(frozen=True)
class Said:
    """One text in one language. `lexicon` is what the rules know of that language."""

    key: str
    field: str
    language: str
    words: str
    item: Item | None
    lexicon: Lexicon

    @cached_property
    def folded(self) -> Folded:
        """The text as it is searched: as much of it as a form may have."""
        return fold(self.words[:_LONGEST])

    def remark(self, rule: str, weight: Weight, found: str, better: str, **values: object) -> Remark:
        """A remark about this text."""
        about = digest_of(rule, self.key, self.language, self.words, *(str(value) for value in values.values()))
        return Remark(rule, weight, self.key, self.language, found, better, values, about)


@dataclass(frozen=True)
class Form:
    """One form, or draft of one, with what it is checked by. `silent` are languages in which nothing reads it aloud."""

    data: Mapping[str, Any]
    profile: Profile
    silent: Collection[str] = field(default=())

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Questions and notices, without lines for own words beside an answer."""
        return tuple(
            Item(str(item["id"]), str(item.get("type", "")), item)
            for section in _dicts(self.data.get("sections"))
            for item in _dicts(section.get("questions"))
            if isinstance(item.get("id"), str) and not item.get("companion_of")
        )

    @cached_property
    def questions(self) -> tuple[Item, ...]:
        """What is answered, without the standard question about help, which a form asks for by one line."""
        return tuple(item for item in self.items if not item.is_notice and item.id != "helped")

    @property
    def audience(self) -> str:
        """Who is asked; students where a draft does not say."""
        return str(self.data.get("audience") or "students")

    @cached_property
    def band(self) -> Band:
        """What may be asked of them."""
        return band_of(self.audience, self.data.get("ages"))

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every text that respondents read, in every language that the rules know, in the order of the form."""
        items = {item.id: item for item in self.items}
        return tuple(
            Said(text.key, text.field, language, words, items.get(text.item), lexicon)
            for text in texts_of(self.data)
            if text.readers == "respondents" and not text.key.startswith("themes/")
            for language, words in text.words.items()
            if isinstance(language, str) and (lexicon := lexicon_of(language))
        )

    @cached_property
    def _said_by_item(self) -> dict[str, tuple[Said, ...]]:
        by_item: dict[str, list[Said]] = {}
        for said in self.said:
            if said.item:
                by_item.setdefault(said.item.id, []).append(said)
        return {id_: tuple(texts) for id_, texts in by_item.items()}

    def said_by(self, item: Item) -> tuple[Said, ...]:
        """The texts of one question or notice."""
        return self._said_by_item.get(item.id, ())

    def asked(self) -> Iterator[Said]:
        """The texts of questions: what is asked, and the stem above it."""
        return (said for said in self.said if said.field in ASKED and said.item and not said.item.is_notice)

    def remark(self, rule: str, weight: Weight, key: str, better: str = "", **values: object) -> Remark:
        """A remark about something other than words."""
        about = digest_of(rule, key, *(f"{name}={value}" for name, value in values.items()))
        found = str(values.get("found", ""))
        return Remark(rule, weight, key, "", found, better, values, about)


def words_of(value: object) -> Words:
    """The words of a text, as far as they are words."""
    pairs = value.items() if isinstance(value, dict) else ()
    return {language: said for language, said in pairs if isinstance(language, str) and isinstance(said, str)}


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    parts = value if isinstance(value, list | tuple) else ()
    return (part for part in parts if isinstance(part, dict))
