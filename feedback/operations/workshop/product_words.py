"""The product's own notice, help and consent texts in one language, signed by a person who reads it.

No round opens in a language before they are: families must be able to rely on what they are promised.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO

from jinja2.ext import babel_extract

from feedback.db import reading, writing
from feedback.i18n import Catalogue, Review, forms_of, offered, review_of
from feedback.languages import SOURCE
from feedback.models import StaffMember
from feedback.operations.errors import NotFound, TranslationChanged
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.workshop.form_words import is_signed, signatures
from feedback.operations.workshop.translatable import allow_into
from feedback.operations.workshop.translate import add_signature
from feedback.resources import resource_dir
from forms.texts import words_hash

#: What tells people who asks, what becomes of their answers, how to get help and how to take an answer back.
_TEMPLATES = (
    *(f"respond/{name}.html" for name in ("notice", "notice_for_the_young", "help", "who_reads", "no_writing")),
    *(f"public/{name}.html" for name in ("about", "once")),
    *(f"receipts/{name}.html" for name in ("in_the_box", "keep", "really", "out", "over", "counting", "unless_helped")),
)

_FUNCTIONS = ("_", "gettext", "ngettext")


@dataclass(frozen=True, slots=True)
class NoticeText:
    """One text of the notice: what it says in English and in the language; the forms of a plural are lines."""

    source: str
    words: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole notice in one language; `digest` is what was read, for whoever signs it."""

    language: str
    texts: tuple[NoticeText, ...]

    @property
    def unsigned(self) -> int:
        """How many of its texts nobody has signed."""
        return sum(not text.signed for text in self.texts)

    @property
    def digest(self) -> str:
        """Of all its sources and words."""
        return words_hash("\0".join(part for text in self.texts for part in (text.source, text.words)))


def notice_for(school: School, by: StaffMember, language: str) -> Notice:
    """The notice in one of this account's languages. NotPermitted, NotFound where the product does not speak it."""
    allow_into(by, language)
    if language == SOURCE or language not in offered(Catalogue.RESPONDENT):
        raise NotFound(language)
    with reading(school.engine) as session:
        signed = signatures(session, language)
    return Notice(
        language, tuple(NoticeText(*each, is_signed(signed, language, *each)) for each in notice_words(language))
    )


def notices_for(school: School, by: StaffMember) -> list[Notice]:
    """The notices in all of this account's languages that the product speaks."""
    spoken = [code for code in by.languages if code != SOURCE and code in offered(Catalogue.RESPONDENT)]
    return [notice_for(school, by, code) for code in spoken]


def sign_notice(school: School, by: StaffMember, language: str, digest: str, *, now: datetime) -> int:
    """Sign all of the notice as it was read; how many texts were new. TranslationChanged where it says other words."""
    read = notice_for(school, by, language)
    if read.digest != digest:
        raise TranslationChanged(language, words="", source="", revision=0)
    with writing(school.engine) as session:
        today = school.settings.day_of(now)
        count = sum(add_signature(session, by, language, text.source, text.words, today) for text in read.texts)
        record(session, now, by.account, "notice_signed", language, texts=count)
    return count


def unsigned_notice(signed: set[tuple[str, str, str]], language: str) -> int:
    """How many texts of the notice nobody has signed in this language; 0 for English, in which it was written."""
    if language == SOURCE or review_of(language, Catalogue.RESPONDENT) is Review.SIGNED:
        return 0
    return sum(not is_signed(signed, language, *each) for each in notice_words(language))


@cache
def notice_words(language: str) -> tuple[tuple[str, str], ...]:
    """(English, words) of every text of the notice, in the order in which templates have them."""
    return tuple(
        ("\n".join(message), "\n".join(forms_of(message[0], language, Catalogue.RESPONDENT))) for message in _messages()
    )


@cache
def _messages() -> tuple[tuple[str, ...], ...]:
    """Each message once: (text,), or (one, many)."""
    return tuple(dict.fromkeys(_found()))


def _found() -> Iterator[tuple[str, ...]]:
    for name in _TEMPLATES:
        text = (resource_dir("templates") / name).read_bytes()
        for _line, _function, message, _notes in babel_extract(BytesIO(text), _FUNCTIONS, (), {"trimmed": "true"}):
            parts = message if isinstance(message, tuple) else (message,)
            yield tuple(each for each in parts if each)
