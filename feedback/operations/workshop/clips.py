"""Recordings of a draft's texts: one voice per text and language, stale once the words change, and given to rounds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Clip, Draft, Round, StaffMember
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.workshop.clip_words import parts_in
from feedback.operations.workshop.drafts import DraftAsSeen, draft_for, find_draft
from feedback.operations.workshop.form_words import joined, languages_begun
from feedback.operations.workshop.recordings import put_recordings, recorded
from feedback.operations.workshop.round_form import form_of
from feedback.operations.workshop.sound_apart import speech_apart
from forms.aloud import hash_read
from forms.draft import as_data

#: Bytes of all clips of a form: thirty questions in fifteen languages are half of it.
BUDGET = 100 * 1024 * 1024

#: What there is for a text. "waits": it has no words in this language; "gone": a clip of what is in the form no more.
State = Literal["none", "there", "stale", "waits", "gone"]


@dataclass(frozen=True, slots=True)
class ClipLine:
    """One part of a form: what is read there, and whether somebody does. `seconds` is 0 where nobody does."""

    key: str
    words: tuple[str, ...]
    state: State
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class ClipsSeen:
    """A draft in one language, with its parts in the order of the form; `languages` are all it can be read in."""

    seen: DraftAsSeen
    language: str
    languages: tuple[str, ...]
    lines: tuple[ClipLine, ...]


def clips_for(school: School, by: StaffMember, draft_id: str, language: str) -> ClipsSeen:
    """What is recorded of a draft in a language. NotPermitted, NotFound (a language that it does not have, too)."""
    seen = draft_for(school, by, draft_id)
    with reading(school.engine) as session:
        languages = _languages(session, seen.draft)
        told = _told(session, seen, language)
        there = {key: (words, seconds) for key, words, seconds in _kept(session, seen.draft.name, language)}
    lines = [_line(key, words, there.pop(key, None)) for key, words in told.items()]
    gone = [ClipLine(key, (), "gone", seconds) for key, (_words, seconds) in sorted(there.items())]
    return ClipsSeen(seen, language, languages, (*lines, *gone))


def add_clip(
    school: School, by: StaffMember, draft_id: str, key: str, language: str, body: bytes, *, now: datetime
) -> None:
    """Keep this voice for the words as they are now, in place of another one. NotPermitted, NotFound.

    NotReady: "waits", "too_many", and what `speech_apart` says. Nothing is stored then.
    """
    words = next((line.words for line in clips_for(school, by, draft_id, language).lines if line.key == key), None)
    if words is None:
        raise NotFound(key)
    if not words:
        raise NotReady("waits")
    made, seconds = speech_apart(body)
    with writing(school.engine) as session:
        draft = find_draft(session, by, draft_id, for_change=True)
        clip = _find(session, draft.name, key, language)
        others = select(func.coalesce(func.sum(func.length(Clip.body)), 0)).where(Clip.name == draft.name)
        if int(session.scalar(others) or 0) + len(made) > BUDGET:
            raise NotReady("too_many")
        if clip is None:
            clip = Clip(name=draft.name, key=key, language=language)
            session.add(clip)
        clip.words_hash, clip.body, clip.seconds = hash_read(words), made, seconds
        clip.by_id, clip.added_on = by.id, school.settings.day_of(now)
        session.flush()
        record(session, now, by.account, "clip_added", draft_id, language=language, bytes=len(made))


def read_clip(school: School, by: StaffMember, draft_id: str, key: str, language: str) -> bytes:
    """The clip as MP3; NotPermitted, NotFound."""
    with reading(school.engine) as session:
        clip = _find(session, find_draft(session, by, draft_id).name, key, language)
        if clip is None:
            raise NotFound(key)
        return clip.body


def remove_clip(school: School, by: StaffMember, draft_id: str, key: str, language: str, *, now: datetime) -> None:
    """Take a clip away; rounds that have it keep it. NotPermitted, NotFound."""
    with writing(school.engine) as session:
        clip = _find(session, find_draft(session, by, draft_id).name, key, language)
        if clip is None:
            raise NotFound(key)
        session.delete(clip)
        record(session, now, by.account, "clip_removed", draft_id, language=language)


def give_clips(school: School, session: Session, round_: Round, *, account: str, now: datetime) -> None:
    """Give a round that opens the clips that read its very words; what was added for the round by hand stays."""
    name, data = round_.instrument.name, as_data(form_of(round_))
    for language in round_.languages:
        wanted = {key: hash_read(words) for key, words in parts_in(data, language).items()}
        there = recorded(school.settings, round_.code, language)
        fitting = [
            key
            for key, words_hash, _seconds in _kept(session, name, language)
            if wanted.get(key) == words_hash and key not in there
        ]
        if fitting:
            bodies = select(Clip.key, Clip.body).where(Clip.name == name, Clip.language == language)
            made = {row.key: row.body for row in session.execute(bodies.where(Clip.key.in_(fitting)))}
            put_recordings(school.settings, round_.code, language, made)
            record(session, now, account, "recordings_added", round_.id, language=language, files=len(made))


def _languages(session: Session, draft: Draft) -> tuple[str, ...]:
    source = draft.source_language
    return (source, *(code for code in languages_begun(session, draft.name) if code != source))


def _told(session: Session, seen: DraftAsSeen, language: str) -> dict[str, tuple[str, ...]]:
    draft = seen.draft
    if language not in _languages(session, draft):
        raise NotFound(language)
    return parts_in(joined(session, draft.name, seen.data, draft.source_language, [language]), language)


def _line(key: str, words: tuple[str, ...], clip: tuple[str, int] | None) -> ClipLine:
    if clip is None:
        return ClipLine(key, words, "none" if words else "waits")
    return ClipLine(key, words, "there" if clip[0] == hash_read(words) else "stale", clip[1])


def _kept(session: Session, name: str, language: str) -> list[tuple[str, str, int]]:
    """Key, hash of the words and seconds of each clip, without its sound."""
    columns = select(Clip.key, Clip.words_hash, Clip.seconds).where(Clip.name == name, Clip.language == language)
    return [(key, words_hash, seconds) for key, words_hash, seconds in session.execute(columns)]


def _find(session: Session, name: str, key: str, language: str) -> Clip | None:
    return session.scalar(select(Clip).where(Clip.name == name, Clip.key == key, Clip.language == language))
