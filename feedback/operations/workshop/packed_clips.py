"""Recordings on their way between schools: out with a form's pack, and in again, each made anew like any other.

Being made anew on every journey, a recording never has the same bytes twice: it reads the same words in the same
language, and each time it is two frames of MP3 (48 ms of silence) longer.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Clip, Draft, StaffMember
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.workshop.clip_words import all_parts
from feedback.operations.workshop.clips import BUDGET
from feedback.operations.workshop.sound_apart import Speech, speeches_apart
from forms.exchange.pack import Media
from forms.exchange.pack_recordings import PackedRecording, file_name

#: Bytes that a second of speech takes, and what a recording has around it.
_A_SECOND, _AROUND = 5_000, 1_500
#: What cannot be used costs as much as the longest that can: a pack full of it comes to an end, too.
_UNUSABLE = 900_000
_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Voice:
    """What becomes of one recording of a pack.

    `told` is "there"; "stale" where it comes along, and waits to be recorded again; or why it stays out: "gone" (the
    form has no such text), "too_many" (beyond what a form's recordings may be together), or a code of `speech_apart`.
    """

    recording: PackedRecording
    told: str
    speech: Speech | None = None

    @property
    def comes(self) -> bool:
        """Whether it is kept with the form."""
        return self.speech is not None


def clips_to_pack(session: Session, name: str, data: Mapping[str, Any]) -> dict[str, Media]:
    """The form's recordings by their names in a pack, also of words that changed since; not of parts that are gone."""
    parts = all_parts(data)
    rows = session.scalars(select(Clip).where(Clip.name == name, Clip.language.in_(parts)))
    return {
        file_name(row.language, row.key): Media(row.body, "audio/mpeg", row.words_hash)
        for row in rows
        if parts[row.language].get(row.key)
    }


def hear_voices(recordings: Iterable[PackedRecording], *, make: bool) -> tuple[Voice, ...]:
    """What becomes of each recording; `make=False` only looks, and keeps no sound. The same is told both times."""
    fitting: list[PackedRecording] = []
    told: list[Voice] = []
    for each in recordings:
        if each.fit == "gone":
            told.append(Voice(each, "gone"))
        else:
            fitting.append(each)
    return (*_within_budget(fitting, make=make), *told)


def keep_voices(
    school: School, session: Session, by: StaffMember, draft: Draft, voices: Iterable[Voice], *, now: datetime
) -> None:
    """Keep those that come along with a draft that has no recordings yet."""
    files: dict[str, int] = {}
    for voice in voices:
        if voice.speech is None:
            continue
        packed = voice.recording
        clip = Clip(name=draft.name, key=packed.key, language=packed.language, words_hash=packed.words_hash)
        clip.body, clip.seconds = voice.speech.body, voice.speech.seconds
        clip.by_id, clip.added_on = by.id, school.settings.day_of(now)
        session.add(clip)
        files[packed.language] = files.get(packed.language, 0) + 1
    session.flush()
    for language, count in files.items():
        record(session, now, by.account, "recordings_added", draft.id, language=language, files=count)


def _within_budget(recordings: list[PackedRecording], *, make: bool) -> Iterator[Voice]:
    left = BUDGET
    while recordings:
        some, recordings = recordings[:_AT_ONCE], recordings[_AT_ONCE:]
        made = speeches_apart([each.media.body for each in some], make=make) if left > 0 else ["too_many"] * len(some)
        for each, speech in zip(some, made, strict=True):
            left -= _AROUND + _A_SECOND * speech.seconds if isinstance(speech, Speech) else _UNUSABLE
            if isinstance(speech, str):
                yield Voice(each, speech)
            elif left < 0:
                yield Voice(each, "too_many")
            else:
                yield Voice(each, each.fit, speech)
