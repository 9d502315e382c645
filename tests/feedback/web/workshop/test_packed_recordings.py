"""A form's recordings go to another school in its pack and are heard there; what cannot be used is told by its name."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile
from flask import Flask
from sqlalchemy import select

from feedback.config import Settings
from feedback.db import reading
from feedback.models import AuditEntry, Clip, Draft, Picture, StaffMember
from feedback.operations.school import School
from feedback.operations.workshop import packed_clips, sound_apart
from feedback.operations.workshop.clips import add_clip, clips_for
from feedback.operations.workshop.give_away import file_of
from feedback.operations.workshop.packs import make_pack
from feedback.operations.workshop.sound import as_speech
from forms.aloud import hash_read, read_aloud
from forms.draft import as_data
from forms.exchange.pack import Media
from forms.library import open_library
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.feedback.forms_made import a_draft, change, reword
from tests.feedback.two_schools import another_school
from tests.pages import Page
from tests.recordings import NEEDLE, a_recording

LOOK, KEEP = "/forms/bring-in", "/forms/bring-in/pack"
SPOKEN = {("again", "en"): 2.0, ("again", "ar"): 1.0, ("0-introduction", "es"): 3.0, ("liked", "en"): 1.0}
_MP3 = as_speech(a_recording(rate=24_000))
_SECONDS_A_JOURNEY = 1152 / 24_000


@pytest.fixture
def other_school(settings: Settings, empty_tables: Path, tmp_path: Path) -> Iterator[School]:
    """Another school, with a database and keys of its own."""
    with another_school(settings, empty_tables, tmp_path) as opened:
        yield opened


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Whoever gives the form away."""
    return a_staff_member(school, "lead", account="lead")


@pytest.fixture
def desk(app: Flask, other_school: School) -> Desk:
    """A teacher's browser at the other school."""
    app.extensions["school"] = other_school
    return Desk(app, a_staff_member(other_school, "teacher"))


def _looked(desk: Desk, body: bytes) -> Page:
    return desk.send(LOOK, file=(io.BytesIO(body), "form.voicebox"))


def _kept(desk: Desk, page: Page) -> Page:
    return desk.send(KEEP, compared="y", **{name: page.fields[name][0] for name in ("pack", "sealed")})


def _clips(school: School) -> dict[tuple[str, str], Clip]:
    with reading(school.engine) as session:
        found = list(session.scalars(select(Clip)))
        session.expunge_all()
    return {(clip.key, clip.language): clip for clip in found}


def _pack(school: School, **audio: Media) -> bytes:
    """A pack of "first-look" with these recordings; "__" in a name stands for "/"."""
    return make_pack(
        school, open_library("first-look"), {}, {f"{n.replace('__', '/')}.mp3": each for n, each in audio.items()}
    )


def _read_by(key: str, language: str = "en") -> str:
    return hash_read(read_aloud(as_data(open_library("first-look")), language)[key])


def test_every_recording_is_there_at_the_other_school_for_the_same_words(
    school: School, other_school: School, lead: StaffMember, desk: Desk
) -> None:
    draft_id = a_draft(school, lead)
    for (key, language), seconds in SPOKEN.items():
        add_clip(school, lead, draft_id, key, language, a_recording(seconds, rate=24_000), now=NOW)
    ours = _clips(school)
    page = _looked(desk, file_of(school, lead, draft_id, "pack")[1])
    assert "4 recordings come along" in page.words
    assert "need a look" not in page.words
    assert _clips(other_school) == {}
    assert "with its pictures and recordings" in _kept(desk, page).words
    theirs = _clips(other_school)
    assert set(theirs) == set(ours) == set(SPOKEN)
    for place, clip in theirs.items():
        assert clip.words_hash == ours[place].words_hash
        assert abs(clip.seconds - ours[place].seconds) <= 1
        there, here = (soundfile.info(io.BytesIO(each.body)) for each in (clip, ours[place]))
        assert (there.format, there.channels, there.samplerate) == ("MP3", 1, 24_000)
        assert there.duration == pytest.approx(here.duration + _SECONDS_A_JOURNEY)
    with reading(other_school.engine) as session:
        draft = session.scalars(select(Draft)).one()
        told = session.scalars(select(AuditEntry).where(AuditEntry.action == "recordings_added")).all()
        teacher = session.scalars(select(StaffMember)).one()
        session.expunge_all()
    assert {entry.facts["language"]: entry.facts["files"] for entry in told} == {"en": 2, "ar": 1, "es": 1}
    lines = clips_for(other_school, teacher, draft.id, "en").lines
    assert {line.key for line in lines if line.state == "there"} == {"again", "liked"}


