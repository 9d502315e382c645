"""Translating twice: a second person writes without seeing the first, then somebody compares and settles (TRAPD).

All of it can be left out. The second translation is never asked; what was settled on is the first from then on.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import StaffMember, TranslatedText
from feedback.operations.errors import NotFound, SecondPersonNeeded, TranslationChanged, TranslationRefused
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.workshop.form_words import Translated, states_of
from feedback.operations.workshop.translatable import Form, allow_into, find_form
from feedback.operations.workshop.translate import Written, find_text, keep_text, remarks, row_of
from forms.texts import words_hash
from forms.translation_checks import Found
from forms.wording import plain_text


@dataclass(frozen=True, slots=True)
class Blind:
    """A text as whoever translates it a second time sees it: its source, and their own words, nobody else's."""

    text: Translated
    own: str
    revision: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people's translations of one text, side by side."""

    first: Translated
    second: str
    second_revision: int


def blind_texts(school: School, by: StaffMember, name: str, language: str) -> tuple[Form, list[Blind]]:
    """The texts that this account can translate a second time: those whose first words it did not write itself."""
    allow_into(by, language)
    with reading(school.engine) as session:
        form = find_form(session, name, language)
        told = states_of(session, name, form.data, form.source, [language])[language]
        rows = {(row.key, row.hand): row for row in _rows(session, name, language)}
    found = []
    for each in told:
        first, second = rows.get((each.text.key, "first")), rows.get((each.text.key, "second"))
        if each.state == "missing" or _wrote(first, by) or (second is not None and not _wrote(second, by)):
            continue
        own = second.words if second is not None and second.source == each.source else ""
        # Whatever is there of the first stays here.
        unseen = Translated(each.text, each.source, "", "missing")
        found.append(Blind(unseen, own, second.revision if second else 0))
    return form, found


def translate_again(
    school: School, by: StaffMember, name: str, language: str, written: Written, *, now: datetime
) -> tuple[Found, ...]:
    """Keep a second translation of a text. SecondPersonNeeded for whoever wrote the first, or where another wrote it.

    TranslationChanged, TranslationRefused, NotPermitted, NotFound, as `translate.translate_text`.
    """
    allow_into(by, language)
    with writing(school.engine) as session:
        form = find_form(session, name, language)
        told = states_of(session, name, form.data, form.source, [language])[language]
        text = find_text(told, written.key)
        first, second = (row_of(session, name, written.key, language, hand) for hand in ("first", "second"))
        if _wrote(first, by) or (second is not None and not _wrote(second, by)):
            raise SecondPersonNeeded("translation")
        revision = second.revision if second else 0
        if revision != written.revision or words_hash(text.source) != written.source_hash:
            raise TranslationChanged(
                written.key, words=second.words if second else "", source=text.source, revision=revision
            )
        words = text.source if written.identical else plain_text(written.words)
        found = remarks(form, told, text, language, words, identical=written.identical, reason=written.reason)
        if any(each.hard for each in found):
            raise TranslationRefused(found)
        today = school.settings.day_of(now)
        keep_text(session, name, language, text, words, by=by, today=today, hand="second")
        record(session, now, by.account, "text_translated_again", name, key=written.key, language=language)
        return found


def pairs(school: School, by: StaffMember, name: str, language: str) -> tuple[Form, list[Pair]]:
    """The texts that two people have translated and nobody has settled, in the order of the form."""
    allow_into(by, language)
    with reading(school.engine) as session:
        form = find_form(session, name, language)
        told = states_of(session, name, form.data, form.source, [language])[language]
        seconds = {row.key: row for row in _rows(session, name, language) if row.hand == "second"}
    there = [(each, seconds.get(each.text.key)) for each in told]
    return form, [
        Pair(each, row.words, row.revision) for each, row in there if row is not None and row.source == each.source
    ]


def settle(
    school: School, by: StaffMember, name: str, language: str, written: Written, *, second_revision: int, now: datetime
) -> tuple[Found, ...]:
    """What two translations come to: one of the two, or a third. It is the first from now on, and waits to be signed.

    The second is not kept beside it; the audit log says which was chosen. Refused as `translate.translate_text`.
    """
    allow_into(by, language)
    with writing(school.engine) as session:
        form = find_form(session, name, language)
        row_of(session, name, written.key, language)
        told = states_of(session, name, form.data, form.source, [language])[language]
        text = find_text(told, written.key)
        second = row_of(session, name, written.key, language, "second")
        if second is None:
            raise NotFound(written.key)
        as_seen = (text.revision, words_hash(text.source), second.revision) == (
            written.revision,
            written.source_hash,
            second_revision,
        )
        if not as_seen:
            raise TranslationChanged(written.key, words=text.words, source=text.source, revision=text.revision)
        words = plain_text(written.words)
        found = remarks(form, told, text, language, words, identical=written.identical, reason=written.reason)
        if any(each.hard for each in found):
            raise TranslationRefused(found)
        chosen = "first" if words == text.words else "second" if words == second.words else "third"
        if chosen != "first":
            keep_text(session, name, language, text, words, by=by, today=school.settings.day_of(now))
        session.delete(second)
        record(session, now, by.account, "translation_settled", name, key=written.key, language=language, chosen=chosen)
        return found


def _rows(session: Session, name: str, language: str) -> list[TranslatedText]:
    same = (TranslatedText.name == name) & (TranslatedText.language == language)
    found = list(session.scalars(select(TranslatedText).where(same)))
    session.expunge_all()
    return found


def _wrote(row: TranslatedText | None, by: StaffMember) -> bool:
    return row is not None and row.state == "draft" and row.by_id == by.id
