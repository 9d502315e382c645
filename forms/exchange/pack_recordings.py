"""The recordings in a pack: which part of the form each reads in which language, and whether it reads these words."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from forms.aloud import hash_read
from forms.exchange.pack import Media
from forms.exchange.pack_members import PackRefused

#: Language -> name of each part of the form -> the texts that are read there; none where it lacks words.
Parts = Mapping[str, Mapping[str, tuple[str, ...]]]
#: "stale": it was spoken for other words than the form has. "gone": the form has no such part, or no words for it.
Fit = Literal["there", "stale", "gone"]


@dataclass(frozen=True, slots=True)
class PackedRecording:
    """A recording in a pack. `file` is its name there, as in `Pack.audio`; `words` what the form says in its place."""

    file: str
    language: str
    key: str
    media: Media
    fit: Fit
    words: tuple[str, ...]

    @property
    def words_hash(self) -> str:
        """Of the words that it was spoken for; where the pack does not say, no words have it."""
        return self.media.words


def file_name(language: str, key: str) -> str:
    """What the recording of a part in a language is called in a pack."""
    return f"{language}/{key}.mp3"


def recordings_in(audio: Mapping[str, Media], parts: Parts) -> tuple[PackedRecording, ...]:
    """All recordings of a pack, by name. `parts` are those of its form.

    PackRefused: two for one part and language, or more than the form has parts in all its languages. Which of too many
    the school meant cannot be told from outside, and no desk writes such a pack.
    """
    found: dict[tuple[str, str], PackedRecording] = {}
    for file in sorted(audio):
        recording = _recording(file, audio[file], parts)
        place = (recording.language, recording.key)
        if place in found:
            raise PackRefused("pack_voice_twice", f"audio/{file}")
        found[place] = recording
    room = sum(len(each) for each in parts.values())
    if len(found) > room:
        odd = next((each for each in found.values() if each.fit == "gone"), next(iter(found.values())))
        raise PackRefused("pack_voices", f"audio/{odd.file}")
    return tuple(found.values())


def _recording(file: str, media: Media, parts: Parts) -> PackedRecording:
    path = PurePath(file)
    language, key = str(path.parent), path.stem
    words = parts.get(language, {}).get(key, ())
    if not words:
        return PackedRecording(file, language, key, media, "gone", ())
    return PackedRecording(file, language, key, media, "there" if media.words == hash_read(words) else "stale", words)
