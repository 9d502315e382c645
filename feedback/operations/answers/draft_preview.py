"""A draft as respondents would meet it: what of it is finished, in one of its languages. Nothing can be answered."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import Draft, StaffMember, TranslatedText
from feedback.operations.answers.publish import Asked
from feedback.operations.school import School
from feedback.operations.workshop.drafts import draft_for
from forms.definition import AnyItem, Instrument, digest
from forms.steps.look_over import LookedOver, look_over
from forms.texts import Data, texts_of, with_texts
from forms.wording import Words

#: What a round has as a rule (`operations.rounds.course`), for the sentences that name it.
_WAIT_FOR, _KEEP_COMMENTS, _KEEP_TALLIES, _DAYS = 10, 90, 1095, 14
#: In place of a round's code, where a page names one.
CODE = "PREVIEW"
#: In place of what a pilot says of itself.
_PILOT = {"trying": "…", "why": "…", "promise": "…"}


@dataclass(frozen=True, slots=True)
class DraftPreview:
    """`asked` is None where nothing can be shown yet; `languages` are those that are complete, the source first."""

    draft: Draft
    looked: LookedOver
    asked: Asked | None
    languages: tuple[str, ...]


def draft_preview(school: School, by: StaffMember, draft_id: str, language: str, *, now: datetime) -> DraftPreview:
    """The finished part of a draft in its source language, and in `language` where that is complete."""
    seen = draft_for(school, by, draft_id)
    source = seen.draft.source_language
    with reading(school.engine) as session:
        words = _complete(session, seen.draft.name, seen.data, source)
    looked = look_over(seen.data)
    if looked.finished is None:
        return DraftPreview(seen.draft, looked, None, (source, *words))
    told = look_over(_joined(seen.data, language, words[language])) if language in words else looked
    instrument = told.finished or looked.finished
    asked = _as_asked(school, instrument, today=school.settings.day_of(now))
    return DraftPreview(seen.draft, looked, asked, (source, *words))


def languages_begun(school: School, by: StaffMember, draft_id: str) -> list[str]:
    """The languages that a draft has any words in besides its source."""
    draft = draft_for(school, by, draft_id).draft
    with reading(school.engine) as session:
        wanted = select(TranslatedText.language).where(
            TranslatedText.name == draft.name, TranslatedText.hand == "first"
        )
        return sorted(session.scalars(wanted.distinct()))


def _complete(session: Session, name: str, data: Data, source: str) -> dict[str, dict[str, Words]]:
    """Language -> key -> words, for the languages in which no text that respondents read is missing or stale."""
    said = {text.key: text.words.get(source, "") for text in texts_of(data) if text.readers == "respondents"}
    needed = {key for key, words in said.items() if words}
    found: dict[str, dict[str, Words]] = {}
    wanted = select(TranslatedText).where(TranslatedText.name == name, TranslatedText.hand == "first")
    for row in session.scalars(wanted):
        if row.key in needed and row.words and row.source == said[row.key]:
            found.setdefault(row.language, {})[row.key] = {row.language: row.words}
    return {language: words for language, words in sorted(found.items()) if len(words) == len(needed)}


def _joined(data: Data, language: str, words: dict[str, Words]) -> Data:
    source = data["languages"][0]
    # What the draft has no words for yet has none in the other language either: it is left out of both.
    return with_texts(data, words) | {"languages": [source, language]}


def _as_asked(school: School, instrument: Instrument, *, today: date) -> Asked:
    promise = school.settings.calendar.school_day_from(today + timedelta(days=_DAYS))
    return Asked(
        round_id="",
        code=CODE,
        instrument=instrument,
        instrument_sha256=digest(instrument),
        languages=instrument.languages,
        audience=instrument.audience,
        pilot_words=dict.fromkeys(instrument.languages, _PILOT),
        school_name=school.settings.school_name,
        k=_WAIT_FOR,
        keep_comments_days=_KEEP_COMMENTS,
        keep_tallies_days=_KEEP_TALLIES,
        if_too_few="destroy",
        promise_on=promise,
        closes_at=datetime.combine(today + timedelta(days=_DAYS), datetime.min.time()),
        read_languages=instrument.languages if instrument.audience == "students" else (),
    )


def laid_out(asked: Asked, layout: str) -> Asked:
    """The same with all on one page ("page"), or one question a screen ("screens"): then every screen is shown."""
    instrument = asked.instrument.model_copy(update={"layout": layout})
    return replace(asked, instrument=_of_everybody(instrument) if layout == "screens" else instrument)


def _of_everybody(instrument: Instrument) -> Instrument:
    """Without conditions: nobody answers here, so nothing would lead to what they guard."""
    sections = tuple(
        section.model_copy(update={"show_if": None, "items": tuple(map(_of_all, section.items))})
        for section in instrument.sections
    )
    return instrument.model_copy(update={"sections": sections})


def _of_all(item: AnyItem) -> AnyItem:
    is_beside = getattr(item, "companion_of", None) is not None
    return item if is_beside or not item.show_if else item.model_copy(update={"show_if": None})
