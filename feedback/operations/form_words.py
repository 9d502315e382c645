"""A draft's words in further languages: kept text by text, stale where the source changed since, and joined to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Draft, TextSignature, TranslatedText
from forms.texts import Data, Text, texts_of, with_texts, words_hash
from forms.wording import Words

#: What a text in a language is. "identical": a person left it as the source says it.
State = Literal["missing", "machine", "draft", "signed", "stale", "identical"]


@dataclass(frozen=True, slots=True)
class Translated:
    """One text of a form in one language: the source as it is now, the words (or ""), and the state they are in."""

    text: Text
    source: str
    words: str
    state: State
    #: The source that the words were made from, where it has changed since.
    before: str = ""
    revision: int = 0


def keep_words(
    session: Session, draft: Draft, data: Mapping[str, Any], *, by_id: str | None, today: date, state: str = "machine"
) -> None:
    """Keep all words that `data` has in other languages than the source as translations of this form.

    What is there already for a text is written over only where it is from the machine and not signed.
    """
    kept = {(row.key, row.language): row for row in _rows(session, draft.name)}
    for text in texts_of(data):
        source = text.words.get(draft.source_language, "")
        for language, words in text.words.items():
            row = kept.get((text.key, language))
            if language == draft.source_language or not words or not source or (row and row.state == "draft"):
                continue
            if row is None:
                row = TranslatedText(name=draft.name, key=text.key, language=language, hand="first")
                session.add(row)
            row.words, row.source, row.state, row.by_id, row.changed_on = words, source, state, by_id, today


def words_in(session: Session, name: str, data: Mapping[str, Any], source: str, language: str) -> list[Translated]:
    """Every text that respondents read, in one language, in the order of the form."""
    rows = {row.key: row for row in _rows(session, name) if row.language == language}
    signed = signatures(session, language)
    return [
        _told(text, text.words[source], rows.get(text.key), signed)
        for text in texts_of(data)
        if _is_read(text) and text.words.get(source)
    ]


def complete_languages(session: Session, name: str, data: Mapping[str, Any], source: str) -> list[str]:
    """The source and every language in which nothing that respondents read is missing or stale."""
    asked = {text.key: text.words[source] for text in texts_of(data) if _is_read(text) and text.words.get(source)}
    kept: dict[str, set[str]] = {}
    for row in _rows(session, name):
        if row.words and row.source == asked.get(row.key):
            kept.setdefault(row.language, set()).add(row.key)
    return [source, *sorted(language for language, keys in kept.items() if keys >= asked.keys())]


def joined(session: Session, name: str, data: Data, source: str, languages: Iterable[str]) -> Data:
    """The draft with its words in these languages as well; what staff read comes along where it is there."""
    wanted = [source, *(each for each in languages if each != source)]
    sources = {text.key: text.words.get(source, "") for text in texts_of(data)}
    found: dict[str, Words] = {}
    for row in _rows(session, name):
        if row.language in wanted and row.source and row.source == sources.get(row.key):
            found.setdefault(row.key, {})[row.language] = row.words
    return with_texts(data, found) | {"languages": wanted}


def signatures(session: Session, language: str) -> set[tuple[str, str]]:
    """The pairs (hash of the source, hash of the words) that somebody signed in this language."""
    found = session.scalars(select(TextSignature).where(TextSignature.language == language))
    return {(row.source_hash, row.words_hash) for row in found}


def is_signed(signed: set[tuple[str, str]], source: str, words: str) -> bool:
    """Whether somebody signed that these words say what the source says."""
    return (words_hash(source), words_hash(words)) in signed


def _is_read(text: Text) -> bool:
    return text.readers == "respondents"


def _rows(session: Session, name: str) -> list[TranslatedText]:
    wanted = select(TranslatedText).where(TranslatedText.name == name, TranslatedText.hand == "first")
    return list(session.scalars(wanted.order_by(TranslatedText.key, TranslatedText.language)))


def _told(text: Text, source: str, row: TranslatedText | None, signed: set[tuple[str, str]]) -> Translated:
    if row is None or not row.words:
        return Translated(text, source, "", "missing", revision=row.revision if row else 0)
    if row.source != source:
        return Translated(text, source, row.words, "stale", before=row.source, revision=row.revision)
    state: State = "machine" if row.state == "machine" else "draft"
    if is_signed(signed, source, row.words):
        state = "signed"
    elif row.words == source:
        state = "identical"
    return Translated(text, source, row.words, state, revision=row.revision)
