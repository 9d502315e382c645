"""Voices of a form come in small and without what a device wrote, grow stale with the words, and go into rounds."""

import io
from collections.abc import Callable

import pytest
import soundfile
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import writing
from feedback.models import AuditEntry, Clip, Round, StaffMember
from feedback.operations.rounds.course import open_round
from feedback.operations.school import School
from feedback.operations.workshop import clips, sound_apart
from feedback.operations.workshop.clip_words import parts_in
from feedback.operations.workshop.clips import add_clip, clips_for, give_clips
from feedback.operations.workshop.drafts import discard_draft, start_draft
from feedback.operations.workshop.published import form_to_ask
from feedback.operations.workshop.recordings import put_recordings, read_recording, recorded
from feedback.operations.workshop.sound import as_speech
from feedback.resources import resource_dir
from forms.draft import as_data
from forms.library import open_library
from tests.desk import Desk
from tests.factories import NOW, a_round, a_staff_member
from tests.feedback.forms_made import a_draft, change, publish, reword
from tests.pages import Page
from tests.recordings import NEEDLE, a_recording


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Whoever writes forms."""
    return a_staff_member(school, "lead", account="lead")


@pytest.fixture
def desk(app: Flask, lead: StaffMember) -> Desk:
    """Their desk."""
    return Desk(app, lead)


@pytest.fixture
def draft_id(school: School, lead: StaffMember) -> str:
    """A draft of two questions in three languages."""
    return a_draft(school, lead)


@pytest.fixture
def speak(school: School, lead: StaffMember, draft_id: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Add a voice for each of these texts, made anew once."""
    made = as_speech(a_recording())
    monkeypatch.setattr(clips, "speech_apart", lambda _body: (made, 1))

    def add(*keys: str, language: str = "en") -> None:
        for key in keys:
            add_clip(school, lead, draft_id, key, language, b"a voice", now=NOW)

    return add


def _send(desk: Desk, draft_id: str, body: bytes, name: str = "a.wav", place: str = "en/again") -> Page:
    data = {"sound": (io.BytesIO(body), name), "csrf_token": desk.open("/").fields["csrf_token"]}
    answer = desk.client.post(f"/en/desk/forms/{draft_id}/clips/{place}", data=data, follow_redirects=True)
    # The test client keeps a large body in a file, and leaves it open.
    answer.request.environ["wsgi.input"].close()
    return Page(answer)


def _states(school: School, lead: StaffMember, draft_id: str, language: str = "en") -> dict[str, str]:
    lines = clips_for(school, lead, draft_id, language).lines
    return {line.key: line.state for line in lines if line.state != "none"}


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.ogg"])
def test_a_voice_becomes_small_and_forgets_who_recorded_it(
    school: School, desk: Desk, lead: StaffMember, draft_id: str, name: str
) -> None:
    brought = a_recording(2.0, rate=24_000, kind=name[2:].upper())
    assert NEEDLE.encode() in brought
    page = _send(desk, draft_id, brought, name)
    assert (page.status, "Recorded: 2 seconds" in page.words or "Recorded: 3 seconds" in page.words) == (200, True)
    sound = desk.client.get(f"/en/desk/forms/{draft_id}/clips/en/again.mp3")
    assert (sound.mimetype, NEEDLE.encode() in sound.data, b"ID3" in sound.data) == ("audio/mpeg", False, False)
    heard = soundfile.info(io.BytesIO(sound.data))
    assert (heard.format, heard.channels, heard.samplerate) == ("MP3", 1, 24_000)
    assert len(sound.data) < 20_000
    assert _states(school, lead, draft_id) == {"again": "there"}


@pytest.mark.parametrize(
    ("body", "name", "says"),
    [
        (a_recording(181.0, rate=8_000), "a.wav", "longer than three minutes"),
        (bytes(10 * 1024 * 1024 + 1), "a.wav", "too large"),
        (b"MZ\x90\x00" + bytes(5000), "voice.mp3", "no recording that can be read"),
        (b"\x00\x00\x00\x1cftypM4A " + bytes(500), "a.m4a", "save it as MP3 or WAV"),
        (a_recording(loudness=0.0), "a.wav", "Nothing can be heard"),
        (a_recording(rate=192_000), "a.wav", "no recording of a voice"),
        (b"", "", "Choose a recording"),
    ],
    ids=["long", "large", "an executable", "M4A", "silent", "strange", "nothing"],
)
def test_what_is_no_voice_is_refused_with_the_cure(
    school: School, desk: Desk, lead: StaffMember, draft_id: str, body: bytes, name: str, says: str
) -> None:
    page = _send(desk, draft_id, body, name)
    assert page.status == 422
    assert says in page.words
    assert "#sound-again" in page.links
    assert _states(school, lead, draft_id) == {}


