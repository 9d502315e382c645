"""A draft's words in further languages: kept text by text, stale where the source changed since, and joined to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import func, select
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
            # Whoever opened the old words for translating has not seen these.
            row.revision = (row.revision or 0) + 1


def words_in(session: Session, name: str, data: Mapping[str, Any], source: str, language: str) -> list[Translated]:
    """Every text that respondents read, in one language, in the order of the form.

    Words that `data` itself has in the language, as library forms do, are the machine's until a row says otherwise.
    """
    return states_of(session, name, data, source, [language])[language]


def states_of(
    session: Session, name: str, data: Mapping[str, Any], source: str, languages: Iterable[str]
) -> dict[str, list[Translated]]:
    """The same for several languages, with one look into the database."""
    wanted = tuple(languages)
    return _states(session, name, data, source, wanted, signatures(session, *wanted))


def _states(
    session: Session,
    name: str,
    data: Mapping[str, Any],
    source: str,
    wanted: Sequence[str],
    signed: set[tuple[str, str, str]],
) -> dict[str, list[Translated]]:
    rows = {(row.language, row.key): row for row in _kept(session, name, wanted)}
    texts = [text for text in texts_of(data) if text.readers == "respondents" and text.words.get(source)]
    hashes = {text.key: words_hash(text.words[source]) for text in texts}
    return {
        language: [
            _told(text, text.words[source], language, rows.get((language, text.key)), (hashes[text.key], signed))
            for text in texts
        ]
        for language in wanted
    }


def languages_begun(session: Session, name: str) -> list[str]:
    """The languages that this form has words in, or was given to be translated into; by code."""
    found = select(TranslatedText.language).where(TranslatedText.name == name, TranslatedText.hand == "first")
    return sorted(session.scalars(found.distinct()))


def complete_languages(session: Session, name: str, data: Mapping[str, Any], source: str) -> list[str]:
    """The source and every language in which nothing that respondents read is missing or stale."""
    # Nobody has to have signed them for that, and signatures are as many as texts.
    states = _states(session, name, data, source, languages_begun(session, name), set())
    done = [code for code, told in states.items() if all(each.state not in ("missing", "stale") for each in told)]
    return [source, *done]


def joined(session: Session, name: str, data: Data, source: str, languages: Iterable[str]) -> Data:
    """The draft with its words in these languages as well; what staff read comes along where it is there."""
    wanted = [source, *(each for each in languages if each != source)]
    sources = {text.key: text.words.get(source, "") for text in texts_of(data)}
    found: dict[str, Words] = {}
    for row in _kept(session, name, wanted):
        if row.source and row.source == sources.get(row.key):
            found.setdefault(row.key, {})[row.language] = row.words
    return with_texts(data, found) | {"languages": wanted}


def stamps(session: Session, *names: str) -> dict[str, str]:
    """Name of a form -> a stamp that every change of its words in further languages changes.

    Words are never deleted and each change counts up, so that the sum never comes back to what it was.
    """
    revisions, latest = func.sum(TranslatedText.revision), func.max(TranslatedText.changed_on)
    columns = (TranslatedText.name, func.count(), revisions, latest)
    found = session.execute(select(*columns).where(TranslatedText.name.in_(names)).group_by(TranslatedText.name))
    return {row[0]: " ".join(map(str, row[1:])) for row in found}


def signatures(session: Session, *languages: str) -> set[tuple[str, str, str]]:
    """The triples (language, hash of the source, hash of the words) that somebody signed in these languages."""
    columns = (TextSignature.language, TextSignature.source_hash, TextSignature.words_hash)
    found = session.execute(select(*columns).where(TextSignature.language.in_(languages)))
    return {(row[0], row[1], row[2]) for row in found}


def is_signed(signed: set[tuple[str, str, str]], language: str, source: str, words: str) -> bool:
    """Whether somebody signed that these words say what the source says."""
    return (language, words_hash(source), words_hash(words)) in signed


def _rows(session: Session, name: str) -> list[TranslatedText]:
    wanted = select(TranslatedText).where(TranslatedText.name == name, TranslatedText.hand == "first")
    return list(session.scalars(wanted.order_by(TranslatedText.key, TranslatedText.language)))


class _Kept(NamedTuple):
    """A row of words without what makes it one to change: thousands of them are read for one page."""

    key: str
    language: str
    words: str
    source: str
    state: str
    revision: int


def _kept(session: Session, name: str, languages: Sequence[str]) -> list[_Kept]:
    columns = [getattr(TranslatedText, column) for column in _Kept._fields]
    first = (TranslatedText.name == name) & (TranslatedText.hand == "first")
    found = session.execute(select(*columns).where(first, TranslatedText.language.in_(languages)))
    return [_Kept(*row) for row in found]


def _told(
    text: Text, source: str, language: str, row: _Kept | None, known: tuple[str, set[tuple[str, str, str]]]
) -> Translated:
    source_hash, signed = known
    own, revision = text.words.get(language, ""), row.revision if row else 0
    if row is not None and row.words and row.source != source:
        return Translated(text, source, row.words, "stale", before=row.source, revision=revision)
    words = row.words if row is not None and row.words else own
    if not words:
        return Translated(text, source, "", "missing", revision=revision)
    state: State = "draft" if row is not None and row.words and row.state == "draft" else "machine"
    if (language, source_hash, words_hash(words)) in signed:
        state = "signed"
    elif words == source and state == "draft":
        state = "identical"
    return Translated(text, source, words, state, revision=revision)
