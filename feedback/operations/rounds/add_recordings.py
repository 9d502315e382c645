"""Taking in a folder of recordings: each file is made anew as speech; all of them, or none."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from feedback.db import reading, writing
from feedback.models import Round
from feedback.operations.errors import LanguageUnknown, RecordingsRefused, WrongState
from feedback.operations.record import record
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.workshop.recordings import put_recordings, recorded, what_is_read
from feedback.operations.workshop.round_form import form_of
from feedback.operations.workshop.sound import SoundUnreadable, as_speech

_ENDINGS = {".mp3", ".wav", ".ogg", ".flac"}
#: While these last somebody can still listen.
_TIMES = ("draft", "open")

Progress = Callable[[int, int], None]


def add_recordings(
    school: School, round_id: str, language: str, folder: Path, *, now: datetime, account: str, progress: Progress
) -> int:
    """Take in every file of the folder, named by what it reads; how many.

    RecordingsRefused names every file that does not fit; NotFound, WrongState or LanguageUnknown say so of the round.
    Whatever is refused, nothing has changed.
    """
    code, names = _asked(school, round_id, language)
    files, refused = _matched(folder, names)
    made: dict[str, bytes] = {}
    for done, (name, file) in enumerate(files.items(), 1):
        try:
            made[name] = as_speech(file.read_bytes())
        except SoundUnreadable as unreadable:
            refused.append((file.name, str(unreadable)))
        except OSError as unreadable:
            refused.append((file.name, f"cannot be read: {unreadable.strerror}"))
        progress(done, len(files))
    if refused or not made:
        raise RecordingsRefused(tuple(refused) or ((folder.name, "holds no recording: one file for each question"),))
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        _refuse_over(round_)
        record(session, now, account, "recordings_added", round_id, language=language, files=len(made))
        put_recordings(school.settings, code, language, made)
    return len(made)


def missing_recordings(school: School, round_id: str) -> dict[str, tuple[str, ...]]:
    """For each of the round's languages, what no recording reads yet, in the order of the form; NotFound."""
    with reading(school.engine) as session:
        round_ = find_round(session, round_id)
        code, languages = round_.code, tuple(round_.languages)
        names = what_is_read(form_of(round_))
    there = {language: recorded(school.settings, code, language) for language in languages}
    return {language: tuple(name for name in names if name not in there[language]) for language in languages}


def _asked(school: School, round_id: str, language: str) -> tuple[str, tuple[str, ...]]:
    with reading(school.engine) as session:
        round_ = find_round(session, round_id)
        _refuse_over(round_)
        if language not in round_.languages:
            raise LanguageUnknown(language)
        return round_.code, what_is_read(form_of(round_))


def _refuse_over(round_: Round) -> None:
    if round_.state not in _TIMES or round_.imported:
        raise WrongState(round_.state)


def _matched(folder: Path, names: tuple[str, ...]) -> tuple[dict[str, Path], list[tuple[str, str]]]:
    files: dict[str, Path] = {}
    refused: list[tuple[str, str]] = []
    # What an operating system hides in folders of its own accord is nobody's recording.
    for file in sorted(each for each in folder.iterdir() if not each.name.startswith(".")):
        if not file.is_file() or file.suffix.lower() not in _ENDINGS:
            refused.append((file.name, "is no recording that we can read; save it as MP3, WAV, OGG or FLAC"))
        elif file.stem not in names:
            refused.append((file.name, f"reads nothing of this form; name it after one of: {', '.join(names)}"))
        elif file.stem in files:
            refused.append((file.name, f"reads what {files[file.stem].name} reads; keep one of them"))
        else:
            files[file.stem] = file
    return files, refused
