"""In which languages a round may open: those whose words a person who reads them has signed.

Notice, help and consent texts have no way round that. Other words open unsigned for a reason that the audit log keeps,
and whoever answers in that language is told so.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.languages import SOURCE
from feedback.models import Draft, InstrumentVersion, Round, StaffMember
from feedback.operations.errors import LanguageUnsigned, NotFound, NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.form_words import is_signed, signatures
from feedback.operations.workshop.product_words import unsigned_notice
from feedback.operations.workshop.published import newest_version
from feedback.privacy.permissions import Action
from forms.definition import Instrument
from forms.draft import as_data, items_of
from forms.texts import Text, texts_of
from forms.wording import plain_text

LONGEST_REASON = 500
#: What has to be signed in any case: the product's notice and help, and the form's own notices and introduction.
_NEVER_UNSIGNED = ("product", "notice")
#: Every kind, the gravest first.
_KINDS = (*_NEVER_UNSIGNED, "question", "answer", "theme")
_KIND_OF = {"introduction": "notice", "label": "answer"}


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A language with words that nobody has signed: how many of each kind, the gravest first.

    Kinds: "product" (its own notice and help), "notice" (of the form), "question", "answer", "theme".
    """

    language: str
    texts: Mapping[str, int]

    @property
    def is_closed(self) -> bool:
        """Whether no reason opens it: what it lacks is a notice."""
        return any(kind in self.texts for kind in _NEVER_UNSIGNED)


@dataclass(frozen=True, slots=True)
class Gate:
    """What keeps a draft round from opening in its languages. `reworded`: texts that the form now says otherwise."""

    unsigned: tuple[Unsigned, ...]
    reworded: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether a reason is not enough."""
        return any(each.is_closed for each in self.unsigned)


def unsigned_in(
    session: Session, data: Mapping[str, Any], source: str, languages: Iterable[str]
) -> tuple[Unsigned, ...]:
    """Of these languages those in which something of the form, or of the product's notice, is not signed."""
    wanted = tuple(languages)
    signed = signatures(session, *wanted)
    texts = [text for text in texts_of(data) if text.readers == "respondents" and text.words.get(source)]
    notices, found = notices_of(data), list[Unsigned]()
    for language in wanted:
        lacking = [
            text
            for text in (texts if language != source else ())
            if not is_signed(signed, language, text.words[source], text.words.get(language, ""))
        ]
        found += told_of(language, lacking, notices, unsigned_notice(signed, language))
    return tuple(found)


def told_of(language: str, lacking: Iterable[Text], notices: Collection[str], of_product: int) -> list[Unsigned]:
    """What these texts that nobody has signed come to; nothing where there are none.

    `notices` are ids of items that ask nothing, `of_product` is how many texts of the product's notice are unsigned.
    """
    counted = Counter({"product": of_product})
    for text in lacking:
        kind = "notice" if text.item in notices else _KIND_OF.get(text.field, "question")
        counted["theme" if text.key.startswith("themes/") else kind] += 1
    texts = {kind: counted[kind] for kind in _KINDS if counted[kind]}
    return [Unsigned(language, texts)] if texts else []


def notices_of(data: Mapping[str, Any]) -> set[str]:
    """Ids of what is said between questions."""
    return {item["id"] for item in items_of(data) if item.get("type") == "notice"}


def pass_gate(session: Session, round_: Round, by: StaffMember, reason: str, *, now: datetime) -> None:
    """LanguageUnsigned unless all that the round says is signed, or need not be, or is asked for this reason.

    A sample asks nobody; its pages say that it is made up.
    """
    if round_.sample:
        return
    version = round_.instrument
    unsigned = unsigned_in(session, _data(version), version.source_language, round_.languages)
    if not unsigned:
        return
    if any(each.is_closed for each in unsigned) or not reason.strip():
        raise LanguageUnsigned(tuple(each.language for each in unsigned))
    allow(by, Action.ASK_UNCHECKED)
    round_.unchecked = [each.language for each in unsigned]
    said = plain_text(reason)[:LONGEST_REASON]
    record(session, now, by.account, "language_asked_unchecked", round_.id, languages=round_.unchecked, reason=said)


def gate_of(school: School, round_: Round) -> Gate:
    """What keeps this draft from opening, for its page."""
    if round_.state != "draft" or round_.imported or round_.sample:
        return Gate(())
    version = round_.instrument
    with reading(school.engine) as session:
        data = _data(version)
        unsigned = unsigned_in(session, data, version.source_language, round_.languages)
        return Gate(unsigned, _reworded(session, version, data))


def refuse_unsigned(school: School, instrument: Instrument, languages: Iterable[str]) -> None:
    """LanguageUnsigned where a form is to be asked in one step in a language that nobody has signed it in."""
    if unsigned := _unsigned_of(school, instrument, languages):
        raise LanguageUnsigned(tuple(each.language for each in unsigned))


def signed_languages(school: School, instrument: Instrument) -> set[str]:
    """The languages of a form in which all of it is signed; its source is one where the notice is signed in it."""
    unsigned = {each.language for each in _unsigned_of(school, instrument, instrument.languages)}
    return set(instrument.languages) - unsigned


def leave_out_unsigned(school: School, by: StaffMember, round_id: str, *, now: datetime) -> None:
    """Ask a draft round in its signed languages only. NotReady("languages") where that leaves none; WrongState."""
    with writing(school.engine) as session:
        round_ = session.get(Round, round_id)
        if round_ is None:
            raise NotFound(round_id)
        allow(by, Action.CHANGE_ROUNDS, round_)
        if round_.state != "draft" or round_.imported:
            raise WrongState(round_.state)
        version = round_.instrument
        unsigned = unsigned_in(session, _data(version), version.source_language, round_.languages)
        out = {each.language for each in unsigned}
        if not set(round_.languages) - out:
            raise NotReady("languages")
        round_.languages = [code for code in round_.languages if code not in out]
        record(session, now, by.account, "languages_left_out", round_id, languages=sorted(out))


def _unsigned_of(school: School, instrument: Instrument, languages: Iterable[str]) -> tuple[Unsigned, ...]:
    with reading(school.engine) as session:
        version = newest_version(session, instrument.id)
        source = version.source_language if version is not None else SOURCE
        return unsigned_in(session, as_data(instrument), source, languages)


def _data(version: InstrumentVersion) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(version.body)
    return loaded


def _reworded(session: Session, version: InstrumentVersion, data: Mapping[str, Any]) -> int:
    """How many texts of the version say something else by now, in the draft of its name or else in a newer version."""
    newest = session.scalar(select(Draft).where(Draft.name == version.name)) or newest_version(session, version.name)
    if newest is None or newest.id == version.id:
        return 0
    source = version.source_language
    newer = {text.key: text.words.get(source) for text in texts_of(json.loads(newest.body))}
    return sum(text.key in newer and newer[text.key] != text.words.get(source) for text in texts_of(data))