def test_fifty_megabytes_are_refused_and_what_takes_too_long_is_no_voice(
    school: School, desk: Desk, lead: StaffMember, draft_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _send(desk, draft_id, bytes(50 * 1024 * 1024)).status == 413
    monkeypatch.setattr(sound_apart, "_PATIENCE", 0.001)
    assert "no recording that can be read" in _send(desk, draft_id, a_recording()).words
    assert _states(school, lead, draft_id) == {}


def test_all_voices_of_a_form_have_one_budget(
    school: School,
    desk: Desk,
    lead: StaffMember,
    draft_id: str,
    speak: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speak("again")
    monkeypatch.setattr(clips, "BUDGET", 6_000)
    page = _send(desk, draft_id, b"a voice", place="es/liked")
    assert (page.status, "as large as they may be together" in page.words) == (422, True)
    assert _states(school, lead, draft_id, "es") == {}


def test_a_voice_is_stale_once_the_words_change_and_good_again_with_them(
    school: School, desk: Desk, lead: StaffMember, draft_id: str, speak: Callable[..., None]
) -> None:
    speak("again", "liked")
    speak("again", language="ar")
    change(school, lead, draft_id, reword("again", "Would you use it once more?"))
    assert _states(school, lead, draft_id) == {"again": "stale", "liked": "there"}
    assert "The words have changed" in desk.open(f"/forms/{draft_id}/clips/en").words
    # The Arabic words say what the English ones said before: they come first.
    assert _states(school, lead, draft_id, "ar")["again"] == "stale"
    assert "There are no words" in _send(desk, draft_id, b"a voice", place="ar/again").words
    speak("again")
    assert _states(school, lead, draft_id)["again"] == "there"


def test_a_round_that_opens_gets_the_voices_of_its_words_and_respondents_hear_them(
    school: School, app: Flask, lead: StaffMember, draft_id: str, speak: Callable[..., None]
) -> None:
    speak("0-introduction", "again", "liked")
    publish(school, lead, draft_id)
    change(school, lead, draft_id, reword("liked", "What was good?"))
    speak("liked")
    round_ = a_round(school, form_to_ask(school, "ours"), state="draft", languages=["en", "es"])
    put_recordings(school.settings, round_.code, "en", {"again": b"by hand"})
    open_round(school, lead, round_.id, now=NOW)
    # The voice that reads the next version's words is not this round's.
    assert recorded(school.settings, round_.code, "en") == {"0-introduction", "again"}
    assert recorded(school.settings, round_.code, "es") == frozenset()
    assert read_recording(school.settings, round_.code, "en", "again") == b"by hand"
    page = app.test_client().get(f"/en/r/{round_.code}").text
    address = f"/en/r/{round_.code}/aloud/0-introduction.mp3"
    assert f'src="{address}"' in page
    assert app.test_client().get(address).data[:1] == b"\xff"
    with Session(school.engine) as session:
        given = session.scalars(select(AuditEntry).where(AuditEntry.action == "recordings_added")).one()
    assert given.facts == {"language": "en", "files": 1}


def test_the_screens_around_the_questions_are_recorded_as_well(school: School, desk: Desk, lead: StaffMember) -> None:
    form = as_data(open_library("first-look")) | {"id": "young"}
    draft_id = start_draft(school, lead, form, now=NOW)
    page = desk.open(f"/forms/{draft_id}/clips/en")
    for words in ("The question to practise on", "Can a fish swim?", "The last screen", "Press Send to put", "Text 1"):
        assert words in page.words
    assert [line.key for line in clips_for(school, lead, draft_id, "en").lines][:2] == ["0-introduction", "0-practice"]
    add_clip(school, lead, draft_id, "0-end", "ar", a_recording(rate=24_000), now=NOW)
    assert "سمكة" in " ".join(clips_for(school, lead, draft_id, "ar").lines[1].words)
    publish(school, lead, draft_id)
    round_ = a_round(school, form_to_ask(school, "young"), state="draft", languages=["en", "ar"])
    # What the pages say is what there is to read.
    for name, template in (("0-practice", "practice"), ("0-end", "send")):
        said = (resource_dir("templates") / "respond" / f"{template}.html").read_text(encoding="utf-8")
        assert all(words in said for words in parts_in(form, "en")[name])
    with writing(school.engine) as session:
        give_clips(school, session, session.get_one(Round, round_.id), account="lead", now=NOW)
    assert recorded(school.settings, round_.code, "ar") == {"0-end"}


def test_a_voice_is_removed_and_goes_with_a_draft_that_was_never_published(
    school: School, desk: Desk, lead: StaffMember, draft_id: str, speak: Callable[..., None]
) -> None:
    speak("again", "liked")
    assert desk.status(f"/forms/{draft_id}/clips/en/again/remove", "POST") == 302
    assert desk.status(f"/forms/{draft_id}/clips/en/again.mp3") == 404
    discard_draft(school, lead, draft_id, now=NOW)
    with Session(school.engine) as session:
        assert session.scalars(select(Clip)).all() == []


def test_only_editors_and_only_what_is_there(school: School, app: Flask, desk: Desk, draft_id: str) -> None:
    place = f"/forms/{draft_id}/clips"
    reader = Desk(app, a_staff_member(school, "reader", account="reader"))
    assert [reader.status(f"{place}/en"), reader.status(f"{place}/en/again", "POST")] == [403, 403]
    assert [reader.status(f"{place}/en/again.mp3"), reader.status(f"{place}/en/again/remove", "POST")] == [403, 403]
    assert [desk.status(f"{place}/fr"), desk.status(f"{place}/en/nothing", "POST")] == [404, 404]


def test_the_microphone_is_for_this_page_alone(desk: Desk, draft_id: str) -> None:
    page = desk.open(f"/forms/{draft_id}/clips/en")
    assert "microphone=(self)" in page.response.headers["Permissions-Policy"]
    assert "microphone=()" in desk.open(f"/forms/{draft_id}").response.headers["Permissions-Policy"]
