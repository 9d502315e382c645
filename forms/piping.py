"""Earlier answers inside later texts: "You chose {place|a place}. Why?"

What is behind the bar is said where the answer is not there: it was skipped, the form is one page, or nobody's answer
is meant, as on the results. Only the label of an answer that was chosen is ever put in, nothing that somebody typed.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from forms.questions.base import Answer, Measure, Question
from forms.wording import Words

if TYPE_CHECKING:
    from forms.definition import AnyItem, Instrument, Section

_PIPE = re.compile(r"\{([a-z][a-z0-9-]{0,39})\|([^{}|]+)\}")
_BRACE = re.compile(r"[{}]")
#: The texts of an item in which an earlier answer may stand.
PIPED = ("stem", "text", "hint")
#: Between what stands above the rows of a matrix and a row, where both are told in one line. It is no word.
_BESIDE = " – "


def can_be_piped(question: Question) -> bool:
    """Whether its answer is one label: several would have to be put into a sentence by somebody."""
    return question.measure in (Measure.CHOICE, Measure.SCALE) and bool(question.offered())


def piped_questions(text: str) -> Iterator[str]:
    """The ids of the questions whose answers this text wants."""
    return (found[1] for found in _PIPE.finditer(text))


def places_of_answers(text: str) -> list[str]:
    """Everything in braces, and single braces, in its order: what a text that is only spelt anew still has."""
    return re.findall(r"\{[^{}]*\}|[{}]", text)


def has_stray_brace(text: str) -> bool:
    """Whether a brace is left that is no part of a well-formed pipe: somebody mistyped one."""
    return bool(_BRACE.search(_PIPE.sub("", text)))


def piped_texts(item: "AnyItem") -> Iterator[tuple[str, Words]]:
    """The texts in which earlier answers may stand, by their key."""
    return ((key, words) for key in PIPED if (words := getattr(item, key, None)))


def has_pipes(instrument: "Instrument") -> bool:
    """Whether any text of the instrument wants an earlier answer."""
    texts = (words for item in instrument.items for _, words in piped_texts(item))
    return any(_PIPE.search(text) for words in texts for text in words.values())


def with_answers(instrument: "Instrument", answers: Mapping[str, Answer]) -> "Instrument":
    """The instrument with the labels of these answers in its texts, and with what is said otherwise elsewhere."""
    if not instrument.has_pipes:
        return instrument
    labels = {
        question.id: option.label
        for question in instrument.questions
        if can_be_piped(question)
        for option in question.cells()
        if option.id == answers.get(question.id)
    }
    sections = tuple(_filled_section(section, labels) for section in instrument.sections)
    return instrument.model_copy(update={"sections": sections})


def otherwise(item: "AnyItem", gone: frozenset[str]) -> "AnyItem":
    """The item where these questions are not asked any more: it says what it says without their answers."""
    changed = {key: _filled(words, {}, only=gone) for key, words in piped_texts(item)}
    return item.model_copy(update=changed) if any(changed[key] != getattr(item, key) for key in changed) else item


def said_otherwise(words: Words, gone: frozenset[str]) -> Words:
    """The text where these questions are not asked any more."""
    return _filled(words, {}, only=gone)


def in_full(question: Question) -> Words:
    """A question as results name it: in one line with its stem, without anybody's answers."""
    text = _filled(question.text, {})
    if question.stem is None:
        return text
    stem = _filled(question.stem, {})
    return {language: f"{stem[language]}{_BESIDE}{text[language]}" for language in text if language in stem}


def beside(words: Words, more: Words) -> Words:
    """Two texts told in one line, in the languages that have both."""
    return {language: f"{words[language]}{_BESIDE}{more[language]}" for language in words if language in more}


def _filled_section(section: "Section", labels: Mapping[str, Words]) -> "Section":
    items = tuple(
        item.model_copy(update={key: _filled(words, labels) for key, words in piped_texts(item)})
        for item in section.items
    )
    return section.model_copy(update={"items": items})


def _filled(words: Words, labels: Mapping[str, Words], *, only: frozenset[str] | None = None) -> Words:
    def said(found: re.Match[str], language: str) -> str:
        if only is not None and found[1] not in only:
            return found[0]
        return labels.get(found[1], {}).get(language, found[2])

    return {
        language: _PIPE.sub(lambda found, language=language: said(found, language), text)  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        for language, text in words.items()
    }
