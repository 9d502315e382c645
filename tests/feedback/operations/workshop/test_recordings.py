"""Recordings that a school brings along: made anew, kept with the round, and gone with it."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import soundfile
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Round
from feedback.operations.errors import LanguageUnknown, RecordingsRefused, WrongState
from feedback.operations.retention.purge import delete_results, destroy_box
from feedback.operations.rounds.add_recordings import add_recordings, missing_recordings
from feedback.operations.rounds.course import discard_round
from feedback.operations.school import School
from feedback.operations.workshop.recordings import all_recordings, read_recording, recorded, what_is_read
from feedback.operations.workshop.sound import SoundUnreadable, as_speech
from tests.factories import NOW, a_round, a_staff_member, an_instrument
from tests.recordings import NEEDLE, PLACE, a_folder, a_recording

ITEMS = ("again", "liked")


def _add(school: School, round_: Round, folder: Path, language: str = "en", **facts: Any) -> int:
    plan = {"now": NOW, "account": "console", "progress": lambda _done, _total: None}
    return add_recordings(school, round_.id, language, folder, **{**plan, **facts})


@pytest.mark.parametrize("kind", ["WAV", "FLAC", "OGG", "OPUS", "MP3"])
def test_a_recording_is_made_anew_small_in_mono_and_without_the_name_of_whoever_made_it(kind: str) -> None:
    brought = a_recording(5.0, rate=48_000, kind=kind)
    made = as_speech(brought)
    for written in (NEEDLE.encode(), PLACE.encode()):
        assert (written in brought, written in made) == (True, False)
    assert b"ID3" not in made
    heard = soundfile.info(io.BytesIO(made))
    assert (heard.format, heard.channels, heard.samplerate) == ("MP3", 1, 24_000)
    assert heard.duration == pytest.approx(5.0, abs=0.2)
    assert len(made) * 8 / heard.duration == pytest.approx(40_000, rel=0.1)


def test_no_code_is_written_into_memory_which_the_services_unit_forbids(monkeypatch: pytest.MonkeyPatch) -> None:
    brought = a_recording(rate=24_000)

    def refuse(*_file: object) -> None:
        raise MemoryError

    # What soundfile calls for a file in memory, and what needs memory that can be written and run.
    monkeypatch.setattr(soundfile.SoundFile, "_init_virtual_io", refuse)
    with pytest.raises(MemoryError):
        soundfile.info(io.BytesIO(brought))
    assert as_speech(brought)[:1] == b"\xff"


def test_a_low_voice_is_made_as_loud_as_a_high_one() -> None:
    loudest = [
        abs(soundfile.read(io.BytesIO(as_speech(a_recording(loudness=loudness))))[0]).max() for loudness in (0.02, 0.8)
    ]
    assert loudest[0] == pytest.approx(loudest[1], rel=0.05)
    assert loudest[1] > 0.7


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "cannot be read"),
        (b"no sound at all " * 50, "cannot be read"),
        (a_recording()[:40], "cannot be read"),
        (a_recording(181.0, rate=8_000), "longer than 3 minutes"),
        (a_recording(loudness=0.0), "silent"),
        (a_recording(rate=192_000), "no recording of a voice"),
        (bytes(64 * 1024 * 1024 + 1), "larger than 64 MB"),
    ],
    ids=["empty", "text", "cut off", "long", "silent", "strange", "large"],
)
def test_what_cannot_be_used_is_refused_with_the_reason(body: bytes, why: str) -> None:
    with pytest.raises(SoundUnreadable, match=why):
        as_speech(body)


def test_a_folder_is_taken_in_and_recorded_and_what_is_missing_is_known(school: School, tmp_path: Path) -> None:
    round_ = a_round(school)
    assert _add(school, round_, a_folder(tmp_path / "en", "again.wav", "0-introduction.flac")) == 2
    assert recorded(school.settings, round_.code, "en") == {"again", "0-introduction"}
    assert recorded(school.settings, round_.code, "ar") == frozenset()
    missing = missing_recordings(school, round_.id)
    assert missing == {"en": ("liked", "0-end"), **dict.fromkeys(("ar", "es"), what_is_read(an_instrument()))}
    with Session(school.engine) as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.facts) == ("recordings_added", {"language": "en", "files": 2})


def test_a_second_folder_adds_and_replaces(school: School, tmp_path: Path) -> None:
    round_ = a_round(school)
    _add(school, round_, a_folder(tmp_path / "first", "again.wav"))
    before = read_recording(school.settings, round_.code, "en", "again")
    _add(school, round_, a_folder(tmp_path / "second", "liked.ogg", again=a_recording(2.0)))
    assert recorded(school.settings, round_.code, "en") == set(ITEMS)
    assert len(read_recording(school.settings, round_.code, "en", "again")) > len(before)


def test_one_file_that_does_not_fit_changes_nothing_and_every_such_file_is_named(
    school: School, tmp_path: Path
) -> None:
    round_ = a_round(school)
    _add(school, round_, a_folder(tmp_path / "first", "again.wav"))
    before = read_recording(school.settings, round_.code, "en", "again")
    folder = a_folder(tmp_path / "second", "again.wav", "again.ogg", "other.wav", liked=b"no sound")
    (folder / "notes.txt").write_text("again: read slowly", encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"an operating system's own")
    with pytest.raises(RecordingsRefused) as refused:
        _add(school, round_, folder)
    said = dict(refused.value.files)
    assert set(said) == {"again.wav", "liked.wav", "notes.txt", "other.wav"}
    assert "name it after one of: 0-introduction, again, liked, 0-end" in said["other.wav"]
    assert "keep one" in said["again.wav"]
    assert recorded(school.settings, round_.code, "en") == {"again"}
    assert read_recording(school.settings, round_.code, "en", "again") == before
    assert {file.suffix for file in all_recordings(school.settings).rglob("*.*")} == {".mp3"}


def test_an_empty_folder_is_told_apart_from_one_that_was_taken_in(school: School, tmp_path: Path) -> None:
    with pytest.raises(RecordingsRefused, match="holds no recording"):
        _add(school, a_round(school), a_folder(tmp_path / "empty"))


def test_nothing_is_taken_in_for_a_language_that_is_not_asked_or_a_round_that_is_over(
    school: School, tmp_path: Path
) -> None:
    folder = a_folder(tmp_path / "en", "again.wav")
    with pytest.raises(LanguageUnknown):
        _add(school, a_round(school), folder, "fr")
    for over in ({"state": "closed"}, {"state": "scrubbed"}, {"state": "draft", "imported": True}):
        with pytest.raises(WrongState):
            _add(school, a_round(school, **over), folder)
    assert not all_recordings(school.settings).exists()


def test_whoever_serves_the_pages_can_read_a_recording_and_nobody_else_can_write_it(
    school: School, tmp_path: Path
) -> None:
    round_ = a_round(school)
    _add(school, round_, a_folder(tmp_path / "en", "again.wav"))
    (file,) = all_recordings(school.settings).rglob("*.mp3")
    assert file.stat().st_mode & 0o777 == 0o644
    assert file.relative_to(school.settings.instance).as_posix() == f"recordings/{round_.code}/en/again.mp3"


@pytest.mark.parametrize("name", ["../ar/again", "..", "again.mp3", "", "%00"])
def test_only_names_of_recordings_lead_to_a_file(school: School, tmp_path: Path, name: str) -> None:
    round_ = a_round(school)
    _add(school, round_, a_folder(tmp_path / "ar", "again.wav"), "ar")
    assert read_recording(school.settings, round_.code, "ar", "again")
    assert read_recording(school.settings, round_.code, "ar", name) == b""
    assert read_recording(school.settings, round_.code, "en", name) == b""


def test_recordings_go_with_the_results_or_the_box_or_the_draft_and_others_stay(school: School, tmp_path: Path) -> None:
    lead = a_staff_member(school, "lead")
    rounds = [a_round(school, owner_id=lead.id), a_round(school), a_round(school, state="draft"), a_round(school)]
    joined = a_round(school)
    folder = a_folder(tmp_path / "en", "again.wav")
    for round_ in (*rounds, joined):
        _add(school, round_, folder)
    with Session(school.engine) as session, session.begin():
        waiting = session.get_one(Round, joined.id)
        waiting.state, waiting.joined_id = "joined", rounds[0].id
    delete_results(school, rounds[0].id, today=date(2026, 12, 1))
    destroy_box(school, rounds[1].id)
    discard_round(school, lead, rounds[2].id, now=NOW)
    assert [bool(recorded(school.settings, each.code, "en")) for each in rounds] == [False, False, False, True]
    assert [folder.name for folder in all_recordings(school.settings).iterdir()] == [rounds[3].code]
