"""Translating a form, text by text: writing, signing, taking a signature back. Nobody writes over unseen work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.db import writing
from feedback.models import StaffMember, TextSignature, TranslatedText
from feedback.operations.errors import NotFound, TranslationChanged, TranslationRefused
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.workshop.form_words import Translated, states_of
from feedback.operations.workshop.translatable import Form, allow_into, find_form
from forms.glossary import ready_words
from forms.texts import words_hash
from forms.translation_checks import Found, check
from forms.wording import plain_text

#: Characters of a reason for other words than the fixed ones.
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Written:
    """What a translator wrote of one text, and what they saw when they wrote it."""

    key: str
    words: str
    #: Of the row they saw, 0 for none; and the hash of the source they read (`forms.texts.words_hash`).
    revision: int
    source_hash: str
    #: It stays as the source has it, on purpose.
    identical: bool = False
    #: Why a label has other words than the fixed ones.
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """One text as a person read it: its key and the hashes of what stood there (`forms.texts.words_hash`)."""

    key: str
    source_hash: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of a list to sign: how many were signed, and the keys of those that were not, with their reason."""

    count: int
    changed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def translate_text(
    school: School, by: StaffMember, name: str, language: str, written: Written, *, sign: bool = False, now: datetime
) -> tuple[Found, ...]:
    """Keep these words as the text's translation, and sign them if asked to; what may still be looked at.

    TranslationChanged where the words or the source were changed meanwhile, TranslationRefused where a check fails:
    nothing is stored then. NotPermitted, NotFound.
    """
    allow_into(by, language)
    with writing(school.engine) as session:
        form = find_form(session, name, language)
        # Before anything is compared with what was seen: two at once come one after the other.
        row_of(session, name, written.key, language)
        told = states_of(session, name, form.data, form.source, [language])[language]
        now_there = find_text(told, written.key)
        if now_there.revision != written.revision or words_hash(now_there.source) != written.source_hash:
            raise TranslationChanged(
                written.key, words=now_there.words, source=now_there.source, revision=now_there.revision
            )
        words = now_there.source if written.identical else plain_text(written.words)
        found = remarks(form, told, now_there, language, words, identical=written.identical, reason=written.reason)
        if any(each.hard for each in found):
            raise TranslationRefused(found)
        today = school.settings.day_of(now)
        keep_text(session, name, language, now_there, words, by=by, today=today)
        facts = {"reason": written.reason.strip()[:LONGEST_REASON]} if written.reason.strip() else {}
        record(session, now, by.account, "text_translated", name, key=written.key, language=language, **facts)
        if sign and add_signature(session, by, language, now_there.source, words, today):
            record(session, now, by.account, "text_signed", name, language=language, texts=1)
        return found


def sign_texts(
    school: School, by: StaffMember, name: str, language: str, read: Sequence[Read], *, now: datetime
) -> Signed:
    """Sign all of these that still stand as they were read; those that were changed or fail a check are not signed."""
    allow_into(by, language)
    with writing(school.engine) as session:
        form = find_form(session, name, language)
        told = states_of(session, name, form.data, form.source, [language])[language]
        there = {each.text.key: each for each in told}
        signed, changed, refused = 0, [], []
        for each in read:
            text = there.get(each.key)
            if text is None or not _is_as_read(text, each):
                changed.append(each.key)
            elif any(one.hard for one in remarks_now(form, told, text, language)):
                refused.append(each.key)
            else:
                signed += add_signature(session, by, language, text.source, text.words, school.settings.day_of(now))
        if signed:
            record(session, now, by.account, "text_signed", name, language=language, texts=signed)
    return Signed(signed, tuple(changed), tuple(refused))


def withdraw_signature(school: School, by: StaffMember, name: str, language: str, read: Read, *, now: datetime) -> None:
    """Take back a signature, whoever gave it: from now on nobody has signed these words. NotFound."""
    allow_into(by, language)
    with writing(school.engine) as session:
        find_form(session, name, language)
        same = (TextSignature.source_hash == read.source_hash) & (TextSignature.words_hash == read.words_hash)
        gone = session.execute(delete(TextSignature).where(same, TextSignature.language == language))
        if not getattr(gone, "rowcount", 0):
            raise NotFound(read.key)
        record(session, now, by.account, "signature_withdrawn", name, key=read.key, language=language)


def find_text(told: Sequence[Translated], key: str) -> Translated:
    """The text of this key; NotFound."""
    for each in told:
        if each.text.key == key:
            return each
    raise NotFound(key)


def remarks(
    form: Form,
    told: Sequence[Translated],
    text: Translated,
    language: str,
    words: str,
    *,
    identical: bool = False,
    reason: str = "",
) -> tuple[Found, ...]:
    """What is found about these words for this text, beside the other answers of its question."""
    beside = [
        each.words
        for each in told
        if text.text.field == each.text.field == "label"
        and each.text.item == text.text.item
        and each.text.key != text.text.key
        and each.source != text.source
        and each.state != "stale"
    ]
    ready = () if reason.strip() else ready_words(text.text, text.source, form.source, language)
    place = text.text.field
    return check(
        text.source, words, language, place=place, identical=identical, other_answers=filter(None, beside), ready=ready
    )


def remarks_now(form: Form, told: Sequence[Translated], text: Translated, language: str) -> tuple[Found, ...]:
    """What is found about a text as it stands; fixed words of labels were asked for when they were written."""
    found = remarks(form, told, text, language, text.words, identical=text.state in ("identical", "signed"))
    return tuple(each for each in found if each.code != "glossary")


def keep_text(
    session: Session,
    name: str,
    language: str,
    text: Translated,
    words: str,
    *,
    by: StaffMember,
    today: date,
    hand: str = "first",
) -> None:
    """Store the words in this hand's row, as a person's draft of the source as it is now."""
    row = row_of(session, name, text.text.key, language, hand)
    if row is None:
        row = TranslatedText(name=name, key=text.text.key, language=language, hand=hand, revision=0)
        session.add(row)
    row.words, row.source, row.state = words, text.source, "draft"
    row.revision += 1
    row.by_id, row.changed_on = by.id, today
    session.flush()


def row_of(session: Session, name: str, key: str, language: str, hand: str = "first") -> TranslatedText | None:
    """What this hand wrote of the text, if anything; whoever else would write it waits."""
    same = (TranslatedText.name == name) & (TranslatedText.key == key)
    wanted = select(TranslatedText).where(same, TranslatedText.language == language, TranslatedText.hand == hand)
    return session.scalar(wanted.with_for_update())


def _is_as_read(text: Translated, read: Read) -> bool:
    as_it_is = (words_hash(text.source), words_hash(text.words))
    return text.state not in ("missing", "stale") and as_it_is == (read.source_hash, read.words_hash)


def add_signature(session: Session, by: StaffMember, language: str, source: str, words: str, today: date) -> bool:
    """Sign that these words say what the source says; False where somebody signed these very words before."""
    hashes = {"source_hash": words_hash(source), "language": language, "words_hash": words_hash(words)}
    if session.scalar(select(TextSignature.id).filter_by(**hashes)):
        return False
    session.add(TextSignature(**hashes, by_id=by.id, signed_on=today))
    session.flush()
    return True