def test_a_recording_of_other_words_is_told_and_waits_to_be_read_again(
    school: School, other_school: School, lead: StaffMember, desk: Desk
) -> None:
    draft_id = a_draft(school, lead)
    add_clip(school, lead, draft_id, "again", "en", a_recording(rate=24_000), now=NOW)
    change(school, lead, draft_id, reword("again", "Would you use it once more?"))
    page = _looked(desk, file_of(school, lead, draft_id, "pack")[1])
    assert "en/again.mp3 · Would you use it once more?Other words were read" in page.words
    _kept(desk, page)
    (clip,) = _clips(other_school).values()
    assert (clip.key, clip.words_hash) == ("again", _clips(school)["again", "en"].words_hash)
    with reading(other_school.engine) as session:
        draft = session.scalars(select(Draft)).one().id
    assert "The words have changed since this was recorded" in desk.open(f"/forms/{draft}/clips/en").words


@pytest.mark.parametrize(
    ("body", "type_", "said"),
    [
        (b"ID3" + b"MZ\x90\x00" * 500, "audio/mpeg", "It cannot be read as a recording"),
        (b"OggS" + bytes(500), "audio/ogg", "It cannot be read as a recording"),
        (a_recording(181.0, rate=8_000, kind="OGG"), "audio/ogg", "It is longer than three minutes"),
        (a_recording(loudness=0.0, kind="OGG"), "audio/ogg", "Nothing can be heard in it"),
    ],
    ids=["an executable behind a tag", "cut off", "long", "silent"],
)
def test_what_cannot_be_used_is_told_before_and_stays_out_while_the_rest_comes_along(
    school: School, other_school: School, desk: Desk, body: bytes, type_: str, said: str
) -> None:
    words = {each: _read_by(each) for each in ("0-introduction", "easy")}
    good, bad = Media(_MP3, "audio/mpeg", words["0-introduction"]), Media(body, type_, words["easy"])
    page = _looked(desk, _pack(school, **{"en__0-introduction": good, "en__easy": bad}))
    assert "1 recording comes along" in page.words
    assert "en/easy.mp3" in page.words
    assert said in page.words
    _kept(desk, page)
    assert set(_clips(other_school)) == {("0-introduction", "en")}


@pytest.mark.parametrize(
    ("audio", "said"),
    [
        ({"en__easy": Media(b"MZ\x90\x00" * 50, "audio/mpeg")}, '"audio/en/easy.mp3" is not the kind of'),
        ({"en__easy": Media(b"ID3" + bytes(300_000), "audio/mpeg")}, None),
        ({f"en__more-{number}": Media(b"ID3", "audio/mpeg") for number in range(400)}, "more recordings than its form"),
    ],
    ids=["an executable", "zeros", "more recordings than texts"],
)
def test_a_pack_that_means_harm_is_refused_by_the_name_of_what_does(
    school: School, other_school: School, desk: Desk, audio: dict[str, Media], said: str | None
) -> None:
    page = _looked(desk, _pack(school, **audio))
    # Recordings lie in the file as they are, so that zeros are no bomb: they are no recording.
    assert (said or "It cannot be read as a recording") in page.words
    assert page.status == (422 if said else 200)
    assert (_clips(other_school), _drafts(other_school)) == ({}, [])


def test_two_recordings_of_one_text_are_refused(school: School, desk: Desk) -> None:
    audio = {"en/easy.mp3": Media(_MP3, "audio/mpeg"), "en/easy.ogg": Media(b"OggS", "audio/ogg")}
    page = _looked(desk, make_pack(school, open_library("first-look"), {}, audio))
    assert (page.status, '"audio/en/easy.ogg" reads a text that another' in page.words) == (422, True)


def test_recordings_beyond_the_budget_are_told_and_stay_out(
    school: School, other_school: School, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed_clips, "BUDGET", 14_000)
    audio = {f"{each}__easy": Media(_MP3, "audio/mpeg", _read_by("easy", each)) for each in ("en", "es")}
    page = _looked(desk, _pack(school, **audio))
    assert "There is no room for this one" in page.words
    _kept(desk, page)
    assert set(_clips(other_school)) == {("easy", "en")}


def test_a_recording_that_breaks_its_reader_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    breaks = "import os; os.write(1, b'made 1 2\\nabmade 7 900\\nhalf'); os.abort()"
    monkeypatch.setattr(sound_apart, "_PROGRAM", [sys.executable, "-c", breaks])
    told = sound_apart.speeches_apart([b"read", b"", b"breaks", b"read"])
    assert told == [sound_apart.Speech(b"ab", 1), "no_sound", "unreadable", sound_apart.Speech(b"ab", 1)]


def test_what_a_device_wrote_into_a_recording_of_a_pack_does_not_come_in(
    school: School, other_school: School, desk: Desk
) -> None:
    brought = Media(a_recording(kind="OGG"), "audio/ogg", _read_by("easy"))
    assert NEEDLE.encode() in brought.body
    _kept(desk, _looked(desk, _pack(school, en__easy=brought)))
    (clip,) = _clips(other_school).values()
    assert NEEDLE.encode() not in clip.body


def _drafts(school: School) -> list[object]:
    with reading(school.engine) as session:
        return [*session.scalars(select(Draft)), *session.scalars(select(Picture))]
