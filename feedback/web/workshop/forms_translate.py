"""The forms of the translation desk: one text, its second translation, and what was read and is signed."""

import re
from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, HiddenField, SelectMultipleField

from feedback.i18n import gettext
from feedback.operations.errors import TranslationChanged
from feedback.operations.workshop.form_words import Translated
from feedback.operations.workshop.translate import LONGEST_REASON, Read, Written
from feedback.web.forms_desk import DeskForm, LineField, WordsField
from forms.texts import words_hash
from forms.translation_checks import ROOM, SENTENCES, Found

_LONGEST_WORDS = 2000
_PUT_IN = re.compile(r"%\(\w+\)s")


class TextForm(DeskForm):
    """The words of one text in one language, and what its translator saw when they wrote them."""

    words = WordsField(longest=_LONGEST_WORDS)
    identical = BooleanField()
    reason = LineField(longest=LONGEST_REASON)
    revision = HiddenField()
    source_hash = HiddenField()

    def see(self, text: Translated, revision: int | None = None) -> None:
        """From now on the form is about the text as it stands."""
        self.revision.data = str(text.revision if revision is None else revision)
        self.source_hash.data = words_hash(text.source)

    def written(self, key: str) -> Written:
        """What was written; a mangled revision is none that anybody has seen."""
        revision = str(self.revision.data or "")
        return Written(
            key,
            self.words.data or "",
            int(revision) if revision.isdecimal() else -1,
            str(self.source_hash.data or ""),
            identical=self.identical.data,
            reason=self.reason.data or "",
        )

    def blame_found(self, found: Iterable[Found]) -> None:
        """Say everything hard that was found at its field."""
        for each in found:
            if each.hard:
                field = self.reason if each.code == "glossary" else self.words
                field.errors = [*field.errors, sentence_of(each)]

    def meet(self, changed: TranslationChanged) -> None:
        """Somebody was faster: keep what was typed, and know what stands there now."""
        self.revision.data, self.source_hash.data = str(changed.revision), words_hash(changed.source)


class ReadForm(DeskForm):
    """Texts as they were read on one page: "key source-hash words-hash" each."""

    read = SelectMultipleField(choices=[], validate_choice=False)

    def texts(self) -> list[Read]:
        """What was read; a line that is none is left out."""
        parts = [str(line).split(" ") for line in self.read.data or ()]
        return [Read(*each) for each in parts if len(each) == len(Read.__dataclass_fields__)]


class DigestForm(DeskForm):
    """A page of texts that was read as a whole."""

    digest = HiddenField()


class SettleForm(TextForm):
    """What two translations come to, and which second translation was seen."""

    second_revision = HiddenField()

    def seen_second(self) -> int:
        """The second translation's revision that was seen."""
        said = str(self.second_revision.data or "")
        return int(said) if said.isdecimal() else -1


def sentence_of(found: Found) -> str:
    """What was found, in the language of the page."""
    return gettext(SENTENCES[found.code], **found.values)


def line_of(text: Translated) -> str:
    """A text as `ReadForm` knows it."""
    return f"{text.text.key} {words_hash(text.source)} {words_hash(text.words)}"


def with_gaps(words: str) -> str:
    """A text of the product with a gap wherever a name, a day or a number is put in, whatever its direction."""
    return _PUT_IN.sub("\u2068[…]\u2069", words)


def facts_for_templates() -> dict[str, Any]:
    """What templates of the translation desk call."""
    return {
        "sentence_of": sentence_of,
        "line_of": line_of,
        "room": lambda text: ROOM.get(text.field, 0),
        "with_gaps": with_gaps,
    }
